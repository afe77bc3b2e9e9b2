"""The ring of months: which time a wheel spans, and where on it a day lies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import pi

TURN = 2 * pi
Place = tuple[float, float]
"""From the wheel's middle, x to the right and y down."""
MONTHS_OF_A_YEAR = 12
MOST_MONTHS = 48
MOST_YEARS = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One part of the ring, a month or, on a wheel of many years, a year or ten; angles clockwise from the top."""

    first: date
    begin: float
    end: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """The time that one turn takes: `count` parts of `unit` months each, from the first of a month on."""

    first: date
    unit: int
    count: int

    @property
    def months(self) -> int:
        """How many months it spans."""
        return self.unit * self.count

    @property
    def parts(self) -> tuple[Part, ...]:
        """The ring's parts, clockwise, all of one size."""
        return tuple(
            Part(
                first=_later(self.first, number * self.unit),
                begin=TURN * number / self.count,
                end=TURN * (number + 1) / self.count,
            )
            for number in range(self.count)
        )

    @property
    def years(self) -> tuple[Part, ...]:
        """The calendar years, or what of them the wheel spans."""
        found = []
        for year in range(self.first.year, _later(self.first, self.months - 1).year + 1):
            begin = max(0, _months_between(self.first, date(year, 1, 1)))
            end = min(self.months, _months_between(self.first, date(year, 12, 1)) + 1)
            found.append(
                Part(first=date(year, 1, 1), begin=TURN * begin / self.months, end=TURN * end / self.months)
            )
        return tuple(found)

    def angle(self, day: date, *, share: float = 0.5) -> float:
        """Where a day lies, clockwise from the top; `share` is how much of the day has gone by."""
        whole = _months_between(self.first, day)
        return TURN * (whole + (day.day - 1 + share) / _length(day)) / self.months

    def holds(self, day: date) -> bool:
        """Whether the wheel spans that day."""
        return 0 <= _months_between(self.first, day) < self.months


def span_of(days: Sequence[date]) -> Span:
    """The span of a wheel for these days: from the month of the first, twelve months, or as many as the last needs.

    Up to four years are shown by months; more by years, or by ten years at a time.
    """
    first, last = min(days), max(days)
    start = date(first.year, first.month, 1)
    months = _months_between(start, last) + 1
    if months <= MOST_MONTHS:
        return Span(first=start, unit=1, count=max(months, MONTHS_OF_A_YEAR))
    start = date(first.year, 1, 1)
    years = last.year - first.year + 1
    if years <= MOST_YEARS:
        return Span(first=start, unit=12, count=years)
    return Span(first=start, unit=120, count=-(-years // 10))


def _months_between(start: date, day: date) -> int:
    return (day.year - start.year) * 12 + day.month - start.month


def _later(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    return date(start.year + years, month + 1, 1)


def _length(day: date) -> int:
    following = _later(date(day.year, day.month, 1), 1)
    return (following - date(day.year, day.month, 1)).days
