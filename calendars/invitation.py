"""Invitations to one person (iTIP, RFC 5546): asked, updated with a higher SEQUENCE, cancelled."""

from enum import StrEnum

from icalendar import vCalAddress, vText

from calendars.address import Address
from calendars.entry import entry, new_calendar
from calendars.item import CalendarItem, Status


class Method(StrEnum):
    """What an invitation does: asks or updates, or takes back."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class PartStat(StrEnum):
    """What an invitee has answered."""

    NEEDS_ACTION = "NEEDS-ACTION"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    TENTATIVE = "TENTATIVE"


def invitation(
    *,
    item: CalendarItem,
    method: Method,
    organizer: Address,
    attendee: Address,
    partstat: PartStat = PartStat.NEEDS_ACTION,
    asks: bool = True,
) -> bytes:
    """The text/calendar part of an invitation.

    Who leaves gets a CANCEL of a meeting that goes on: only a cancelled item says so in its summary and STATUS.

    Args:
        item: the meeting as it stands; an update has the same UID and a higher SEQUENCE.
        method: REQUEST asks or updates, CANCEL takes back.
        organizer: the one whom the mail is from; clients distrust another.
        attendee: the one who gets it; nobody sees who else is invited.
        partstat: the answer that stands, kept by an update that asks for no new one.
        asks: whether an answer is owed; none is to a decision, and one that comes counts all the same.

    Raises:
        CalendarError: for a zone whose rules cannot be written.
    """
    calendar = new_calendar([] if item.all_day else [item.zone])
    calendar.add("method", method.value)
    event = entry(item)
    if method is Method.CANCEL:
        event["transp"] = vText("TRANSPARENT")
        if item.status is not Status.CANCELLED:  # one attendee less: no status then (RFC 5546, 3.2.5)
            del event["status"]
    event.add("organizer", _address(organizer))
    who = _address(attendee)
    who.params.update({"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": partstat.value})
    if method is Method.REQUEST:
        who.params["RSVP"] = "TRUE" if asks and partstat is PartStat.NEEDS_ACTION else "FALSE"
    event.add("attendee", who)
    calendar.add_component(event)
    return bytes(calendar.to_ical(sorted=False))


def _address(address: Address) -> vCalAddress:
    return vCalAddress(f"mailto:{address.wire}", params={"CN": address.parameter})
