"""Preparing a batch: what may go is picked, what has lapsed falls out, what belongs together is one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlmodel import Session, col

from aarshjul.core import cycle as core
from aarshjul.core.duties import Duty, DutyKind
from aarshjul.core.errors import Invalid, Refused
from models.cycle import Membership
from models.loading import CYCLE, load_cycles
from models.message import Message
from notifications.channel import Outcome, Parcel
from notifications.claiming import find_uncertain, may_go, one_at_a_time
from notifications.folding import unfolded
from notifications.mail import reference
from notifications.processes import myself
from notifications.settling import ADDRESS, ATTEMPT, MESSAGE, storable, tell_coordinators
from notifications.sorting import sort_out
from notifications.unsettled import without_the_unsettled

Views = Mapping[str, core.Cycle]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rendered:
    """A message as it leaves: its bytes, and the addresses that it goes to (the first is the person's own)."""

    payload: bytes
    recipients: tuple[str, ...] = ()


Writer = Callable[[Message], Rendered]
Render = Callable[[Session, Sequence[Message], Views | None, datetime], Writer]
"""Fetches what a batch of messages needs, and gives what then puts each of them into a channel's own form."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SetAside:
    """Messages that this thread alone may send, in their order, and the cycles that they belong to.

    Attributes:
        by: the name under which they are set aside.
        seen: how long the history of each cycle was: once it is longer, a view of it may no longer be true.
    """

    by: str = ""
    messages: tuple[Message, ...] = ()
    views: Views
    seen: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ready:
    """A message that can be handed over; `state` and `attempts` are those before it is."""

    id: int
    cycle: str
    state: str
    attempts: int
    parcel: Parcel
    reference: str

    def row(self, seen: Mapping[str, int]) -> dict[str, Any]:
        """What a claim writes of it, and wants to find."""
        recipients = self.parcel.recipients
        return {
            "_id": self.id,
            "_payload": self.parcel.payload,
            "_reference": self.reference,
            "_address": recipients[0][:ADDRESS] if recipients else None,
            "_seen": seen[self.cycle],
        }


def set_aside(session: Session, name: str, now: datetime, most: int) -> SetAside:
    """Pick a channel's next messages and mark them as this thread's; none when none may go.

    What a round has first to go over, as a date changed, waits for that.
    """
    one_at_a_time(session, name)
    find_uncertain(session, name, now)
    unsettled: set[str] = set()
    while picked := _pick(session, name, now, most, unsettled):
        cycles = sorted({message.cycle_id for message in picked})
        seen = _lengths(session, cycles)
        views = load_cycles(session, cycles)
        picked = unfolded(session, picked)
        settled = without_the_unsettled(session, picked, views, now)
        may_go_now = {
            message.id for message in settled
        }  # comparing rows themselves would cost more than all the rest
        unsettled |= {message.cycle_id for message in picked if message.id not in may_go_now}
        if going := sort_out(session, settled, views, now):
            _welcome(session, [message for message in going if message.state != "uncertain"])
            me = myself(now)
            _number(session, name, going, me)
            return SetAside(by=me, messages=tuple(going), views=views, seen=seen)
        session.flush()
    return SetAside(views={})


def _pick(session: Session, name: str, now: datetime, most: int, without: set[str]) -> list[Message]:
    query = select(Message).where(may_go(session, name, now))
    if without:
        query = query.where(col(Message.cycle_id).not_in(without))
    query = query.order_by(col(Message.owed_at), col(Message.key)).limit(most)
    # What somebody takes back or sends again at this moment is left to them.
    return list(session.scalars(query.with_for_update(skip_locked=True)))


def _lengths(session: Session, cycles: Sequence[str]) -> dict[str, int]:
    query = select(CYCLE.c.id, CYCLE.c.history_length).where(CYCLE.c.id.in_(cycles))
    return {row.id: row.history_length for row in session.execute(query)}


def _number(session: Session, name: str, going: Sequence[Message], me: str) -> None:
    """Give each its place in the outbox, and the name of who sends it."""
    session.flush()
    last = session.scalar(select(func.max(Message.number)).where(col(Message.channel) == name)) or 0
    for message in going:
        if message.number is None:
            message.number = last = last + 1
        message.claimed_by = me


def ready(message: Message, write: Writer, views: Views) -> Ready:
    """A message as it is handed over; one that may have arrived goes again as the same bytes.

    Raises:
        Exception: whatever keeps it from being put into words.
    """
    made = write(message)
    kept = message.payload if message.state == "uncertain" else None
    member = views[message.cycle_id].by_person.get(message.person_id)
    parcel = Parcel(
        number=message.number or 0,
        payload=kept or made.payload,
        person=message.person_id,
        roles=tuple(sorted(member.roles)) if member is not None else (),
        recipients=made.recipients,
    )
    return Ready(
        id=message.id or 0,
        cycle=message.cycle_id,
        state=message.state,
        attempts=message.attempts,
        parcel=parcel,
        reference=reference(message.key),
    )


def cannot_be_written(
    session: Session, problems: Mapping[int, Exception], aside: SetAside, now: datetime
) -> None:
    """What cannot be put into words holds nobody else up: it has failed, and a person hears of it.

    Where something happened in its cycle meanwhile, that may be why: then it is tried anew.
    """
    if not problems:
        return
    query = select(MESSAGE.c.id, MESSAGE.c.cycle_id).where(MESSAGE.c.id.in_(problems))
    cycles = {row.id: row.cycle_id for row in session.execute(query)}
    lengths = _lengths(session, sorted(set(cycles.values())))
    broken = {k: problem for k, problem in problems.items() if lengths[cycles[k]] == aside.seen[cycles[k]]}
    if not broken:
        return
    failed = update(MESSAGE).where(MESSAGE.c.id == bindparam("_id"), MESSAGE.c.claimed_by == aside.by)
    failed = failed.values(state="failed", settled_at=now, claimed_by=None)
    session.connection().execute(failed, [{"_id": key} for key in broken])
    rows = [
        {
            "message_id": key,
            "attempted_at": now,
            "outcome": str(Outcome.PERMANENT),
            "code": None,
            "text": storable(f"cannot be written: {_why(error)}")[:500],
            "recipient": None,
        }
        for key, error in broken.items()
    ]
    session.execute(insert(ATTEMPT), rows)
    tell_coordinators(session, broken, now)


def _why(error: Exception) -> str:
    """In our own words where we foresaw it; else what kind of fault it is, as its text may name anything."""
    return (
        str(error) if isinstance(error, (Refused, Invalid)) else f"a fault of ours ({type(error).__name__})"
    )


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
