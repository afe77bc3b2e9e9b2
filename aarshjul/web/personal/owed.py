"""What somebody owes in a cycle, has answered and has before them: their own, and that of those they stand in for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.acts.acting import Acting
from aarshjul.acts.falling import is_signature_deadline
from aarshjul.acts.offering import Offer, looking, offered
from aarshjul.core import cycle as core
from aarshjul.core.owing import is_over, owing
from models.approval import Condition
from models.conditions import open_conditions
from models.milestone import Completion, Invitation, Milestone
from notifications.facts import Owed

NO_ANSWER = "needs-action"


class Wanted(StrEnum):
    """What a page asks for beside what `Owed` names."""

    ATTAINMENT = "attainment"
    CONDITION = "condition"
    SIGNATURE = "signature"
    VOTE = "vote"


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """One thing that is owed, or could be done, by somebody.

    Attributes:
        what: which thing.
        person: whose it is: the reader, or somebody they stand in for.
        milestone: what it is owed at; `row` its record. None where it has no date.
        late: whether its day has passed.
        waits: whether it cannot be done yet: a decision or a signature before the text has come so far.
        text: a condition's words; `number` its number, or the indicator whose result is asked for.
    """

    what: Owed | Wanted
    person: str
    milestone: core.Milestone | None = None
    row: Milestone | None = None
    late: bool = False
    text: str = ""
    number: str = ""
    waits: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """An answer that stands, and can be changed while the meeting is to come."""

    person: str
    reply: str
    milestone: core.Milestone
    row: Milestone
    at: datetime | None
    by: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Mine:
    """All of it.

    Attributes:
        asks: what is owed, or waits for them.
        may: invitations whose answer is not owed and has not been given.
        answered, done: what they have said.
        coming: the open dates that concern the reader.
    """

    asks: tuple[Ask, ...] = ()
    may: tuple[Ask, ...] = ()
    answered: tuple[Answered, ...] = ()
    done: tuple[Milestone, ...] = ()
    coming: tuple[tuple[core.Milestone, Milestone], ...] = ()


def mine(session: Session, view: core.Cycle, person: str, moment: datetime) -> Mine:
    """What is somebody's in a cycle at a moment; nothing where nothing can be done in it."""
    acting = looking(session, view.id, person, moment, view)
    if acting is None:
        return Mine()
    rows = {
        row.slug: row for row in session.scalars(select(Milestone).where(col(Milestone.cycle_id) == view.id))
    }
    who = (person, *sorted(acting.stands_in_for - {person}))
    ordered = sorted(acting.view.milestones, key=lambda each: (each.on or each.last_on, each.id))
    asks = [ask for each in ordered for ask in _asks_at(acting, each, rows[each.id], who)]
    given = tuple(_answered(acting, ordered, rows, who))
    known = {(each.row.slug, each.person) for each in given}
    known |= {(each.row.slug, each.person) for each in asks if each.row and each.what is Owed.ANSWER}
    offer = offered(acting)
    asks = [replace(each, waits=_waits(each, offer)) for each in asks]
    asks += [*_undated_conditions(acting, who), *_of_the_approval(acting, offer, asks)]
    return Mine(
        asks=tuple(sorted(asks, key=lambda ask: not ask.late)),
        may=tuple(
            ask
            for each in ordered
            for ask in _may_answer(acting, each, rows[each.id], who)
            if (each.id, ask.person) not in known
        ),
        answered=given,
        done=tuple(_done(acting, rows)),
        coming=tuple((each, rows[each.id]) for each in ordered if _comes(acting, each)),
    )


def _waits(ask: Ask, offer: Offer) -> bool:
    if ask.what is Owed.DECISION:
        return not any(ask.person in those for those in offer.votes.values()) and not offer.outcomes
    return ask.what is Wanted.SIGNATURE and not offer.signs


def _asks_at(
    acting: Acting, milestone: core.Milestone, row: Milestone, who: tuple[str, ...]
) -> Iterator[Ask]:
    """What is still owed at a milestone by any of these; a meeting that has begun and ended asks nothing."""
    if milestone.kind is core.Kind.MEETING and is_over(acting.view, milestone, acting.now):
        return
    owe = {member.person for member in owing(acting.view, milestone, acting.today)}
    what, text, number = _what(acting, row)
    for person in who:
        if person in owe:
            yield Ask(
                what=what,
                person=person,
                milestone=milestone,
                row=row,
                late=milestone.state_on(acting.today) is core.State.OVERDUE,
                text=text,
                number=number,
            )


def _may_answer(
    acting: Acting, milestone: core.Milestone, row: Milestone, who: tuple[str, ...]
) -> Iterator[Ask]:
    """Answers that the act would take of these, owed or not."""
    if milestone.state is not core.State.OPEN or is_over(acting.view, milestone, acting.now):
        return
    roles = milestone.owed_by if milestone.kind is core.Kind.MEETING else ()
    invited = {member.person for member in acting.view.people((*milestone.invitees, *roles))}
    for person in who:
        if person in invited:
            yield Ask(what=Owed.ANSWER, person=person, milestone=milestone, row=row)


def _what(acting: Acting, row: Milestone) -> tuple[Owed | Wanted, str, str]:
    """What is owed at a milestone, with its words and number where an act made it."""
    about, _, number = (row.about or "").partition(":")
    if about == "condition":
        query = select(Condition).where(
            col(Condition.cycle_id) == row.cycle_id, col(Condition.milestone_id) == row.id
        )
        found = acting.session.scalars(query).first()
        return Wanted.CONDITION, found.text if found else "", number
    if about == "request":
        return Owed.RESULTS, "", number
    kind = core.Kind(row.kind)
    if kind is core.Kind.DECISION and row.phase != core.Phase.APPROVAL:
        return Wanted.ATTAINMENT, "", ""
    if is_signature_deadline(row):
        return Wanted.SIGNATURE, "", ""
    return Owed.at(kind, row.done_when), "", ""


def _undated_conditions(acting: Acting, who: tuple[str, ...]) -> Iterator[Ask]:
    """Those that no deadline follows up, by who sees to them."""
    for each in open_conditions(acting.session, acting.cycle.id):
        owners = {member.person for member in acting.view.people((each.owner,))}
        person = next((one for one in who if one in owners), None)
        if each.milestone_id is None and person is not None:
            yield Ask(what=Wanted.CONDITION, person=person, text=each.text, number=str(each.number))


def _of_the_approval(acting: Acting, offer: Offer, asks: list[Ask]) -> Iterator[Ask]:
    """Signatures and votes that the acts would take from the reader now, where nothing asks for them already."""
    if offer.signs and not any(ask.what is Wanted.SIGNATURE for ask in asks):
        yield Ask(what=Wanted.SIGNATURE, person=acting.by)
    if acting.by in {one for those in offer.votes.values() for one in those} and not any(
        ask.what is Owed.DECISION for ask in asks
    ):
        yield Ask(what=Wanted.VOTE, person=acting.by)


def _answered(
    acting: Acting,
    ordered: list[core.Milestone],
    rows: Mapping[str, Milestone],
    who: tuple[str, ...],
) -> Iterator[Answered]:
    ids = [row.id for row in rows.values()]
    query = select(Invitation).where(
        col(Invitation.milestone_id).in_(ids),
        col(Invitation.person_id).in_(who),
        col(Invitation.partstat) != NO_ANSWER,
    )
    found = {(each.milestone_id, each.person_id): each for each in acting.session.scalars(query)}
    for milestone in ordered:
        if milestone.state is not core.State.OPEN or is_over(acting.view, milestone, acting.now):
            continue
        for person in who:
            if (invitation := found.get((milestone.row, person))) is not None:
                yield Answered(
                    person=person,
                    reply=invitation.partstat,
                    milestone=milestone,
                    row=rows[milestone.id],
                    at=invitation.answered_at,
                    by=invitation.answered_by,
                )


def _done(acting: Acting, rows: Mapping[str, Milestone]) -> Iterator[Milestone]:
    query = select(Completion).where(
        col(Completion.milestone_id).in_([row.id for row in rows.values()]),
        col(Completion.person_id) == acting.by,
    )
    done = {each.milestone_id for each in acting.session.scalars(query)}
    yield from sorted((row for row in rows.values() if row.id in done), key=lambda row: row.last_on)


def _comes(acting: Acting, milestone: core.Milestone) -> bool:
    """Whether it is a date to come that concerns the reader."""
    if milestone.state is not core.State.OPEN or is_over(acting.view, milestone, acting.now):
        return False
    concerned = acting.view.people((*milestone.for_, *milestone.owed_by))
    return any(member.person == acting.by for member in concerned)
