"""Writing history and checking it: each entry carries the hash of the one before, the cycle's row the head."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import Session, col

from models.cycle import Cycle
from models.history import HistoryEntry, entry_hash

_ENTRY = HistoryEntry.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One thing to write down. `what` is an act in the past tense or a duty kind; `who` a person's id or roles."""

    type: str
    what: str
    phase: str | None = None
    milestone: str | None = None
    who: str | None = None
    count: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)


def chained(
    cycle_id: str, length: int, head: str, events: Iterable[Event], now: datetime
) -> tuple[list[dict[str, Any]], int, str]:
    """The rows of new entries behind a head, with the new length and head."""
    rows = []
    for happened in events:
        length += 1
        row = {
            "cycle_id": cycle_id,
            "number": length,
            "happened_at": now,
            "type": happened.type,
            "what": happened.what,
            "phase": happened.phase,
            "milestone": happened.milestone,
            "who": happened.who,
            "count": happened.count,
            "facts": happened.facts,
            "previous": head,
        }
        head = row["hash"] = entry_hash(row)
        rows.append(row)
    return rows, length, head


def append(session: Session, cycle: Cycle, events: list[Event], now: datetime) -> None:
    """Write entries behind the head of a cycle whose row the caller has locked."""
    rows, cycle.history_length, cycle.history_head = chained(
        cycle.id, cycle.history_length, cycle.history_head, events, now
    )
    if rows:
        session.execute(insert(_ENTRY), rows)


def verify(session: Session, cycle_id: str) -> list[str]:
    """What is wrong with a cycle's chain, a sentence each; none where it holds."""
    cycle = session.get(Cycle, cycle_id)
    if cycle is None:
        return [f"{cycle_id}: there is no such cycle, but history may be left of it"]
    problems, head, expected = [], "", 1
    query = (
        select(HistoryEntry).where(col(HistoryEntry.cycle_id) == cycle_id).order_by(col(HistoryEntry.number))
    )
    for entry in session.scalars(query):
        if entry.number != expected:
            problems.append(f"{cycle_id}: entry {expected} is missing")
            expected = entry.number
        if entry.previous != head:
            problems.append(f"{cycle_id}: entry {entry.number} does not follow the one before it")
        if entry_hash(entry.model_dump()) != entry.hash:
            problems.append(f"{cycle_id}: entry {entry.number} was changed")
        head, expected = entry.hash, expected + 1
    if cycle.history_length != expected - 1 or cycle.history_head != head:
        problems.append(
            f"{cycle_id}: the chain ends at entry {expected - 1}, the cycle at {cycle.history_length}"
        )
    return problems
