"""What a person has to do, from the record: the deadlines and decisions that they owe, done or not.

Whether somebody comes to a meeting is asked by its invitation, which calendars answer themselves: it is no task.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session

from aarshjul.core.cycle import Kind
from aarshjul.core.stages import Outcome
from calendars.item import occasion, uid_of
from calendars.occasions import page_of
from calendars.rows import Frame, Row
from calendars.task import Task, TaskStatus
from calendars.telling import Teller
from calendars.terms import COLOURS
from calendars.zones import shared_zone
from models.loading import COMPLETION, DECISION, MILESTONE


@dataclass(kw_only=True, slots=True)
class Doings:
    """What was done and decided: `mine` is when a person did their part of a milestone, `last` when anybody did.

    `decided` holds each body's decisions at a milestone (when, and whether it closed the matter); `voided` when those
    of a cycle fell.
    """

    mine: dict[int, datetime] = field(default_factory=dict)
    last: dict[int, datetime] = field(default_factory=dict)
    decided: dict[int, list[tuple[str, datetime, bool]]] = field(default_factory=lambda: defaultdict(list))
    voided: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))


def doings_of(session: Session, frames: Sequence[Frame], person_id: str) -> Doings:
    """What was done in these cycles, by two queries."""
    ids, found = [frame.id for frame in frames], Doings()
    done = (
        select(COMPLETION.c.milestone_id, COMPLETION.c.person_id, COMPLETION.c.done_at)
        .join(MILESTONE, MILESTONE.c.id == COMPLETION.c.milestone_id)
        .where(MILESTONE.c.cycle_id.in_(ids))
    )
    for milestone, person, at in session.execute(done):
        found.last[milestone] = max(at, found.last.get(milestone, at))
        if person == person_id:
            found.mine[milestone] = at
    columns = ("cycle_id", "milestone_id", "body", "outcome", "decided_at", "void_at")
    decisions = select(*(DECISION.c[name] for name in columns)).where(DECISION.c.cycle_id.in_(ids))
    for cycle, milestone, body, outcome, at, void_at in session.execute(decisions.order_by(DECISION.c.id)):
        stands = void_at is None and outcome != Outcome.POSTPONED
        if milestone is not None:
            found.decided[milestone].append((body, at, stands))
        if void_at is not None:
            found.voided[cycle].append(void_at)
    return found


def tasks_of(
    tellers: dict[str, Teller], rows: Iterable[Row], doings: Doings, person_id: str, web_url: str | None
) -> list[Task]:
    """The person's tasks among these milestones.

    One that waits for a date is none yet, and what a cycle left undone when it was closed is none any more.
    """
    owed = [
        row
        for row in rows
        if row.dated and row.kind != Kind.MEETING and _owed(tellers[row.cycle_id].frame, row)
    ]
    tasks = [(row, _task(tellers[row.cycle_id], row, doings, person_id, web_url)) for row in owed]
    return [task for row, task in tasks if tellers[row.cycle_id].frame.state == "active" or not task.is_open]


def _owed(frame: Frame, row: Row) -> frozenset[str]:
    """The roles of the person that owe something there."""
    return frozenset(row.owed_by) & (frame.roles or frozenset())


def _task(teller: Teller, row: Row, doings: Doings, person_id: str, web_url: str | None) -> Task:
    frame, decided, voided = teller.frame, doings.decided[row.id], doings.voided[row.cycle_id]
    at = _done_at(frame, row, doings)
    status = _status(row, done=at is not None or row.state == "done" or _is_decided(frame, row, doings))
    moments = [row.stamp, *voided, *(when for _, when, _ in decided), *([at] if at is not None else ())]
    # A revision counts twice, so that the number rises where it re-opens what was done; so does what fell.
    sequence = 2 * (row.sequence + len(voided)) + len(decided) + (status is TaskStatus.COMPLETED)
    return Task(
        uid=uid_of(row.cycle_id, row.slug, person_id, "task"),
        event=row.uid,
        sequence=sequence,
        stamp=max(moments),
        title=row.title,
        due=occasion(row.telling, frame.timezone)[0],
        status=status,
        completed=at if status is TaskStatus.COMPLETED else None,
        description=teller.about(row),
        categories=(teller.phase(row), teller.kind(row)),
        url=page_of(frame, web_url),
        language=teller.language,
        zone=shared_zone(frame.timezone),
        colour=COLOURS[row.kind],
    )


def _status(row: Row, *, done: bool) -> TaskStatus:
    if row.cancelled:
        return TaskStatus.CANCELLED
    return TaskStatus.COMPLETED if done else TaskStatus.NEEDS_ACTION


def _is_decided(frame: Frame, row: Row, doings: Doings) -> bool:
    """Whether each body in which the person owes a decision has taken it."""
    have = {body for body, _, stands in doings.decided[row.id] if stands}
    return row.kind == Kind.DECISION and _owed(frame, row) <= have


def _done_at(frame: Frame, row: Row, doings: Doings) -> datetime | None:
    """When it was done, as far as the record says: by the person, by the body, or by others for all."""
    if row.id in doings.mine:
        return doings.mine[row.id]
    standing = [at for _, at, stands in doings.decided[row.id] if stands]
    if standing and (_is_decided(frame, row, doings) or row.state == "done"):
        return max(standing)
    return doings.last.get(row.id) if row.state == "done" else None
