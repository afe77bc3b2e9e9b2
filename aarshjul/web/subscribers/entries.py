"""The entries of a calendar for a person to read, as a program would show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self
from urllib.parse import quote
from zoneinfo import ZoneInfo

from calendars.item import COPENHAGEN, CalendarItem, Status
from notifications.dates import clock, day_in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A date as the page shows it.

    Attributes:
        day: in words; `time` is empty for a whole day.
        file: what it is called as a file, below the page.
    """

    day: str
    time: str
    title: str
    place: str
    tentative: bool
    cancelled: bool
    file: str

    @classmethod
    def of(cls, item: CalendarItem) -> Self:
        """In the words of the item's language and the clock of its zone."""
        return cls(
            day=_capital(day_in_words(_day(item), item.language)),
            time=_time(item),
            title=item.title,
            place=item.place or "",
            tentative=item.status is Status.TENTATIVE,
            cancelled=item.status is Status.CANCELLED,
            file=f"{quote(item.uid, safe='')}.ics",
        )


def split(items: Iterable[CalendarItem], today: date) -> tuple[list[CalendarItem], int]:
    """Those from today on, in their order, and how many came before."""
    ordered = sorted(items, key=_order)
    to_come = [item for item in ordered if _last_day(item) >= today]
    return to_come, len(ordered) - len(to_come)


def _order(item: CalendarItem) -> tuple[date, str, str]:
    return _day(item), _time(item), item.uid


def _day(item: CalendarItem) -> date:
    starts = item.starts
    return starts.astimezone(ZoneInfo(item.zone)).date() if isinstance(starts, datetime) else starts


def _last_day(item: CalendarItem) -> date:
    ends = item.ends or item.starts
    return ends.astimezone(ZoneInfo(item.zone)).date() if isinstance(ends, datetime) else ends


def _time(item: CalendarItem) -> str:
    """`10.00-12.00`, with the zone's name where it is not the usual one."""
    if not isinstance(item.starts, datetime):
        return ""
    ends = item.ends if isinstance(item.ends, datetime) else None
    both = [when.astimezone(ZoneInfo(item.zone)) for when in (item.starts, ends) if when is not None]
    words = "-".join(clock(f"{when:%H:%M}", item.language) for when in both)
    return words if item.zone == COPENHAGEN else f"{words} ({item.zone})"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
