"""What two sequences have in common, in order, for a bounded price: what difflib would take hours for as well."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_EACH = 4  # steps for each element, and so many more for any two sequences
_MORE = 500_000
_MOST_EDITS = (
    1000  # between two stretches of which nothing is unique; what is kept for the way back is its square
)


@dataclass(kw_only=True, slots=True)
class Work:
    """How many steps a comparison may still take; where they are used up, what is left counts as different."""

    left: int

    @classmethod
    def on(cls, *sizes: int) -> "Work":
        """What comparing sequences of these sizes may cost: in proportion to them."""
        return cls(left=_MORE + _EACH * sum(sizes))

    def take(self, steps: int) -> bool:
        """Spend steps; False where there were not that many."""
        self.left -= steps
        return self.left >= 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """`size` elements that are the same, from `before` in the one sequence and from `after` in the other."""

    before: int
    after: int
    size: int


@dataclass(frozen=True, kw_only=True, slots=True)
class _Region:
    """Two stretches that are still to be compared, their ends exclusive."""

    before: int
    before_end: int
    after: int
    after_end: int

    @property
    def is_empty(self) -> bool:
        return self.before == self.before_end or self.after == self.after_end

    @property
    def size(self) -> int:
        return self.before_end - self.before + self.after_end - self.after


def matching(before: Sequence[str], after: Sequence[str], work: Work | None = None) -> list[Block]:
    """The stretches that stand in both, in rising order.

    First what begins and ends alike, then what is unique on both sides holds the rest in place, and what is left
    between is compared by the fewest edits.
    """
    work = work or Work.on(len(before), len(after))
    numbers: dict[str, int] = {}
    a = [numbers.setdefault(each, len(numbers)) for each in before]
    b = [numbers.setdefault(each, len(numbers)) for each in after]
    found: list[tuple[int, int]] = []
    regions = [_Region(before=0, before_end=len(a), after=0, after_end=len(b))]
    while regions:
        inner = _trimmed(a, b, regions.pop(), found)
        if inner.is_empty or not work.take(inner.size):
            continue
        anchors = _anchors(a, b, inner)
        if anchors:
            regions += _between(inner, anchors)
            found += anchors
        else:
            found += _fewest_edits(a, b, inner, work)
    return _blocks(sorted(found))


def _trimmed(a: list[int], b: list[int], region: _Region, found: list[tuple[int, int]]) -> _Region:
    """The region without what begins and ends alike, which is found."""
    low, high = region.before, region.before_end
    other, last = region.after, region.after_end
    while low < high and other < last and a[low] == b[other]:
        found.append((low, other))
        low, other = low + 1, other + 1
    while low < high and other < last and a[high - 1] == b[last - 1]:
        high, last = high - 1, last - 1
        found.append((high, last))
    return _Region(before=low, before_end=high, after=other, after_end=last)


def _anchors(a: list[int], b: list[int], region: _Region) -> list[tuple[int, int]]:
    """The longest rising row of elements that stand once on either side (patience)."""
    ours, theirs = a[region.before : region.before_end], b[region.after : region.after_end]
    once, once_there = Counter(ours), Counter(theirs)
    where = {each: place for place, each in enumerate(theirs, region.after) if once_there[each] == 1}
    pairs = [
        (place, where[each])
        for place, each in enumerate(ours, region.before)
        if once[each] == 1 and each in where
    ]
    return [pairs[index] for index in longest_rising([after for _, after in pairs])]


def longest_rising(values: Sequence[int]) -> list[int]:
    """The indexes of a longest strictly rising row among the values."""
    ends: list[int] = []  # the lowest value in which a row of that length ends
    at: list[int] = []
    previous: list[int] = []
    for index, value in enumerate(values):
        length = bisect_left(ends, value)
        previous.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [value]
        at[length : length + 1] = [index]
    row: list[int] = []
    index = at[-1] if at else -1
    while index >= 0:
        row.append(index)
        index = previous[index]
    return row[::-1]


def _between(region: _Region, anchors: list[tuple[int, int]]) -> list[_Region]:
    starts = [(region.before, region.after), *((before + 1, after + 1) for before, after in anchors)]
    ends = [*anchors, (region.before_end, region.after_end)]
    return [
        _Region(before=start, before_end=end, after=other, after_end=last)
        for (start, other), (end, last) in zip(starts, ends, strict=True)
    ]


def _fewest_edits(a: list[int], b: list[int], region: _Region, work: Work) -> list[tuple[int, int]]:
    """The pairs that a shortest edit keeps (Myers 1986, the greedy algorithm); none where it costs too much."""
    ours, theirs = a[region.before : region.before_end], b[region.after : region.after_end]
    rows: list[list[int]] = []  # for each number of edits, how far in ours on each of its diagonals
    for edits in range(_MOST_EDITS):
        row: list[int] = []
        for place in range(edits + 1):
            x = _furthest(ours, theirs, _step(rows, edits, place)[0], 2 * place - edits)
            row.append(x)
            if x >= len(ours) and x - (2 * place - edits) >= len(theirs):
                pairs = _kept([*rows, row], len(ours), len(theirs))
                return [(region.before + x, region.after + y) for x, y in pairs]
        rows.append(row)
        if not work.take(2 * edits + 1):
            break
    return []


def _step(rows: list[list[int]], edits: int, place: int) -> tuple[int, bool]:
    """Where one more edit leads to: from the neighbour that is further, and whether that is by adding."""
    if edits == 0:
        return 0, False
    last = rows[edits - 1]
    adds = place == 0 or (place != edits and last[place - 1] < last[place])
    return (last[place], True) if adds else (last[place - 1] + 1, False)


def _furthest(ours: list[int], theirs: list[int], x: int, diagonal: int) -> int:
    """Along a diagonal as long as both are the same."""
    while x < len(ours) and x - diagonal < len(theirs) and ours[x] == theirs[x - diagonal]:
        x += 1
    return x


def _kept(rows: list[list[int]], x: int, y: int) -> list[tuple[int, int]]:
    """Back from the end: the pairs on the diagonals of the way."""
    pairs: list[tuple[int, int]] = []
    for edits in range(len(rows) - 1, -1, -1):
        start, adds = _step(rows, edits, (x - y + edits) // 2)
        pairs += [(step, step - (x - y)) for step in range(x - 1, start - 1, -1)]
        x, y = start - (not adds and edits > 0), start - (x - y) - adds
    return pairs


def _blocks(pairs: list[tuple[int, int]]) -> list[Block]:
    """Pairs in their order as stretches."""
    blocks: list[Block] = []
    for before, after in pairs:
        last = blocks[-1] if blocks else None
        if last is not None and (last.before + last.size, last.after + last.size) == (before, after):
            blocks[-1] = Block(before=last.before, after=last.after, size=last.size + 1)
        else:
            blocks.append(Block(before=before, after=after, size=1))
    return blocks
