"""Real meetings and the milestones that they carry: which share a calendar entry, and locking all of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from models.meeting import Meeting
from models.milestone import CalendarEntry, Milestone


def entry_groups(session: Session, meetings: Iterable[str]) -> list[dict[int, str]]:
    """The milestones of these meetings that share a calendar entry: the cycles' ids by the milestones' keys."""
    query = (
        select(col(CalendarEntry.uid), col(Milestone.id), col(Milestone.cycle_id))
        .join(Milestone, col(Milestone.id) == col(CalendarEntry.milestone_id))
        .where(col(Milestone.meeting_id).in_(sorted(meetings)))
    )
    groups: dict[str, dict[int, str]] = defaultdict(dict)
    for uid, milestone, cycle in session.execute(query):
        groups[uid][milestone] = cycle
    return [group for group in groups.values() if len(group) > 1]


def meetings_of(session: Session, cycle_id: str, slug: str | None = None) -> set[str]:
    """The meetings that carry a cycle's milestones, or the one of that name."""
    where = [col(Milestone.cycle_id) == cycle_id, col(Milestone.meeting_id).is_not(None)]
    if slug is not None:
        where.append(col(Milestone.slug) == slug)
    return {
        meeting for meeting in session.scalars(select(col(Milestone.meeting_id)).where(*where)) if meeting
    }


def cycles_at(session: Session, meetings: Iterable[str]) -> set[str]:
    """The cycles of which these meetings carry milestones."""
    query = select(col(Milestone.cycle_id)).where(col(Milestone.meeting_id).in_(sorted(meetings)))
    return set(session.scalars(query.distinct()))


def lock_meetings(session: Session, meetings: Iterable[str]) -> None:
    """Hold meetings, in the one order: who ties or moves a milestone waits. Meetings are locked before cycles."""
    query = select(col(Meeting.id)).where(col(Meeting.id).in_(sorted(meetings))).order_by(col(Meeting.id))
    session.execute(query.with_for_update(key_share=True))


def sharers(session: Session, milestone_id: int) -> list[int]:
    """The milestones that have one calendar entry with this one, itself among them."""
    own = select(col(CalendarEntry.uid)).where(col(CalendarEntry.milestone_id) == milestone_id)
    query = select(col(CalendarEntry.milestone_id)).where(col(CalendarEntry.uid).in_(own))
    return list(session.scalars(query))


def highest_revision(session: Session, milestones: Sequence[int]) -> int:
    """The highest revision of some milestones."""
    query = select(func.max(col(Milestone.revision))).where(col(Milestone.id).in_(milestones))
    return session.scalar(query) or 0


def raise_together(session: Session, entry: CalendarEntry) -> None:
    """All that share an entry have its SEQUENCE, once it is the highest, and change when it does."""
    session.flush()
    behind = (col(CalendarEntry.uid) == entry.uid, col(CalendarEntry.sequence) < entry.sequence)
    session.execute(update(CalendarEntry).where(*behind).values(sequence=entry.sequence, stamp=entry.stamp))
