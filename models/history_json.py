"""The history as plain values: an entry, and whether the record is what its history says."""

from datetime import tzinfo
from typing import Any

from sqlmodel import Session

from models.cycle import Cycle
from models.history import HistoryEntry
from models.proof import holds_head, verify

_KEPT = ("number", "type", "what", "phase", "milestone", "who", "count", "facts", "hash")


def entry_json(entry: HistoryEntry, zone: tzinfo) -> dict[str, Any]:
    """As `history show --json` has it; the moment is on the clocks of the cycle."""
    kept = {key: getattr(entry, key) for key in _KEPT}
    return {**kept, "at": entry.happened_at.astimezone(zone).isoformat()}


def is_about(entry: HistoryEntry, milestone: str) -> bool:
    """Whether an entry changed a milestone."""
    return entry.milestone == milestone or f"milestone/{milestone}" in entry.facts.get("changed", {})


def checked(session: Session, row: Cycle, head: str | None = None) -> dict[str, Any]:
    """Whether a cycle's chain and record hold, as `history verify --json` has it; `head` was noted elsewhere."""
    try:
        problems = verify(session, row.id)
        if head is not None and not holds_head(session, row.id, head):
            problems.append(f"{row.id}: no entry has the hash {head}: the history was written anew")
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        problems = [f"{row.id}: an entry cannot be read: {error}"]
    return {
        "cycle": row.id,
        "entries": row.history_length,
        "head": row.history_head,
        "problems": problems,
    }
