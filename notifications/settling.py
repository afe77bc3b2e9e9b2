"""Settling: what the other side answered becomes the state of a message, its ledger, and what a person is told."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, insert, or_, select, update
from sqlmodel import Session, col

from aarshjul.core.cycle import COORDINATOR
from aarshjul.core.duties import Duty, DutyKind
from models.cycle import Membership
from models.loading import tables
from models.message import Attempt, Message
from models.person import Person
from notifications.channel import Outcome, Receipt

MESSAGE, ATTEMPT = tables(Message, Attempt)
BACKOFF = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 4 * 60, 12 * 60)
)  # the last one again and again
SOON = timedelta(minutes=15)
LONGEST = timedelta(days=1)  # whatever the other side asks for
ADDRESS = 254  # as long as the ledger's columns for addresses are
_STATES = {
    Outcome.SENT: "sent",
    Outcome.TEMPORARY: "waiting",
    Outcome.PERMANENT: "failed",
    Outcome.UNCERTAIN: "uncertain",
}
_TOLD_ELSEWHERE = frozenset({DutyKind.UNDELIVERED})
"""What fails of these is seen in the status: telling of it would go round and round."""


# Made once: a batch says the same few things every few messages.
_SETTLED = (
    update(MESSAGE)
    .where(MESSAGE.c.id == bindparam("_id"))
    .values(
        state=bindparam("_state"), settled_at=bindparam("_at"), not_before=bindparam("_next"), claimed_by=None
    )
)
_TO_BE_WRITTEN_ANEW = _SETTLED.values(payload=None)
_ATTEMPTED = insert(ATTEMPT)


@dataclass(frozen=True, slots=True)
class Answered:
    """A message that was handed over.

    Attributes:
        id: its row.
        attempts: how often it was handed over, with this time.
        uncertain: whether it may have gone before.
        receipts: one for each recipient; the first is the person's own.
    """

    id: int
    attempts: int
    uncertain: bool
    receipts: tuple[Receipt, ...]


def settle(
    session: Session,
    answered: Sequence[Answered],
    now: datetime,
    give_up_after: timedelta,
    *,
    down: bool = False,
) -> None:
    """Write down what became of messages; those that have failed for good are told to a person.

    A message goes as its first recipient does: the others get copies. What was certainly not taken is rendered
    anew the next time, as it may then say something else. Where the other side is `down`, which is no message's
    own fault, none waits long for the next attempt.
    """
    if not answered:
        return
    tired = _tired(session, answered, now, give_up_after)
    longest = SOON if down else BACKOFF[-1]
    rows = [_settled(each, now, longest, given_up=each.id in tired) for each in answered]
    for statement, group in (
        (_SETTLED, [row for row in rows if row["_state"] != "waiting"]),
        (_TO_BE_WRITTEN_ANEW, [row for row in rows if row["_state"] == "waiting"]),
    ):
        if group:
            session.connection().execute(statement, group)
    attempts = [row for each in answered for row in _attempts(each, now, tired)]
    session.connection().execute(_ATTEMPTED, attempts)
    if failed := [row["_id"] for row in rows if row["_state"] == "failed"]:
        tell_coordinators(session, failed, now)


def _settled(each: Answered, now: datetime, longest: timedelta, *, given_up: bool) -> dict[str, Any]:
    first = each.receipts[0]
    state = "failed" if given_up else _STATES[first.outcome]
    if state == "waiting" and each.uncertain:  # not taken this time: whether it was before is still not known
        state = "uncertain"
    again = state in ("waiting", "uncertain")
    asked = min(first.retry_after or timedelta(0), LONGEST)
    wait = max(min(_backoff(each.attempts), longest), asked)
    return {
        "_id": each.id,
        "_state": state,
        "_at": None if again else now,
        "_next": now + wait if again else None,
    }


def _backoff(attempts: int) -> timedelta:
    return BACKOFF[min(max(attempts, 1), len(BACKOFF)) - 1]


def storable(text: str) -> str:
    """Somebody else's words as every database takes them: without NUL, and without halves of characters."""
    return text.replace("\0", " ").encode("utf-8", errors="replace").decode("utf-8")


def _attempts(each: Answered, now: datetime, tired: set[int]) -> list[dict[str, Any]]:
    rows = [
        {
            "message_id": each.id,
            "attempted_at": now,
            "outcome": str(receipt.outcome),
            "code": receipt.code,
            "text": storable(receipt.text),
            "recipient": receipt.recipient and receipt.recipient[:ADDRESS],
        }
        for receipt in each.receipts
    ]
    if each.id in tired:
        why = f"given up after {each.attempts} attempts"
        rows.append({**rows[0], "outcome": "permanent", "code": None, "text": why})
    return rows


def _tired(
    session: Session, answered: Sequence[Answered], now: datetime, give_up_after: timedelta
) -> set[int]:
    """Which of them have been tried, in vain, for so long that it is time to tell somebody."""
    again = {
        each.id: each.attempts
        for each in answered
        if each.receipts[0].outcome in (Outcome.TEMPORARY, Outcome.UNCERTAIN) and each.attempts > 1
    }
    if not again:
        return set()
    position = func.row_number().over(partition_by=ATTEMPT.c.message_id, order_by=ATTEMPT.c.id.desc())
    recent = (
        select(ATTEMPT.c.message_id, ATTEMPT.c.attempted_at, position.label("back"))
        .join(MESSAGE, MESSAGE.c.id == ATTEMPT.c.message_id)
        .where(
            ATTEMPT.c.message_id.in_(again),
            or_(ATTEMPT.c.recipient.is_(None), ATTEMPT.c.recipient == MESSAGE.c.address),  # not its copies
        )
        .subquery()
    )
    first: dict[int, datetime] = {}
    for row in session.execute(select(recent)):
        if row.back < again[row.message_id]:  # since somebody had it sent again, earlier ones do not count
            first[row.message_id] = min(first.get(row.message_id, row.attempted_at), row.attempted_at)
    return {name for name, since in first.items() if now - since >= give_up_after}


def tell_coordinators(session: Session, failed: Iterable[int], now: datetime) -> None:
    """A message to each coordinator about every message that will not arrive, but not to whom it was for.

    The key is `cycle/-/-/undelivered/MESSAGE/person`; a message that was sent again and failed again is told of
    again, with -1, -2 and so on in the revision's place (what came back has the report's id there).
    """
    query = select(Message).where(col(Message.id).in_(list(failed)))
    told = _times_told(session, failed)
    for message in session.scalars(query.order_by(col(Message.id))):
        if DutyKind(message.kind) in _TOLD_ELSEWHERE:
            continue
        for person in coordinators(session, message.cycle_id):
            again, offset = -told[message.cycle_id, person.id, str(message.id)] or None, message.id
            duty = Duty(
                DutyKind.UNDELIVERED, message.cycle_id, revision=again, offset=offset, person=person.id
            )
            channels = [c for c in person.channels if (person.id, c) != (message.person_id, message.channel)]
            for channel in channels:
                session.add(written(duty, channel, now, {"failed": [message.id]}))
    session.flush()


def _times_told(session: Session, failed: Iterable[int]) -> Counter[tuple[str, str, str | None]]:
    """How often each person was told of these messages before; by cycle, person and the message's id as text."""
    ids = [str(name) for name in failed]
    query = (
        select(MESSAGE.c.cycle_id, MESSAGE.c.person_id, MESSAGE.c.offset, MESSAGE.c.key)
        .where(MESSAGE.c.kind == str(DutyKind.UNDELIVERED), MESSAGE.c.offset.in_(ids))
        .distinct()
    )
    return Counter((row.cycle_id, row.person_id, row.offset) for row in session.execute(query))


def coordinators(session: Session, cycle_id: str) -> list[Person]:
    """The present coordinators of a cycle, by id."""
    query = (
        select(Person, col(Membership.roles))
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(col(Membership.cycle_id) == cycle_id, col(Membership.left_at).is_(None))
        .order_by(col(Person.id))
    )
    return [person for person, roles in session.execute(query) if COORDINATOR in roles]


def written(duty: Duty, channel: str, now: datetime, facts: dict[str, Any]) -> Message:
    """A row of the outbox for a duty that no round found."""
    return Message(
        key=duty.key,
        channel=channel,
        cycle_id=duty.cycle,
        milestone=duty.milestone,
        revision=duty.revision,
        kind=str(duty.kind),
        offset=None if duty.offset is None else str(duty.offset),
        person_id=duty.person or "",
        owed_at=now,
        facts=facts,
    )
