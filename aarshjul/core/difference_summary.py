"""Differences in few lines, as a message can carry them: what is too long is cut, what is too much is counted."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from aarshjul.core.difference_report import Line, Report, near
from aarshjul.core.difference_words import WORDS
from aarshjul.core.languages import Language
from aarshjul.core.text_differences import Mark, Piece, Pieces, is_changed, joined, lines_of

MOST_LINES = 40
_WITHIN = 50
_LONGEST = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class SummaryPart:
    """A goal, an indicator or a passage, and its lines; the label of a line is its first piece."""

    title: str
    lines: tuple[Pieces, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """As much as was asked for, titles counted as lines, and how many lines `more` there are."""

    parts: tuple[SummaryPart, ...]
    more: int = 0


def summary_of(report: Report, language: Language, most: int = MOST_LINES) -> Summary:
    """The beginning of a report."""
    parts: list[SummaryPart] = []
    left, more = most, 0
    for section in report:
        title = f"{section.title} ({section.note})" if section.note else section.title
        lines = [piece for line in section.lines for piece in _in_lines(line, language)]
        kept = lines[: max(0, left - 1)]
        more += len(lines) - len(kept)
        if left > 1 or (left == 1 and not lines):
            parts.append(SummaryPart(title=" ".join(title.split()), lines=tuple(kept)))
            left -= 1 + len(kept)
        else:
            left, more = 0, more + 1
    return Summary(parts=tuple(parts), more=more)


def _in_lines(line: Line, language: Language) -> Iterator[Pieces]:
    """A change in a line, or in one for each line of a text that changed."""
    label = (Piece(mark=Mark.SAME, text=f"{line.label}: "),) if line.label else ()
    if line.before is not None and line.after is not None:
        said = WORDS[language].from_to.format(before=_flat(line.before), after=_flat(line.after))
        yield joined((*label, Piece(mark=Mark.SAME, text=said)))
        return
    for pieces in _changed_lines(line.pieces):
        yield joined((*label, *_cut(near(pieces, _WITHIN))))


def _changed_lines(pieces: Pieces) -> Iterator[Pieces]:
    """The lines of a text in which something changed; more than line ends and white space."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        for text in lines_of(piece.text):
            lines[-1].append(replace(piece, text=_flat(text.rstrip("\n"))))
            if text.endswith("\n"):
                lines.append([])
    for line in lines:
        found = joined(piece for piece in line if piece.text)
        if is_changed(found) and any(piece.text.strip() for piece in found if piece.mark is not Mark.SAME):
            yield found


def _cut(pieces: Pieces) -> Pieces:
    """No more than so many characters, however much was written anew."""
    found: list[Piece] = []
    left = _LONGEST
    for piece in pieces:
        if len(piece.text) > left:
            return (*found, replace(piece, text=f"{piece.text[:left].rstrip()}…"))
        found.append(piece)
        left -= len(piece.text)
    return tuple(found)


def _flat(text: str) -> str:
    """On one line, the spaces at its ends kept as one."""
    said = " ".join(text.split())
    return f"{' ' * text[:1].isspace()}{said}{' ' * (bool(said) and text[-1:].isspace())}"
