"""Deadlines that an act makes: what follows up a request or a condition is a milestone, `about` what made it."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from aarshjul.acts.acting import Acting, keep_revision
from aarshjul.acts.dates import call_off
from aarshjul.acts.following import last_told, revise_and_tell
from aarshjul.core import cycle as core
from aarshjul.files.fields import LONGEST_ID, LONGEST_LINE
from models.milestone import Milestone
from models.rules_json import rule_to_json

AFTER_AND_BEFORE = (-7, -1, 1, 3)
"""When those who owe something that was asked for are reminded, in days from its date."""


def follow_up(
    acting: Acting,
    *,
    slug: str,
    title: str,
    due: date,
    owner: str,
    about: str,
    phase: core.Phase,
    remind: Collection[int] = AFTER_AND_BEFORE,
) -> Milestone:
    """A deadline for one person or role, who hears of it at once: on the day it is made it reminds for the first time.

    Args:
        acting: the act that makes it.
        slug: the id that is wanted; it gets a number where the cycle has one of that name.
        title: what is to be done, in the cycle's language.
        due: the day; not before today.
        owner: a person's id or a role.
        about: what it follows up, such as `request:1a` or `condition:2`.
        phase: where it belongs.
        remind: the offsets of its later reminders.
    """
    rows = acting.milestones()
    row = Milestone(
        cycle_id=acting.cycle.id,
        slug=_unique(slug, {each.slug for each in rows}),
        position=1 + max((each.position for each in rows), default=-1),
        title=title if len(title) <= LONGEST_LINE else f"{title[: LONGEST_LINE - 1]}…",
        phase=phase,
        kind=core.Kind.DEADLINE,
        rule=rule_to_json(due),
        on=due,
        last_on=due,
        owed_by=[owner],
        remind=_with_today(acting, due, remind),
        about=about,
    )
    acting.session.add(row)
    keep_revision(acting.session, row, "follow-up", acting.now)
    return row


def followed_up(acting: Acting, about: str) -> Milestone | None:
    """The milestone that follows something up, whatever its state; the latest where there were several."""
    query = select(Milestone).where(col(Milestone.cycle_id) == acting.cycle.id, col(Milestone.about) == about)
    return acting.session.scalars(query.order_by(col(Milestone.position).desc())).first()


def move_follow_up(
    acting: Acting,
    row: Milestone,
    due: date,
    owner: str | None = None,
    *,
    remind: Collection[int] = AFTER_AND_BEFORE,
    reason: str | None = None,
) -> None:
    """Another day, another owner, or both; one that was closed or called off is open again.

    A new day is told as any move is, a new owner hears of it as of a new one.
    """
    was = last_told(row)
    again = row.state != core.State.OPEN
    is_new = (owner is not None and [owner] != row.owed_by) or (again and due == was.on)
    row.owed_by = [owner] if owner is not None else row.owed_by
    if is_new:
        row.remind = _with_today(acting, due, remind)
    elif due != was.on:  # the reminder with which they first heard counted back from the day that was
        row.remind = sorted(remind)
    if due == row.on and not again:
        return
    row.state, row.on, row.last_on, row.anchored = core.State.OPEN, due, due, True
    if is_new:  # a reminder tells them, and no move of what they did not know or thought done with
        acting.revise(row, "move", reason)
        row.revised_at = None
    else:
        revise_and_tell(acting, row, was, "move", root=row.slug, reason=reason)


def close_follow_up(row: Milestone) -> None:
    """What it waited for is there: nobody owes anything at it any more. Nothing happens where it is closed."""
    if row.state == core.State.OPEN:
        row.state, row.on = core.State.DONE, row.on or row.last_on


def drop_follow_up(acting: Acting, row: Milestone, reason: str | None = None) -> None:
    """It is not waited for any more; who owed it is told."""
    if row.state == core.State.OPEN:
        call_off(acting, row, reason)


def _with_today(acting: Acting, due: date, remind: Collection[int]) -> list[int]:
    return sorted({(acting.today - due).days, *remind})


def _unique(slug: str, taken: Collection[str]) -> str:
    """The slug, or with the first number behind it that makes it a new one, as long as an id may be."""
    found, number = slug[:LONGEST_ID], 1
    while found in taken:
        number += 1
        end = f"-{number}"
        found = f"{slug[: LONGEST_ID - len(end)]}{end}"
    return found
