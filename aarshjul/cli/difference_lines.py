"""Differences as lines: in colours in a terminal, with `[-…-]` and `{+…+}` where there are none."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from aarshjul.core.difference_report import Line, Report, near
from aarshjul.core.difference_words import WORDS
from aarshjul.core.languages import Language
from aarshjul.core.text_differences import Mark

if TYPE_CHECKING:
    from rich.text import Text

WITHIN = 160
"""Characters around a change that are shown of what did not change."""
Run = tuple[str, str]
"""A look (empty, `bold`, `dim`, or a `Mark`) and a text."""
_PLAIN = {Mark.REMOVED: "[-{}-]", Mark.ADDED: "{{+{}+}}"}
_COLOURS = {Mark.REMOVED: "red strike", Mark.ADDED: "green underline", "bold": "bold", "dim": "dim"}


def plain(report: Report, language: Language) -> str:
    """The differences as text, also for files and pipes."""
    lines = (
        "".join(_PLAIN[Mark(look)].format(text) if look in _PLAIN else text for look, text in runs)
        for runs in _lines(report, language)
    )
    return "".join(f"{line}\n" for line in lines)


def coloured(report: Report, language: Language) -> "Iterator[Text]":
    """The same for a terminal, whose colours are no more than a help: what went is struck out, what came underlined."""
    from rich.text import Text

    for runs in _lines(report, language):
        yield Text.assemble(*((text, _COLOURS.get(look, "")) for look, text in runs))


def _lines(report: Report, language: Language) -> Iterator[list[Run]]:
    for place, section in enumerate(report):
        indent = "  " * (section.level - 1)
        if place and section.level == 1:
            yield []
        note: list[Run] = [("dim", f" ({section.note})")] if section.note else []
        yield [("", indent), ("bold", section.title), *note]
        for line in section.lines:
            label: list[Run] = [("dim", f"{line.label}: ")] if line.label else []
            yield _indented([*label, *_said(line, language)], f"{indent}  ")


def _said(line: Line, language: Language) -> list[Run]:
    if line.before is None or line.after is None:
        runs: list[Run] = [
            ("" if piece.mark is Mark.SAME else piece.mark, piece.text) for piece in near(line.pieces, WITHIN)
        ]
        return _without_end(runs)
    form = WORDS[language].from_to
    return [("", form.format(before=line.before, after=line.after))]


def _without_end(runs: list[Run]) -> list[Run]:
    """Without the line feed that ends a text, unless that is what changed."""
    if runs and runs[-1][0] == "":
        return [*runs[:-1], ("", runs[-1][1].rstrip("\n"))]
    return runs


def _indented(runs: list[Run], indent: str) -> list[Run]:
    """The lines of a text under one another."""
    return [("", indent), *((look, text.replace("\n", f"\n{indent}")) for look, text in runs)]
