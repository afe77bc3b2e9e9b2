"""Recording: what a chapter owes becomes messages, invitations and history, many cycles a transaction."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlmodel import Session

from aarshjul.core import cycle as core
from aarshjul.core.duties import Duty, DutyKind
from aarshjul.core.restraint import not_before
from aarshjul.core.sharing import wants
from aarshjul.rounds.plans import Plan
from aarshjul.rounds.scoring import freeze, publish
from models.chain import Event, chained
from models.history import HistoryEntry
from models.json_values import told_json
from models.ledger import MESSAGE, SERVED, earliest, waiting_days
from models.loading import CYCLE, INVITATION, MILESTONE, NOTICE, tables

(HISTORY,) = tables(HistoryEntry)
LONGEST_HOLD = timedelta(days=1)
CALENDAR_KINDS = frozenset({DutyKind.INVITE, DutyKind.UPDATE, DutyKind.CANCEL})


class Rows:
    """The rows that a set of duties becomes, gathered to be written in a handful of statements."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.messages: list[dict[str, Any]] = []
        self.served: list[dict[str, Any]] = []
        self.invitations: list[dict[str, Any]] = []
        self.history: list[dict[str, Any]] = []
        self.heads: list[dict[str, Any]] = []
        self.told: list[dict[str, Any]] = []
        self.notices: list[int] = []

    def write(self, session: Session) -> None:
        """Write all of it."""
        shapes: dict[tuple[bool, bool], list[dict[str, Any]]] = {}
        for message in self.messages:  # most have neither of two columns: so much less to write
            shapes.setdefault(("facts" in message, "not_before" in message), []).append(message)
        for messages in shapes.values():
            session.execute(insert(MESSAGE), messages)
        if self.served:
            session.execute(_insert_once(session, SERVED), self.served)
        if self.invitations:
            session.execute(_upsert_invitations(session), self.invitations)
        if self.history:
            session.execute(insert(HISTORY), self.history)
        if self.heads:
            by_id = update(CYCLE).where(CYCLE.c.id == bindparam("_id"))
            session.connection().execute(
                by_id.values(history_length=bindparam("_length"), history_head=bindparam("_head")), self.heads
            )
        if self.told:
            by_row = update(MILESTONE).where(MILESTONE.c.id == bindparam("_row"))
            session.connection().execute(by_row.values(told_on=bindparam("_on")), self.told)
        if self.notices:
            session.execute(delete(NOTICE).where(NOTICE.c.id.in_(self.notices)))


def _insert_once(session: Session, table: Any) -> Any:
    make = insert_sqlite if session.get_bind().dialect.name == "sqlite" else insert_postgresql
    return make(table).on_conflict_do_nothing()


def _upsert_invitations(session: Session) -> Any:
    make = insert_sqlite if session.get_bind().dialect.name == "sqlite" else insert_postgresql
    statement = make(INVITATION)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["milestone_id", "person_id"],
        set_={name: new[name] for name in ("told", "told_on", "sequence", "withdrawn")},
    )


def record(
    session: Session, plans: Sequence[Plan], phase: core.Phase, kinds: frozenset[DutyKind], now: datetime
) -> int:
    """Do what these cycles owe in a phase, of these kinds; a cycle in which somebody acted meanwhile is passed over.

    Returns:
        How many messages were written.
    """
    current = _lock(session, plans)
    rows = Rows(now)
    for plan in _held(plans, current):
        mine = [duty for duty in plan.duties.get(phase, ()) if duty.kind in kinds]
        if mine:
            _gather(session, rows, plan, mine, current[plan.cycle.id])
    rows.write(session)
    return len(rows.messages)


def take_notices_away(session: Session, plans: Sequence[Plan], phase: core.Phase, now: datetime) -> int:
    """What people were told once is not told again; reminders of the new revision count from today.

    Returns:
        How many notices there were.
    """
    current = _lock(session, plans)
    rows = Rows(now)
    for plan in _held(plans, current):
        for notice in plan.notices:
            milestone = plan.cycle.by_id[notice.milestone]
            if milestone.phase is phase:
                rows.notices.append(notice.id)
                if notice.kind == DutyKind.MOVED:
                    rows.told.append({"_row": milestone.row, "_on": plan.cycle.today(now)})
    rows.write(session)
    return len(rows.notices)


def _lock(session: Session, plans: Sequence[Plan]) -> dict[str, Any]:
    """Hold the cycles of some plans, and those with which they share meetings, in the order in which acts do."""
    ids = {name for plan in plans if not plan.void for name in (plan.cycle.id, *plan.cycle.tied)}
    columns = (CYCLE.c.id, CYCLE.c.round_wanted, CYCLE.c.history_length, CYCLE.c.history_head)
    query = select(*columns).where(CYCLE.c.id.in_(ids)).order_by(CYCLE.c.id).with_for_update()
    return {row.id: row for row in session.execute(query)}


def _held(plans: Sequence[Plan], current: dict[str, Any]) -> list[Plan]:
    """The plans that are still about what is so; where somebody acted meanwhile, here or beside it, one is void."""
    for plan in plans:
        head = current.get(plan.cycle.id)
        if plan.void or head is None or (head.round_wanted, head.history_length) != plan.seen:
            plan.void = True
        for name in plan.cycle.tied:
            other = current.get(name)
            if other is None or (other.round_wanted, other.history_length) != plan.all_seen.get(name):
                plan.void = True
    return [plan for plan in plans if not plan.void]


def _gather(session: Session, rows: Rows, plan: Plan, duties: list[Duty], head: Any) -> None:
    members = {member.person: member for member in plan.cycle.members}
    groups: dict[tuple[Any, ...], list[Duty]] = {}
    for duty in duties:
        groups.setdefault((duty.milestone, duty.kind, duty.offset, duty.revision), []).append(duty)
    events = []
    for (slug, kind, offset, revision), group in groups.items():
        milestone = plan.cycle.by_id.get(slug)
        facts = {"offset": offset} if offset is not None else {}
        facts |= {"revision": revision} if revision is not None else {}
        people = [members[duty.person] for duty in group if duty.person is not None]
        if kind is DutyKind.SCORE and milestone is not None and any(duty.person is None for duty in group):
            facts |= freeze(session, plan.cycle, milestone, rows.now)
        if kind is DutyKind.PUBLISH and milestone is not None:
            facts |= publish(session, plan.cycle.id, milestone, plan.cycle.today(rows.now))
        for duty in group:
            if duty.person is not None:
                _message(rows, plan, members[duty.person], duty, milestone)
        events.append(
            Event(
                type="duty",
                what=str(kind),
                phase=str(milestone.phase if milestone else plan.phase),
                milestone=slug,
                who=_told_roles(people, milestone),
                count=len(people) if people else None,
                facts=facts,
            )
        )
    made, length, last = chained(plan.cycle.id, head.history_length, head.history_head, events, rows.now)
    rows.history += made
    rows.heads.append({"_id": plan.cycle.id, "_length": length, "_head": last})
    plan.seen = plan.all_seen[plan.cycle.id] = (plan.seen[0], length)


def _told_roles(people: list[core.Member], milestone: core.Milestone | None) -> str | None:
    """The roles that a message went to, as the milestone names them (an escalation goes to others)."""
    have = frozenset().union(*(member.roles for member in people))
    named = tuple(dict.fromkeys(milestone.for_ + milestone.owed_by)) if milestone else ()
    roles = [role for role in named if role in have]
    extra = [role for role in (core.COORDINATOR, core.HOLDER, core.WORKING_GROUP) if role in have]
    return ", ".join(roles or extra or sorted(have)) or None


def _message(
    rows: Rows, plan: Plan, member: core.Member, duty: Duty, milestone: core.Milestone | None
) -> None:
    also = [line.key for line in duty.also]
    key, kind, facts = duty.key, str(duty.kind), _facts(plan, duty, also)
    waits_until = _waits_until(plan, member, duty, rows.now)
    for channel in member.channels:
        rows.messages.append(
            {
                "key": key,
                "channel": channel,
                "cycle_id": plan.cycle.id,
                "milestone": duty.milestone,
                "revision": duty.revision,
                "kind": kind,
                "offset": None if duty.offset is None else str(duty.offset),
                "person_id": member.person,
                "owed_at": rows.now,
            }
        )
        if facts is not None:
            rows.messages[-1]["facts"] = facts
        if waits_until is not None:
            rows.messages[-1]["not_before"] = waits_until
    if also:
        rows.served += [{"key": line, "message_key": key} for line in also]
    if duty.kind in CALENDAR_KINDS and milestone is not None and member.person is not None:
        _invitation(rows, plan, member, duty, milestone)


def _waits_until(plan: Plan, member: core.Member, duty: Duty, now: datetime) -> datetime | None:
    """When it may go, where that is later: once it can no longer be taken back, and on a day that suits its reader."""
    wished = not_before(plan.cycle, member, duty, now)
    held = plan.held_until
    # A round for another day than that of the act, done by hand, has nothing to wait for.
    if held is None or not now < held <= now + LONGEST_HOLD:
        return wished
    return held if wished is None else max(held, wished)


def _facts(plan: Plan, duty: Duty, also: list[str]) -> dict[str, Any] | None:
    """What the words need and the record would not tell later: what was known before, and what rode along."""
    if not also and duty.was is None and duty.notice is None and duty.kind is not DutyKind.CANCEL:
        return None
    facts: dict[str, Any] = {}
    if also:
        facts["also"] = also
    if duty.was is not None:
        facts["was"] = told_json(duty.was)
    moved = {
        line.milestone: told_json(line.was) for line in duty.also if line.was is not None and line.milestone
    }
    if moved:
        facts["with"] = moved
    if duty.notice is not None:
        facts |= next((dict(notice.facts) for notice in plan.cycle.notices if notice.id == duty.notice), {})
    if duty.kind is DutyKind.CANCEL and duty.milestone is not None:
        facts["goes_on"] = plan.cycle.by_id[duty.milestone].state is core.State.OPEN
    return facts or None


def _invitation(rows: Rows, plan: Plan, member: core.Member, duty: Duty, milestone: core.Milestone) -> None:
    if duty.notice is not None:  # a cancelled deadline: nobody was invited to it
        return
    for cycle, each in milestone.shares or ((plan.cycle, milestone),):
        known = each.invited.get(member.person)
        # Who is told of a meeting is told of all that it carries for them.
        also_asked = duty.kind is not DutyKind.CANCEL and cycle.active and wants(cycle, each, member.person)
        if each is milestone or known is not None or also_asked:
            rows.invitations.append(_told(rows, cycle, each, member.person, known, duty))


def _told(
    rows: Rows,
    cycle: core.Cycle,
    milestone: core.Milestone,
    person: str,
    known: core.Invited | None,
    duty: Duty,
) -> dict[str, Any]:
    gone = duty.kind is DutyKind.CANCEL
    return {
        "milestone_id": milestone.row,
        "person_id": person,
        "told": None if gone else told_json(milestone.telling),
        "told_on": cycle.today(rows.now),
        "sequence": milestone.sequence,
        "partstat": "needs-action",
        "withdrawn": (known.withdrawn if known else 0) + gone,
    }


def settle(session: Session, plans: Sequence[Plan], now: datetime) -> None:
    """Say when each cycle wants the next look; one that somebody changed meanwhile stays due."""
    settled = [plan for plan in plans if not plan.void and not plan.again]
    waiting = waiting_days(session, {plan.cycle.id: plan.cycle.zone for plan in settled}, now)
    rows = [
        {
            "_id": plan.cycle.id,
            "_wanted": plan.seen[0],
            "_next": earliest(plan.next_due_on, waiting.get(plan.cycle.id)),
            "_now": now,
        }
        for plan in settled
    ]
    if rows:
        which = and_(CYCLE.c.id == bindparam("_id"), CYCLE.c.round_wanted == bindparam("_wanted"))
        by_id = update(CYCLE).where(which)
        by_id = by_id.values(next_due_on=bindparam("_next"), last_round_at=bindparam("_now"))
        session.connection().execute(by_id, rows)
