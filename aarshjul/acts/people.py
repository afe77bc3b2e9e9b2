"""Acts of people about themselves: answer, delegate, prefer, unsubscribe."""

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.acts.acting import Acting, ActRefused
from aarshjul.core import cycle as core
from aarshjul.core.owing import is_over
from aarshjul.files.act_forms import Answer, Delegate, Prefer, Unsubscribe
from aarshjul.files.people_forms import PersonForm
from models.milestone import Invitation, Milestone
from models.person import Organisation, Person

NEVER_TOLD = -1


def store_person(session: Session, form: PersonForm) -> None:
    """Write a person as the form has them, new or known."""
    row = session.get(Person, form.id) or Person(id=form.id, name=form.name, email=form.email)
    row.name, row.email = form.name, form.email
    row.organisation_id = _organisation(session, form.organisation)
    row.language, row.channels, row.teams = form.language, list(form.channels), form.teams
    session.add(row)
    session.flush()


def _organisation(session: Session, name: str | None) -> int | None:
    if name is None:
        return None
    row = session.scalars(select(Organisation).where(col(Organisation.name) == name)).one_or_none()
    if row is None:
        row = Organisation(name=name)
        session.add(row)
        session.flush()
    return row.id


def answer(acting: Acting, form: Answer) -> None:
    """An invitee, or the delegate of one, says whether they come."""
    row = acting.open_milestone(form.milestone)
    view = acting.view.by_id[row.slug]
    if is_over(acting.view, view, acting.now):
        raise ActRefused(f"{row.slug} is over: there is nothing left to answer")
    for person in _in_whose_name(acting, row, form.person):
        invitation = acting.session.get(Invitation, (row.id, person))
        if invitation is None:  # the answer came before the invitation: it counts all the same
            invitation = Invitation(
                milestone_id=row.id or 0, person_id=person, told_on=acting.today, sequence=NEVER_TOLD
            )
            acting.session.add(invitation)
        invitation.partstat = form.reply
        invitation.answered_at, invitation.answered_by = acting.now, acting.by
        acting.happened("answered", milestone=row, reply=form.reply, for_person=person)


def _in_whose_name(acting: Acting, row: Milestone, person: str | None) -> list[str]:
    """One's own invitation counts first; a delegate without one answers for those who are absent."""
    milestone = acting.view.by_id[row.slug]
    owe = milestone.owed_by if milestone.kind is core.Kind.MEETING else ()
    invitees = {member.person for member in acting.view.people((*milestone.invitees, *owe))}
    if person is not None:
        if person not in invitees & ({acting.by} | acting.stands_in_for):
            raise ActRefused(f"{acting.by} may not answer for {person} at {row.slug}")
        return [person]
    if acting.by in invitees:
        return [acting.by]
    absent = sorted(invitees & acting.stands_in_for)
    if not absent:
        raise ActRefused(f"{acting.by} is not invited to {row.slug}")
    return absent


def delegate(acting: Acting, form: Delegate) -> None:
    """Somebody else acts for a member, between two dates."""
    person = form.person or acting.by
    if person != acting.by:
        acting.needs(core.COORDINATOR)
    row = acting.member(person)
    acting.member(form.to)
    if form.to == person:
        raise ActRefused(f"{person} cannot stand in for themselves")
    if form.from_ and form.until and form.until < form.from_:
        raise ActRefused(f"a delegation cannot end ({form.until}) before it begins ({form.from_})")
    row.delegate_id, row.delegate_from, row.delegate_until = form.to, form.from_, form.until
    acting.happened("delegated", person=person, to=form.to)


def prefer(acting: Acting, form: Prefer) -> None:
    """How somebody wants to hear: channels, language, a daily digest."""
    acting.member(acting.by)
    row = acting.session.get_one(Person, acting.by)
    if form.channels is not None:
        row.channels = list(form.channels)
    if form.language is not None:
        row.language = form.language
    if form.digest is not None:
        row.digest = form.digest
    acting.happened("preferred", channels=form.channels, language=form.language, digest=form.digest)


def unsubscribe(acting: Acting, _form: Unsubscribe) -> None:
    """No more of what is not a duty: scores and decisions; what one owes is still asked for."""
    row = acting.member(acting.by)
    row.subscribed = False
    acting.happened("unsubscribed")
