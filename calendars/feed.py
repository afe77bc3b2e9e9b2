"""A calendar that people subscribe to."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from icalendar import vDuration, vText

from calendars.entry import entry, new_calendar
from calendars.errors import CalendarError
from calendars.item import COPENHAGEN, CalendarItem
from calendars.text import clean, one_line


def feed(
    *,
    uid: str,
    name: str,
    items: Iterable[CalendarItem],
    description: str = "",
    zone: str = COPENHAGEN,
    refresh: timedelta = timedelta(hours=4),
) -> bytes:
    """A published calendar: no METHOD, ORGANIZER or ATTENDEE; the same bytes for the same items in any order.

    Args:
        uid: the calendar's own, the same for ever.
        name: what a client shows.
        items: with the cancelled ones, so that they vanish from clients that have them.
        description: a sentence about it.
        zone: the zone of its readers.
        refresh: how often clients are asked to look again.

    Raises:
        CalendarError: for two items with one UID, or a zone whose rules cannot be written.
    """
    ordered = sorted(items, key=_order)
    _refuse_twins(ordered)
    calendar = new_calendar([zone, *(item.zone for item in ordered if not item.all_day)])
    calendar.add("uid", uid)
    for key in ("name", "x-wr-calname"):
        calendar.add(key, vText(one_line(name)))
    for key in ("description", "x-wr-caldesc"):
        if clean(description):
            calendar.add(key, vText(clean(description)))
    calendar.add("x-wr-timezone", vText(zone))
    calendar.add("refresh-interval", vDuration(refresh), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(refresh))
    if ordered:
        calendar.add("last-modified", max(item.stamp for item in ordered).astimezone(UTC))
    for item in ordered:
        calendar.add_component(entry(item))
    return bytes(calendar.to_ical(sorted=False))


def _order(item: CalendarItem) -> tuple[date, str, str]:
    starts = item.starts
    moment = starts.astimezone(UTC) if isinstance(starts, datetime) else starts
    return (moment.date() if isinstance(moment, datetime) else moment), moment.isoformat(), item.uid


def _refuse_twins(items: list[CalendarItem]) -> None:
    seen: set[str] = set()
    for item in items:
        if item.uid in seen:
            raise CalendarError(f"two entries of one calendar have the UID {item.uid}")
        seen.add(item.uid)
