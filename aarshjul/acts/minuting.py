"""Acts on a meeting's minutes: what was said of a focus area, what is to change, and what became of that."""

import unicodedata

from sqlalchemy import func, select
from sqlmodel import col

from aarshjul.acts.about import known_goal
from aarshjul.acts.acting import Acting, ActRefused
from aarshjul.acts.dates import begins
from aarshjul.acts.hashing import content_hash
from aarshjul.core import cycle as core
from aarshjul.core.stages import ENDED
from aarshjul.files.problems import clipped, did_you_mean, or_rather
from aarshjul.files.process_forms import Minute, SettleTask
from models.dialogue import MinutesItem, Task
from models.dialogues import minutes_of, next_task, task_of, tasks_of
from models.draft import Draft
from models.milestone import Milestone

NOT_NAMED = {"da": "Står ikke længere i referatet", "en": "No longer in the minutes"}


def minute(acting: Acting, form: Minute) -> None:
    """The minutes of a meeting get an item about a focus area; each change in it becomes a task on the draft.

    An item that is there already is written anew only where that is meant (`replaces`): changes that it still
    names keep their tasks and numbers, open ones that it no longer names are declined, settled ones stay settled.
    """
    acting.needs(core.COORDINATOR)
    row = acting.milestone(form.milestone)
    has_begun(acting, row)
    if form.change and acting.cycle.stage in ENDED:
        raise ActRefused(f"the draft is {acting.cycle.stage}: nothing can be changed in it any more")
    goal = known_goal(acting, form.goal)
    item = _item(acting, row, form)
    was = content_hash(item.said) if item is not None else None
    if item is None:
        item = MinutesItem(
            milestone_id=row.id or 0,
            area=form.area,
            said=form.said,
            recorded_by=acting.by,
            recorded_at=acting.now,
        )
        acting.session.add(item)
    item.said, item.recorded_by, item.recorded_at = form.said, acting.by, acting.now
    dropped = _drop_tasks(acting, row, item.area, form.change)
    made = _make_tasks(acting, row, item.area, goal, form.change)
    acting.happened(
        "minuted",
        milestone=row,
        area=content_hash(item.area),
        was=was,
        to=content_hash(form.said),
        tasks=made or None,
        declined=dropped or None,
    )


def has_begun(acting: Acting, row: Milestone) -> None:
    """Refuse minutes of what is no meeting, was called off, or is still to come."""
    if row.kind == core.Kind.DEADLINE:
        meetings = sorted(each.id for each in acting.view.milestones if each.kind is not core.Kind.DEADLINE)
        raise ActRefused(
            f"{row.slug} is a deadline: nobody meets at it, and it has no minutes{or_rather(meetings, of='meetings')}"
        )
    if row.state == core.State.CANCELLED:
        raise ActRefused(f"{row.slug} is cancelled: there is nothing to write minutes of")
    if row.state == core.State.DONE:
        return
    if row.on is None or core.moment(row.on, row.at or "00:00", acting.view.zone) > acting.now:
        when = f"{row.on or 'without a date'} {row.at or ''}".strip()
        raise ActRefused(f"{row.slug} is {when}: minutes are written once it has begun")


def _item(acting: Acting, row: Milestone, form: Minute) -> MinutesItem | None:
    """The item that the minutes have about the area already, where it is to be replaced."""
    items = {_folded(each.area): each for each in minutes_of(acting.session, [row.id or 0])}
    item = items.get(_folded(form.area))
    if item is None and form.replaces:
        hint = (
            did_you_mean(form.area, [each.area for each in items.values()]) if items else "there are none yet"
        )
        raise ActRefused(f"the minutes of {row.slug} have no item about {clipped(form.area)}; {hint}")
    if item is not None and not form.replaces:
        raise ActRefused(
            f"the minutes of {row.slug} have an item about {clipped(item.area)} already: "
            "say `replaces` where it is to be written anew"
        )
    return item


def _folded(area: str) -> str:
    """Two ways of writing one title are one area."""
    return " ".join(unicodedata.normalize("NFC", area).casefold().split())


def _drop_tasks(acting: Acting, row: Milestone, area: str, named: tuple[str, ...]) -> list[int]:
    """Changes of the item that were not settled and are no longer named are declined, and say why."""
    dropped = [
        task for task in _tasks_of_item(acting, row, area) if task.state == "open" and task.text not in named
    ]
    for task in dropped:
        task.state, task.reason = "declined", NOT_NAMED[acting.cycle.language]
        task.settled_by, task.settled_at = acting.by, acting.now
        _task_settled(acting, row, task, "open")
    return [task.number for task in dropped]


def _make_tasks(
    acting: Acting, row: Milestone, area: str, goal: str | None, named: tuple[str, ...]
) -> list[int]:
    known = {task.text for task in _tasks_of_item(acting, row, area)}
    made = []
    for text in dict.fromkeys(named):
        if text not in known:
            made.append(next_task(acting.session, acting.cycle.id))
            acting.session.add(
                Task(
                    cycle_id=acting.cycle.id,
                    number=made[-1],
                    milestone_id=row.id or 0,
                    area=area,
                    goal=goal,
                    text=text,
                    made_by=acting.by,
                    made_at=acting.now,
                )
            )
            acting.session.flush()
    return made


def _tasks_of_item(acting: Acting, row: Milestone, area: str) -> list[Task]:
    tasks = tasks_of(acting.session, acting.cycle.id)
    return [task for task in tasks if task.milestone_id == row.id and task.area == area]


def settle_task(acting: Acting, form: SettleTask) -> None:
    """A change that a meeting wanted is made in a version after it, or declined with a reason."""
    acting.needs(core.COORDINATOR, core.HOLDER)
    task = task_of(acting.session, acting.cycle.id, form.task)
    if task is None:
        raise ActRefused(f"there is no task {form.task} in {acting.cycle.id}")
    was = task.state
    if (was, task.reason) == (form.outcome, form.reason):
        raise ActRefused(f"task {task.number} is {was} already")
    row = acting.session.get_one(Milestone, task.milestone_id)
    if form.outcome == "done" and not _has_newer_version(acting, row, task):
        raise ActRefused(
            f"no version of the draft was submitted after {row.slug}: task {task.number} cannot be done yet"
        )
    task.state, task.reason = form.outcome, form.reason
    task.draft_version = acting.cycle.draft_version if form.outcome == "done" else None
    task.settled_by, task.settled_at = acting.by, acting.now
    _task_settled(acting, row, task, was)


def _has_newer_version(acting: Acting, row: Milestone, task: Task) -> bool:
    """Whether a version came after the meeting began; of one without a time, after its day or after the minutes."""
    query = select(func.max(col(Draft.submitted_at))).where(col(Draft.cycle_id) == acting.cycle.id)
    latest = acting.session.scalar(query)
    if latest is None:
        return False
    beginning = begins(row, acting.view)
    return latest >= task.made_at or (beginning is not None and latest > beginning)


def _task_settled(acting: Acting, row: Milestone, task: Task, was: str) -> None:
    acting.happened(
        "task-settled",
        milestone=row,
        number=task.number,
        was=was,
        to=task.state,
        version=task.draft_version,
        reason=content_hash(task.reason) if task.reason else None,
    )
