"""Acts of people about themselves: answer, delegate, prefer, unsubscribe."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.acts.acting import Acting, ActRefused
from aarshjul.acts.standing_in import may_act_for
from aarshjul.core import cycle as core
from aarshjul.core.owing import is_over
from aarshjul.core.sharing import wants
from aarshjul.files.act_forms import NO_ONE, Answer, Delegate, Prefer, Unsubscribe
from aarshjul.files.people_forms import PersonForm
from models.cycle import Membership
from models.milestone import Invitation, Milestone
from models.person import Organisation, Person

NEVER_TOLD = -1


def store_person(session: Session, form: PersonForm) -> None:
    """Write a person as the form has them, new or known; what it does not say of their own wishes stays."""
    row = session.get(Person, form.id) or Person(id=form.id, name=form.name, email=form.email)
    _write_to(row, form.email)
    row.name = form.name
    row.organisation_id = _organisation(session, form.organisation)
    row.language, row.channels, row.teams = form.language, list(form.channels), form.teams
    if "digest" in form.model_fields_set:
        row.digest = form.digest
    if "quiet" in form.model_fields_set:
        row.quiet = list(form.quiet)
    if "secretary" in form.model_fields_set:
        row.secretary = form.secretary
    session.add(row)
    session.flush()


def _write_to(row: Person, email: str) -> None:
    """What came back from the old address says nothing of the new one."""
    if row.email != email:
        row.email, row.bounced_at = email, None


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
        _answer(acting, row, person, form.reply)
        for other, theirs in _same_meeting(acting, view, person):
            _answer(other, theirs, person, form.reply)


def _answer(acting: Acting, row: Milestone, person: str, reply: str) -> None:
    invitation = acting.session.get(Invitation, (row.id, person))
    if invitation is None:  # the answer came before the invitation: it counts all the same
        invitation = Invitation(
            milestone_id=row.id or 0, person_id=person, told_on=acting.today, sequence=NEVER_TOLD
        )
        acting.session.add(invitation)
    invitation.partstat = reply
    invitation.answered_at, invitation.answered_by = acting.now, acting.by
    invitation.answered_through = None  # it was given here, whatever came by mail before
    acting.happened("answered", milestone=row, reply=reply, for_person=person)


def _same_meeting(
    acting: Acting, milestone: core.Milestone, person: str
) -> Iterator[tuple[Acting, Milestone]]:
    """What else of one meeting somebody is invited to: who comes, comes to all of it."""
    for cycle, other in milestone.shares:
        concerned = person in other.invited or wants(cycle, other, person)
        if other is not milestone and cycle.active and concerned and other.state is core.State.OPEN:
            row = acting.session.get_one(Milestone, other.row)
            yield acting.beside.get(cycle.id, acting), row


def _in_whose_name(acting: Acting, row: Milestone, person: str | None) -> list[str]:
    """One's own invitation counts first; a delegate without one answers for those who are absent."""
    milestone = acting.view.by_id[row.slug]
    owe = milestone.owed_by if milestone.kind is core.Kind.MEETING else ()
    invitees = {member.person for member in acting.view.people((*milestone.invitees, *owe))}
    if person is not None:
        if person not in invitees:
            raise ActRefused(f"{person} is not invited to {row.slug}: there is nothing to answer for them")
        may_act_for(acting, person, _answered_by(acting, row, person))
        return [person]
    if acting.by in invitees:
        return [acting.by]
    absent = sorted(invitees & acting.stands_in_for)
    if not absent:
        raise ActRefused(f"{acting.by} is not invited to {row.slug}")
    left = [each for each in absent if _answered_by(acting, row, each) != each]
    if not left:
        may_act_for(acting, absent[0], absent[0])
    return left


def _answered_by(acting: Acting, row: Milestone, person: str) -> str | None:
    """Who gave the answer that stands for somebody; their secretary's is theirs."""
    invitation = acting.session.get(Invitation, (row.id, person))
    return None if invitation is None or invitation.partstat == "needs-action" else invitation.answered_by


def delegate(acting: Acting, form: Delegate) -> None:
    """Somebody else acts for a member, between two dates; or nobody does any more."""
    person = form.person or acting.by
    if person != acting.by:
        acting.needs(core.COORDINATOR)
    row = acting.member(person)
    if form.to == NO_ONE:
        _end_delegation(acting, row)
        return
    acting.member(form.to)
    if form.to == person:
        raise ActRefused(f"{person} cannot stand in for themselves")
    if form.from_ and form.until and form.until < form.from_:
        raise ActRefused(f"a delegation cannot end ({form.until}) before it begins ({form.from_})")
    row.delegate_id, row.delegate_from, row.delegate_until = form.to, form.from_, form.until
    acting.happened("delegated", person=person, to=form.to)


def _end_delegation(acting: Acting, row: Membership) -> None:
    """Who is absent acts again from today on; of days that are over, who stood in then stays written."""
    was, until = row.delegate_id, row.delegate_until
    if was is None or (until is not None and until < acting.today):
        raise ActRefused(f"{row.person_id} has no delegate")
    if row.delegate_from is None or row.delegate_from < acting.today:
        row.delegate_until = acting.today - timedelta(days=1)
    else:
        row.delegate_id = row.delegate_from = row.delegate_until = None
    acting.happened("delegation-ended", person=row.person_id, was=was)


def prefer(acting: Acting, form: Prefer) -> None:
    """How somebody wants to hear; a coordinator corrects names and addresses of others, and names a secretary."""
    name = form.person or acting.by
    if name != acting.by:
        _only_details(acting, form, name)
    member = acting.member(name)
    row = acting.session.get_one(Person, name)
    if form.channels is not None:
        _keeps_email(acting, name, form.channels)
        row.channels = list(form.channels)
    if form.language is not None:
        row.language = form.language
    if form.digest is not None:
        row.digest = form.digest
    if form.quiet is not None:
        row.quiet = list(form.quiet)
    if form.news is not None:
        _hears_news(acting, member, form.news)
    _correct(acting, row, form)
    _preferred(acting, form)


def _correct(acting: Acting, row: Person, form: Prefer) -> None:
    """Name, address and secretary: what a coordinator may put right for others."""
    if form.name is not None:
        acting.needs(core.COORDINATOR)
        row.name = form.name
    if form.email is not None:
        _write_to(row, form.email)
    if form.secretary is not None:
        row.secretary = None if form.secretary == NO_ONE else form.secretary
    if row.secretary is not None and row.secretary.casefold() == row.email.casefold():
        raise ActRefused(f"{row.secretary} is {row.id}'s own address: a secretary has another one")


def _only_details(acting: Acting, form: Prefer, name: str) -> None:
    acting.needs(core.COORDINATOR)
    if wishes := form.model_fields_set - {"person", "name", "email", "secretary"}:
        raise ActRefused(
            f"only {name} may say {' and '.join(sorted(wishes))}: give the name, the email or the secretary alone"
        )


def _keeps_email(acting: Acting, name: str, channels: tuple[str, ...]) -> None:
    """Invitations and decisions are documents: who holds an office gets them in the mailbox, whatever else."""
    held = _offices(acting, name)
    if held and "email" not in channels:
        raise ActRefused(f"{name} is {' and '.join(held)}, which needs email: add it to the channels")


def _offices(acting: Acting, name: str) -> list[str]:
    """The roles of somebody that bind them to what the role gets."""
    roles = next((member.roles for member in acting.view.members if member.person == name), frozenset())
    return sorted(roles & core.BOUND_ROLES)


def _preferred(acting: Acting, form: Prefer) -> None:
    """The history keeps no addresses, so that a person can be erased; quiet days are theirs alone as well."""
    acting.happened(
        "preferred",
        person=form.person if form.person != acting.by else None,
        channels=form.channels,
        language=form.language,
        digest=form.digest,
        quiet=None if form.quiet is None else len(form.quiet),
        secretary=None if form.secretary is None else form.secretary != NO_ONE,
        email=None if form.email is None else True,
        name=None if form.name is None else True,
        news=form.news,
    )


def unsubscribe(acting: Acting, _form: Unsubscribe) -> None:
    """No more of what is not a duty: scores and decisions; what one owes is still asked for."""
    _hears_news(acting, acting.member(acting.by), False)
    acting.happened("unsubscribed")


def _hears_news(acting: Acting, row: Membership, wanted: bool) -> None:
    held = _offices(acting, row.person_id)
    if held and not wanted:
        raise ActRefused(
            f"{row.person_id} is {' and '.join(held)}: what comes belongs to the role, and nobody can unsubscribe from it"
        )
    row.subscribed = wanted
