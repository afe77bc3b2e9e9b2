"""Who comes to a meeting and who was there, from the record, over all cycles that the meeting carries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlmodel import Session, col

from aarshjul.core import cycle as core
from aarshjul.core.attendance import Attendance, Body, Person, Reply, attendance
from aarshjul.core.roll import Point, Roll
from models.cycle import Cycle, Membership
from models.loading import milestone_value
from models.meeting import Meeting
from models.milestone import Invitation, Milestone
from models.person import Organisation
from models.person import Person as PersonRow

UNANSWERED = "needs-action"


def load_roll(session: Session, cycle_id: str, slug: str, now: datetime) -> Roll | None:
    """The meeting of a milestone, with everyone of all cycles that it carries; None where there is no such milestone."""
    rows = _carried(session, cycle_id, slug)
    if not rows:
        return None
    row, cycle = rows[0]
    value, meeting = milestone_value(row), None
    if row.meeting_id is not None:
        meeting = session.get(Meeting, row.meeting_id)
    today = now.astimezone(ZoneInfo(cycle.timezone)).date()
    return Roll(
        cycle=cycle_id,
        milestone=slug,
        title=meeting.title if meeting else row.title,
        telling=value.telling,
        state=value.state_on(today),
        elsewhere=row.invited_elsewhere,
        language=cycle.language,
        holder=cycle.holder,
        council=cycle.council,
        carries=tuple(
            Point(cycle=of.id, of=of.title, milestone=each.slug, title=each.title, minutes=each.minutes)
            for each, of in rows
        ),
        attendance=_attendance(session, rows, now),
    )


def _carried(session: Session, cycle_id: str, slug: str) -> list[tuple[Milestone, Cycle]]:
    """A milestone, first, and those of other cycles that the same real meeting carries and that are told of."""
    query = select(Milestone, Cycle).join(Cycle, col(Cycle.id) == col(Milestone.cycle_id))
    asked = (
        session.execute(query.where(col(Cycle.id) == cycle_id, col(Milestone.slug) == slug)).tuples().first()
    )
    if asked is None or asked[0].meeting_id is None:
        return [asked] if asked else []
    others = query.where(
        col(Milestone.meeting_id) == asked[0].meeting_id,
        col(Milestone.id) != asked[0].id,
        col(Milestone.state) != core.State.CANCELLED,
        col(Cycle.state) != "draft",
    )
    return [asked, *session.execute(others.order_by(col(Cycle.id), col(Milestone.position))).tuples()]


@dataclass(kw_only=True, slots=True)
class _Found:
    """What several cycles and invitations say of one person."""

    bodies: set[Body] = field(default_factory=set)
    invited: bool = False
    answer: Invitation | None = None
    stand_ins: set[str] = field(default_factory=set)
    recorded: bool = False


def _attendance(session: Session, rows: Sequence[tuple[Milestone, Cycle]], now: datetime) -> Attendance:
    found: dict[str, _Found] = defaultdict(_Found)
    members = _memberships(session, [cycle.id for _, cycle in rows])
    for row, cycle in rows:
        span = _span(row, cycle, now)
        began = min((each.joined_at for each in members[cycle.id]), default=now)
        concerned = set(_concerned(milestone_value(row)))
        for each in members[cycle.id]:
            if _took_part(each, span, began):
                _add_member(found, each, concerned, row, cycle)
    _add_invitations(session, found, [row for row, _ in rows])
    present = {person for row, _ in rows for person in row.present or ()}
    kept = {person for person, each in found.items() if each.bodies or each.invited} | present
    return attendance(_people(session, found, kept), frozenset(present))


def _memberships(session: Session, cycles: Iterable[str]) -> dict[str, list[Membership]]:
    members: dict[str, list[Membership]] = defaultdict(list)
    query = select(Membership).where(col(Membership.cycle_id).in_(set(cycles)))
    for each in session.scalars(query):
        members[each.cycle_id].append(each)
    return members


def _concerned(milestone: core.Milestone) -> tuple[str, ...]:
    """The roles that come together: all whom a meeting concerns, those who owe a decision, nobody at a deadline."""
    if milestone.kind is core.Kind.MEETING:
        return milestone.for_ + milestone.owed_by
    return milestone.owed_by if milestone.kind is core.Kind.DECISION else milestone.invitees


def _span(row: Milestone, cycle: Cycle, now: datetime) -> tuple[datetime, datetime]:
    """Begin and end of a meeting, neither later than now: who takes part in its cycle is judged by it."""
    zone, day = ZoneInfo(cycle.timezone), row.on
    if day is None:
        return now, now
    begins = core.moment(day, row.at or "00:00", zone)
    last = row.ends or row.at
    ends = core.moment(day, last, zone) if last else core.moment(day + timedelta(days=1), "00:00", zone)
    return min(begins, now), min(ends, now)


def _took_part(member: Membership, span: tuple[datetime, datetime], began: datetime) -> bool:
    """Whether somebody was a member then; those who came with the cycle are, from whenever it is of."""
    begins, ends = span
    joined = member.joined_at <= ends or member.joined_at == began
    return joined and (member.left_at is None or member.left_at > begins)


def _add_member(
    found: dict[str, _Found], member: Membership, concerned: set[str], row: Milestone, cycle: Cycle
) -> None:
    roles = core.effective_roles(member.roles) & concerned
    each = found[member.person_id]
    each.bodies |= {Body(role=role, of=_of(role, cycle)) for role in roles}
    each.invited |= bool(roles) and row.invited_elsewhere
    each.recorded |= bool(roles) and bool(row.present)
    if (stand_in := _delegate_on(member, row.on)) is not None and roles:
        each.stand_ins.add(stand_in)


def _of(role: str, cycle: Cycle) -> str:
    return (
        cycle.council
        if role.removesuffix("-deputy-chair").removesuffix("-chair") == core.COUNCIL
        else cycle.holder
    )


def _delegate_on(member: Membership, day: date | None) -> str | None:
    value = core.Member(
        person=member.person_id,
        roles=frozenset(),
        delegate=member.delegate_id,
        delegate_from=member.delegate_from,
        delegate_until=member.delegate_until,
    )
    return value.delegate_on(day) if day is not None else None


def _add_invitations(session: Session, found: dict[str, _Found], rows: Sequence[Milestone]) -> None:
    """Who was told, and the latest answer; those who take part no more are left out."""
    recorded = {row.id for row in rows if row.present}
    query = select(Invitation).where(col(Invitation.milestone_id).in_([row.id for row in rows]))
    for invitation in session.scalars(query):
        if (each := found.get(invitation.person_id)) is None:
            continue
        if invitation.told is not None:
            each.invited = True
            each.recorded |= invitation.milestone_id in recorded
        if invitation.partstat != UNANSWERED and _is_later(invitation, each.answer):
            each.answer = invitation


def _is_later(one: Invitation, other: Invitation | None) -> bool:
    return other is None or (
        one.answered_at is not None and (other.answered_at is None or one.answered_at > other.answered_at)
    )


def _people(session: Session, found: dict[str, _Found], kept: set[str]) -> list[Person]:
    answering = {
        each.answer.answered_by for each in found.values() if each.answer and each.answer.answered_by
    }
    query = (
        select(col(PersonRow.id), col(PersonRow.name), col(Organisation.name))
        .outerjoin(Organisation, col(Organisation.id) == col(PersonRow.organisation_id))
        .where(or_(col(PersonRow.id).in_(kept), col(PersonRow.id).in_(answering)))
    )
    named = {person: (name, organisation) for person, name, organisation in session.execute(query).tuples()}
    names = {person: name for person, (name, _) in named.items()}
    return [_person(person, found.get(person, _Found()), *named[person], names) for person in sorted(kept)]


def _person(person: str, known: _Found, name: str, organisation: str | None, names: dict[str, str]) -> Person:
    answer = known.answer
    by = answer.answered_by if answer and answer.answered_by != person else None
    return Person(
        id=person,
        name=name,
        organisation=organisation,
        bodies=frozenset(known.bodies),
        invited=known.invited,
        reply=Reply(answer.partstat) if answer else Reply.NONE,
        by=names.get(by, by) if by else None,
        through=answer.answered_through if answer else None,
        answered_at=answer.answered_at if answer else None,
        stand_ins=frozenset(known.stand_ins - {person}),
        recorded=known.recorded,
    )
