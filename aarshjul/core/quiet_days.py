"""The days on which one person wants to be left in peace: what can wait for them waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from aarshjul.core.date_rules import WEEKDAYS

UNTIL = ".."  # stands between the two ends of a period


@dataclass(frozen=True, kw_only=True, slots=True)
class QuietDays:
    """Weekdays (0 is Monday) and periods, both ends included; without any it is false, as for most people."""

    weekdays: frozenset[int] = frozenset()
    periods: tuple[tuple[date, date], ...] = ()

    def __post_init__(self) -> None:
        if not self.weekdays <= frozenset(range(7)):
            msg = f"weekdays are numbered 0 to 6, not {sorted(self.weekdays)}"
            raise ValueError(msg)
        for first, last in self.periods:
            if first > last:
                msg = f"a quiet period cannot end ({last}) before it begins ({first})"
                raise ValueError(msg)

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.weekdays or self.periods)

    def covers(self, day: date) -> bool:
        """Whether that day is one of them."""
        return day.weekday() in self.weekdays or any(first <= day <= last for first, last in self.periods)


NEVER_QUIET = QuietDays()


def quiet_days(texts: Iterable[str]) -> QuietDays:
    """Quiet days from texts such as `friday`, `2022-12-23` and `2022-12-19..2022-12-30`.

    Raises:
        ValueError: where a text is none of these.
    """
    weekdays, periods = set(), []
    for text in texts:
        if text in WEEKDAYS:
            weekdays.add(WEEKDAYS.index(text))
        else:
            first, _, last = text.partition(UNTIL)
            periods.append((date.fromisoformat(first), date.fromisoformat(last or first)))
    return (
        QuietDays(weekdays=frozenset(weekdays), periods=tuple(periods))
        if weekdays or periods
        else NEVER_QUIET
    )
