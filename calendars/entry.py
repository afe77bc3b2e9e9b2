"""One item as a VEVENT: what feeds and invitations have in common."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from calendars.item import CalendarItem, Status
from calendars.text import clean, one_line
from calendars.zones import vtimezone

PRODID = "-//Aarshjul//Annual wheel//EN"

_SAID = {
    ("da", Status.TENTATIVE): "Foreløbig: ",
    ("en", Status.TENTATIVE): "Tentative: ",
    ("da", Status.CANCELLED): "AFLYST: ",
    ("en", Status.CANCELLED): "CANCELLED: ",
}


def new_calendar(zones: list[str]) -> Calendar:
    """An empty calendar with the rules of these zones.

    Raises:
        CalendarError: for a zone whose rules cannot be written.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for zone in dict.fromkeys(zones):
        calendar.add_component(vtimezone(zone))
    return calendar


def entry(item: CalendarItem) -> Event:
    """The item as an event: who organises and who attends is left to invitations."""
    event = Event()
    event.add("uid", item.uid)
    event.add("sequence", item.sequence)
    event.add("dtstamp", item.stamp.astimezone(UTC))
    event.add("last-modified", item.stamp.astimezone(UTC))
    event.add("dtstart", _when(item.starts, item.zone))
    event.add("dtend", _when(item.until, item.zone))
    event.add("summary", summary(item))
    if clean(item.description):
        event.add("description", clean(item.description))
    if item.place and one_line(item.place):
        event.add("location", one_line(item.place))
    event.add("status", item.status.value)
    # A deadline takes nobody's day, and a cancelled meeting gives the time back.
    free = item.all_day or item.status is Status.CANCELLED
    event.add("transp", "TRANSPARENT" if free else "OPAQUE")
    if item.categories:
        event.add("categories", [one_line(category) for category in item.categories])
    if item.url is not None:
        event.add("url", item.url)
    return event


def summary(item: CalendarItem) -> str:
    """The title, with 'tentative' or 'cancelled' in front: several clients hide the status, or the event."""
    return _SAID.get((item.language, item.status), "") + one_line(item.title)


def _when(moment: date | datetime, zone: str) -> date | datetime:
    """The moment as the zone writes it; in UTC in the hour that autumn has twice under one name."""
    if not isinstance(moment, datetime):
        return moment
    local = moment.astimezone(UTC).astimezone(ZoneInfo(zone))
    return local if local.fold == 0 and zone != "UTC" else moment.astimezone(UTC)
