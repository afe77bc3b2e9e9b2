"""What others did since somebody was last here: how much of it in each cycle, and the newest of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from aarshjul.web.board.history_view import Happening, Telling
from models.history import HistoryEntry
from models.standing import Standing

NEWEST = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """What happened in one cycle; `newest` are a few of it, the latest first."""

    cycle: str
    title: str
    count: int
    newest: tuple[Happening, ...]


def news(
    session: Session,
    found: Sequence[Standing],
    names: Mapping[str, str],
    language: str,
    *,
    person: str,
    since: datetime,
) -> tuple[News, ...]:
    """The cycles in which others did something after a moment, the most of it first; one question for all of them."""
    known = {each.row.id: each for each in found}
    ranked = (
        select(
            col(HistoryEntry.id),
            func.count().over(partition_by=col(HistoryEntry.cycle_id)).label("count"),
            func.row_number()
            .over(partition_by=col(HistoryEntry.cycle_id), order_by=col(HistoryEntry.number).desc())
            .label("place"),
        )
        .where(
            col(HistoryEntry.cycle_id).in_(sorted(known)),
            col(HistoryEntry.happened_at) > since,
            or_(col(HistoryEntry.who).is_(None), col(HistoryEntry.who) != person),
        )
        .subquery()
    )
    query = (
        select(HistoryEntry, ranked.c.count)
        .join(ranked, ranked.c.id == col(HistoryEntry.id))
        .where(ranked.c.place <= NEWEST)
        .order_by(ranked.c.place)
    )
    entries: dict[str, list[HistoryEntry]] = {}
    counts: dict[str, int] = {}
    for entry, count in session.execute(query).tuples():
        entries.setdefault(entry.cycle_id, []).append(entry)
        counts[entry.cycle_id] = count
    rows = (
        News(
            cycle=name,
            title=known[name].row.title,
            count=counts[name],
            newest=tuple(Telling(known[name], names, language).of(each) for each in newest),
        )
        for name, newest in entries.items()
    )
    return tuple(sorted(rows, key=lambda each: (-each.count, each.title, each.cycle)))
