"""Milestones as entries of a feed; those that one real meeting carries are one entry."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from aarshjul.core import cycle as core
from calendars.alarms import alarm_before
from calendars.item import CalendarItem, Status, occasion
from calendars.rows import Frame, Row, frame_of, row_of
from calendars.telling import Teller
from calendars.terms import COLOURS
from calendars.zones import shared_zone
from models.cycle import Cycle
from models.milestone import CalendarEntry, Milestone

_STATUS = {"tentative": Status.TENTATIVE, "confirmed": Status.CONFIRMED, "cancelled": Status.CANCELLED}


def item_of(teller: Teller, row: Row, web_url: str | None, *, alarms: bool = False) -> CalendarItem:
    """A milestone with a date as it stands in calendars now; SEQUENCE and stamp come from the record.

    Raises:
        CalendarError: for one without a date.
    """
    frame, telling = teller.frame, row.telling
    starts, ends = occasion(telling, frame.timezone)
    return CalendarItem(
        uid=row.uid,
        sequence=row.sequence,
        stamp=row.stamp,
        title=row.title,
        description=teller.about(row),
        place=row.place,
        starts=starts,
        ends=ends,
        status=_STATUS[telling.status],
        categories=(teller.phase(row), teller.kind(row)),
        url=page_of(frame, web_url),
        language=teller.language,
        zone=shared_zone(frame.timezone),
        colour=COLOURS[row.kind],
        alarm=alarm_before(row.kind, starts, frame.days, frame.timezone) if alarms else None,
    )


def invited_item(
    cycle: Cycle,
    row: Milestone,
    milestone: core.Milestone,
    kept: CalendarEntry,
    language: str,
    web_url: str | None,
) -> CalendarItem:
    """A milestone as its invitation has it: as in feeds, but without a colour, as it stands in a calendar of one's own.

    Args:
        cycle: its cycle.
        row: what it is.
        milestone: when and where it is; another one's that shares the entry, where that tells.
        kept: its entry.
        language: the reader's.
        web_url: where our pages are.
    """
    teller = Teller(frame=frame_of(cycle), language=language)
    return replace(item_of(teller, row_of(row, milestone, kept), web_url), colour=None)


def page_of(frame: Frame, web_url: str | None) -> str | None:
    """Where our pages tell of a cycle."""
    return f"{web_url.rstrip('/')}/cycles/{frame.id}" if web_url else None


def items_of(
    tellers: dict[str, Teller],
    rows: Iterable[Row],
    meetings: dict[str, tuple[str, datetime]],
    web_url: str | None,
    *,
    alarms: bool = False,
) -> list[CalendarItem]:
    """The entries of these milestones, those that share a UID as one.

    Args:
        tellers: by cycle.
        rows: those to be shown; the ones that wait for a date are passed over.
        meetings: title and last change of the real meetings that carry several, by their id.
        web_url: where our pages are.
        alarms: whether entries remind.
    """
    points: dict[str, list[Row]] = {}
    for row in rows:
        if row.dated:
            points.setdefault(row.uid, []).append(row)
    found = []
    for together in points.values():
        ordered = sorted(together, key=_foremost, reverse=True)
        items = [item_of(tellers[row.cycle_id], row, web_url, alarms=alarms) for row in ordered]
        found.append(items[0] if len(items) == 1 else _joined(items, ordered, meetings))
    return found


def shared_meetings(rows: Iterable[Row]) -> list[str]:
    """The real meetings that several of these milestones share."""
    carried = Counter(row.meeting_id for row in rows if row.meeting_id is not None)
    return sorted(meeting for meeting, count in carried.items() if count > 1)


def _foremost(row: Row) -> tuple[bool, int, datetime, str, str]:
    """Which of several points says when and where the meeting is: one that stands, and the latest word on it."""
    return not row.cancelled, row.sequence, row.stamp, row.cycle_id, row.slug


def _joined(
    items: Sequence[CalendarItem], rows: Sequence[Row], meetings: dict[str, tuple[str, datetime]]
) -> CalendarItem:
    """One entry with all points; it is cancelled with the last of them, and certain with the first."""
    first, named = items[0], [meetings[row.meeting_id] for row in rows if row.meeting_id in meetings]
    title, changed = named[0] if named else (first.title, first.stamp)
    states = {item.status for item in items}
    status = next(each for each in (Status.CONFIRMED, Status.TENTATIVE, Status.CANCELLED) if each in states)
    in_order = sorted(zip(rows, items, strict=True), key=lambda pair: (pair[0].cycle_id, pair[0].slug))
    return replace(
        first,
        title=title,
        sequence=max(item.sequence for item in items),
        stamp=max(changed, *(item.stamp for item in items)),
        description="\n\n".join(f"{item.title}\n{item.description}" for _, item in in_order),
        status=status,
        categories=tuple(dict.fromkeys(each for _, item in in_order for each in item.categories)),
    )
