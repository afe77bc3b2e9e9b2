"""What a coordinator does with single messages: take back what has not gone, send again what did not arrive."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlmodel import Session, col

from aarshjul.core.cycle import COORDINATOR, phase_of
from models.chain import Event, append
from models.cycle import Cycle, Membership
from models.loading import load_cycle
from models.message import Attempt, Message
from models.person import Person
from notifications.errors import NotificationError

MAY_HAVE_GONE = ("sent", "uncertain")
_INSTEAD = "what people were told wrongly is told anew: `aarshjul act {cycle} --do move` (or `cancel`) sends an update"


class UpkeepError(NotificationError):
    """This may not be done with that message, by this person, now."""


def withdraw(session: Session, ids: Sequence[int], by: str, now: datetime) -> list[Message]:
    """Take back messages that nobody began to send: all of them or none.

    Whether a delivery or this came first is decided by one UPDATE on the state.

    Raises:
        UpkeepError: where one is on its way or gone, or `by` is no coordinator of its cycle.
    """
    rows = list(session.scalars(select(Message).where(col(Message.id).in_(ids)).order_by(col(Message.id))))
    for cycle_id in sorted({row.cycle_id for row in rows}):
        _lock(session, cycle_id, by)
    taken = _take_back(session, now, col(Message.id).in_(ids))
    for row in rows:
        if row.id not in taken:
            session.refresh(row)
            raise UpkeepError(_too_late(row))
    _write_down(session, "withdrew", rows, by, now)
    return rows


def withdraw_held(session: Session, cycle_id: str, by: str, now: datetime) -> list[Message]:
    """Take back all messages of a cycle whose time has not come; those that a delivery has begun with go.

    Raises:
        UpkeepError: where `by` is no coordinator of the cycle.
    """
    _lock(session, cycle_id, by)
    held = col(Message.cycle_id) == cycle_id, col(Message.not_before) > now
    taken = _take_back(session, now, *held)
    rows = list(session.scalars(select(Message).where(col(Message.id).in_(taken)).order_by(col(Message.id))))
    _write_down(session, "withdrew", rows, by, now)
    return rows


def resend(
    session: Session, ids: Sequence[int], by: str, now: datetime, *, again: bool = False
) -> list[Message]:
    """Let messages go with the next delivery, whatever became of them: all of them or none.

    What may have reached the same address is `uncertain` from then on and keeps its bytes, so that it is the same
    message; everything else is written anew, with the dates and the address of then. The time for giving up
    begins anew. `again` is wanted for what was sent.

    Raises:
        UpkeepError: where one is on its way or has still to go, or `by` is no coordinator of its cycle.
    """
    cycles = set(session.scalars(select(col(Message.cycle_id)).where(col(Message.id).in_(ids))))
    for cycle_id in sorted(cycles):
        _lock(session, cycle_id, by)
    query = select(Message).where(col(Message.id).in_(ids)).order_by(col(Message.id)).with_for_update()
    rows = list(session.scalars(query.execution_options(populate_existing=True)))
    for row in rows:
        _send_again(session, row, again=again)
    _write_down(session, "resent", rows, by, now)
    return rows


def _send_again(session: Session, message: Message, *, again: bool) -> None:
    if refusal := _not_again(message, again=again):
        raise UpkeepError(refusal)
    person = session.get_one(Person, message.person_id)
    if message.channel == "email":
        person.bounced_at = None
    same_reader = message.channel != "email" or message.address in (None, person.email)
    same = message.state in MAY_HAVE_GONE and message.payload is not None and same_reader
    message.state = "uncertain" if same else "waiting"
    message.payload = message.payload if same else None
    message.attempts = 0
    message.not_before = message.settled_at = message.claimed_by = message.carried_by = None


def _not_again(message: Message, *, again: bool) -> str | None:
    """Why a message cannot be sent again; None where it can."""
    name = f"message {message.id}"
    match message.state:
        case "sending":
            return f"{name} is being sent at this moment: look again when that has ended"
        case "waiting" if not message.attempts:
            return f"{name} has still to go, and goes by itself"
        case "merged":
            return f"{name} went inside a digest: send that one again ({message.carried_by})"
        case "sent" if not again:
            return (
                f"{name} was sent, and would arrive a second time under the same Message-ID: "
                "`--again` where that is meant"
            )
    return None


def _take_back(session: Session, now: datetime, *which: ColumnElement[bool]) -> set[int]:
    """Compare and set in one statement: a delivery that claims at the same moment wins whole or loses whole."""
    tried = select(col(Attempt.id)).where(col(Attempt.message_id) == col(Message.id)).exists()
    untouched = col(Message.state) == "waiting", col(Message.attempts) == 0, ~tried
    statement = (
        update(Message)
        .where(*which, *untouched)
        .values(state="withdrawn", settled_at=now, not_before=None)
        .returning(col(Message.id))
        .execution_options(synchronize_session=False)
    )
    taken = set(session.scalars(statement))
    session.expire_all()
    return {each for each in taken if each is not None}


def _too_late(message: Message) -> str:
    name = f"message {message.id}"
    if message.state == "withdrawn":
        return f"{name} was taken back already"
    if message.state in ("superseded", "merged"):
        return f"{name} is {message.state}: it does not go by itself"
    done = {
        "sending": "is being sent",
        "sent": "was sent",
        "waiting": "was handed over once, without success",
    }
    said = done.get(message.state, f"is {message.state}")
    return f"{name} {said} and cannot be taken back; {_INSTEAD.format(cycle=message.cycle_id)}"


def _lock(session: Session, cycle_id: str, by: str) -> Cycle:
    """The cycle's row, locked as acts lock it, so that its history has one writer; refuses who may not.

    Raises:
        UpkeepError: where `by` is no coordinator of the cycle.
    """
    # Shared with what only refers to the cycle: a delivery holds messages, and would wait for it as this for them.
    query = select(Cycle).where(col(Cycle.id) == cycle_id).with_for_update(key_share=True)
    cycle = session.scalars(query.execution_options(populate_existing=True)).one()  # its head as of the lock
    member = session.get(Membership, (cycle_id, by))
    if member is None or member.left_at is not None or COORDINATOR not in member.roles:
        raise UpkeepError(f"{by} may not do this: it is for a coordinator of {cycle_id}")
    return cycle


def _write_down(session: Session, what: str, rows: Iterable[Message], by: str, now: datetime) -> None:
    """An entry in the history of each cycle: how many messages, which, of what kinds."""
    session.flush()
    by_cycle: dict[str, list[Message]] = {}
    for row in rows:
        by_cycle.setdefault(row.cycle_id, []).append(row)
    for cycle_id, group in by_cycle.items():
        milestones = {row.milestone for row in group}
        event = Event(
            type="act",
            what=what,
            phase=phase_of(load_cycle(session, cycle_id).milestones),
            milestone=milestones.pop() if len(milestones) == 1 else None,
            who=by,
            count=len(group),
            facts={"messages": [row.id for row in group], "kinds": dict(Counter(row.kind for row in group))},
        )
        append(session, session.get_one(Cycle, cycle_id), [event], now)
