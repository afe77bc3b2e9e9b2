"""What is asked of the record about comments on the draft and where members stand on it."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlmodel import Session, col

from aarshjul.core.stages import Outcome
from models.consultation import Comment, Position
from models.cycle import Cycle
from models.draft import Decision


def comments_of(session: Session, cycle_id: str) -> list[Comment]:
    """All that was said of a cycle's draft, by number."""
    query = select(Comment).where(col(Comment.cycle_id) == cycle_id)
    return list(session.scalars(query.order_by(col(Comment.number))))


def comment_of(session: Session, cycle_id: str, number: int) -> Comment | None:
    """One comment by its number."""
    query = select(Comment).where(col(Comment.cycle_id) == cycle_id, col(Comment.number) == number)
    return session.scalars(query).one_or_none()


def next_comment(session: Session, cycle_id: str) -> int:
    """The number of the cycle's next comment."""
    query = select(func.max(col(Comment.number))).where(col(Comment.cycle_id) == cycle_id)
    return (session.scalar(query) or 0) + 1


def positions_of(session: Session, cycle_id: str) -> list[Position]:
    """Where members stood, on every version that they were asked about, by version."""
    query = select(Position).where(col(Position.cycle_id) == cycle_id)
    return list(session.scalars(query.order_by(col(Position.draft_version), col(Position.person_id))))


def round_began(session: Session, cycle: Cycle) -> date | None:
    """The day on which the present round of drafting began, with the return that ended the one before; None in the first."""
    if cycle.round <= 1:
        return None
    query = select(func.max(col(Decision.decided_at))).where(
        col(Decision.cycle_id) == cycle.id,
        col(Decision.outcome) == Outcome.RETURNED,
        col(Decision.round) < cycle.round,
    )
    began = session.scalar(query)
    return None if began is None else began.astimezone(ZoneInfo(cycle.timezone)).date()
