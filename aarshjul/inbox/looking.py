"""Looking up what a mail names: meetings, messages and people, each in a query or two."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core import cycle as core
from aarshjul.core.owing import is_over
from aarshjul.inbox.known import Invitee, Known, Meeting, Sent
from aarshjul.inbox.mail import Mail
from calendars.reply import comparable
from models.cycle import Cycle
from models.json_values import told_as
from models.loading import load_cycle
from models.message import Attempt, Message
from models.milestone import CalendarEntry, Invitation, Milestone
from models.person import Person
from models.sharing import cycles_at, lock_meetings
from notifications.unsubscribing import read_token

_MOST_MEETINGS = 20


def look_up(session: Session, mail: Mail, sender_address: str, secret: bytes, now: datetime) -> Known:
    """What is known of the meetings, messages and people that a mail names.

    The cycles of its meetings are locked first: what is read stays true until the transaction ends.
    """
    uids = {event.uid for reply in mail.calendars for event in reply.events}
    names = {*mail.references, *(mail.report.references if mail.report else ())}
    return Known(
        sender_address=comparable(sender_address),
        meetings=_meetings(session, sorted(uids)[:_MOST_MEETINGS], now),
        sent=_sent(session, names) if names else {},
        unsubscribing=read_token(secret, mail.token) if mail.token else None,
    )


def _meetings(session: Session, uids: list[str], now: datetime) -> dict[str, Meeting]:
    """Several milestones of one real meeting have one UID: what is known of them is one meeting."""
    query = (
        select(col(CalendarEntry.uid), col(Milestone.id), col(Milestone.cycle_id), col(Milestone.meeting_id))
        .join(Milestone, col(Milestone.id) == col(CalendarEntry.milestone_id))
        .where(col(CalendarEntry.uid).in_(uids))
        .order_by(col(Milestone.cycle_id), col(Milestone.slug))
    )
    found = session.execute(query).all() if uids else []
    if meetings := {row.meeting_id for row in found if row.meeting_id is not None}:
        lock_meetings(session, meetings)  # as an act does: first meetings, then cycles
    cycles = sorted({row.cycle_id for row in found} | (cycles_at(session, meetings) if meetings else set()))
    lock = select(col(Cycle.id)).where(col(Cycle.id).in_(cycles)).order_by(col(Cycle.id)).with_for_update()
    session.execute(lock)
    views = {cycle: load_cycle(session, cycle) for cycle in sorted({row.cycle_id for row in found})}
    all_of_it: dict[str, list[Meeting]] = {}
    for row in found:
        all_of_it.setdefault(row.uid, []).append(_meeting(session, views[row.cycle_id], row.id, now))
    return {uid: _together(each) for uid, each in all_of_it.items()}


def _together(meetings: list[Meeting]) -> Meeting:
    """One meeting of all that it carries; everybody's answer goes to what of it is still to come for them."""
    if len(meetings) == 1:
        return meetings[0]
    theirs: dict[str, list[Invitee]] = {}
    for each in meetings:
        for invitee in each.invitees:
            over = each.over or invitee.over
            placed = replace(invitee, cycle=each.cycle, milestone=each.milestone, over=over)
            theirs.setdefault(invitee.person, []).append(placed)
    known = [
        replace(min(places, key=lambda each: each.over), sequence=max(each.sequence for each in places))
        for _, places in sorted(theirs.items())
    ]
    first = min(meetings, key=lambda each: each.over)
    return replace(first, over=False, invitees=tuple(known)) if known else first


def _meeting(session: Session, view: core.Cycle, row: int, now: datetime) -> Meeting:
    milestone = next(each for each in view.milestones if each.row == row)
    query = (
        select(Invitation, Person)
        .join(Person, col(Person.id) == col(Invitation.person_id))
        .where(col(Invitation.milestone_id) == row, col(Invitation.told).is_not(None))
        .order_by(col(Invitation.person_id))
    )
    invited = [(invitation, person) for invitation, person in session.execute(query).all()]
    delegates = {m.person: m.delegate_on(view.today(now)) for m in view.members if not m.left}
    emails = _emails(session, (delegate for delegate in delegates.values() if delegate))
    return Meeting(
        cycle=view.id,
        milestone=milestone.id,
        over=milestone.state is not core.State.OPEN or is_over(view, milestone, now),
        invitees=tuple(
            _invitee(
                invitation,
                person,
                milestone,
                delegates.get(person.id),
                emails,
                left=person.id not in delegates,
            )
            for invitation, person in invited
        ),
    )


def _emails(session: Session, people: Iterable[str]) -> dict[str, str]:
    query = select(col(Person.id), col(Person.email)).where(col(Person.id).in_(sorted(set(people))))
    return {row.id: comparable(row.email) for row in session.execute(query)}


def _invitee(
    invitation: Invitation,
    person: Person,
    milestone: core.Milestone,
    delegate: str | None,
    emails: Mapping[str, str],
    *,
    left: bool,
) -> Invitee:
    answered = invitation.partstat != "needs-action"
    return Invitee(
        person=person.id,
        email=comparable(person.email),
        sequence=_awaited(invitation, milestone),
        answered_at=invitation.answered_at if answered else None,
        secretary=comparable(person.secretary or "") or None,
        delegate=delegate,
        delegate_email=emails.get(delegate or ""),
        over=bool(milestone.shares) and left,
    )


def _awaited(invitation: Invitation, milestone: core.Milestone) -> int:
    """The SEQUENCE that an answer needs: what was told; once it has moved, that of the new date, told or not yet."""
    told, is_now = told_as(invitation.told), milestone.telling
    if told is None or (told.on, told.at, told.ends, told.place) == (
        is_now.on,
        is_now.at,
        is_now.ends,
        is_now.place,
    ):
        return invitation.sequence
    return max(invitation.sequence, milestone.sequence)


def _sent(session: Session, names: set[str]) -> dict[str, Sent]:
    query = select(Message).where(col(Message.channel) == "email", col(Message.reference).in_(sorted(names)))
    messages = {message.id or 0: message for message in session.scalars(query)}
    attempts = select(col(Attempt.message_id), col(Attempt.recipient)).where(
        col(Attempt.message_id).in_(messages), col(Attempt.recipient).is_not(None)
    )
    went_to = {(row.message_id, row.recipient) for row in session.execute(attempts)}
    went_to |= {(number, message.address) for number, message in messages.items() if message.address}
    return {
        message.reference or "": Sent(
            id=number,
            cycle=message.cycle_id,
            milestone=message.milestone,
            person=message.person_id,
            recipients=frozenset(comparable(email) for whose, email in went_to if whose == number),
        )
        for number, message in messages.items()
    }
