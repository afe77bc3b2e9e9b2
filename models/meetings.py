"""Meeting calendars in the record: what a calendar brings in, what it changes, and what it no longer has."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core.real_meeting import RealMeeting, meeting_id
from models.meeting import Meeting
from models.milestone import Milestone
from models.sharing import lock_meetings

_OF_A_CALENDAR = ("title", "on", "at", "ends", "place", "status", "timezone")
"""What a calendar can change of a meeting that it has had before; the id and the entry's UID stay."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A meeting before and after; `carries` are the milestones tied to it, as `cycle/milestone`."""

    was: RealMeeting
    now: RealMeeting
    carries: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Stored:
    """What a calendar did to the record.

    Attributes:
        new: meetings that were not here.
        changed: meetings that are otherwise now.
        gone: meetings that the calendar has no longer: taken away, or kept as cancelled where they carry something.
        same: how many are as before.
    """

    new: tuple[RealMeeting, ...] = ()
    changed: tuple[Change, ...] = ()
    gone: tuple[Change, ...] = ()
    same: int = 0

    @property
    def anything(self) -> bool:
        """Whether the record is another one than before."""
        return bool(self.new or self.changed or self.gone)


def meeting_of(row: Meeting) -> RealMeeting:
    """A meeting's row as a value."""
    return RealMeeting(**{field.name: getattr(row, field.name) for field in fields(RealMeeting)})


def load_meetings(session: Session, bodies: Iterable[str] | None = None) -> list[RealMeeting]:
    """The meetings of these bodies, or of all, by day and time."""
    return [meeting_of(row) for row in meeting_rows(session, bodies)]


def known_bodies(session: Session) -> list[str]:
    """The bodies whose meetings are here, by name."""
    return sorted(session.scalars(select(col(Meeting.body)).distinct()))


def store_meetings(
    session: Session, meetings: Sequence[RealMeeting], now: datetime, *, partial: bool = False
) -> Stored:
    """Bring the record to what a calendar says, in the caller's transaction.

    A meeting is known again by what its calendar calls it (`source`), else by body, day and title. What a body
    had between the calendar's first and last day of it, and the calendar has no longer, is gone: it is taken
    away, or kept as cancelled where a milestone is tied to it. A `partial` calendar says nothing about what it lacks.
    """
    bodies = {meeting.body for meeting in meetings}
    # Who ties a milestone to one of them at this moment is waited for: it is not taken away then.
    lock_meetings(session, session.scalars(select(col(Meeting.id)).where(col(Meeting.body).in_(bodies))))
    known = _Known(meeting_rows(session, bodies))
    taken = set(session.scalars(select(col(Meeting.id))))
    carried = _carried(session)
    new, changed, same = [], [], 0
    for meeting, row in zip(meetings, known.match_all(meetings), strict=True):
        if row is None:
            made = _add(session, meeting, taken, now)
            new.append(meeting_of(made))
            continue
        was = meeting_of(row)
        if _update(row, meeting, now):
            changed.append(Change(was=was, now=meeting_of(row), carries=carried[row.id]))
        else:
            same += 1
    gone = [] if partial else _take_away(session, known.left(), _spans(meetings), carried, now)
    return Stored(new=tuple(new), changed=tuple(changed), gone=tuple(gone), same=same)


class _Known:
    """The rows that were here, until a meeting of the calendar is found to be one of them."""

    def __init__(self, rows: Sequence[Meeting]) -> None:
        self.rows = {row.id: row for row in rows}
        self.by_source: dict[tuple[str, str], str] = {}
        self.by_day: dict[tuple[str, date, str], list[str]] = defaultdict(list)
        self.names_several = _names_of_several(rows)
        for row in rows:
            if row.source is not None:
                self.by_source[row.body, row.source] = row.id
            self.by_day[row.body, row.on, row.title].append(row.id)

    def match_all(self, meetings: Sequence[RealMeeting]) -> list[Meeting | None]:
        """The row of each meeting; those that a calendar names are found before those that only look alike."""
        self.names_several |= _names_of_several(meetings)
        named = [self._named(meeting) for meeting in meetings]
        return [row or self._alike(meeting) for row, meeting in zip(named, meetings, strict=True)]

    def left(self) -> list[Meeting]:
        """The rows that no meeting of the calendar was."""
        return list(self.rows.values())

    def _named(self, meeting: RealMeeting) -> Meeting | None:
        called = (meeting.body, meeting.source or "")
        name = self.by_source.get(called) if called not in self.names_several else None
        if name is None and meeting.id in self.rows and self.rows[meeting.id].body == meeting.body:
            name = meeting.id
        return self.rows.pop(name, None) if name is not None else None

    def _alike(self, meeting: RealMeeting) -> Meeting | None:
        for name in self.by_day.get((meeting.body, meeting.on, meeting.title), ()):
            row = self.rows.get(name)
            if row is not None and (None in (meeting.source, row.source) or meeting.source == row.source):
                return self.rows.pop(name)
        return None


def _names_of_several(meetings: Iterable[Meeting | RealMeeting]) -> set[tuple[str, str]]:
    """What a calendar calls more than one meeting of a body: by that none of them is known again."""
    counts = Counter((each.body, each.source) for each in meetings if each.source is not None)
    return {(body, source) for (body, source), count in counts.items() if count > 1}


def meeting_rows(session: Session, bodies: Iterable[str] | None = None) -> list[Meeting]:
    """The rows of these bodies' meetings, or of all, by day and time."""
    query = select(Meeting)
    if bodies is not None:
        query = query.where(col(Meeting.body).in_(sorted(bodies)))
    return sorted(session.scalars(query), key=lambda row: (row.on, row.at or "", row.id))


def _carried(session: Session) -> dict[str, tuple[str, ...]]:
    """The milestones that each meeting carries."""
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    query = select(col(Milestone.meeting_id), col(Milestone.cycle_id), col(Milestone.slug)).where(
        col(Milestone.meeting_id).is_not(None)
    )
    for meeting, cycle, slug in session.execute(query.order_by(col(Milestone.id))):
        found[meeting] += (f"{cycle}/{slug}",)
    return found


def _add(session: Session, meeting: RealMeeting, taken: set[str], now: datetime) -> Meeting:
    """A new row; an id that a file brings along stays where it is free."""
    free = meeting.id and meeting.id not in taken
    name = meeting.id if free else meeting_id(meeting.body, meeting.on, taken)
    taken.add(name)
    said = {field: getattr(meeting, field) for field in (*_OF_A_CALENDAR, "body", "source")}
    row = Meeting(id=name, made_at=now, changed_at=now, **said)
    session.add(row)
    return row


def _update(row: Meeting, meeting: RealMeeting, now: datetime) -> bool:
    """Write what is otherwise; where the calendar names its meeting for the first time, that is kept, too."""
    if meeting.source is not None and row.source is None:
        row.source = meeting.source
    changes = {name: getattr(meeting, name) for name in _OF_A_CALENDAR}
    if all(getattr(row, name) == value for name, value in changes.items()):
        return False
    for name, value in changes.items():
        setattr(row, name, value)
    row.changed_at = now
    return True


def _spans(meetings: Sequence[RealMeeting]) -> dict[str, tuple[date, date]]:
    """The first and last day of each body in a calendar."""
    found: dict[str, tuple[date, date]] = {}
    for meeting in meetings:
        first, last = found.get(meeting.body, (meeting.on, meeting.on))
        found[meeting.body] = min(first, meeting.on), max(last, meeting.on)
    return found


def _take_away(
    session: Session,
    left: list[Meeting],
    spans: dict[str, tuple[date, date]],
    carried: dict[str, tuple[str, ...]],
    now: datetime,
) -> list[Change]:
    """Delete what the calendar lacks; what carries a milestone stays, as cancelled, until somebody has seen it."""
    gone = []
    for row in left:
        first, last = spans[row.body]
        was, carries = meeting_of(row), carried.get(row.id, ())
        if not first <= row.on <= last or (carries and row.status == "cancelled"):
            continue
        if carries:
            row.status, row.changed_at = "cancelled", now
        else:
            session.delete(row)
        gone.append(Change(was=was, now=meeting_of(row), carries=carries))
    return gone
