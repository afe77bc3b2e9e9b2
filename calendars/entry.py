"""One item as a VEVENT: what feeds and invitations have in common."""

from icalendar import Calendar, Event

from calendars.content import duration, escaped, utc, when
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
    """The item as an event to be added to: who organises and who attends is left to invitations."""
    event = Event.from_ical("\r\n".join(event_lines(item)))
    if not isinstance(event, Event):
        raise TypeError(event)
    return event


def event_lines(item: CalendarItem) -> list[str]:
    """The item as the content lines of an event."""
    # A deadline takes nobody's day, and a cancelled meeting gives the time back.
    free = item.all_day or item.status is Status.CANCELLED
    stamp, title = utc(item.stamp), escaped(summary(item))
    lines = [
        "BEGIN:VEVENT",
        f"UID:{item.uid}",
        f"SEQUENCE:{item.sequence}",
        f"DTSTAMP:{stamp}",
        f"LAST-MODIFIED:{stamp}",
        when("DTSTART", item.starts, item.zone),
        when("DTEND", item.until, item.zone),
        f"SUMMARY:{title}",
    ]
    lines += text_lines(item.description, item.place)
    lines += [f"STATUS:{item.status.value}", f"TRANSP:{'TRANSPARENT' if free else 'OPAQUE'}"]
    lines += kept_lines(item.categories, item.colour, item.url)
    if item.alarm is not None and item.status is not Status.CANCELLED:
        trigger = duration(-item.alarm, nominal=item.all_day)
        lines += [
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{title}",
            f"TRIGGER:{trigger}",
            "END:VALARM",
        ]
    lines.append("END:VEVENT")
    return lines


def text_lines(description: str, place: str | None = None) -> list[str]:
    """What there is to say of an entry, and where it is."""
    about, where = clean(description), one_line(place or "")
    return [f"DESCRIPTION:{escaped(about)}"] * bool(about) + [f"LOCATION:{escaped(where)}"] * bool(where)


def kept_lines(categories: tuple[str, ...], colour: str | None, url: str | None) -> list[str]:
    """What calendars sort by, paint with and link to."""
    lines = [f"CATEGORIES:{','.join(escaped(one_line(each)) for each in categories)}"] if categories else []
    return lines + [f"COLOR:{colour}"] * bool(colour) + [f"URL:{url}"] * bool(url)


def summary(item: CalendarItem) -> str:
    """The title, with 'tentative' or 'cancelled' in front: several clients hide the status, or the event."""
    return said_of(item.title, item.status, item.language)


def said_of(title: str, status: Status, language: str) -> str:
    """A title, with how sure it is in front where that is not certain."""
    return _SAID.get((language, status), "") + one_line(title)
