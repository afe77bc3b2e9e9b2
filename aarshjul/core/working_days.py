"""Working days: Monday to Friday, less Danish public holidays, less a cycle's own days off; and its quiet weeks."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from holidays.countries.denmark import Denmark

from aarshjul.core.errors import Invalid

DAY = timedelta(days=1)
FURTHEST = 400  # days: a calendar without one usable day in a year is a mistake, not a search


@cache
def danish_holidays(year: int) -> frozenset[date]:
    """The public holidays of a year (Store Bededag was one up to 2023)."""
    return frozenset(Denmark(years=year).keys())  # type: ignore[no-untyped-call]


@dataclass(frozen=True, kw_only=True, slots=True)
class Quiet:
    """Days, both ends included, on which work goes on but nobody answers: no date by rule and no reminder."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            msg = f"a quiet period cannot end ({self.last}) before it begins ({self.first})"
            raise ValueError(msg)


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkingDays:
    """A cycle's calendar of working days.

    Args:
        days_off: days that count as holidays beside weekends and Danish public holidays.
        quiet: periods that are working days but get no date by rule and no reminder.
    """

    days_off: frozenset[date] = frozenset()
    quiet: tuple[Quiet, ...] = ()
    _sought: dict[tuple[date, timedelta, bool], date] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )  # what was found: many cycles share a calendar and ask it the same
    _added: dict[tuple[date, int], date] = field(default_factory=dict, init=False, repr=False, compare=False)
    _usable: dict[tuple[date, bool], bool] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def is_working(self, day: date) -> bool:
        """Whether offices are open."""
        return day.weekday() < 5 and day not in self.days_off and day not in danish_holidays(day.year)

    def is_quiet(self, day: date) -> bool:
        """Whether the day lies in a quiet period."""
        return any(quiet.first <= day <= quiet.last for quiet in self.quiet)

    def is_usable(self, day: date, *, even_off: bool = False) -> bool:
        """Whether a rule may put a date or a reminder there; `even_off` takes days off, never quiet ones."""
        asked = (day, even_off)
        if asked not in self._usable:
            self._usable[asked] = (even_off or self.is_working(day)) and not self.is_quiet(day)
        return self._usable[asked]

    def usable_on_or_before(self, day: date, *, even_off: bool = False) -> date:
        """The day itself or the nearest usable one before it."""
        return self._seek(day, -DAY, even_off=even_off)

    def usable_on_or_after(self, day: date, *, even_off: bool = False) -> date:
        """The day itself or the nearest usable one after it."""
        return self._seek(day, DAY, even_off=even_off)

    def working_on_or_after(self, day: date) -> date:
        """The day itself or the first working day after it."""
        while not self.is_working(day):
            day += DAY
        return day

    def add(self, day: date, count: int) -> date:
        """The day that lies `count` working days after it (before it, where negative); the day itself is not counted."""
        asked = (day, count)
        if asked in self._added:
            return self._added[asked]
        step = DAY if count > 0 else -DAY
        for _ in range(abs(count)):
            day += step
            while not self.is_working(day):
                day += step
        self._added[asked] = day
        return day

    def _seek(self, day: date, step: timedelta, *, even_off: bool) -> date:
        asked = (day, step, even_off)
        if asked in self._sought:
            return self._sought[asked]
        for _ in range(FURTHEST):
            if self.is_usable(day, even_off=even_off):
                self._sought[asked] = day
                return day
            day += step
        raise Invalid(f"no usable day within {FURTHEST} days: look at days_off and quiet")
