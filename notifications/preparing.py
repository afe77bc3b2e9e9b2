"""Preparing a batch: what may go is picked, what has lapsed falls out, what belongs together is one, and all is rendered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlmodel import Session, col

from aarshjul.core import cycle as core
from aarshjul.core.duties import Duty, DutyKind
from models.cycle import Membership
from models.loading import load_cycles
from models.message import Message
from notifications.channel import Outcome
from notifications.claiming import find_uncertain, may_go, one_at_a_time
from notifications.mail import reference
from notifications.processes import myself
from notifications.settling import ATTEMPT, MESSAGE, tell_coordinators
from notifications.sorting import sort_out


@dataclass(frozen=True, kw_only=True, slots=True)
class Rendered:
    """A message as it leaves: its bytes, and the addresses that it goes to (the first is the person's own)."""

    payload: bytes
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """A message that is ready to be handed over; `state` and `attempts` are those before it is."""

    id: int
    number: int
    state: str
    attempts: int
    payload: bytes
    person: str
    roles: tuple[str, ...]
    recipients: tuple[str, ...]


Rendering = Mapping[int, Rendered | Exception]
Views = Mapping[str, core.Cycle]
Render = Callable[[Session, Sequence[Message], Views, datetime], Rendering]
"""Puts messages into a channel's own form; one that cannot be written is an error in its place, and no other's."""


def prepare(session: Session, name: str, render: Render, now: datetime, most: int) -> list[Prepared]:
    """Set messages of a channel aside for this process, rendered and in their order; none when none may go."""
    one_at_a_time(session, name)
    find_uncertain(session, name, now)
    while picked := _pick(session, name, now, most):
        views = load_cycles(session, sorted({message.cycle_id for message in picked}))
        going = sort_out(session, picked, views, now)
        if prepared := _rendered(session, name, going, views, render, now):
            return prepared
    return []


def _pick(session: Session, name: str, now: datetime, most: int) -> list[Message]:
    query = select(Message).where(may_go(session, name, now))
    return list(session.scalars(query.order_by(col(Message.owed_at), col(Message.key)).limit(most)))


def _rendered(
    session: Session, name: str, going: list[Message], views: Views, render: Render, now: datetime
) -> list[Prepared]:
    _welcome(session, [message for message in going if message.payload is None])
    session.flush()
    rendering = render(session, going, views, now)
    broken = {key: made for key, made in rendering.items() if isinstance(made, Exception)}
    if broken:
        _cannot_be_written(session, broken, now)
    last = session.scalar(select(func.max(Message.number)).where(col(Message.channel) == name)) or 0
    prepared, rows = [], []
    for message in going:
        made = rendering[message.id or 0]
        if isinstance(made, Exception):
            continue
        kept = message.payload if message.state == "uncertain" else None  # it may have arrived: the same bytes
        number = message.number
        if number is None:
            number = last = last + 1
        prepared.append(_prepared(message, number, kept or made.payload, made.recipients, views))
        rows.append(_row(message, prepared[-1]))
    if rows:
        session.connection().execute(_SET_ASIDE, rows)
    return prepared


_SET_ASIDE = (
    update(MESSAGE)
    .where(MESSAGE.c.id == bindparam("_id"))
    .values(
        number=bindparam("_number"),
        payload=bindparam("_payload"),
        reference=bindparam("_reference"),
        address=bindparam("_address"),
        claimed_by=bindparam("_by"),
    )
)


def _prepared(
    message: Message, number: int, payload: bytes, recipients: tuple[str, ...], views: Views
) -> Prepared:
    members = views[message.cycle_id].members
    roles = next((member.roles for member in members if member.person == message.person_id), frozenset())
    return Prepared(
        id=message.id or 0,
        number=number,
        state=message.state,
        attempts=message.attempts,
        payload=payload,
        person=message.person_id,
        roles=tuple(sorted(roles)),
        recipients=recipients,
    )


def _row(message: Message, prepared: Prepared) -> dict[str, Any]:
    return {
        "_id": prepared.id,
        "_number": prepared.number,
        "_payload": prepared.payload,
        "_reference": reference(message.key),
        "_address": prepared.recipients[0] if prepared.recipients else None,
        "_by": myself(),
    }


def _cannot_be_written(session: Session, broken: Mapping[int, Exception], now: datetime) -> None:
    """What cannot be put into words holds nobody else up: it has failed, and a person hears of it."""
    failed = update(MESSAGE).where(MESSAGE.c.id.in_(broken)).values(state="failed", settled_at=now)
    session.execute(failed)
    rows = [
        {
            "message_id": key,
            "attempted_at": now,
            "outcome": str(Outcome.PERMANENT),
            "code": None,
            "text": f"cannot be written: {error or type(error).__name__}"[:500],
            "recipient": None,
        }
        for key, error in broken.items()
    ]
    session.execute(insert(ATTEMPT), rows)
    tell_coordinators(session, broken, now)


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
