"""One entry for people who take it into their calendar by hand (iTIP PUBLISH, RFC 5546, 3.2.1)."""

from icalendar import vCalAddress, vText
from sqlmodel import Session

from calendars.address import Address
from calendars.entry import entry, new_calendar
from calendars.errors import CalendarError
from calendars.item import CalendarItem
from calendars.occasions import item_of
from calendars.rows import frames_of, rows_of
from calendars.scope import Scope
from calendars.telling import Teller
from calendars.text import one_line


def publication(item: CalendarItem, organizer: Address) -> bytes:
    """The entry alone: nobody is invited, so nobody stands in it as attending, and it is no subscription.

    Args:
        item: the milestone.
        organizer: who answers for it; PUBLISH must say so.

    Raises:
        CalendarError: for a zone whose rules cannot be written.
    """
    calendar = new_calendar([] if item.all_day else [item.zone])
    calendar["METHOD"] = vText("PUBLISH")
    event = entry(item)
    event["ORGANIZER"] = vCalAddress(f"mailto:{organizer.wire}", params={"CN": organizer.parameter})
    calendar.add_component(event)
    return bytes(calendar.to_ical(sorted=False))


def milestone_publication(
    session: Session,
    cycle_id: str,
    milestone_id: str,
    organizer: Address,
    *,
    language: str | None = None,
    web_url: str | None = None,
) -> bytes:
    """A milestone of the record as such an entry.

    Args:
        session: a look at the record.
        cycle_id: the cycle's id.
        milestone_id: the milestone's, within it.
        organizer: who answers for it.
        language: `da` or `en`; None for the cycle's own.
        web_url: where our pages are, for a link; None for none.

    Raises:
        CalendarError: where the cycle is a draft or has no such milestone, or it waits for a date.
    """
    frames = frames_of(session, Scope(of="cycle", cycle_id=cycle_id))
    if not frames:
        raise CalendarError(f"{cycle_id} is not activated: nothing of it leaves the system before")
    rows = {row.slug: row for row in rows_of(session, frames)}
    row = rows.get(milestone_id)
    if row is None:
        raise CalendarError(
            f"there is no milestone '{one_line(milestone_id)[:80]}' in {cycle_id}; there are {', '.join(rows)}"
        )
    if not row.dated:
        raise CalendarError(f"{milestone_id} has no date that a calendar could show: it may get one later")
    teller = Teller(frame=frames[0], language=language or frames[0].language)
    return publication(item_of(teller, row, web_url), organizer)
