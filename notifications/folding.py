"""Messages put together: a digest for those who want one, and one message about all that failed."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core import cycle as core
from aarshjul.core.duties import Duty, DutyKind
from aarshjul.core.outgoing import Waiting, fold
from aarshjul.core.restraint import is_urgent
from models.message import Message
from notifications.backlog import Views, touched, waiting_value
from notifications.settling import MESSAGE

_ROWS_OF_A_DIGEST = frozenset({DutyKind.REMIND, DutyKind.DIGEST})


def failures_together(going: list[Message], now: datetime) -> list[Message]:
    """One message to a coordinator about all that failed, instead of one for each."""
    groups: dict[tuple[str, str], list[Message]] = defaultdict(list)
    for message in going:
        if message.kind == DutyKind.UNDELIVERED and not touched(message):
            groups[message.cycle_id, message.person_id].append(message)
    carried = set()
    for carrier, *others in groups.values():
        facts = carrier.facts or {}
        failed, also = list(facts.get("failed", ())), list(facts.get("also", ()))
        for message in others:
            failed += (message.facts or {}).get("failed", ())
            also += [message.key, *(message.facts or {}).get("also", ())]
            message.state, message.settled_at, message.carried_by = "merged", now, carrier.key
            carried.add(message.id)
        if others:
            carrier.facts = {**facts, "failed": failed, "also": also}
    return [message for message in going if message.id not in carried]


def unfolded(session: Session, picked: Sequence[Message]) -> list[Message]:
    """The parts of digests that went in vain, beside these: what they tell may be out of date by now.

    What of them still goes is put together anew, under the same digest's key.
    """
    digests = {m.key: m for m in picked if m.kind == DutyKind.DIGEST and not touched(m)}
    if not digests:
        return list(picked)
    query = (
        select(Message)
        .where(
            col(Message.channel) == picked[0].channel,
            col(Message.state) == "merged",
            col(Message.carried_by).in_(digests),
        )
        .order_by(col(Message.id))
    )
    parts = list(session.scalars(query.with_for_update()))
    for part in parts:
        _take_out(digests[part.carried_by or ""], part)
        part.state, part.settled_at, part.carried_by = "waiting", None, None
    return (
        sorted([*picked, *parts], key=lambda message: (message.owed_at, message.key))
        if parts
        else list(picked)
    )


def _take_out(carrier: Message, part: Message) -> None:
    facts, served = dict(carrier.facts or {}), {part.key, *(part.facts or {}).get("also", ())}
    whole = [key for key in facts.pop("parts", ()) if key != part.id]
    facts["also"] = [key for key in facts.get("also", ()) if key not in served or _is_welcome(key)]
    carrier.facts = {**facts, "parts": whole} if whole else facts


def _is_welcome(key: str) -> bool:
    return key.split("/")[3] == DutyKind.WELCOME


def folded(session: Session, going: list[Message], views: Views, now: datetime) -> list[Message]:
    """What goes to those who want it as one message a morning; news of other kinds than a calendar's."""
    wants = {m.person for view in views.values() for m in view.members if m.digest}
    if not wants:
        return going
    waiting = {m.id or 0: waiting_value(m, views[m.cycle_id]) for m in going if m.person_id in wants}
    urgent = {key for key, each in waiting.items() if is_urgent(views[each.cycle], _duty(each), now)}
    by_id = {message.id or 0: message for message in going}
    for (cycle_id, person), ids in fold(waiting.values(), wants, urgent).items():
        group = [by_id[key] for key in ids]
        carrier = next((m for m in group if m.kind == DutyKind.DIGEST), None)
        if carrier is None:
            carrier = _new_digest(session, views[cycle_id], person, group[0].channel, now)
        _carry(carrier, [message for message in group if message is not carrier], now)
        session.flush()
        by_id = {
            (carrier.id or 0 if key == ids[0] else key): (carrier if key == ids[0] else message)
            for key, message in by_id.items()
            if key == ids[0] or (key not in ids)
        }
    return list(by_id.values())


def _duty(waiting: Waiting) -> Duty:
    """The duty again, as far as it tells how urgent a message is."""
    rides = [Duty(waiting.kind, waiting.cycle, slug, was=was) for slug, was in waiting.rides.items()]
    return Duty(waiting.kind, waiting.cycle, waiting.milestone, was=waiting.was, also=tuple(rides))


def _carry(carrier: Message, parts: Sequence[Message], now: datetime) -> None:
    """A digest serves the duties of what it carries; reminders are rows of it, all else a part of its own."""
    facts = carrier.facts or {}
    also, whole = list(facts.get("also", ())), list(facts.get("parts", ()))
    for message in parts:
        also += [message.key] if message.kind != DutyKind.DIGEST else []
        also += (message.facts or {}).get("also", ())
        whole += [message.id] if DutyKind(message.kind) not in _ROWS_OF_A_DIGEST else []
        message.state, message.settled_at, message.carried_by = "merged", now, carrier.key
    also = list(
        dict.fromkeys(sorted(also, key=_is_welcome))
    )  # in the order of a digest that is made but once
    carrier.facts = {**facts, "also": also, "parts": whole} if whole else {**facts, "also": also}


def _new_digest(session: Session, view: core.Cycle, person: str, channel: str, now: datetime) -> Message:
    minute = int(now.astimezone(view.zone).strftime("%y%m%d%H%M"))
    while True:
        duty = Duty(DutyKind.DIGEST, view.id, offset=minute, person=person)
        taken = select(MESSAGE.c.id).where(MESSAGE.c.key == duty.key, MESSAGE.c.channel == channel)
        if session.execute(taken).first() is None:
            break
        minute += 1  # one has gone in this minute already
    digest = Message(
        key=duty.key,
        channel=channel,
        cycle_id=view.id,
        kind=str(duty.kind),
        offset=str(minute),
        person_id=person,
        owed_at=now,
    )
    session.add(digest)
    return digest
