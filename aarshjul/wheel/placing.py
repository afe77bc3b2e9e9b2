"""Where marks, labels and the lines between them lie, so that none overlaps another, the ring or the edge.

All angles run clockwise from the top, all places from the wheel's middle, x to the right and y down.

Why no two lines cross: marks lie on a circle in the order of their dates, labels in each column in that same order.
A line runs outwards from its mark, while its angle turns steadily to that of its label on an ellipse that holds the
whole ring; between circle and ellipse, lines whose angles are in order at both ends are in order all the way. From
the ellipse it runs level to the label, and levels differ. The same holds from the ring to the marks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import acos, ceil, cos, pi, sin

from aarshjul.wheel.labels import Label
from aarshjul.wheel.ring import TURN, Place
from aarshjul.wheel.spread import spread

MARK = 11.0
"""The radius of the circle that every mark stays within."""
APART = 2 * MARK + 6
LANE = 30.0
"""From the ring to the circle of the marks."""
STALK = MARK + 5
"""How far a line runs straight outwards, past the neighbours of its mark."""
GUTTER = 58.0
"""From the circle of the marks to the ellipse, at the sides."""
REACH = 10.0
"""From the ellipse to the labels, at the sides."""
HEADROOM = 56.0
"""From the circle of the marks to the ellipse, above and below: lines that bend need room to do so."""
SMALLEST = 300.0
FULLEST = 0.66
"""How much of their circle marks may fill: in a ring that is fuller they would stand far from their days."""
STEP = 0.05
"""By how much, in radians, a line turns at most from point to point: its pieces are then a tenth off the curve."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """A milestone's label with its place: the box's left and top, and which side of the wheel it is on.

    `day` is the angle of its date, `angle` that of its mark; `tie` runs from the ring to the mark, `leader` from
    the mark to the label.
    """

    label: Label
    day: float
    angle: float
    mark: Place
    tie: tuple[Place, ...]
    leader: tuple[Place, ...]
    left: float
    top: float
    on_the_right: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Placing:
    """All labels in their places; `half_width` and `half_height` reach from the middle to the outermost of them."""

    ring: float
    placed: tuple[Placed, ...]
    half_width: float
    half_height: float


def ring_for(count: int, smallest: float = SMALLEST) -> float:
    """The outer radius of a ring around which so many marks find room."""
    return max(smallest, count * APART / (FULLEST * TURN) - LANE)


def around(days: Sequence[float], ring: float) -> list[float]:
    """The angles of the marks: each at its day or as near as its neighbours allow, none across the year's begin."""
    lane = ring + LANE
    wanted = [day * lane for day in days]
    arcs = spread(wanted, [APART] * (len(days) - 1), APART / 2, TURN * lane - APART / 2)
    return [arc / lane for arc in arcs]


def tie(day: float, angle: float, ring: float) -> tuple[Place, ...]:
    """The line from a day on the ring to its mark, below the marks of others."""
    below = ring + LANE - MARK - 4
    return *_turning(day, angle, (ring, ring), (below, below)), _at(angle, ring + LANE, ring + LANE)


def spot(angle: float, radius: float) -> Place:
    """The place at an angle and a distance."""
    return _at(angle, radius, radius)


def place(labels: Sequence[Label], days: Sequence[float], *, gap: float, column: float) -> Placing:
    """Put labels, in the order of their days, beside a ring that is large enough for them.

    Args:
        labels: in the order of their dates.
        days: the angle of each date, rising.
        gap: what lies between two labels of a column.
        column: how wide a label can be.
    """
    ring = ring_for(len(labels))
    lane = ring + LANE
    angles = around(days, ring)
    right = [number for number, angle in enumerate(angles) if angle < pi]
    left = [number for number, angle in enumerate(angles) if angle >= pi][::-1]
    tall = max([lane + HEADROOM, *(_height(labels, side, gap) / 2 for side in (right, left))])
    ports: dict[int, float] = {}
    for side in (right, left):
        ports |= _ports(labels, angles, side, gap=gap, tall=tall)
    wide, high = lane + GUTTER, tall + 2
    placed = tuple(
        _placed(
            label, days[number], angles[number], ports[number], lane=lane, ring=ring, ellipse=(wide, high)
        )
        for number, label in enumerate(labels)
    )
    return Placing(ring=ring, placed=placed, half_width=wide + REACH + 6 + column, half_height=high)


def _height(labels: Sequence[Label], side: Sequence[int], gap: float) -> float:
    return sum(labels[number].height + gap for number in side)


def _ports(
    labels: Sequence[Label],
    angles: Sequence[float],
    side: Sequence[int],
    *,
    gap: float,
    tall: float,
) -> dict[int, float]:
    """The level of each label's line in one column, from the top down."""
    if not side:
        return {}
    wanted = [-tall * cos(angles[number]) for number in side]
    gaps = [
        labels[above].height - labels[above].port + gap + labels[below].port
        for above, below in pairwise(side)
    ]
    low = -tall + labels[side[0]].port
    high = tall - (labels[side[-1]].height - labels[side[-1]].port)
    return dict(zip(side, spread(wanted, gaps, low, high), strict=True))


def _placed(
    label: Label, day: float, angle: float, port: float, *, lane: float, ring: float, ellipse: Place
) -> Placed:
    right = angle < pi
    target = acos(-port / ellipse[1])
    target = target if right else TURN - target
    edge = (ellipse[0] + REACH) * (1 if right else -1)
    leader = (
        _at(angle, lane, lane),
        *_turning(angle, target, (lane + STALK, lane + STALK), ellipse),
        (edge, port),
    )
    return Placed(
        label=label,
        day=day,
        angle=angle,
        mark=_at(angle, lane, lane),
        tie=tie(day, angle, ring),
        leader=leader,
        left=edge + 6 if right else edge - 6 - label.width,
        top=port - label.port,
        on_the_right=right,
    )


def _turning(begin: float, end: float, inner: Place, outer: Place) -> list[Place]:
    """From an inner to an outer ellipse, while the angle turns steadily; straight where it hardly turns."""
    steps = ceil(abs(end - begin) / STEP) or 1
    found = []
    for step in range(steps + 1):
        share = step / steps
        radii = [a + (b - a) * share for a, b in zip(inner, outer, strict=True)]
        found.append(_at(begin + (end - begin) * share, radii[0], radii[1]))
    return found


def _at(angle: float, wide: float, high: float) -> Place:
    return wide * sin(angle), -high * cos(angle)
