"""What the record holds of the conditions of approvals."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from models.approval import Condition
from models.draft import Decision
from models.milestone import Milestone


def conditions_of(session: Session, cycle_id: str) -> Sequence[Condition]:
    """All conditions that were ever set in a cycle, by number."""
    query = select(Condition).where(col(Condition.cycle_id) == cycle_id)
    return session.scalars(query.order_by(col(Condition.number))).all()


def open_conditions(session: Session, cycle_id: str) -> list[Condition]:
    """Those that nobody has met, waived or taken away with the approval."""
    return [each for each in conditions_of(session, cycle_id) if each.state == "open"]


def next_condition(session: Session, cycle_id: str) -> int:
    """The number of the cycle's next condition."""
    query = select(func.max(col(Condition.number))).where(col(Condition.cycle_id) == cycle_id)
    return (session.scalar(query) or 0) + 1


def condition_json(session: Session, condition: Condition, today: date) -> dict[str, Any]:
    """As `conditions --json` has it; its day is that of the deadline that follows it up, which can have been moved."""
    milestone = session.get(Milestone, condition.milestone_id) if condition.milestone_id else None
    decision = session.get_one(Decision, condition.decision_id)
    due = milestone.on if milestone is not None and milestone.on is not None else condition.due
    return {
        "number": condition.number,
        "body": decision.body,
        "decided_on": decision.decided_on.isoformat() if decision.decided_on else None,
        "text": condition.text,
        "owner": condition.owner,
        "due": due.isoformat() if due else None,
        "state": condition.state,
        "overdue": condition.state == "open" and due is not None and due < today,
        "milestone": milestone.slug if milestone is not None else None,
        "reason": condition.reason,
        "settled_by": condition.settled_by,
    }
