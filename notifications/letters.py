"""Rows to letters: all that a batch of messages needs is read in sets, then each is put into words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core import cycle as core
from aarshjul.core.duties import DutyKind
from aarshjul.core.owing import owing
from aarshjul.core.stages import Outcome
from calendars.address import Address
from calendars.cycle_feed import calendar_item
from calendars.invitation import Method, PartStat, invitation
from models.contract import Contract, Goal, ScoringRun
from models.cycle import Cycle
from models.draft import Decision
from models.json_values import told_as
from models.loading import load_cycles
from models.message import Message
from models.milestone import CalendarEntry, Invitation, Milestone, MilestoneRevision
from models.person import Person
from notifications.facts import DecisionFacts, GoalScore, MilestoneFacts, Owed, ScoreFacts
from notifications.letter import Invite, Letter, Recipient


@dataclass(kw_only=True)
class Desk:
    """What is on the desk while letters are written: the rows of one batch's cycles and people."""

    session: Session
    sender: Address
    web_url: str | None
    cycles: dict[str, Cycle] = field(default_factory=dict)
    views: dict[str, core.Cycle] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    milestones: dict[tuple[str, str], Milestone] = field(default_factory=dict)
    reasons: dict[tuple[int, int], str] = field(default_factory=dict)
    entries: dict[int, CalendarEntry] = field(default_factory=dict)
    partstats: dict[tuple[int, str], str] = field(default_factory=dict)


def desk_for(session: Session, messages: Sequence[Message], sender: Address, web_url: str | None) -> Desk:
    """Fetch what a batch of messages needs."""
    ids = sorted({message.cycle_id for message in messages})
    desk = Desk(session=session, sender=sender, web_url=web_url)
    desk.cycles = {row.id: row for row in session.scalars(select(Cycle).where(col(Cycle.id).in_(ids)))}
    desk.views = load_cycles(session, ids)
    names = {member.person for view in desk.views.values() for member in view.members}
    desk.people = {row.id: row for row in session.scalars(select(Person).where(col(Person.id).in_(names)))}
    rows = list(session.scalars(select(Milestone).where(col(Milestone.cycle_id).in_(ids))))
    desk.milestones = {(row.cycle_id, row.slug): row for row in rows}
    of_cycles = select(col(Milestone.id)).where(col(Milestone.cycle_id).in_(ids))
    revisions = select(MilestoneRevision).where(
        col(MilestoneRevision.milestone_id).in_(of_cycles), col(MilestoneRevision.reason).is_not(None)
    )
    desk.reasons = {(row.milestone_id, row.revision): row.reason or "" for row in session.scalars(revisions)}
    entries = select(CalendarEntry).where(col(CalendarEntry.milestone_id).in_(of_cycles))
    desk.entries = {row.milestone_id: row for row in session.scalars(entries)}
    invitations = select(Invitation).where(col(Invitation.milestone_id).in_(of_cycles))
    desk.partstats = {(row.milestone_id, row.person_id): row.partstat for row in session.scalars(invitations)}
    return desk


def letter_for(desk: Desk, message: Message) -> Letter:
    """One message with everything that its words need."""
    cycle, view = desk.cycles[message.cycle_id], desk.views[message.cycle_id]
    person = desk.people[message.person_id]
    facts = message.facts or {}
    kind = DutyKind(message.kind)
    language = person.language or cycle.language
    return Letter(
        duties=(message.key, *facts.get("also", ())),
        kind=kind,
        language=language,
        recipient=_recipient(desk, view, person, view.today(message.owed_at)),
        sender=desk.sender,
        on=message.owed_at.astimezone(view.zone),
        cycle=cycle.title,
        holder=cycle.holder,
        council=cycle.council,
        milestones=_milestones(desk, view, message, kind),
        decision=_decision(desk, facts) if kind in _ABOUT_A_DECISION else None,
        score=_score(desk, message, language) if kind is DutyKind.SCORE or "attainment" in facts else None,
        link=f"{desk.web_url.rstrip('/')}/cycles/{cycle.id}" if desk.web_url else None,
        invite=_invite(desk, view, message, person, language) if kind in _CALENDAR else None,
    )


_CALENDAR = {DutyKind.INVITE, DutyKind.UPDATE, DutyKind.CANCEL}
_ABOUT_A_DECISION = {DutyKind.DECIDED, DutyKind.RETURNED, DutyKind.REOPENED}
_ASKS_NOTHING = {DutyKind.DECIDED, DutyKind.RETURNED}
"""What the bodies decided is told; whose turn it is now is said in its words, or in messages of its own."""


KNOWN_ROLES = frozenset(
    {core.COORDINATOR, core.HOLDER, core.BOARD, core.COUNCIL, core.WORKING_GROUP, core.SUBSCRIBER}
)
"""The roles that have words of their own; a cycle's own roles are named only where somebody has no other."""


def _recipient(desk: Desk, view: core.Cycle, person: Person, today: date) -> Recipient:
    roles = next((member.roles for member in view.members if member.person == person.id), frozenset())
    absent = [m.person for m in view.members if not m.left and m.delegate_on(today) == person.id]
    return Recipient(
        person=person.id,
        address=Address(name=person.name, email=person.email),
        roles=tuple(sorted(roles & KNOWN_ROLES or roles)),
        delegate_for=desk.people[absent[0]].name if absent else None,
        teams=person.teams,
    )


def _milestones(desk: Desk, view: core.Cycle, message: Message, kind: DutyKind) -> tuple[MilestoneFacts, ...]:
    facts = message.facts or {}
    if kind is DutyKind.DIGEST:
        slugs = [key.split("/")[1] for key in facts.get("also", ()) if key.split("/")[3] == DutyKind.REMIND]
        return tuple(_milestone(desk, view, slug, message, None) for slug in slugs)
    if message.milestone is None:
        return ()
    with_it = tuple(_milestone(desk, view, slug, message, was) for slug, was in facts.get("with", {}).items())
    return (_milestone(desk, view, message.milestone, message, facts.get("was"), with_it),)


def _milestone(
    desk: Desk,
    view: core.Cycle,
    slug: str,
    message: Message,
    was: dict[str, Any] | None,
    with_it: tuple[MilestoneFacts, ...] = (),
) -> MilestoneFacts:
    row, milestone = desk.milestones[view.id, slug], view.by_id[slug]
    today = view.today(message.owed_at)
    owe = owing(view, milestone, today)
    mine = any(member.person == message.person_id for member in owe)
    is_escalation = message.kind == DutyKind.ESCALATE
    return MilestoneFacts(
        title=row.title,
        kind=milestone.kind,
        telling=milestone.telling,
        was=told_as(was),
        owed=_owed(milestone.kind, DutyKind(message.kind), row.done_when, mine=mine),
        days_left=_days_left(milestone.on, today),
        reason=desk.reasons.get((milestone.row, milestone.revision)),
        with_it=with_it,
        owing=tuple(desk.people[member.person].name for member in owe) if is_escalation else (),
    )


def _owed(about: core.Kind, kind: DutyKind, done_when: str | None, *, mine: bool) -> Owed | None:
    """What the letter asks for: an escalation speaks of others, and after a meeting no answer is missing."""
    if kind is DutyKind.ESCALATE:
        return None if about is core.Kind.MEETING else Owed.at(about, done_when)
    asks_nothing = kind in _ASKS_NOTHING or (about is core.Kind.DECISION and kind in _CALENDAR)
    return Owed.at(about, done_when) if mine and not asks_nothing else None


def _days_left(on: date | None, today: date) -> int | None:
    return None if on is None else (on - today).days


def _decision(desk: Desk, facts: dict[str, Any]) -> DecisionFacts | None:
    if "attainment" in facts:
        return DecisionFacts(body=core.COUNCIL, outcome=None)
    if "decision" not in facts:
        return None
    row = desk.session.get_one(Decision, facts["decision"])
    return DecisionFacts(
        body=row.body,
        outcome=Outcome(row.outcome),
        reason=row.reason,
        version=row.draft_version,
        hash=row.draft_hash[:12],
        fallen=tuple(facts.get("fallen", ())),
        round=row.round + 1 if row.outcome == Outcome.RETURNED else None,
    )


def _score(desk: Desk, message: Message, language: str) -> ScoreFacts:
    run = _run(desk, message)
    if run is None:
        msg = f"message {message.key} tells of a scoring run that is not there"
        raise LookupError(msg)
    contract_id = run.scores["contract"]
    contract = desk.session.get_one(Contract, contract_id)
    goals = desk.session.scalars(select(Goal).where(col(Goal.contract_id) == contract_id))
    titles = {goal.slug: goal.facts["title"] for goal in goals}
    total = run.scores["total"]
    return ScoreFacts(
        contract=contract.title,
        provisional=total["provisional"],
        final=run.kind == "final",
        shown=total["shown"],
        low=_whole(total["low"]),
        high=_whole(total["high"]),
        goals=tuple(
            GoalScore(
                id=goal["id"],
                title=titles[goal["id"]],
                shown=goal["shown"],
                low=_whole(goal["low"]),
                high=_whole(goal["high"]),
            )
            for goal in run.scores["goals"]
        ),
        findings=tuple(run.findings[language]),
    )


def _run(desk: Desk, message: Message) -> ScoringRun | None:
    """The run that a message tells of: the one that the council decided on, or the milestone's own."""
    decided_on = (message.facts or {}).get("attainment")
    if decided_on is not None:
        return desk.session.get(ScoringRun, decided_on)
    row = desk.milestones[message.cycle_id, message.milestone or ""]
    query = (
        select(ScoringRun)
        .where(col(ScoringRun.milestone_id) == row.id, col(ScoringRun.scored_at) <= message.owed_at)
        .order_by(col(ScoringRun.id).desc())
    )
    return desk.session.scalars(query).first()


def _whole(figure: str) -> int:
    """A four-decimal figure in whole per cent, half up."""
    units, _, decimals = figure.partition(".")
    return int(units) + (decimals >= "5000")


def _invite(desk: Desk, view: core.Cycle, message: Message, person: Person, language: str) -> Invite | None:
    milestone = view.by_id[message.milestone or ""]
    row = desk.milestones[view.id, milestone.id]
    if milestone.on is None or (milestone.row, person.id) not in desk.partstats:
        return None
    cancelled = message.kind == DutyKind.CANCEL
    partstat = desk.partstats[milestone.row, person.id]
    item = calendar_item(
        desk.cycles[view.id], row, milestone, desk.entries[milestone.row], language, desk.web_url
    )
    method = Method.CANCEL if cancelled else Method.REQUEST
    ics = invitation(
        item=item,
        method=method,
        organizer=desk.sender,
        attendee=Address(name=person.name, email=person.email),
        partstat=PartStat(partstat.upper()),
    )
    return Invite(ics=ics, method=method)
