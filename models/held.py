"""Until when messages of a cycle wait so that they can be taken back."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from models.cycle import Cycle
from models.message import Attempt, Message


def held_until(session: Session, cycle: Cycle, now: datetime) -> datetime | None:
    """Until when what an act caused can be taken back; None where nothing of it waits, nor is still to be written."""
    until = cycle.held_until
    if until is None or until <= now:
        return None
    if cycle.next_due_on is not None and cycle.next_due_on <= now.date():
        return until  # the round that writes them has still to come
    tried = select(col(Attempt.id)).where(col(Attempt.message_id) == col(Message.id)).exists()
    waiting = (
        select(col(Message.id))
        .where(
            col(Message.cycle_id) == cycle.id,
            col(Message.not_before) > now,
            col(Message.state) == "waiting",
            col(Message.attempts) == 0,
            ~tried,
        )
        .limit(1)
    )
    return until if session.scalars(waiting).first() is not None else None
