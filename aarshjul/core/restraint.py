"""When a message may go, who else gets a copy of it, and what is too urgent to be held back."""

from datetime import date, datetime, time, timedelta

from aarshjul.core.cycle import Action, Cycle, Kind, Member, Milestone, Telling, moment
from aarshjul.core.duties import Duty, DutyKind
from aarshjul.core.owing import owing

MORNING, MORNING_ENDS = time(7), time(8)
URGENT_WITHIN = 3  # working days after today
MORNINGS_SOUGHT = 400  # days: nobody's wishes hold a message for longer
NEXT_DAY = timedelta(days=1)

WAITS_FOR_A_MORNING = frozenset(
    {
        *(DutyKind.MOVED, DutyKind.CANCEL, DutyKind.INVITE, DutyKind.UPDATE, DutyKind.ESCALATE),
        *(DutyKind.DECIDED, DutyKind.RETURNED, DutyKind.REOPENED, DutyKind.SCORE),
    }
)
"""What somebody with a digest gets in the morning alone; reminders are of the morning anyhow."""
_ASKS = frozenset({DutyKind.REMIND, DutyKind.DIGEST})
_MAY_BE_URGENT = frozenset({DutyKind.INVITE, DutyKind.UPDATE, DutyKind.CANCEL, DutyKind.MOVED})


def not_before(cycle: Cycle, member: Member, duty: Duty, now: datetime) -> datetime | None:
    """The moment at which a message that is owed now may go to that person; None is at once.

    What falls on a day that is quiet for them, and for somebody with a digest what is not written in the
    morning, waits for their next morning: of a working day that is not quiet for them, and for a reminder not
    quiet in the cycle either. What is urgent does not wait.
    """
    if not member.digest and not member.quiet:
        return None  # nearly everybody
    today, clock = cycle.today(now), now.astimezone(cycle.zone).time()
    is_quiet = member.quiet.covers(today)
    is_morning = MORNING <= clock < MORNING_ENDS
    is_held = member.digest and duty.kind in WAITS_FOR_A_MORNING and not is_morning
    if not (is_quiet or is_held) or is_urgent(cycle, duty, now):
        return None
    first = today if clock < MORNING else today + NEXT_DAY
    return moment(_next_morning(cycle, member, duty, first), f"{MORNING:%H:%M}", cycle.zone)


def _next_morning(cycle: Cycle, member: Member, duty: Duty, first: date) -> date:
    """The first day on which this may be read; who wants none at all gets it on the first working day."""
    suits = cycle.days.is_usable if duty.kind in _ASKS else cycle.days.is_working
    days = (first + timedelta(days=count) for count in range(MORNINGS_SOUGHT))
    found = next((day for day in days if suits(day) and not member.quiet.covers(day)), None)
    return found or cycle.days.working_on_or_after(first)


def is_urgent(cycle: Cycle, duty: Duty, now: datetime) -> bool:
    """Whether a message goes at once, past digest and quiet days.

    So go a new invitation, a new date, time or place (a link to join stands there), and a cancellation, where
    the meeting, as it was told or as it is now, is today or within three working days. A confirmation alone
    is not urgent, nor is the date of a deadline.
    """
    return any(
        _line_is_urgent(cycle, line, now) for line in (duty, *duty.also) if line.kind in _MAY_BE_URGENT
    )


def _line_is_urgent(cycle: Cycle, line: Duty, now: datetime) -> bool:
    milestone = cycle.by_id.get(line.milestone or "")
    if milestone is None or not _is_met(milestone):
        return False
    telling = milestone.telling
    today = cycle.today(now)
    last = cycle.days.add(today, URGENT_WITHIN)
    days = (telling.on, line.was.on if line.was is not None else None)
    is_near = any(day is not None and today <= day <= last for day in days)
    return is_near and (
        line.kind is not DutyKind.UPDATE or _when_and_where(line.was) != _when_and_where(telling)
    )


def _is_met(milestone: Milestone) -> bool:
    """Whether people come together for it: a meeting, or a decision that they are invited to."""
    is_invited_to = Action.INVITE in milestone.actions or bool(milestone.invited)
    return milestone.kind is Kind.MEETING or (milestone.kind is Kind.DECISION and is_invited_to)


def _when_and_where(telling: Telling | None) -> tuple[object, ...] | None:
    return None if telling is None else (telling.on, telling.at, telling.ends, telling.place)


def copies_to(cycle: Cycle, member: Member, milestone: Milestone, today: date) -> str | None:
    """Who gets a copy of a reminder that goes to a member: the delegate in force on that day.

    None where there is none, where the delegate has left, or owes the same and is reminded of it themselves.
    """
    delegate = member.delegate_on(today)
    stand_in = cycle.by_person.get(delegate) if delegate is not None else None
    if stand_in is None or stand_in.left:
        return None
    reminded_anyway = any(each.person == delegate for each in owing(cycle, milestone, today))
    return None if reminded_anyway else delegate
