"""Looking: which cycles have something due, and what each of them owes now."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session

from aarshjul.core import cycle as core
from aarshjul.core.duties import Duty, DutyKind
from aarshjul.core.owed import digested, due, heard_today, next_due
from models.ledger import done_before
from models.loading import CYCLE, load_cycles

CHUNK = 400  # cycles a transaction: large enough to be quick, small enough to hold few locks
EAST = timedelta(hours=14)  # so far ahead of UTC is the earliest clock on earth

Item = TypeVar("Item")
Seen = tuple[int, int]


@dataclass(kw_only=True, slots=True)
class Plan:
    """What one cycle owes at the moment of a round, as it stood when it was looked at.

    `seen` is the pair (round_wanted, history_length) that was read: where the cycle has another one when the
    plan is carried out, somebody acted in between, the plan is void and the round looks again. Until `held_until` what
    an act caused can be taken back. `all_seen` are the pairs of all cycles that a pass has read: what happened in one
    with which this one shares meetings makes this plan void as well.
    """

    cycle: core.Cycle
    seen: Seen
    all_seen: dict[str, Seen] = field(default_factory=dict)
    phase: core.Phase
    duties: dict[core.Phase, list[Duty]] = field(default_factory=dict)
    notices: tuple[core.Notice, ...] = ()
    next_due_on: date | None = None
    held_until: datetime | None = None
    void: bool = False
    again: bool = False


def chunks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items, so many at a time."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def due_cycles(session: Session, now: datetime) -> list[str]:
    """The ids of the cycles with something due on their own clocks' day, by one indexed look."""
    query = select(CYCLE.c.id, CYCLE.c.next_due_on, CYCLE.c.timezone).where(
        CYCLE.c.state.in_(("active", "closed")),
        CYCLE.c.next_due_on.is_not(None),
        CYCLE.c.next_due_on <= (now + EAST).date(),
    )
    rows = session.execute(query).all()
    today = {zone: now.astimezone(ZoneInfo(zone)).date() for zone in {row.timezone for row in rows}}
    return sorted(row.id for row in rows if row.next_due_on <= today[row.timezone])


def look(session: Session, ids: Sequence[str], now: datetime, all_seen: dict[str, Seen]) -> list[Plan]:
    """What these cycles owe now, less what was done before; how far each had come is noted in `all_seen`."""
    rows = _read(session, ids)
    cycles = load_cycles(session, ids)
    others = {other for cycle in cycles.values() for other in cycle.tied} - rows.keys()
    if others:  # what is read of them must not be newer than how far we say that they had come
        rows |= _read(session, sorted(others))
        cycles = load_cycles(session, ids)
    for name, row in rows.items():
        all_seen.setdefault(name, (row.round_wanted, row.history_length))
    owed_now = {name: {duty.key: duty for duty in due(cycle, now)} for name, cycle in cycles.items()}
    done = done_before(session, [key for duties in owed_now.values() for key in duties])
    return [_plan(cycles[name], rows[name], duties, done, now, all_seen) for name, duties in owed_now.items()]


def _read(session: Session, ids: Sequence[str]) -> dict[str, Any]:
    columns = (CYCLE.c.id, CYCLE.c.round_wanted, CYCLE.c.history_length, CYCLE.c.held_until)
    return {row.id: row for row in session.execute(select(*columns).where(CYCLE.c.id.in_(ids)))}


def _plan(
    cycle: core.Cycle,
    row: Any,
    duties: dict[str, Duty],
    done: set[str],
    now: datetime,
    all_seen: dict[str, Seen],
) -> Plan:
    left = digested(cycle, [duty for key, duty in duties.items() if key not in done], now)
    heard = {milestone.id for milestone in heard_today(cycle, now)}
    phase = core.phase_of(cycle.milestones)
    plan = Plan(
        cycle=cycle,
        seen=(row.round_wanted, row.history_length),
        all_seen=all_seen,
        phase=phase,
        notices=tuple(notice for notice in cycle.notices if notice.milestone in heard),
        next_due_on=next_due(cycle, now),
        held_until=row.held_until,
    )
    for duty in left:
        where = cycle.by_id[duty.milestone].phase if duty.milestone is not None else phase
        plan.duties.setdefault(where, []).append(duty)
    for notice in plan.notices:
        plan.duties.setdefault(cycle.by_id[notice.milestone].phase, [])
    # A run makes scores that can be published, a late act new findings: look once more after it.
    plan.again = any(duty.kind is DutyKind.SCORE for duty in left)
    return plan
