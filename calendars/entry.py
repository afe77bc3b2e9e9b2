"""One item as a VEVENT: what feeds and invitations have in common."""

from datetime import datetime

from icalendar import Alarm, Calendar, Component, Event, vDuration, vInt, vText, vUri

from calendars.item import CalendarItem, Status
from calendars.text import clean, one_line
from calendars.values import Hours, Text, categories, utc, when
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
    # A deadline takes nobody's day, and a cancelled meeting gives the time back.
    free = item.all_day or item.status is Status.CANCELLED
    event = Event()
    identify(event, item.uid, item.sequence, item.stamp)
    event["DTSTART"], event["DTEND"] = when(item.zone, item.starts, item.until)
    event["SUMMARY"] = title = Text(summary(item))
    describe(event, item.description, item.place)
    event["STATUS"] = vText(item.status.value)
    event["TRANSP"] = vText("TRANSPARENT" if free else "OPAQUE")
    classify(event, item.categories, item.colour, item.url)
    if item.alarm is not None and item.status is not Status.CANCELLED:
        event.add_component(_alarm(title, (vDuration if item.all_day else Hours)(-item.alarm)))
    return event


# Below values are set as they shall be written: `add` with plain ones finds that out anew for each, at twice the cost.
def identify(component: Component, uid: str, sequence: int, stamp: datetime) -> None:
    """Which entry it is, and in which revision."""
    component["UID"] = vText(uid)
    component["SEQUENCE"] = vInt(sequence)
    component["DTSTAMP"] = component["LAST-MODIFIED"] = utc(stamp)


def describe(component: Component, description: str, place: str | None = None) -> None:
    """What there is to say of an entry, and where it is."""
    for name, text in (("DESCRIPTION", clean(description)), ("LOCATION", one_line(place or ""))):
        if text:
            component[name] = Text(text)


def classify(component: Component, names: tuple[str, ...], colour: str | None, url: str | None) -> None:
    """What calendars sort by, paint with and link to."""
    if names:
        component["CATEGORIES"] = categories(names)
    if colour:
        component["COLOR"] = vText(colour)
    if url:
        component["URL"] = vUri(url)


def _alarm(title: vText, trigger: vDuration) -> Alarm:
    alarm = Alarm()
    alarm["ACTION"] = vText("DISPLAY")
    alarm["DESCRIPTION"] = title
    alarm["TRIGGER"] = trigger
    return alarm


def summary(item: CalendarItem) -> str:
    """The title, with 'tentative' or 'cancelled' in front: several clients hide the status, or the event."""
    return said_of(item.title, item.status, item.language)


def said_of(title: str, status: Status, language: str) -> str:
    """A title, with how sure it is in front where that is not certain."""
    return _SAID.get((language, status), "") + one_line(title)
