"""What a deadline that an act made waits for: the words of the request or the condition, and who takes the answer."""

from sqlalchemy import select
from sqlmodel import col

from aarshjul.core import cycle as core
from calendars.address import Address
from models.approval import Condition
from models.contract import Indicator
from models.draft import Decision
from models.evidence import DataRequest
from models.milestone import Milestone
from notifications.desk import Desk
from notifications.facts import FollowUpFacts

_REQUEST, _CONDITION = "request:", "condition:"


def is_request(row: Milestone) -> bool:
    """Whether it waits for a result."""
    return (row.about or "").startswith(_REQUEST)


def follow_up_facts(desk: Desk, view: core.Cycle, row: Milestone) -> FollowUpFacts | None:
    """What the row follows up, or None for a milestone of the plan; looked up once for all letters about it."""
    if row.about is None or row.id is None:
        return None
    if row.id not in desk.follow_ups:
        desk.follow_ups[row.id] = (
            _request(desk, view, row) if is_request(row) else _condition(desk, view, row)
        )
    return desk.follow_ups[row.id]


def _request(desk: Desk, view: core.Cycle, row: Milestone) -> FollowUpFacts | None:
    contract, session = desk.cycles[view.id].contract_id, desk.session
    asked = session.scalars(select(DataRequest).where(col(DataRequest.milestone_id) == row.id)).first()
    if asked is None:
        return None
    query = select(Indicator).where(
        col(Indicator.contract_id) == contract, col(Indicator.slug) == asked.indicator
    )
    found = session.scalars(query).first()
    facts = {} if found is None else found.facts
    return FollowUpFacts(
        text=asked.note or "",
        indicator=": ".join(filter(None, (asked.indicator, facts.get("title")))),
        unit=facts.get("unit") or "",
        source=asked.source or "",
        coordinators=_coordinators(desk, view),
    )


def _condition(desk: Desk, view: core.Cycle, row: Milestone) -> FollowUpFacts | None:
    query = (
        select(Condition, Decision)
        .join(Decision, col(Decision.id) == col(Condition.decision_id))
        .where(col(Condition.milestone_id) == row.id)
    )
    found = desk.session.execute(query).first()
    if found is None:
        return None
    condition, decision = found
    return FollowUpFacts(
        text=condition.text,
        body=decision.body,
        decided_on=decision.decided_on or view.today(decision.decided_at),
        coordinators=_coordinators(desk, view),
    )


def _coordinators(desk: Desk, view: core.Cycle) -> tuple[Address, ...]:
    people = [desk.people[member.person] for member in view.people((core.COORDINATOR,))]
    return tuple(Address(name=each.name, email=each.email) for each in people)
