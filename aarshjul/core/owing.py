"""Who still owes something at a milestone, since when they know of it, and when they are reminded."""

from datetime import date, datetime, timedelta

from aarshjul.core.cycle import Cycle, Kind, Member, Milestone, State, Telling, moment
from aarshjul.core.working_days import WorkingDays


def owing(cycle: Cycle, milestone: Milestone, today: date) -> list[Member]:
    """Who still owes something at a milestone: an answer, a decision, or something handed in.

    A meeting is owed any answer, by the invitee or the delegate; a decision ends for a whole body with its
    `decide`; a deadline with `done` or with what stands in its place.
    """
    if milestone.state is not State.OPEN:
        return []
    if milestone.kind is Kind.MEETING:
        if milestone.on is None or milestone.on < today:
            return []
        return [m for m in cycle.people(milestone.owed_by) if not answered(milestone, m.person)]
    if milestone.kind is Kind.DECISION:
        roles = tuple(role for role in milestone.owed_by if role not in milestone.decided_by)
        return [m for m in cycle.people(roles) if m.person not in milestone.done_by]
    return [m for m in cycle.people(milestone.owed_by) if m.person not in milestone.done_by]


def reminder_day(milestone: Milestone, offset: int, days: WorkingDays) -> date | None:
    """The day of a reminder: before the date it goes back to a working day, after it forward to one."""
    if milestone.on is None:
        return None
    wanted = milestone.on + timedelta(days=offset)
    seek = days.usable_on_or_after if offset > 0 else days.usable_on_or_before
    return seek(wanted, even_off=milestone.even_on_days_off)


def is_over(cycle: Cycle, occasion: Milestone | Telling, now: datetime) -> bool:
    """Whether the time of a milestone, or of what was told of it, has passed: its end, its beginning or its day."""
    if occasion.on is None:
        return False
    clock = occasion.ends or occasion.at
    if clock is None:
        return cycle.today(now) > occasion.on
    return now >= moment(occasion.on, clock, cycle.zone)


def heard_on(milestone: Milestone, person: str) -> date | None:
    """The day on which a person heard of the present revision; reminders up to it have lapsed."""
    invited = milestone.invited.get(person)
    told_on = None if invited is None else invited.told_on
    if milestone.revision == 1 or milestone.revised_on is None:
        return told_on
    revised_on = milestone.told_on or milestone.revised_on
    return revised_on if told_on is None else max(told_on, revised_on)


def answered(milestone: Milestone, person: str) -> bool:
    """Whether that person's invitation has any answer."""
    invited = milestone.invited.get(person)
    return invited is not None and invited.answered
