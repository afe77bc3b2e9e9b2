"""Two people's changes to one text, line by line; what both changed is marked and left to people."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aarshjul.core.matching import matching
from aarshjul.core.text_differences import lines_of

OURS, MIDDLE, THEIRS = "<<<<<<<", "=======", ">>>>>>>"
"""What begins, parts and ends a conflict: alone on a line, or before a space and whose side it is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chunk:
    """Some lines of the text that all three begin from, and what became of them on either side."""

    base: tuple[str, ...]
    mine: tuple[str, ...]
    theirs: tuple[str, ...]

    @property
    def is_conflict(self) -> bool:
        """Whether both changed it, and not alike."""
        return self.mine != self.theirs and self.base not in (self.mine, self.theirs)

    @property
    def merged(self) -> tuple[str, ...]:
        """The lines of whoever changed them; mine where both did."""
        return self.theirs if self.mine == self.base else self.mine


@dataclass(frozen=True, kw_only=True, slots=True)
class MergedText:
    """A text with both changes in it; `conflicts` are marked in it where there are any."""

    text: str
    conflicts: tuple[Chunk, ...] = ()


def merge_texts(
    base: str, mine: str, theirs: str, *, ours: str = "mine", other: str = "theirs"
) -> MergedText:
    """A three-way merge; `ours` and `other` name the sides at the marks."""
    chunks = list(_chunks(lines_of(base), lines_of(mine), lines_of(theirs)))
    lines = [
        line
        for chunk in chunks
        for line in (
            _marked(chunk.mine, chunk.theirs, ours, other) if chunk.is_conflict else list(chunk.merged)
        )
    ]
    return MergedText(text="".join(lines), conflicts=tuple(chunk for chunk in chunks if chunk.is_conflict))


def alternatives(mine: str, theirs: str, *, ours: str = "mine", other: str = "theirs") -> str:
    """Two texts in one, with marks around the lines in which they are not the same."""
    old, new = lines_of(mine), lines_of(theirs)
    lines: list[str] = []
    x = y = 0
    for block in [*matching(old, new), None]:
        end, last = (block.before, block.after) if block else (len(old), len(new))
        if (x, y) != (end, last):
            lines += _marked(old[x:end], new[y:last], ours, other)
        if block is not None:
            x, y = end + block.size, last + block.size
            lines += old[end:x]
    return "".join(lines)


def marked_line(text: str) -> int | None:
    """The number of the first line that marks a conflict which nobody has settled; None where there is none.

    The middle mark alone is none: in Markdown it underlines a heading.
    """
    for number, line in enumerate(text.split("\n"), 1):
        first = line.rstrip("\r").split(" ", 1)[0]
        if first in (OURS, THEIRS):
            return number
    return None


def _marked(mine: Sequence[str], theirs: Sequence[str], ours: str, other: str) -> list[str]:
    return [f"{OURS} {ours}\n", *_ended(mine), f"{MIDDLE}\n", *_ended(theirs), f"{THEIRS} {other}\n"]


def _ended(lines: Sequence[str]) -> list[str]:
    """The lines, the last one ended as well: a mark has a line of its own."""
    return [line if line.endswith("\n") else f"{line}\n" for line in lines]


def _chunks(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[Chunk]:
    """The three texts cut where all three are the same: unchanged stretches and those in between, by turns."""
    x = y = z = 0
    for common in [*_common(base, mine, theirs), _Common(len(base), len(mine), len(theirs), 0)]:
        if (x, y, z) != (common.base, common.mine, common.theirs):
            yield Chunk(
                base=tuple(base[x : common.base]),
                mine=tuple(mine[y : common.mine]),
                theirs=tuple(theirs[z : common.theirs]),
            )
        same = tuple(base[common.base : common.base + common.size])
        if same:
            yield Chunk(base=same, mine=same, theirs=same)
        x, y, z = (start + common.size for start in (common.base, common.mine, common.theirs))


@dataclass(frozen=True, slots=True)
class _Common:
    """A stretch that all three have: where it begins in each."""

    base: int
    mine: int
    theirs: int
    size: int


def _common(base: list[str], mine: list[str], theirs: list[str]) -> list[_Common]:
    """What of the base stands on both sides still."""
    ours, others = matching(base, mine), matching(base, theirs)
    found: list[_Common] = []
    one = other = 0
    while one < len(ours) and other < len(others):
        left, right = ours[one], others[other]
        start = max(left.before, right.before)
        end = min(left.before + left.size, right.before + right.size)
        if start < end:
            y, z = left.after + start - left.before, right.after + start - right.before
            found.append(_Common(start, y, z, end - start))
        if left.before + left.size < right.before + right.size:
            one += 1
        else:
            other += 1
    return found
