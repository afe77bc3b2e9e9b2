"""A calendar that people subscribe to."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, vDuration, vText

from calendars.entry import entry, new_calendar
from calendars.errors import CalendarError
from calendars.item import COPENHAGEN, CalendarItem
from calendars.task import Task, todo
from calendars.text import clean, one_line
from calendars.values import Text, utc

REFRESH = timedelta(hours=4)
"""How often clients are asked to look again."""


def feed(
    *,
    name: str,
    items: Iterable[CalendarItem],
    tasks: Iterable[Task] = (),
    description: str = "",
    zone: str = COPENHAGEN,
    refresh: timedelta = REFRESH,
) -> bytes:
    """A published calendar: no METHOD, ORGANIZER or ATTENDEE; the same bytes for the same items in any order.

    Nor has it a UID of its own (RFC 7986, 5.3): vdirsyncer 0.21 takes that for the UID of every entry and keeps one.

    Args:
        name: what a client shows.
        items: with the cancelled ones, so that they vanish from clients that have them.
        tasks: what its reader has to do.
        description: a sentence about it.
        zone: the zone of its readers.
        refresh: how often clients are asked to look again.

    Raises:
        CalendarError: for two entries with one UID, or a zone whose rules cannot be written.
    """
    events, todos = sorted(items, key=_order), sorted(tasks, key=_order_of_tasks)
    entries: list[CalendarItem | Task] = [*events, *todos]
    _refuse_twins([each.uid for each in entries])
    zones = [each.zone for each in events if not each.all_day] + [each.zone for each in todos]
    calendar = new_calendar([zone, *zones])
    _introduce(calendar, one_line(name), clean(description), zone, refresh)
    if entries:
        calendar["LAST-MODIFIED"] = utc(max(each.stamp for each in entries))
    for item in events:
        calendar.add_component(entry(item))
    for task in todos:
        calendar.add_component(todo(task))
    return bytes(calendar.to_ical(sorted=False))


def _introduce(calendar: Calendar, name: str, description: str, zone: str, refresh: timedelta) -> None:
    """What clients show of it and how often they ask, each as the standard and as the older clients call it."""
    calendar["NAME"] = calendar["X-WR-CALNAME"] = Text(name)
    if description:
        calendar["DESCRIPTION"] = calendar["X-WR-CALDESC"] = Text(description)
    calendar["X-WR-TIMEZONE"] = vText(zone)
    calendar["REFRESH-INTERVAL"] = vDuration(refresh, params={"VALUE": "DURATION"})
    calendar["X-PUBLISHED-TTL"] = vDuration(refresh)


def _order(item: CalendarItem) -> tuple[date, str, str]:
    return *_at(item.starts), item.uid


def _order_of_tasks(task: Task) -> tuple[date, str, str]:
    return *_at(task.due), task.uid


def _at(when: date | datetime) -> tuple[date, str]:
    moment = when.astimezone(UTC) if isinstance(when, datetime) else when
    return (moment.date() if isinstance(moment, datetime) else moment), moment.isoformat()


def _refuse_twins(uids: list[str]) -> None:
    seen: set[str] = set()
    for uid in uids:
        if uid in seen:
            raise CalendarError(f"two entries of one calendar have the UID {uid}")
        seen.add(uid)
