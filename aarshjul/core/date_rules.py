"""Dates by rule, as a cycle file writes them under `on`; `aarshjul.core.deadlines` turns them into dates."""

from calendar import monthrange
from dataclasses import dataclass

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LEAP_YEAR = 2024


@dataclass(frozen=True, kw_only=True, slots=True)
class DayRule:
    """A day of the year, or the weekday nearest to it.

    `year` is None where it follows from the cycle's contract year. Without a year, 29 February passes here:
    whether it exists depends on the year that the rule is resolved in.
    """

    day: int
    month: int
    weekday: str | None = None
    year: int | None = None

    def __post_init__(self) -> None:
        year = self.year or _LEAP_YEAR
        if not 1 <= self.month <= 12 or not 1 <= self.day <= monthrange(year, self.month)[1]:
            msg = f"day {self.day} of month {self.month} does not exist"
            raise ValueError(msg)
        if self.weekday is not None and self.weekday not in WEEKDAYS:
            msg = f"{self.weekday} is not a weekday"
            raise ValueError(msg)


@dataclass(frozen=True, kw_only=True, slots=True)
class BeforeRule:
    """So many working days before the milestone `before`, wherever that one moves."""

    before: str
    working_days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class AfterRule:
    """So many working days after the milestone `after`, wherever that one moves."""

    after: str
    working_days: int


DateRule = DayRule | BeforeRule | AfterRule
