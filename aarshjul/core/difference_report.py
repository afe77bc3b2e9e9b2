"""Differences in words, ready to be shown in a terminal, on a page or in a mail: sections of lines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from aarshjul.core.contract import Contract, Reported
from aarshjul.core.cycle_words import role_in_words
from aarshjul.core.difference_words import WORDS, Words
from aarshjul.core.differences import Change, FieldChange, Noun, PartChange, contract_differences
from aarshjul.core.figures import written
from aarshjul.core.languages import Language
from aarshjul.core.outline import Value
from aarshjul.core.rule_words import bound_of, comparison_in_words, rule_in_words
from aarshjul.core.rules import Rule
from aarshjul.core.text_differences import (
    Mark,
    Piece,
    Pieces,
    is_changed,
    passages,
    text_difference,
    unwrapped,
)

_IN_WORDS = frozenset({"title", "text", "source", "evidence", "note"})
"""The fields that are sentences: of these the words that changed are told, of others what they were and are."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One thing that changed: what it is called (empty for prose), and either its words or what it was and is."""

    label: str = ""
    pieces: Pieces = ()
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A goal (level 1), an indicator below it (level 2), or what stands under a heading of prose.

    `change` says whether it came, went or changed, and `note` does so in words, with where it moved.
    """

    level: int
    title: str
    change: Change
    note: str = ""
    lines: tuple[Line, ...] = ()


Report = tuple[Section, ...]


def report_of_contracts(before: Contract, after: Contract, language: Language) -> Report:
    """Goal by goal, each followed by its indicators; empty where nothing changed."""
    return tuple(_sections(contract_differences(before, after), language, after))


def report_of_texts(before: str, after: str, language: Language) -> Report:
    """By the headings of the text, word by word."""
    return tuple(
        Section(
            level=1,
            title=passage.heading or WORDS[language].beginning,
            change=Change.CHANGED,
            lines=(Line(pieces=passage.pieces),),
        )
        for passage in passages(_in_paragraphs(before, after))
    )


def value_in_words(value: Value, language: Language) -> str:
    """A field's value as people read it; what is not there is `nothing`."""
    words = WORDS[language]
    match value:
        case None | ():
            said = words.nothing
        case bool():
            said = words.yes if value else words.no
        case Decimal():
            said = written(value, language)
        case Reported():
            said = written(value.value, language) + (f" ({value.where})" if value.where else "")
        case tuple() | list():
            said = "; ".join(value_in_words(each, language) for each in value)
        case _:
            said = rule_in_words(value, language) if isinstance(value, Rule) else str(value)
    return said


def field_in_words(field: str, language: Language) -> str:
    """What a field is called; by its own name where we have no word for it."""
    return WORDS[language].fields.get(field, field)


def _sections(changes: Iterable[PartChange], language: Language, within: Contract) -> Iterator[Section]:
    words = WORDS[language]
    for change in changes:
        yield Section(
            level=2 if change.noun is Noun.INDICATOR else 1,
            title=_title(change, words),
            change=change.change,
            note=_note(change, words),
            lines=tuple(
                _line(_named(field, language, within), language)
                for field in change.fields
                if not _is_told(change, field)
            ),
        )
        yield from _sections(change.parts, language, within)


def _title(change: PartChange, words: Words) -> str:
    if change.noun is Noun.CONTRACT:
        return words.contract
    form = words.goal if change.noun is Noun.GOAL else words.indicator
    return form.format(id=change.id, title=change.title).removesuffix(": ")


def _note(change: PartChange, words: Words) -> str:
    move = change.move
    if change.change is not Change.CHANGED:
        return words.added if change.change is Change.ADDED else words.removed
    if move is None:
        return ""
    if move.left is not None:
        return words.moved_elsewhere.format(left=move.left, parent=move.parent)
    return words.moved.format(before=move.before, after=move.after)


def _is_told(change: PartChange, field: FieldChange) -> bool:
    """Whether the section's title says it: of what came or went, the title."""
    return field.field == "title" and change.change is not Change.CHANGED


def _named(field: FieldChange, language: Language, within: Contract) -> FieldChange:
    """Who collects a result: a role is called what it is in this contract, a person stands by the id."""
    if field.field != "owner":
        return field
    before, after = (
        role_in_words(each, language, holder=within.holder, council=within.council)
        if isinstance(each, str)
        else each
        for each in (field.before, field.after)
    )
    return replace(field, before=before, after=after)


def _line(field: FieldChange, language: Language) -> Line:
    before, after = field.before, field.after
    label = field_in_words(field.field, language)
    if field.field == "rule" and isinstance(before, Rule) and isinstance(after, Rule):
        was, now = bound_of(before), bound_of(after)
        if was is not None and now is not None and was[0] == now[0]:
            comparison = comparison_in_words(was[0], language)
            label = WORDS[language].target.format(comparison=comparison)
            before, after = was[1], now[1]
    one_sided = before is None or after is None
    if field.field in _IN_WORDS or one_sided:
        texts = ("" if each is None else value_in_words(each, language) for each in (before, after))
        return Line(label=label, pieces=_in_paragraphs(*texts))
    return Line(label=label, before=value_in_words(before, language), after=value_in_words(after, language))


def _in_paragraphs(before: str, after: str) -> Pieces:
    """What changed for a reader; line by line where nothing but the lines' ends did."""
    pieces = text_difference(unwrapped(before), unwrapped(after))
    return pieces if is_changed(pieces) else text_difference(before, after)


def near(pieces: Pieces, within: int) -> Pieces:
    """The same with what did not change cut down to about so many characters around what did."""
    last = len(pieces) - 1
    return tuple(
        Piece(mark=piece.mark, text=_cut(piece.text, within, head=place > 0, tail=place < last))
        if piece.mark is Mark.SAME
        else piece
        for place, piece in enumerate(pieces)
    )


def _cut(text: str, within: int, *, head: bool, tail: bool) -> str:
    """Its beginning, its end or both, whole words, with an ellipsis for what is left out."""
    if len(text) <= 2 * within + 3:
        return text
    spaces = [place for place, sign in enumerate(text[:within]) if sign.isspace()]
    first = text[: spaces[-1] + 1] if head and spaces else ""
    start = next(
        (place for place in range(len(text) - within, len(text)) if text[place].isspace()), len(text)
    )
    return f"{first}…{text[start:] if tail else ''}"
