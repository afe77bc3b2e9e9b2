"""What came of a delivery, from the ledger: how many messages went, and what stopped the others; plain values."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session

from models.loading import tables
from models.message import TO_GO, Attempt, Message

MESSAGE, ATTEMPT = tables(Message, Attempt)


@dataclass(frozen=True, kw_only=True, slots=True)
class HandedOver:
    """What a delivery did.

    Attributes:
        sent: how many messages the other side took; `failed`, how many will not arrive.
        again: how many were tried, and will be tried again.
        trouble: what the other side said last where it did not take one, with its code.
        held: how many messages wait for their time, the first until `held_until`.
    """

    sent: int
    failed: int
    again: int
    trouble: tuple[int | None, str] | None
    held: int
    held_until: datetime | None


def end_of_ledger(session: Session) -> int:
    """The last attempt so far: what comes after it is the next delivery's."""
    return session.scalar(select(func.coalesce(func.max(ATTEMPT.c.id), 0))) or 0


def handed_over(session: Session, after: int, now: datetime) -> HandedOver:
    """What came of the attempts after one, and what waits for its time at a moment."""
    tried = select(ATTEMPT.c.message_id).where(ATTEMPT.c.id > after)
    counts = select(MESSAGE.c.state, func.count()).where(MESSAGE.c.id.in_(tried)).group_by(MESSAGE.c.state)
    states = Counter(dict(session.execute(counts).tuples().all()))
    said = select(ATTEMPT.c.code, ATTEMPT.c.text).where(ATTEMPT.c.id > after, ATTEMPT.c.outcome != "sent")
    last = session.execute(said.order_by(ATTEMPT.c.id.desc()).limit(1)).first()
    waiting = MESSAGE.c.state.in_(TO_GO), MESSAGE.c.not_before > now, MESSAGE.c.id.not_in(tried)
    held, until = session.execute(select(func.count(), func.min(MESSAGE.c.not_before)).where(*waiting)).one()
    return HandedOver(
        sent=states["sent"],
        failed=states["failed"],
        again=sum(states[state] for state in TO_GO),
        trouble=(last.code, last.text) if last is not None else None,
        held=held,
        held_until=until,
    )
