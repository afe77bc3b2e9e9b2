"""What is asked of the record about meetings' minutes and the changes they want; also which changes are still open."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlmodel import Session, col

from models.dialogue import MinutesItem, Task


def open_tasks(session: Session, cycle_id: str) -> list[Task]:
    """The changes that meetings want and that are neither done nor declined yet, by number."""
    return [task for task in tasks_of(session, cycle_id) if task.state == "open"]


def tasks_of(session: Session, cycle_id: str) -> list[Task]:
    """All changes that meetings wanted of a cycle's draft, by number."""
    query = select(Task).where(col(Task.cycle_id) == cycle_id).order_by(col(Task.number))
    return list(session.scalars(query))


def task_of(session: Session, cycle_id: str, number: int) -> Task | None:
    """One change that a meeting wanted, by its number in the cycle."""
    query = select(Task).where(col(Task.cycle_id) == cycle_id, col(Task.number) == number)
    return session.scalars(query).one_or_none()


def next_task(session: Session, cycle_id: str) -> int:
    """The number of the cycle's next task."""
    query = select(func.max(col(Task.number))).where(col(Task.cycle_id) == cycle_id)
    return (session.scalar(query) or 0) + 1


def minutes_of(session: Session, milestones: Sequence[int]) -> list[MinutesItem]:
    """The items of the minutes of these milestones, in the order in which they were first written."""
    query = select(MinutesItem).where(col(MinutesItem.milestone_id).in_(milestones))
    return list(session.scalars(query.order_by(col(MinutesItem.id))))
