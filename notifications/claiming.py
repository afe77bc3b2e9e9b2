"""Claiming: who delivers which messages, so that none goes twice and none is forgotten by a process that died."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, insert, or_, select, update
from sqlmodel import Session, col

from models.message import TO_GO, Message
from notifications.channel import Outcome
from notifications.processes import is_dead, myself
from notifications.settling import ATTEMPT, MESSAGE

READY = ("waiting", "uncertain")


def one_at_a_time(session: Session, name: str) -> None:
    """Where two transactions may write at once, the claims of a channel wait for each other: numbers have no gaps.

    They wait for a claim alone, never for the network; SQLite lets nobody else write in any case.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"aarshjul claim {name}"))))


def find_uncertain(session: Session, name: str, now: datetime) -> None:
    """What a process that has ended was sending may or may not have gone: said so, counted, and to be sent again."""
    query = select(MESSAGE.c.id, MESSAGE.c.claimed_by, MESSAGE.c.address).where(
        MESSAGE.c.channel == name, MESSAGE.c.state == "sending"
    )
    left = [row for row in session.execute(query) if _is_over(row.claimed_by)]
    if not left:
        return
    by_id = update(MESSAGE).where(MESSAGE.c.id == bindparam("_id"))
    session.connection().execute(
        by_id.values(state="uncertain", claimed_by=None, not_before=None), [{"_id": row.id} for row in left]
    )
    session.execute(
        insert(ATTEMPT),
        [
            {
                "message_id": row.id,
                "attempted_at": now,
                "outcome": str(Outcome.UNCERTAIN),
                "code": None,
                "text": "its sender ended before an answer was written down",
                "recipient": row.address,
            }
            for row in left
        ],
    )


def _is_over(claimer: str | None) -> bool:
    return not claimer or claimer == myself() or is_dead(claimer)


def may_go(session: Session, name: str, now: datetime) -> ColumnElement[bool]:
    """Which messages of a channel may go now: due, and not set aside by another process that lives."""
    query = select(MESSAGE.c.claimed_by).where(
        MESSAGE.c.channel == name, MESSAGE.c.state.in_(READY), MESSAGE.c.claimed_by.is_not(None)
    )
    busy = [claimer for claimer in session.scalars(query.distinct()) if not _is_over(claimer)]
    return (
        (col(Message.channel) == name)
        & col(Message.state).in_(READY)
        & or_(col(Message.not_before).is_(None), col(Message.not_before) <= now)
        & or_(col(Message.claimed_by).is_(None), col(Message.claimed_by).not_in(busy))
    )


def due_by_channel(session: Session, now: datetime) -> dict[str, int]:
    """How many messages may go now, or were left by somebody who died sending them, by channel."""
    is_due = or_(MESSAGE.c.not_before.is_(None), MESSAGE.c.not_before <= now)
    query = (
        select(MESSAGE.c.channel, func.count())
        .where(MESSAGE.c.state.in_(TO_GO), is_due)
        .group_by(MESSAGE.c.channel)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def claim(session: Session, rows: Sequence[dict[str, Any]]) -> set[int]:
    """Mark what this process set aside as being sent, with its bytes, before the network is touched.

    Args:
        session: the transaction.
        rows: the id, payload, reference and address of each message.

    Returns:
        Those that could be claimed: what was withdrawn meanwhile is not among them.
    """
    me = myself()
    marked = session.connection().execute(_CLAIMED, [{**row, "_by": me} for row in rows])
    ids = {row["_id"] for row in rows}
    if marked.rowcount == len(ids):
        return ids
    mine = (MESSAGE.c.id.in_(ids), MESSAGE.c.claimed_by == me, MESSAGE.c.state == "sending")
    return set(session.scalars(select(MESSAGE.c.id).where(*mine)))


_NOT_WITHDRAWN = MESSAGE.c.state != "withdrawn"
_CLAIMED = (
    update(MESSAGE)
    .where(
        MESSAGE.c.id == bindparam("_id"),
        MESSAGE.c.claimed_by == bindparam("_by"),
        or_(MESSAGE.c.state == "waiting", MESSAGE.c.state == "uncertain"),
    )
    .values(
        state="sending",
        attempts=MESSAGE.c.attempts + 1,
        payload=bindparam("_payload"),
        reference=bindparam("_reference"),
        address=bindparam("_address"),
    )
)


def release(session: Session, states: Mapping[int, str], claimed: Collection[int]) -> None:
    """Give back what was not handed over after all, as if it had never been touched.

    Args:
        session: the transaction.
        states: the state that each had before, by its id.
        claimed: those of them that were marked as being sent.
    """
    by_id = update(MESSAGE).where(
        MESSAGE.c.id == bindparam("_id"), MESSAGE.c.claimed_by == myself(), _NOT_WITHDRAWN
    )
    changed = {"state": bindparam("_state"), "attempts": MESSAGE.c.attempts - bindparam("_less")}
    rows = [{"_id": each, "_state": state, "_less": int(each in claimed)} for each, state in states.items()]
    if rows:
        session.connection().execute(by_id.values(**changed, claimed_by=None), rows)
