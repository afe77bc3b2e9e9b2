"""Whether the rounds that a cycle waits for came: one each morning on which something is due, one after each act."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from aarshjul.core.restraint import MORNING
from models.history import HistoryEntry
from models.standing import CUSTOMERS_ZONE, Standing

PATIENCE = timedelta(hours=1)
"""A round that begins at seven, or after an act, is over well within it."""


def is_late(found: Standing, acted: datetime | None, now: datetime) -> bool:
    """Whether a round that was due did not come; `acted` is when somebody last did something in the cycle.

    Rounds begin at seven on the clocks of Denmark, whatever the cycle's own zone. An act makes one due at once;
    where the morning's had come, its own is missed the next morning at the latest.
    """
    row = found.row
    if row.state != "active":
        return False
    moment = (row.played_until or now).astimezone(CUSTOMERS_ZONE)
    if row.last_round_at is None:
        return row.activated_at is None or moment > row.activated_at + PATIENCE
    morning = datetime.combine(moment.date(), MORNING, CUSTOMERS_ZONE)
    if moment <= morning + PATIENCE:
        morning -= timedelta(days=1)
    if row.next_due_on is None or row.next_due_on > morning.date() or row.last_round_at >= morning:
        return False
    if row.next_due_on == morning.date() and acted is not None and acted > morning:
        return moment > acted + PATIENCE  # it became due by that act, as it may have
    return True


def last_acts(session: Session, cycles: Iterable[str]) -> dict[str, datetime]:
    """When somebody last did something in each of these cycles."""
    query = (
        select(col(HistoryEntry.cycle_id), func.max(col(HistoryEntry.happened_at)))
        .where(col(HistoryEntry.cycle_id).in_(list(cycles)), col(HistoryEntry.type) == "act")
        .group_by(col(HistoryEntry.cycle_id))
    )
    return dict(session.execute(query).tuples().all())
