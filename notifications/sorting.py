"""Sorting what is picked: what has lapsed falls out, of a backlog the latest goes, and a digest carries what it can.

The rules are the core's (`aarshjul.core.outgoing`); here rows become its values, and its answers become rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlmodel import Session, col

from aarshjul.core import cycle as core
from aarshjul.core.cycle import Telling
from aarshjul.core.duties import Duty, DutyKind
from aarshjul.core.outgoing import Past, Retold, Waiting, fold, latest, retold
from aarshjul.core.owing import owing
from aarshjul.core.restraint import is_urgent
from models.json_values import told_as, told_json
from models.message import Message
from notifications.settling import MESSAGE

Views = Mapping[str, core.Cycle]
TELLS = frozenset({DutyKind.INVITE, DutyKind.UPDATE, DutyKind.CANCEL, DutyKind.MOVED})
NEVER_ARRIVED = frozenset({"superseded", "withdrawn", "failed"})
_RIDES = frozenset({DutyKind.MOVED, DutyKind.REOPENED})
_ROWS_OF_A_DIGEST = frozenset({DutyKind.REMIND, DutyKind.DIGEST})


def sort_out(session: Session, picked: Sequence[Message], views: Views, now: datetime) -> list[Message]:
    """What of these goes now, in its order; the others are superseded, or merged into a digest."""
    asked = _Asked(views, now)
    lapsed = [m for m in picked if not _touched(m) and not asked.still(m)]
    _supersede(lapsed, now)
    going = [message for message in picked if message not in lapsed] if lapsed else list(picked)
    going = _latest(session, going, views, now)
    going = _without_the_uninvited(session, going, views, now)
    going = _retold(session, going, views, now)
    return _folded(session, going, views, now)


def _touched(message: Message) -> bool:
    """Whether it may have reached its reader: such a one goes again as it is."""
    return message.state == "uncertain"


def _supersede(messages: Iterable[Message], now: datetime) -> None:
    for message in messages:
        message.state, message.settled_at = "superseded", now


class _Asked:
    """Who still owes what, found once for each milestone."""

    def __init__(self, views: Views, now: datetime) -> None:
        self._views = views
        self._now = now
        self._owing: dict[tuple[str, str], frozenset[str]] = {}

    def still(self, message: Message) -> bool:
        """Whether a reminder, or any line of a digest of them, is still true; other kinds always are."""
        if message.kind == DutyKind.REMIND:
            return self._owes(message.key)
        if message.kind != DutyKind.DIGEST:
            return True
        facts = message.facts or {}
        lines = [key for key in facts.get("also", ()) if key.split("/")[3] == DutyKind.REMIND]
        return bool(facts.get("parts")) or any(map(self._owes, lines))

    def _owes(self, reminder: str) -> bool:
        """Whether that reminder is still to be given; none 'before' a date is, once that has passed."""
        cycle_id, slug, revision, _, offset, person = reminder.split("/")
        cycle = self._views[cycle_id]
        milestone = cycle.by_id[slug]
        passed = milestone.on is None or milestone.on < cycle.today(self._now)
        if str(milestone.revision) != revision or (passed and int(offset) <= 0):
            return False
        key = (cycle_id, slug)
        if key not in self._owing:
            who = owing(cycle, milestone, cycle.today(self._now))
            self._owing[key] = frozenset(member.person for member in who)
        return person in self._owing[key]


# --- the latest of a backlog -------------------------------------------------------------------------------------


def _latest(session: Session, going: list[Message], views: Views, now: datetime) -> list[Message]:
    mine = {message.id or 0: message for message in going}
    backlog = _others_due(session, going, now)
    waiting = [_waiting(message, views[message.cycle_id]) for message in (*going, *backlog)]
    replaced = latest(waiting)
    if not replaced:
        return going
    behind = {message.id or 0: message for message in backlog}
    for old, new in replaced.items():
        message = mine.get(old) or behind[old]
        _supersede([message], now)
        _hand_on_the_welcome(message, mine.get(new) or behind[new])
    return [message for key, message in mine.items() if key not in replaced]


def _others_due(session: Session, going: Sequence[Message], now: datetime) -> list[Message]:
    """What else is due to the same people on this channel, beyond this batch, or was due and is to be tried again."""
    if not going:
        return []
    query = select(Message).where(
        col(Message.channel) == going[0].channel,
        col(Message.state) == "waiting",
        col(Message.claimed_by).is_(None),
        col(Message.not_before).is_(None) | (col(Message.not_before) <= now) | (col(Message.attempts) > 0),
        col(Message.cycle_id).in_({message.cycle_id for message in going}),
        col(Message.person_id).in_({message.person_id for message in going}),
        col(Message.id).not_in([message.id for message in going]),
    )
    return list(session.scalars(query))


def _hand_on_the_welcome(old: Message, new: Message) -> None:
    keys = [key for key in (old.facts or {}).get("also", ()) if key.split("/")[3] == DutyKind.WELCOME]
    if keys:
        facts = new.facts or {}
        new.facts = {**facts, "also": [*facts.get("also", ()), *keys]}


def _waiting(message: Message, view: core.Cycle) -> Waiting:
    facts, kind = message.facts or {}, DutyKind(message.kind)
    milestone = view.by_id.get(message.milestone or "")
    invited = milestone is not None and message.person_id in milestone.invited
    return Waiting(
        id=message.id or 0,
        key=message.key,
        cycle=message.cycle_id,
        kind=kind,
        person=message.person_id,
        milestone=message.milestone,
        revision=message.revision,
        owed_at=message.owed_at,
        was=told_as(facts.get("was")),
        rides=_rides(message, facts),
        in_calendar=kind in (DutyKind.INVITE, DutyKind.UPDATE) or (kind is DutyKind.CANCEL and invited),
        touched=_touched(message),
    )


def _rides(message: Message, facts: dict[str, Any]) -> dict[str, Telling | None]:
    """The other milestones that a message tells of, each with what was told of it before."""
    served = [key.split("/") for key in facts.get("also", ())]
    others = {slug: None for _, slug, _, kind, _, _ in served if kind in _RIDES and slug != message.milestone}
    return {**others, **{slug: told_as(was) for slug, was in facts.get("with", {}).items()}}


# --- as news to whoever gets it ----------------------------------------------------------------------------------


def _retold(session: Session, going: list[Message], views: Views, now: datetime) -> list[Message]:
    """Messages about dates, against what their readers really know; what is no news to them does not go."""
    telling = [m for m in going if DutyKind(m.kind) in TELLS and not _touched(m)]
    if not telling:
        return going
    session.flush()
    past = _never_arrived(session, telling)
    silent = set()
    for message in telling:
        view = views[message.cycle_id]
        waiting = _waiting(message, view)
        known = {each.id: each.telling for each in view.milestones}
        new = retold(past.get(message.id or 0, []), waiting, known)
        if new is None:
            _supersede([message], now)
            silent.add(message.id)
        elif (new.kind, new.was, new.rides) != (waiting.kind, waiting.was, waiting.rides):
            message.facts = _as_retold(message.facts or {}, new)
    return [message for message in going if message.id not in silent] if silent else going


def _without_the_uninvited(
    session: Session, going: list[Message], views: Views, now: datetime
) -> list[Message]:
    """Nobody is asked for an answer to an invitation that was taken back, or never arrived."""
    about = [
        message
        for message in going
        if message.kind == DutyKind.REMIND
        and not _touched(message)
        and views[message.cycle_id].by_id[message.milestone or ""].kind is core.Kind.MEETING
    ]
    if not about:
        return going
    session.flush()
    past = _never_arrived(session, about)
    lapsed = [m for m in about if (unheard := past.get(m.id or 0)) and unheard[0].kind is DutyKind.INVITE]
    _supersede(lapsed, now)
    return [message for message in going if message not in lapsed]


def _as_retold(facts: dict[str, Any], new: Retold) -> dict[str, Any]:
    kept = {key: value for key, value in facts.items() if key not in ("was", "with")}
    kept["as"] = str(new.kind)
    if new.was is not None:
        kept["was"] = told_json(new.was)
    moved = {slug: told_json(was) for slug, was in new.rides.items() if was is not None}
    return {**kept, "with": moved} if moved else kept


def _never_arrived(session: Session, telling: Sequence[Message]) -> dict[int, list[Past]]:
    """For each message, those about the same milestone to the same person that did not arrive since one did."""
    columns = (MESSAGE.c.id, MESSAGE.c.cycle_id, MESSAGE.c.milestone, MESSAGE.c.person_id)
    carrier = MESSAGE.alias()
    query = (
        select(*columns, MESSAGE.c.kind, _state_of(carrier), MESSAGE.c.facts)
        .join(
            carrier,
            and_(carrier.c.key == MESSAGE.c.carried_by, carrier.c.channel == MESSAGE.c.channel),
            isouter=True,
        )
        .where(
            MESSAGE.c.channel == telling[0].channel,
            MESSAGE.c.kind.in_([str(kind) for kind in TELLS]),
            MESSAGE.c.cycle_id.in_({message.cycle_id for message in telling}),
            MESSAGE.c.milestone.in_({message.milestone for message in telling}),
            MESSAGE.c.person_id.in_({message.person_id for message in telling}),
        )
        .order_by(MESSAGE.c.id)
    )
    wanted = {(m.cycle_id, m.milestone, m.person_id): m.id or 0 for m in telling}
    found: dict[int, list[Past]] = defaultdict(list)
    for row in session.execute(query):
        target = wanted.get((row.cycle_id, row.milestone, row.person_id))
        if target is None or row.id >= target:
            continue
        if row.state in NEVER_ARRIVED:
            facts = row.facts or {}
            rides = {slug: told_as(was) for slug, was in facts.get("with", {}).items()}
            found[target].append(
                Past(kind=DutyKind(facts.get("as", row.kind)), was=told_as(facts.get("was")), rides=rides)
            )
        elif row.state != "waiting":
            found[target].clear()
    return found


def _state_of(carrier: Any) -> Any:
    """What became of a message: where a digest carried it, of that."""
    return func.coalesce(carrier.c.state, MESSAGE.c.state).label("state")


# --- together ----------------------------------------------------------------------------------------------------


def _folded(session: Session, going: list[Message], views: Views, now: datetime) -> list[Message]:
    wants = {m.person for view in views.values() for m in view.members if m.digest}
    if not wants:
        return going
    waiting = {m.id or 0: _waiting(m, views[m.cycle_id]) for m in going if m.person_id in wants}
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
