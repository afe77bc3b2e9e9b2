"""The record as feeds read it: what a scope covers, sets at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import or_, select
from sqlmodel import Session

from aarshjul.core import cycle as core
from aarshjul.core.cycle import SUBSCRIBER, Action, Telling
from aarshjul.core.working_days import WorkingDays
from calendars.item import YEARS
from calendars.scope import Scope
from models.cycle import Cycle
from models.json_values import as_text, days_of_texts, lists_of_texts, roles_of_text, working_days
from models.loading import CYCLE, MEMBERSHIP, MILESTONE, PERSON, tables
from models.meeting import Meeting
from models.milestone import CalendarEntry, Milestone
from models.person import Organisation

ENTRY, MEETING, ORGANISATION = tables(CalendarEntry, Meeting, Organisation)
_FRAME = ("id", "title", "holder", "council", "timezone", "language", "activated_at", "state")


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """A cycle that is no draft, as far as feeds say anything of it.

    Attributes:
        roles: those whose milestones are shown; None for all milestones. A person's own id is one of theirs.
        person: whose own calendar it is, if anybody's: what follows up a decision or a request stands there alone.
        concerns: whether what these roles owe is left out unless it concerns them as well.
        days: its working days.
    """

    id: str
    title: str
    holder: str
    council: str
    timezone: str
    language: str
    activated_at: datetime | None
    state: str
    days: WorkingDays
    roles: frozenset[str] | None = None
    concerns: bool = False
    person: str | None = None


class Row(NamedTuple):
    """A milestone with its calendar entry; `about` says what made one that the cycle's plan has not."""

    id: int
    cycle_id: str
    slug: str
    title: str
    phase: str
    kind: str
    on: date | None
    last_on: date
    at: str | None
    ends: str | None
    place: str | None
    meeting_id: str | None
    invited_elsewhere: bool
    tentative: bool
    state: str
    done_when: str | None
    uid: str
    sequence: int
    stamp: datetime
    for_: tuple[str, ...]
    owed_by: tuple[str, ...]
    invites: bool
    about: str | None = None

    @property
    def cancelled(self) -> bool:
        """Whether it will not be."""
        return self.state == "cancelled"

    @property
    def dated(self) -> bool:
        """Whether a calendar can show it: one that waits for a date has no place in it yet."""
        return self.on is not None and self.on.year in YEARS

    @property
    def telling(self) -> Telling:
        """When and where it is, and how sure that is."""
        status = "cancelled" if self.cancelled else "tentative" if self.tentative else "confirmed"
        return Telling(on=self.on, at=self.at, ends=self.ends, place=self.place, status=status)


_PLAIN = Row._fields[: Row._fields.index("uid")]
_KIND = _PLAIN.index("kind")
_ENTRY = ("uid", "sequence", "stamp")


def frames_of(session: Session, scope: Scope) -> list[Frame]:
    """The cycles that a scope covers, but drafts: nothing of those leaves the system; by id."""
    if scope.of == "person":
        return _frames_of_person(session, scope)
    if scope.of == "organisation":
        return _frames_of_organisation(session, scope.organisation_id)
    of_role = {"role": frozenset({scope.role or ""}), "public": frozenset({SUBSCRIBER})}
    rows = session.execute(_frames().where(CYCLE.c.id == scope.cycle_id)).all()
    return [_frame(row, of_role.get(scope.of), concerns=scope.of == "public") for row in rows]


def frame_of(cycle: Cycle) -> Frame:
    """A cycle whole, from its row."""
    plain = {name: getattr(cycle, name) for name in _FRAME}
    return Frame(**plain, days=working_days(cycle.days_off, cycle.quiet))


def row_of(row: Milestone, milestone: core.Milestone, kept: CalendarEntry) -> Row:
    """A milestone from its row and its entry's, then and there as `milestone` tells."""
    plain = Row._make(
        (
            *(getattr(row, name) for name in _PLAIN),
            *(kept.uid, kept.sequence, kept.stamp),
            *(milestone.for_, milestone.owed_by, Action.INVITE in milestone.actions, row.about),
        )
    )
    told = ("on", "last_on", "at", "ends", "place", "tentative", "state")
    return plain._replace(**{name: getattr(milestone, name) for name in told})


def _frames() -> Any:
    columns = [*(CYCLE.c[name] for name in _FRAME), as_text(CYCLE.c.days_off), as_text(CYCLE.c.quiet)]
    return select(*columns).where(CYCLE.c.state != "draft").order_by(CYCLE.c.id)


def _frame(row: Any, roles: frozenset[str] | None, *, concerns: bool = False) -> Frame:
    plain = dict(zip(_FRAME, row, strict=False))
    return Frame(**plain, days=days_of_texts(row.days_off, row.quiet), roles=roles, concerns=concerns)


def _frames_of_person(session: Session, scope: Scope) -> list[Frame]:
    """Who has left a cycle sees nothing of it."""
    query = (
        _frames()
        .add_columns(as_text(MEMBERSHIP.c.roles))
        .join(MEMBERSHIP, MEMBERSHIP.c.cycle_id == CYCLE.c.id)
    )
    query = query.where(MEMBERSHIP.c.person_id == scope.person_id, MEMBERSHIP.c.left_at.is_(None))
    if scope.cycle_id is not None:
        query = query.where(CYCLE.c.id == scope.cycle_id)
    person = scope.person_id or ""
    return [
        replace(_frame(row, roles_of_text(row.roles) | {person}), person=person)
        for row in session.execute(query)
    ]


def _frames_of_organisation(session: Session, organisation_id: int | None) -> list[Frame]:
    """Its own cycles whole, as their holder or council; of others what concerns or binds its people."""
    name = select(ORGANISATION.c.name).where(ORGANISATION.c.id == organisation_id).scalar_subquery()
    theirs = (
        select(MEMBERSHIP.c.cycle_id, as_text(MEMBERSHIP.c.roles))
        .join(PERSON, PERSON.c.id == MEMBERSHIP.c.person_id)
        .where(PERSON.c.organisation_id == organisation_id, MEMBERSHIP.c.left_at.is_(None))
    )
    roles: dict[str, frozenset[str]] = {}
    for cycle_id, text in session.execute(theirs):
        roles[cycle_id] = roles.get(cycle_id, frozenset()) | roles_of_text(text)
    own = or_(CYCLE.c.holder == name, CYCLE.c.council == name)
    query = _frames().add_columns(own.label("own")).where(or_(own, CYCLE.c.id.in_(list(roles))))
    return [_frame(row, None if row.own else roles[row.id]) for row in session.execute(query)]


def rows_of(session: Session, frames: Sequence[Frame]) -> list[Row]:
    """The milestones of these cycles, cycle by cycle in the order of their file.

    Those of no plan are left out, but for a person's own calendar: nobody else is told of them.
    """
    own = [frame.id for frame in frames if frame.person is not None]
    lists = [as_text(MILESTONE.c[name]) for name in ("for_roles", "owed_by", "remind", "actions")]
    query = (
        select(*(MILESTONE.c[name] for name in _PLAIN), *(ENTRY.c[name] for name in _ENTRY), *lists)
        .add_columns(MILESTONE.c.about)
        .join(ENTRY, ENTRY.c.milestone_id == MILESTONE.c.id)
        .where(
            MILESTONE.c.cycle_id.in_([frame.id for frame in frames]),
            or_(MILESTONE.c.about.is_(None), MILESTONE.c.cycle_id.in_(own)),
        )
        .order_by(MILESTONE.c.cycle_id, MILESTONE.c.position)
    )
    found = []
    for *plain, for_roles, owed_by, remind, actions, about in session.execute(query):
        said = lists_of_texts(plain[_KIND], for_roles, owed_by, remind, actions)
        found.append(Row._make((*plain, said.for_, said.owed_by, Action.INVITE in said.actions, about)))
    return found


def is_shown(frame: Frame, row: Row) -> bool:
    """Whether a milestone is among those that the scope asks for."""
    if frame.roles is None:
        return True
    named = row.for_ if frame.concerns else row.for_ + row.owed_by
    return not frame.roles.isdisjoint(named)


def meetings_of(session: Session, ids: Sequence[str]) -> dict[str, tuple[str, datetime]]:
    """What real meetings are called, by their id, and when they last changed."""
    if not ids:
        return {}
    query = select(MEETING.c.id, MEETING.c.title, MEETING.c.changed_at).where(MEETING.c.id.in_(ids))
    return {row.id: (row.title, row.changed_at) for row in session.execute(query)}
