"""Passing on to people: which coordinators hear of a mail, as rows of the outbox, with an entry in the history."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlmodel import Session, col

from aarshjul.core.cycle import COORDINATOR
from aarshjul.core.duties import Duty, DutyKind
from aarshjul.inbox.mail import Mail
from models.chain import Event, append
from models.cycle import Cycle, Membership
from models.json_values import as_text
from models.message import Message
from models.milestone import Milestone
from models.person import Person
from models.received import ReceivedMail
from notifications.settling import coordinators, written


def tell(
    session: Session, row: ReceivedMail, kind: DutyKind, mail: Mail, facts: dict[str, Any], now: datetime
) -> int:
    """Tell of a mail those whom it concerns, each once: `received`, `proposed`.

    The key is `cycle/milestone/-/kind/RECEIVED/person` with the id of the mail's row; `facts` go with it.

    Returns:
        How many people are told.
    """
    told: set[str] = set()
    for cycle_id, everybody in _whom(session, row.cycle_id, mail).items():
        people = [person for person in everybody if person.id not in told]
        slug = row.milestone if row.cycle_id == cycle_id else None
        for person in people:
            duty = Duty(kind, cycle_id, slug, offset=row.id, person=person.id)
            for channel in person.channels:
                session.add(written(duty, channel, now, {"received": row.id, **facts}))
        told.update(person.id for person in people)
        if people:
            note(session, cycle_id, kind, row, len(people), now)
    return len(told)


def tell_of_failure(session: Session, row: ReceivedMail, message: Message, now: datetime) -> int:
    """Tell the coordinators of a message that came back, but nobody over the way on which it could not reach them.

    The key is `cycle/-/RECEIVED/undelivered/MESSAGE/person`: once a report, also where the message was sent again
    and came back again. What comes back of these messages themselves is told to nobody: it would go round and round.
    """
    if message.kind == DutyKind.UNDELIVERED:
        return 0
    told = set()
    for person in coordinators(session, message.cycle_id):
        duty = Duty(
            DutyKind.UNDELIVERED, message.cycle_id, revision=row.id, offset=message.id, person=person.id
        )
        for channel in person.channels:
            if (person.id, channel) != (message.person_id, message.channel):
                session.add(written(duty, channel, now, {"received": row.id, "failed": [message.id]}))
                told.add(person.id)
    if told:
        note(session, message.cycle_id, DutyKind.UNDELIVERED, row, len(told), now)
    return len(told)


def note(
    session: Session, cycle_id: str, kind: DutyKind, row: ReceivedMail, count: int, now: datetime
) -> None:
    """Write into the cycle's history that people were told of a mail: ids alone, nothing of what it says."""
    event = Event(
        type="duty",
        what=str(kind),
        milestone=row.milestone if row.cycle_id == cycle_id else None,
        phase=_phase(session, cycle_id, row.milestone),
        who="coordinator",
        count=count,
        facts={"received": row.id},
    )
    session.flush()
    lock = select(Cycle).where(col(Cycle.id) == cycle_id).with_for_update()
    cycle = session.scalars(lock.execution_options(populate_existing=True)).one()
    append(session, cycle, [event], now)


def _phase(session: Session, cycle_id: str, slug: str | None) -> str | None:
    query = select(col(Milestone.phase)).where(
        col(Milestone.cycle_id) == cycle_id, col(Milestone.slug) == slug
    )
    return session.scalars(query).one_or_none()


def _whom(session: Session, cycle_id: str | None, mail: Mail) -> dict[str, list[Person]]:
    """The coordinators of the cycle that a mail is about; else of its sender's; else of all that are active."""
    everywhere = col(Cycle.state) == "active"
    return (
        (_coordinators(session, col(Cycle.id) == cycle_id) if cycle_id is not None else {})
        or _coordinators(session, everywhere & col(Cycle.id).in_(_of_senders(mail.senders)))
        or _coordinators(session, everywhere)
    )


def _coordinators(session: Session, which: ColumnElement[bool]) -> dict[str, list[Person]]:
    """The present coordinators of these cycles, both in the order of their ids: cycles are locked in it."""
    query = (
        select(col(Membership.cycle_id), col(Membership.roles), Person)
        .join(Person, col(Person.id) == col(Membership.person_id))
        .join(Cycle, col(Cycle.id) == col(Membership.cycle_id))
        .where(which, col(Membership.left_at).is_(None))
        .where(as_text(col(Membership.roles)).contains(f'"{COORDINATOR}"'))
        .order_by(col(Membership.cycle_id), col(Person.id))
    )
    found: dict[str, list[Person]] = {}
    for cycle_id, roles, person in session.execute(query):
        if COORDINATOR in roles:
            found.setdefault(cycle_id, []).append(person)
    return found


def _of_senders(senders: Sequence[str]) -> Select[tuple[str]]:
    """The cycles in which somebody of these addresses takes part, or somebody whose secretary has one of them."""
    email, secretary = func.lower(col(Person.email)), func.lower(col(Person.secretary))
    return (
        select(col(Membership.cycle_id))
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(or_(email.in_(senders), secretary.in_(senders)), col(Membership.left_at).is_(None))
    )
