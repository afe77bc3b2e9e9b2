"""What the record holds of the conditions of approvals."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlmodel import Session, col

from models.approval import Condition


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
