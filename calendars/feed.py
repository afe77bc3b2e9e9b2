"""A calendar that people subscribe to."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from calendars.content import duration, escaped, utc, written
from calendars.entry import PRODID, event_lines
from calendars.errors import CalendarError
from calendars.item import COPENHAGEN, CalendarItem
from calendars.task import Task, task_lines
from calendars.text import clean, one_line
from calendars.zones import rules_of

REFRESH = timedelta(hours=4)
"""How often clients are asked to look again."""


def feed(
    *,
    uid: str,
    name: str,
    items: Iterable[CalendarItem],
    tasks: Iterable[Task] = (),
    description: str = "",
    zone: str = COPENHAGEN,
    refresh: timedelta = REFRESH,
) -> bytes:
    """A published calendar: no METHOD, ORGANIZER or ATTENDEE; the same bytes for the same items in any order.

    Args:
        uid: the calendar's own, the same for ever.
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
    lines = ["BEGIN:VCALENDAR", f"PRODID:{PRODID}", "VERSION:2.0", "CALSCALE:GREGORIAN", f"UID:{uid}"]
    lines += _about(name, description, zone, refresh)
    if entries:
        lines.append(f"LAST-MODIFIED:{utc(max(each.stamp for each in entries))}")
    zones = dict.fromkeys(
        [zone, *(each.zone for each in events if not each.all_day), *(each.zone for each in todos)]
    )
    for each in zones:
        lines += rules_of(each)
    for item in events:
        lines += event_lines(item)
    for task in todos:
        lines += task_lines(task)
    return written([*lines, "END:VCALENDAR"])


def _about(name: str, description: str, zone: str, refresh: timedelta) -> list[str]:
    called, about, every = escaped(one_line(name)), escaped(clean(description)), duration(refresh)
    lines = [f"NAME:{called}", f"X-WR-CALNAME:{called}"]
    if about:
        lines += [f"DESCRIPTION:{about}", f"X-WR-CALDESC:{about}"]
    return [
        *lines,
        f"X-WR-TIMEZONE:{zone}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{every}",
        f"X-PUBLISHED-TTL:{every}",
    ]


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
