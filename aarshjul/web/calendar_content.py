"""What stands in a feed, for a person to read: the entries that a calendar program would show, and its name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import Calendar
from sqlalchemy import select
from sqlmodel import Session

from calendars.choice import Choice
from calendars.item import COPENHAGEN, CalendarItem, Status
from calendars.occasions import items_of, shared_meetings
from calendars.rows import frames_of, is_shown, meetings_of, rows_of
from calendars.scope import Scope
from calendars.subscription_feed import feed_for
from calendars.telling import Teller
from models.loading import CYCLE, PERSON
from models.subscription import Subscription
from notifications.dates import clock, day_in_words

_NOTHING = b"\r\nBEGIN:"  # where the first component of a calendar begins


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


def items_for(
    session: Session, subscription: Subscription, choice: Choice, language: str, web_url: str | None
) -> list[CalendarItem]:
    """The milestones of a feed as its calendar has them, in their order; phases and tasks are no dates of their own."""
    frames = frames_of(session, Scope.of_subscription(subscription))
    tellers = {frame.id: Teller(frame=frame, language=language) for frame in frames}
    kinds = {"meeting": choice.meetings, "deadline": choice.deadlines, "decision": choice.decisions}
    rows = [
        row
        for row in (rows_of(session, frames) if frames else [])
        if kinds[row.kind] and is_shown(tellers[row.cycle_id].frame, row)
    ]
    meetings = meetings_of(session, shared_meetings(rows))
    return sorted(items_of(tellers, rows, meetings, web_url), key=_order)


def split(items: Sequence[CalendarItem], today: date) -> tuple[list[CalendarItem], int]:
    """Those from today on, and how many came before."""
    to_come = [item for item in items if _last_day(item) >= today]
    return to_come, len(items) - len(to_come)


def language_of(session: Session, subscription: Subscription, asked: str | None) -> str:
    """The language that its reader asked for, else the feed's, the person's or the cycle's; else Danish."""
    query = select(CYCLE.c.language).where(CYCLE.c.id == subscription.cycle_id)
    if subscription.person_id is not None:
        query = select(PERSON.c.language).where(PERSON.c.id == subscription.person_id)
    return asked or subscription.language or session.execute(query).scalar() or "da"


def called(session: Session, subscription: Subscription, language: str) -> tuple[str, str]:
    """A feed's name and the sentence about it, as calendar programs show them."""
    data = feed_for(session, subscription, Choice(), language, None)
    head = data.partition(_NOTHING)[0]
    if not head.endswith(b"END:VCALENDAR\r\n"):
        head += b"\r\nEND:VCALENDAR\r\n"
    calendar = Calendar.from_ical(head)
    return str(calendar.get("NAME", "Aarshjul")), str(calendar.get("DESCRIPTION", ""))


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
