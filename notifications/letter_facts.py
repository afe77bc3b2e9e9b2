"""What a message tells, from the rows on the desk: milestones, decisions, scores, and what came back."""

from datetime import date
from email.parser import BytesHeaderParser
from email.policy import default
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from aarshjul.core import cycle as core
from aarshjul.core.duties import DutyKind
from aarshjul.core.stages import Outcome
from models.conditions import conditions_of
from models.contract import Contract, Goal, ScoringRun
from models.draft import Decision
from models.json_values import told_as
from models.message import Message
from models.milestone import Milestone
from notifications.desk import CALENDAR_KINDS, Desk
from notifications.facts import (
    DecisionFacts,
    GoalScore,
    MilestoneFacts,
    Owed,
    ProposedFacts,
    ReceivedFacts,
    ScoreFacts,
    Undelivered,
)
from notifications.follow_ups import follow_up_facts, is_request
from notifications.sharing import ASKS, as_it_stands, is_point_off, points_of, taken_back

_ASKS_NOTHING = frozenset({DutyKind.DECIDED, DutyKind.RETURNED})
"""What the bodies decided is told; whose turn it is now is said in its words, or in messages of its own."""
_REMINDS = frozenset({DutyKind.REMIND, DutyKind.DIGEST})
_GIVES_THE_DATE = frozenset({DutyKind.MOVED, DutyKind.REOPENED})
"""Each of these says what is owed as well: a digest's own line about the same would say it twice."""


def milestone_facts(
    desk: Desk, view: core.Cycle, message: Message, kind: DutyKind
) -> tuple[MilestoneFacts, ...]:
    """The milestones that a message is about; a digest has those of its reminders that are still owed."""
    facts = message.facts or {}
    if kind is DutyKind.DIGEST:
        slugs = [key.split("/")[1] for key in facts.get("also", ()) if key.split("/")[3] == DutyKind.REMIND]
        parts = [desk.parts[part] for part in facts.get("parts", ())]
        told = {part.milestone for part in parts if part.kind in _GIVES_THE_DATE}
        made = (
            _milestone(desk, view, slug, message, None) for slug in dict.fromkeys(slugs) if slug not in told
        )
        return tuple(milestone for milestone in made if milestone.owed is not None)
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
    today = view.today(desk.now)
    owe = desk.owing(view, milestone)
    is_escalation = message.kind == DutyKind.ESCALATE
    off = is_point_off(message)
    points = points_of(desk.titles, milestone, message.person_id) if message.kind in ASKS or off else ()
    several = len(points) > 1 and not off
    return MilestoneFacts(
        title=desk.titles.meetings.get(milestone.meeting or "", row.title) if several else row.title,
        kind=milestone.kind,
        telling=as_it_stands(milestone, message.person_id, DutyKind(message.kind)).telling,
        points=points if several or off else (),
        apart=taken_back(message) is not None and bool(view.people((message.person_id,))),
        was=told_as(was),
        owed=_owed(milestone.kind, DutyKind(message.kind), _done_when(row), mine=message.person_id in owe),
        days_left=_days_left(milestone.on, today),
        reason=desk.reasons.get((milestone.row, milestone.revision)),
        with_it=with_it,
        owing=tuple(desk.people[person].name for person in owe) if is_escalation else (),
        follow_up=follow_up_facts(desk, view, row) if message.kind in _REMINDS else None,
    )


def _done_when(row: Milestone) -> str | None:
    """What ends it: a request for data ends with the result, whoever sends it in, and not with a word of its owner."""
    return "results" if is_request(row) else row.done_when


def _owed(about: core.Kind, kind: DutyKind, done_when: str | None, *, mine: bool) -> Owed | None:
    """What the letter asks for: an escalation speaks of others, and after a meeting no answer is missing."""
    if kind is DutyKind.ESCALATE:
        return None if about is core.Kind.MEETING else Owed.at(about, done_when)
    asks_nothing = kind in _ASKS_NOTHING or (about is core.Kind.DECISION and kind in CALENDAR_KINDS)
    return Owed.at(about, done_when) if mine and not asks_nothing else None


def _days_left(on: date | None, today: date) -> int | None:
    return None if on is None else (on - today).days


def decision_facts(desk: Desk, facts: dict[str, Any]) -> DecisionFacts | None:
    """What a body decided, by the row that the message names."""
    if "attainment" in facts:
        return DecisionFacts(body=core.COUNCIL, outcome=None)
    if "decision" not in facts:
        return None
    row = desk.session.get_one(Decision, facts["decision"])
    return DecisionFacts(
        body=row.body,
        outcome=Outcome(row.outcome),
        reason=row.reason or _conditions(desk, row),
        version=row.draft_version,
        hash=row.draft_hash[:12],
        fallen=tuple(facts.get("fallen", ())),
        round=row.round + 1 if row.outcome == Outcome.RETURNED else None,
    )


def _conditions(desk: Desk, row: Decision) -> str | None:
    """The conditions of an approval, one after the other, where no reason says them."""
    if row.outcome != Outcome.APPROVED_WITH_CONDITIONS:
        return None
    found = [each.text for each in conditions_of(desk.session, row.cycle_id) if each.decision_id == row.id]
    return "\n".join(found) or None


def score_facts(desk: Desk, message: Message, language: str) -> ScoreFacts:
    """The scoring run that a message tells of.

    Raises:
        LookupError: where it is not there.
    """
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


def undelivered_facts(desk: Desk, message: Message) -> tuple[Undelivered, ...]:
    """The messages that failed, as a coordinator hears of them; without those that went after all, if any is left."""
    found = [desk.parts[key] for key in (message.facts or {}).get("failed", ())]
    left = [failed for failed in found if failed.state == "failed" or _came_back(desk, failed)]
    return tuple(_undelivered(desk, failed) for failed in left or found)


def _came_back(desk: Desk, failed: Message) -> bool:
    answer = desk.answers.get(failed.id or 0)
    return answer is not None and answer.outcome == "bounced"


def _undelivered(desk: Desk, failed: Message) -> Undelivered:
    """One of them; where it is a copy that did not arrive, it is named by the copy's reader."""
    answer, person = desk.answers.get(failed.id or 0), desk.people[failed.person_id]
    address = failed.address or person.email
    if answer is not None and answer.recipient is not None:
        address = answer.recipient
    readers = (each for each in desk.people.values() if each.email.casefold() == address.casefold())
    reader = person if address == failed.address else next(readers, person)
    return Undelivered(
        person=reader.name,
        address=address,
        kind=DutyKind(failed.kind),
        subject=_subject(failed),
        since=desk.views[failed.cycle_id].today(failed.owed_at),
        answer="" if answer is None else _said(answer.code, answer.text),
    )


def _said(code: int | None, text: str) -> str:
    """The other side's words, with its code in front once."""
    return text if code is None or text.startswith(str(code)) else f"{code} {text}"


def _subject(message: Message) -> str | None:
    """The subject line of a mail that was written, where it is kept."""
    if message.channel != "email" or message.payload is None:
        return None
    return str(BytesHeaderParser(policy=default).parsebytes(message.payload)["Subject"] or "") or None


def received_facts(desk: Desk, facts: dict[str, Any]) -> ReceivedFacts:
    """The mail that is passed on."""
    mail = desk.received[facts["received"]]
    why = facts.get("why", "")
    return ReceivedFacts(sender=mail.sender or "", subject=mail.subject or "", why=why, size=mail.size)


def proposed_facts(desk: Desk, facts: dict[str, Any]) -> ProposedFacts:
    """The other time that an invitee proposes."""
    telling = told_as(facts["proposed"])
    if telling is None:
        msg = "a proposal without a time"
        raise LookupError(msg)
    person = desk.people[facts["person"]]
    return ProposedFacts(person=person.name, telling=telling, comment=facts.get("comment"))
