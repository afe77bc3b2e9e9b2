"""Messages about dates, against what their readers really know: some of what went before never arrived."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select, tuple_
from sqlmodel import Session

from aarshjul.core.cycle import Cycle, Kind
from aarshjul.core.duties import DutyKind
from aarshjul.core.outgoing import Past, Retold, retold
from aarshjul.core.sharing import keeps
from models.json_values import told_as, told_json
from models.message import Message
from notifications.backlog import Views, supersede, touched, waiting_value
from notifications.settling import MESSAGE
from notifications.sharing import is_point_off

TELLS = frozenset({DutyKind.INVITE, DutyKind.UPDATE, DutyKind.CANCEL, DutyKind.MOVED})
NEVER_ARRIVED = frozenset({"superseded", "withdrawn", "failed"})


def retell(session: Session, going: list[Message], views: Views, now: datetime) -> list[Message]:
    """Messages about dates, against what their readers really know; what is no news to them does not go."""
    telling = [m for m in going if DutyKind(m.kind) in TELLS and not touched(m)]
    if not telling:
        return going
    session.flush()
    past = _never_arrived(session, telling)
    silent = set()
    for message in telling:
        view = views[message.cycle_id]
        waiting = waiting_value(message, view)
        known = {each.id: each.telling for each in view.milestones}
        new = retold(past.get(message.id or 0, []), waiting, known)
        if new is None or _takes_back_nothing(session, message, view):
            supersede([message], now)
            silent.add(message.id)
        elif (new.kind, new.was, new.rides) != (waiting.kind, waiting.was, waiting.rides):
            message.facts = _as_retold(message.facts or {}, new)
    return [message for message in going if message.id not in silent] if silent else going


def _takes_back_nothing(session: Session, message: Message, view: Cycle) -> bool:
    """Whether a cancellation is of an entry of which no cycle that shares it told this reader."""
    milestone = view.by_id.get(message.milestone or "")
    if message.kind != DutyKind.CANCEL or milestone is None or not milestone.shares:
        return False
    point = is_point_off(message)
    if point and not keeps(milestone, message.person_id):
        return True  # by now all of the meeting is taken back, which says it
    by_any = tuple_(MESSAGE.c.cycle_id, MESSAGE.c.milestone).in_([(c.id, m.id) for c, m in milestone.shares])
    mine = (MESSAGE.c.channel == message.channel, MESSAGE.c.person_id == message.person_id)
    asked = MESSAGE.c.kind.in_([str(DutyKind.INVITE), str(DutyKind.UPDATE)])
    # An invitation that goes now does not name the point any more.
    unheard = NEVER_ARRIVED | {"waiting"} if point else NEVER_ARRIVED
    query = select(MESSAGE.c.id).where(by_any, *mine, asked, MESSAGE.c.state.not_in(unheard))
    return message.person_id in milestone.invited and session.execute(query.limit(1)).first() is None


def without_the_uninvited(
    session: Session, going: list[Message], views: Views, now: datetime
) -> list[Message]:
    """Nobody is asked for an answer to an invitation that was taken back, or never arrived."""
    about = [
        message
        for message in going
        if message.kind == DutyKind.REMIND
        and not touched(message)
        and views[message.cycle_id].by_id[message.milestone or ""].kind is Kind.MEETING
    ]
    if not about:
        return going
    session.flush()
    past = _never_arrived(session, about)
    lapsed = [m for m in about if (unheard := past.get(m.id or 0)) and unheard[0].kind is DutyKind.INVITE]
    supersede(lapsed, now)
    gone = {message.id for message in lapsed}
    return [message for message in going if message.id not in gone]


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
    wanted: dict[tuple[str, str | None, str], list[int]] = defaultdict(list)
    for message in telling:  # two, where one takes back an entry that the other does not ask to
        wanted[message.cycle_id, message.milestone, message.person_id].append(message.id or 0)
    found: dict[int, list[Past]] = defaultdict(list)
    for row in session.execute(query):
        for target in wanted.get((row.cycle_id, row.milestone, row.person_id), ()):
            if row.id < target:
                _note(found[target], row)
    return found


def _note(past: list[Past], row: Any) -> None:
    """One message more that never arrived; one that did, or may have, makes those before it known."""
    if row.state in NEVER_ARRIVED:
        facts = row.facts or {}
        rides = {slug: told_as(was) for slug, was in facts.get("with", {}).items()}
        kind = DutyKind(facts.get("as", row.kind))
        past.append(Past(kind=kind, was=told_as(facts.get("was")), rides=rides))
    elif row.state != "waiting":
        past.clear()


def _state_of(carrier: Any) -> Any:
    """What became of a message: where a digest carried it, of that."""
    return func.coalesce(carrier.c.state, MESSAGE.c.state).label("state")
