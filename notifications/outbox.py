"""The outbox: messages are claimed, rendered once, handed over, and what was answered is kept."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Engine, func, select
from sqlmodel import Session, col

from aarshjul.core.cycle import Cycle
from aarshjul.core.duties import Duty, DutyKind
from aarshjul.core.owing import owing
from models.cycle import Membership
from models.engine import writing
from models.loading import load_cycles
from models.message import Attempt, Message
from notifications.channel import Channel, Outcome, Parcel, Receipt
from notifications.processes import is_dead, myself

BATCH = 250  # messages a task: one transaction to claim, one to settle
Render = Callable[[Session, Sequence[Message]], Mapping[int, bytes]]

_STATES = {
    Outcome.SENT: "sent",
    Outcome.TEMPORARY: "waiting",
    Outcome.PERMANENT: "failed",
    Outcome.UNCERTAIN: "uncertain",
}


def deliver_batch(engine: Engine, name: str, channel: Channel, render: Render, now: datetime) -> int:
    """Deliver up to one batch of a channel's messages; returns how many were handled, 0 when none is left.

    The claim is committed before anything leaves; the answers are kept in one transaction behind it. A
    process that dies in between leaves `sending`, which the next one finds as `uncertain` and sends again:
    the same number, the same bytes.
    """
    claimed = _claim(engine, name, render, now)
    if not claimed:
        return 0
    with channel.open() as carrier:
        receipts = {
            message.id: carrier.send(Parcel(number=message.number or 0, payload=message.payload or b""))[0]
            for message in claimed
        }
    with writing(engine) as session:
        for message in session.scalars(select(Message).where(col(Message.id).in_(receipts))):
            _settle(session, message, receipts[message.id], now)
    tried_again = sum(1 for receipt in receipts.values() if receipt.outcome is Outcome.TEMPORARY)
    return len(claimed) if tried_again < len(claimed) else 0


def _claim(engine: Engine, name: str, render: Render, now: datetime) -> list[Message]:
    with writing(engine) as session:
        _one_claim_at_a_time(session, name)
        _find_uncertain(session, name)
        query = (
            select(Message)
            .where(col(Message.channel) == name, col(Message.state).in_(("waiting", "uncertain")))
            .order_by(col(Message.owed_at), col(Message.key))
            .limit(BATCH)
        )
        messages = _without_lapsed(session, list(session.scalars(query)), now)
        last = session.scalar(select(func.max(Message.number)).where(col(Message.channel) == name)) or 0
        fresh = [message for message in messages if message.payload is None]
        _welcome(session, fresh)
        payloads = render(session, fresh) if fresh else {}
        for message in messages:
            if message.number is None:
                last += 1
                message.number = last
            message.payload = message.payload or payloads[message.id or 0]
            message.state, message.claimed_by = "sending", myself()
            message.attempts += 1
        return messages


def _one_claim_at_a_time(session: Session, name: str) -> None:
    """Where two transactions may write at once, the claims of a channel wait for each other: numbers have no gaps.

    They wait for a claim alone, never for the network; SQLite lets nobody else write in any case.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"aarshjul claim {name}"))))


def _welcome(session: Session, messages: list[Message]) -> None:
    """A person's first message of a cycle says what this is; who was welcomed is kept."""
    for cycle_id in {message.cycle_id for message in messages}:
        query = select(Membership).where(
            col(Membership.cycle_id) == cycle_id, col(Membership.welcomed).is_(False)
        )
        new = {row.person_id: row for row in session.scalars(query)}
        for message in messages:
            row = new.pop(message.person_id, None) if message.cycle_id == cycle_id else None
            if row is not None:
                row.welcomed = True
                facts = message.facts or {}
                welcome = Duty(DutyKind.WELCOME, cycle_id, person=row.person_id).key
                message.facts = {**facts, "also": [*facts.get("also", ()), welcome]}


def _find_uncertain(session: Session, name: str) -> None:
    """What a process that has ended was sending may or may not have gone."""
    query = select(Message).where(col(Message.channel) == name, col(Message.state) == "sending")
    for message in session.scalars(query):
        claimer = message.claimed_by or ""
        if claimer == myself() or is_dead(claimer):
            message.state = "uncertain"
    session.flush()


def _without_lapsed(session: Session, messages: list[Message], now: datetime) -> list[Message]:
    """Reminders of what was done since do not go: they are superseded."""
    reminders = [m for m in messages if m.kind == DutyKind.REMIND and m.payload is None]
    cycles = load_cycles(session, sorted({m.cycle_id for m in reminders})) if reminders else {}
    kept = []
    for message in messages:
        if message in reminders and not _still_owes(cycles[message.cycle_id], message, now):
            message.state, message.settled_at = "superseded", now
        else:
            kept.append(message)
    return kept


def _still_owes(cycle: Cycle, message: Message, now: datetime) -> bool:
    milestone = cycle.by_id[message.milestone or ""]
    who = {member.person for member in owing(cycle, milestone, cycle.today(now))}
    return milestone.revision == message.revision and message.person_id in who


def _settle(session: Session, message: Message, receipt: Receipt, now: datetime) -> None:
    message.state = _STATES[receipt.outcome]
    message.settled_at = now if message.state != "waiting" else None
    session.add(
        Attempt(
            message_id=message.id or 0,
            attempted_at=now,
            outcome=receipt.outcome,
            code=receipt.code,
            text=receipt.text,
        )
    )
