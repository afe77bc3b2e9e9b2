"""What changed between two texts: by lines first, then word by word inside the lines that changed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from aarshjul.core.matching import Work, matching

# A figure with its decimals, a word with its hyphens; a line's end, other white space, any other sign by itself.
_TOKENS = re.compile(r"\w+(?:[.,'’-]\w+)*|\n|[^\S\n]+|[^\w\s]")
_HEADING = re.compile(r"#{1,6}\s+(.*?)[\s#]*$")
# What begins a block of Markdown of its own: a point of a list, a heading or the line below one, a quotation, a table.
_BEGINS = re.compile(
    r"\s*(?:[-*+•]\s|\d{1,9}[.)]\s|#{1,6}(?:\s|$)|[>|<]|:?-{2,}|={2,}|[*_]{3,}\s*$)|.*\s\|\s"
)
_ENDS = re.compile(r"\s*#{1,6}\s|\s*[-=*_\s]{3,}$|\s*\||.*(?:  |\\)$|.*\s\|\s|(?: {4}|\t)")
_FENCE = re.compile(r"\s*(```|~~~)")


class Mark(StrEnum):
    """What became of a piece of a text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """Some of a text: without the removed pieces they are the new text, without the added ones the old."""

    mark: Mark
    text: str


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """What stands under one heading of a Markdown text (None before the first), heading included."""

    heading: str | None
    pieces: Pieces


def text_difference(before: str, after: str) -> Pieces:
    """Both texts in one, piece by piece; neighbours never carry the same mark, and what went stands first."""
    work = Work.on(len(before), len(after))
    old, new = lines_of(before), lines_of(after)
    found: list[Piece] = []
    for same, ours, theirs in _stretches(old, new, work):
        if same:
            found.append(Piece(mark=Mark.SAME, text="".join(ours)))
        else:
            found += _by_words("".join(ours), "".join(theirs), work)
    return joined(found)


def lines_of(text: str) -> list[str]:
    r"""The lines with the `\n` that ends each; no other character ends one."""
    *lines, last = text.split("\n")
    return [*(f"{line}\n" for line in lines), *([last] if last else [])]


def unwrapped(text: str) -> str:
    """A text in Markdown with each paragraph on one line: where an author's editor broke it says nothing."""
    found: list[str] = []
    fenced, may_go_on = False, False
    for line in text.split("\n"):
        fence = _FENCE.match(line) is not None
        if may_go_on and not fenced and not fence and line.strip() and not _BEGINS.match(line):
            found[-1] = f"{found[-1].rstrip()} {line.lstrip()}"
        else:
            found.append(line)
        fenced ^= fence
        may_go_on = bool(line.strip()) and not fence and not _ENDS.match(line)
    return "\n".join(found)


def passages(pieces: Iterable[Piece]) -> tuple[Passage, ...]:
    """The parts of a Markdown text in which something changed, each with the heading that it stands under."""
    found: list[tuple[str | None, list[Piece]]] = [(None, [])]
    for line in _lines(pieces):
        heading = _heading_of(line)
        if heading is not None:
            found.append((heading, []))
        found[-1][1].extend(line)
    made = [Passage(heading=heading, pieces=joined(within)) for heading, within in found]
    return tuple(each for each in made if is_changed(each.pieces))


def is_changed(pieces: Iterable[Piece]) -> bool:
    """Whether anything went or came."""
    return any(piece.mark is not Mark.SAME for piece in pieces)


def joined(pieces: Iterable[Piece]) -> Pieces:
    """The same with neighbours of one mark as one; between what stays, what went stands before what came."""
    found: list[Piece] = []
    went, came = "", ""
    for piece in (*pieces, Piece(mark=Mark.SAME, text="")):
        if piece.mark is Mark.REMOVED:
            went += piece.text
        elif piece.mark is Mark.ADDED:
            came += piece.text
        elif piece.text or went or came:
            found += _changed(went, came)
            went, came = "", ""
            if piece.text and found and found[-1].mark is Mark.SAME:
                found[-1] = Piece(mark=Mark.SAME, text=found[-1].text + piece.text)
            elif piece.text:
                found.append(piece)
    return tuple(found)


def _changed(went: str, came: str) -> list[Piece]:
    both = (Piece(mark=Mark.REMOVED, text=went), Piece(mark=Mark.ADDED, text=came))
    return [piece for piece in both if piece.text]


def _stretches(old: list[str], new: list[str], work: Work) -> Iterator[tuple[bool, list[str], list[str]]]:
    """What is the same and what is not, by turns."""
    x = y = 0
    for block in matching(old, new, work):
        if (x, y) != (block.before, block.after):
            yield False, old[x : block.before], new[y : block.after]
        x, y = block.before + block.size, block.after + block.size
        yield True, old[block.before : x], new[block.after : y]
    if x < len(old) or y < len(new):
        yield False, old[x:], new[y:]


def _by_words(before: str, after: str, work: Work) -> list[Piece]:
    if not before or not after:
        return _changed(before, after)
    parts = [
        ("".join(ours), "".join(theirs), same)
        for same, ours, theirs in _stretches(_TOKENS.findall(before), _TOKENS.findall(after), work)
    ]
    found: list[Piece] = []
    for index, (ours, theirs, same) in enumerate(parts):
        if same and not _is_noise(parts, index):
            found.append(Piece(mark=Mark.SAME, text=ours))
        else:
            found += _changed(ours, theirs)
    return found


def _is_noise(parts: list[tuple[str, str, bool]], index: int) -> bool:
    """Whether what stayed is a scrap between two larger changes, which reads better as a part of them."""
    if index in (0, len(parts) - 1):
        return False
    text = parts[index][0]
    around = [max(len(parts[near][0]), len(parts[near][1])) for near in (index - 1, index + 1)]
    is_blank = not any(sign.isalnum() for sign in text)
    return "\n" not in text and (is_blank or len(text.strip()) < min(around) / 2)


def _lines(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """The pieces cut at the ends of lines, a list for each line."""
    line: list[Piece] = []
    for piece in pieces:
        for text in lines_of(piece.text):
            line.append(Piece(mark=piece.mark, text=text))
            if text.endswith("\n"):
                yield line
                line = []
    if line:
        yield line


def _heading_of(line: list[Piece]) -> str | None:
    """The heading that a line is in the new text, or else was in the old one."""
    for gone in (Mark.REMOVED, Mark.ADDED):
        text = "".join(piece.text for piece in line if piece.mark is not gone)
        if match := _HEADING.match(text):
            return match[1]
    return None
