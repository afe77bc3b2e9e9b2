"""Claiming: who delivers which messages, so that none goes twice and none is forgotten by a process that died."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, func, insert, or_, select, tuple_, update
from sqlmodel import Session, col

from models.loading import CYCLE
from models.message import TO_GO, Message
from notifications.channel import Outcome
from notifications.processes import is_over
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
    left = [row for row in session.execute(query) if is_over(row.claimed_by, now)]
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


def may_go(session: Session, name: str, now: datetime) -> ColumnElement[bool]:
    """Which messages of a channel may go now: due, and not to somebody whom another process is writing to.

    What came up later must not overtake what that one has in hand for the same person.
    """
    mine = MESSAGE.c.channel == name, MESSAGE.c.state.in_(TO_GO)
    query = select(MESSAGE.c.claimed_by).where(*mine, MESSAGE.c.claimed_by.is_not(None))
    busy = [claimer for claimer in session.scalars(query.distinct()) if not is_over(claimer, now)]
    found = (
        (col(Message.channel) == name)
        & col(Message.state).in_(READY)
        & or_(col(Message.not_before).is_(None), col(Message.not_before) <= now)
    )
    if not busy:
        return found
    written_to = select(MESSAGE.c.cycle_id, MESSAGE.c.person_id).where(*mine, MESSAGE.c.claimed_by.in_(busy))
    return found & tuple_(col(Message.cycle_id), col(Message.person_id)).not_in(written_to)


def due_by_channel(session: Session, now: datetime) -> dict[str, int]:
    """How many messages may go now, or were left by somebody who died sending them, by channel."""
    is_due = or_(MESSAGE.c.not_before.is_(None), MESSAGE.c.not_before <= now)
    query = (
        select(MESSAGE.c.channel, func.count())
        .where(MESSAGE.c.state.in_(TO_GO), is_due)
        .group_by(MESSAGE.c.channel)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def claim(session: Session, rows: Sequence[dict[str, Any]], by: str) -> set[int]:
    """Mark what was set aside as being sent, with its bytes, before the network is touched.

    Args:
        session: the transaction.
        rows: the id, payload, reference and address of each message, and how long its cycle's history was
            when it was set aside.
        by: who set them aside.

    Returns:
        Those that could be claimed: not what was withdrawn, or in whose cycle something happened, meanwhile.
    """
    in_order = sorted(rows, key=lambda row: int(row["_id"]))  # as others lock them
    marked = session.connection().execute(_CLAIMED, [{**row, "_by": by} for row in in_order])
    ids = {row["_id"] for row in rows}
    if marked.rowcount == len(ids):
        return ids
    mine = (MESSAGE.c.id.in_(ids), MESSAGE.c.claimed_by == by, MESSAGE.c.state == "sending")
    return set(session.scalars(select(MESSAGE.c.id).where(*mine)))


_NOT_WITHDRAWN = MESSAGE.c.state != "withdrawn"
_CLAIMED = (
    update(MESSAGE)
    .where(
        MESSAGE.c.id == bindparam("_id"),
        MESSAGE.c.claimed_by == bindparam("_by"),
        or_(MESSAGE.c.state == "waiting", MESSAGE.c.state == "uncertain"),
        select(CYCLE.c.history_length).where(CYCLE.c.id == MESSAGE.c.cycle_id).scalar_subquery()
        == bindparam("_seen"),
    )
    .values(
        state="sending",
        attempts=MESSAGE.c.attempts + 1,
        payload=bindparam("_payload"),
        reference=bindparam("_reference"),
        address=bindparam("_address"),
    )
)


def release(session: Session, states: Mapping[int, str], by: str) -> None:
    """Give back what was not handed over after all, as if it had never been touched.

    Args:
        session: the transaction.
        states: the state that each had before, by its id.
        by: who set them aside.
    """
    by_id = update(MESSAGE).where(
        MESSAGE.c.id == bindparam("_id"), MESSAGE.c.claimed_by == by, _NOT_WITHDRAWN
    )
    tries = MESSAGE.c.attempts - case((MESSAGE.c.state == "sending", 1), else_=0)
    rows = [{"_id": each, "_state": state} for each, state in sorted(states.items())]
    if rows:
        values = by_id.values(state=bindparam("_state"), attempts=tries, claimed_by=None)
        session.connection().execute(values, rows)
