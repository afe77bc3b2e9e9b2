"""What calendars send back (iTIP, RFC 5546): an answer to an invitation, or another time that is proposed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from icalendar import Calendar, Component
from icalendar.prop import vBroken

from calendars.address import Address
from calendars.errors import CalendarError
from calendars.text import clean, one_line

LARGEST = (
    256 * 1024
)  # characters: a reply has a few hundred, one with a whole agenda in its text some thousand
_MOST_ATTENDEES = 500
_LONGEST_COMMENT = 2000
_LONGEST_LOCATION = 300
_LONGEST_ADDRESS = 254


class ReplyError(CalendarError):
    """This calendar text cannot be read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answering:
    """One ATTENDEE line.

    Attributes:
        email: the address in lower case, without `mailto:`.
        partstat: in capitals; NEEDS-ACTION where the line has none, as RFC 5545 says.
        sent_by: the address of who wrote it in their name.
    """

    email: str
    partstat: str
    sent_by: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReplyEvent:
    """One VEVENT of a reply; what it has not, or not readably, is None.

    Attributes:
        sequence: the revision that it answers.
        stamp: DTSTAMP, aware: when it was written.
        starts: DTSTART; a date, an aware moment, or a naive one where no zone is said. `ends` is DTEND as it
            stands there, exclusive for dates.
        location: LOCATION on one line, empty where there is none.
    """

    uid: str
    attendees: tuple[Answering, ...]
    sequence: int | None = None
    stamp: datetime | None = None
    starts: date | datetime | None = None
    ends: date | datetime | None = None
    comment: str = ""
    location: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """A calendar object with a METHOD, in capitals; empty where it has none."""

    method: str
    events: tuple[ReplyEvent, ...]


def read_reply(text: str) -> Reply:
    """The reply in a text/calendar part.

    The ORGANIZER is not looked at: outlook.com leaves it out.

    Raises:
        ReplyError: where it is no calendar, or is larger than any reply.
    """
    if len(text) > LARGEST:
        raise ReplyError(f"the calendar text has more than {LARGEST} characters")
    try:
        calendars = Calendar.from_ical(clean(text), multiple=True)
        events = tuple(_event(event) for calendar in calendars for event in calendar.walk("VEVENT"))
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise ReplyError("the calendar text cannot be read") from error  # what it says is a stranger's
    if not calendars:
        raise ReplyError("the calendar text is empty")
    return Reply(method=_text(calendars[0], "method").upper(), events=events)


def _event(event: Component) -> ReplyEvent:
    stamp = _when(event, "dtstamp")
    return ReplyEvent(
        uid=_text(event, "uid"),
        attendees=tuple(_attendees(event)),
        sequence=_whole(event, "sequence"),
        stamp=_in_utc(stamp) if isinstance(stamp, datetime) else None,
        starts=_when(event, "dtstart"),
        ends=_when(event, "dtend"),
        comment="\n".join(clean(str(line)).strip() for line in _all(event, "comment"))[:_LONGEST_COMMENT],
        location=one_line(_text(event, "location"))[:_LONGEST_LOCATION].strip(),
    )


def _attendees(event: Component) -> Iterator[Answering]:
    for line in _all(event, "attendee")[:_MOST_ATTENDEES]:
        params = getattr(line, "params", {})
        sent_by = _address(params.get("SENT-BY", ""))
        email = _address(line)
        if email:
            partstat = one_line(str(params.get("PARTSTAT", "NEEDS-ACTION"))).upper()
            yield Answering(email=email, partstat=partstat, sent_by=sent_by or None)


def _address(value: Any) -> str:
    """The address behind `mailto:`, which Outlook writes in capitals; empty where there is none."""
    text = one_line(str(value))
    return comparable(text[7:] if text.lower().startswith("mailto:") else text)


def comparable(email: str) -> str:
    """An address in the one form in which two are compared: lower case, the domain as mail servers write it.

    Empty where it is no address at all.
    """
    text = one_line(email).strip("<> ")
    if not 3 <= len(text) <= _LONGEST_ADDRESS or "@" not in text:
        return ""
    try:
        return Address(name="", email=text).wire.lower()
    except CalendarError:
        return text.lower()


def _all(component: Component, name: str) -> list[Any]:
    """All properties of that name but those whose values make no sense."""
    found = component.get(name, [])
    listed = found if isinstance(found, list) else [found]
    return [each for each in listed if not isinstance(each, vBroken)]


def _first(component: Component, name: str) -> Any:
    """The first of a property that should stand there once."""
    return next(iter(_all(component, name)), None)


def _text(component: Component, name: str) -> str:
    found = _first(component, name)
    return "" if found is None else one_line(str(found))


def _whole(component: Component, name: str) -> int | None:
    found = _first(component, name)
    return int(found) if isinstance(found, int) else None


def _when(component: Component, name: str) -> date | datetime | None:
    found = getattr(_first(component, name), "dt", None)
    if isinstance(found, datetime):
        # an instant without a place in the calendar, near year 1 or 9999, has no UTC
        return None if not 1 < found.year < 9999 else _in_utc(found) if found.tzinfo else found
    return found if isinstance(found, date) else None


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
