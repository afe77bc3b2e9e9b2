"""Where everything stands on the picture of a year: phases one below the other, milestones along their dates.

Names are measured, and take the first line on which there is room for them: no two meet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from aarshjul.core.cycle import PHASES, Kind, Phase, State
from aarshjul.wheel.lettering import ELLIPSIS, clean, shorten, width_of

EDGE, MARK, GAP = 8.0, 9.0, 6.0
NEAR = timedelta(days=92)
"""Today is on the picture where it is no further than this from its dates."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """How large a picture is: its width, its letters, and the height of a line that is pressed with a finger."""

    name: str
    width: float
    size: float
    line: float


WIDE = Shape(name="wide", width=1100, size=16, line=28)
NARROW = Shape(name="narrow", width=360, size=15, line=30)


@dataclass(frozen=True, kw_only=True, slots=True)
class Dated:
    """A milestone as the picture needs it; `follows` is the id of the one that its date hangs on."""

    id: str
    title: str
    phase: Phase
    kind: Kind
    state: State
    on: date
    follows: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A milestone in its place: the mark's middle, and where its name begins and ends."""

    of: Dated
    x: float
    y: float
    label: str
    begins: float
    ends: float

    @property
    def left(self) -> float:
        """Where what is pressed begins."""
        return min(self.x - MARK, self.begins) - 2

    @property
    def right(self) -> float:
        """Where what is pressed ends."""
        return max(self.x + MARK, self.ends) + 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Band:
    """A phase: from its first to its last date, and how high it is; its name stands on top."""

    phase: Phase
    x: float
    width: float
    top: float
    height: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Timeline:
    """The picture; `ticks` are the first days of months, `today` is where it is, or None."""

    shape: Shape
    height: float
    top: float
    bands: tuple[Band, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[tuple[float, date], ...]
    today: float | None

    @property
    def ties(self) -> list[tuple[Mark, Mark]]:
        """Each mark whose date hangs on another one's, with that one before it."""
        known = {mark.of.id: mark for mark in self.marks}
        return [
            (known[mark.of.follows], mark)
            for mark in self.marks
            if mark.of.follows and mark.of.follows in known
        ]


def timeline(dates: Sequence[Dated], today: date, shape: Shape) -> Timeline | None:
    """Everything in its place; None where there is nothing to show."""
    if not dates:
        return None
    scale = _Scale.over([each.on for each in dates], today, shape)
    top = shape.line * 1.2
    y, bands, marks = top, [], []
    for phase in PHASES:
        own = sorted((each for each in dates if each.phase is phase), key=lambda each: (each.on, each.id))
        if not own:
            continue
        placed, lines = _placed(own, scale, shape, y + shape.line)
        first, last = scale.at(own[0].on), scale.at(own[-1].on)
        height = shape.line * (lines + 1)
        bands.append(Band(phase=phase, x=first - MARK, width=last - first + 2 * MARK, top=y, height=height))
        marks += placed
        y += height + GAP
    return Timeline(
        shape=shape,
        height=y + EDGE,
        top=top,
        bands=tuple(bands),
        marks=tuple(marks),
        ticks=tuple(scale.ticks()),
        today=scale.at(today) if scale.first <= today <= scale.last else None,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days along the width of a picture."""

    first: date
    last: date
    width: float

    @classmethod
    def over(cls, days: Sequence[date], today: date, shape: Shape) -> "_Scale":
        first, last = min(days), max(days)
        if first - min(NEAR, first - date.min) <= today <= last + min(NEAR, date.max - last):
            first, last = min(first, today), max(last, today)
        return cls(first, last, shape.width)

    def at(self, day: date) -> float:
        """Where a day is; that of a picture of one day is on the left."""
        inner = self.width - 2 * (EDGE + MARK)
        whole = (self.last - self.first).days or 1
        return EDGE + MARK + inner * (day - self.first).days / whole

    def ticks(self) -> Iterable[tuple[float, date]]:
        """The first days of months, as many as have room."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        step = next((each for each in (1, 2, 3, 6, 12, 24, 60) if months / each * 60 <= self.width), 120)
        number = self.first.year * 12 + self.first.month - 1
        for each in range(number + 1, number + months + 1):
            if each % step == 0:
                day = date(each // 12, each % 12 + 1, 1)
                yield self.at(day), day


def _placed(own: Sequence[Dated], scale: _Scale, shape: Shape, top: float) -> tuple[list[Mark], int]:
    """The marks of a phase, each on the first line where nothing is in its way; and how many lines that took."""
    taken: list[list[tuple[float, float]]] = []
    marks = []
    for each in own:
        mark = _mark(each, scale.at(each.on), shape)
        left, right = mark.left - GAP, mark.right + GAP
        free = (
            n for n, there in enumerate(taken) if all(left > end or right < begin for begin, end in there)
        )
        line = next(free, len(taken))
        if line == len(taken):
            taken.append([])
        taken[line].append((mark.left, mark.right))
        marks.append(replace(mark, y=top + shape.line * (line + 0.5)))
    return marks, len(taken)


def _mark(of: Dated, x: float, shape: Shape) -> Mark:
    """Its name stands on the right, or where that is the larger side on the left; shortened to the room there is."""
    right, left = shape.width - EDGE - x - MARK - GAP, x - MARK - GAP - EDGE
    title = clean(of.title) or of.id
    whole = width_of(title, shape.size)
    to_the_right = whole <= right or right >= left
    label = _short(title, max(right if to_the_right else left, shape.size), shape.size)
    width = width_of(label, shape.size)
    begins = x + MARK + GAP if to_the_right else x - MARK - GAP - width
    return Mark(of=of, x=x, y=0.0, label=label, begins=begins, ends=begins + width)


def _short(title: str, width: float, size: float) -> str:
    """Shortened between words, so that what is seen is said: only a word that has no room itself is cut."""
    label = shorten(title, width, size)
    if not label.endswith(ELLIPSIS) or title.startswith(f"{label[:-1]} "):
        return label
    whole = label[:-1].rpartition(" ")[0].rstrip(" ,;:-–(")
    return f"{whole}{ELLIPSIS}" if whole else label
