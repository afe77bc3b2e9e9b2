"""The choices of a merge as a form: each side's value, and for a text both of them to edit."""

from collections.abc import Mapping
from dataclasses import dataclass

from aarshjul.core.conflict_words import conflict_in_words
from aarshjul.core.difference_report import field_in_words, value_in_words
from aarshjul.core.languages import Language
from aarshjul.core.merging import ORDER, WHOLE, Conflict, Merged
from aarshjul.core.outline import Part, outline
from aarshjul.core.text_merging import OURS
from aarshjul.web.doing.form import Field, FormView, Kind, Option
from aarshjul.web.doing.seat import Seat
from aarshjul.web.drafting.copies import Copy
from aarshjul.web.drafting.troubles import Wrong
from aarshjul.web.drafting.words import WORDS
from models.draft import Draft

MINE, THEIRS, BOTH = "mine", "theirs", "both"
_SEVERAL_LINES = frozenset({"text", "note", "source", "evidence"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Meeting:
    """A copy that met a newer version.

    Attributes:
        merged: both sides' goals in one; None where one of the two is prose.
        text: both sides' prose in one, with marks where both changed the same; None where one of the two has goals.
        wrong: what is to be put right first.
    """

    copy: Copy
    base: Draft | None
    present: Draft
    merged: Merged | None = None
    text: str | None = None
    wrong: tuple[Wrong, ...] = ()


def merge_form(met: Meeting, seat: Seat) -> FormView:
    """The form with all choices that there are."""
    words = WORDS[seat.language]
    hidden = (
        Field(name="revision", label="", kind="hidden", values=(str(met.copy.revision),)),
        Field(name="present", label="", kind="hidden", values=(str(met.present.version),)),
    )
    if met.text is not None:
        fields = _of_text(met, words)
    elif met.merged is None:
        fields = (_whole(met, words),)
    else:
        conflicts = enumerate(met.merged.conflicts)
        fields = tuple(each for number, one in conflicts for each in _of_conflict(met, number, one, seat))
    return FormView(
        id="merge",
        action=seat.to("draft", "merge"),
        button=words["merge_button"],
        fields=(*hidden, *fields),
        intro=words["merge_intro"],
    )


def _whole(met: Meeting, words: Mapping[str, str]) -> Field:
    """A choice between the two as they are."""
    sides = (
        Option(value=MINE, label=words["keep_mine"]),
        Option(value=THEIRS, label=words["keep_theirs"].format(version=met.present.version)),
    )
    return Field(name="c0", label=words["unmergeable"], kind="radio", options=sides, required=True)


def _of_text(met: Meeting, words: Mapping[str, str]) -> tuple[Field, ...]:
    """Prose: the merged text to go on with; a choice where both changed the same lines."""
    text = met.text or ""
    whole = Field(name="t0", label=words["both_text"], kind="textarea", values=(text,), rows=20)
    if not any(line.startswith(OURS) for line in text.split("\n")):
        return (whole,)
    sides = (
        Option(value=MINE, label=words["keep_mine"]),
        Option(value=THEIRS, label=words["keep_theirs"].format(version=met.present.version)),
        Option(value=BOTH, label=words["both"]),
    )
    return (Field(name="c0", label=words["text"], kind="radio", options=sides, required=True), whole)


def _of_conflict(met: Meeting, number: int, conflict: Conflict, seat: Seat) -> tuple[Field, ...]:
    """The choice of one conflict; of a text both can be taken and edited."""
    words, language = WORDS[seat.language], _language(seat)
    mine, theirs = _sides(met, conflict, language)
    sides = [
        Option(value=MINE, label=words["mine"].format(text=mine)),
        Option(value=THEIRS, label=words["theirs"].format(version=met.present.version, text=theirs)),
    ]
    hint = ""
    if conflict.base not in (None, ()) and conflict.field not in (ORDER, WHOLE):
        hint = words["was"].format(text=_short(value_in_words(conflict.base, language)))
    if conflict.why:
        hint = conflict_in_words(conflict, f"version {met.present.version}") if language == "en" else hint
    is_text = isinstance(conflict.mine, str) and isinstance(conflict.theirs, str)
    can_edit = is_text and conflict.field not in ("id", "same_as", "owner")
    if can_edit:
        sides.append(Option(value=BOTH, label=words["both"]))
    choice = Field(
        name=f"c{number}",
        label=_place(conflict, seat),
        kind="radio",
        hint=hint,
        options=tuple(sides),
        required=True,
    )
    has_lines = conflict.field in _SEVERAL_LINES
    both = ("\n\n" if has_lines else " / ").join((str(conflict.mine), str(conflict.theirs)))
    kind: Kind = "textarea" if has_lines else "text"
    area = Field(name=f"t{number}", label=words["both_text"], kind=kind, values=(both,))
    return (choice, area) if can_edit else (choice,)


def _sides(met: Meeting, conflict: Conflict, language: Language) -> tuple[str, str]:
    """What each side says, in words."""
    words = WORDS[language]
    if conflict.field == ORDER:
        mine, theirs = (", ".join(each or ()) for each in (conflict.mine, conflict.theirs))
        return mine, theirs
    if conflict.field != WHOLE:
        mine, theirs = (_short(value_in_words(each, language)) for each in (conflict.mine, conflict.theirs))
        return mine, theirs
    there = [outline(side) for side in (met.merged.mine, met.merged.theirs)] if met.merged else []
    mine, theirs = (words["kept"] if _is_there(each, conflict.path) else words["no_such"] for each in there)
    return mine, theirs


def _is_there(part: Part, path: tuple[str, ...]) -> bool:
    """Whether a side of a merge has what a path leads to."""
    if not path:
        return True
    below = part.by_id().get(path[0])
    return below is not None and _is_there(below, path[1:])


def _place(conflict: Conflict, seat: Seat) -> str:
    """Which part and which of its fields a conflict is about."""
    words, language = WORDS[seat.language], _language(seat)
    where = (
        [words["at"].format(id=conflict.path[0]), *conflict.path[1:]] if conflict.path else [words["draft"]]
    )
    special = {ORDER: words["order"], WHOLE: words["a_whole"]}
    return ", ".join([*where, special.get(conflict.field) or field_in_words(conflict.field, language)])


def _short(text: str, longest: int = 300) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _language(seat: Seat) -> Language:
    return "en" if seat.language == "en" else "da"
