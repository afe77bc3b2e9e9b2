"""The heart: given all that has happened in a cycle, what is owed today, and when is the next thing due?"""

from collections.abc import Container, Iterator
from datetime import date, datetime, timedelta

from aarshjul.core.cycle import (
    BOARD,
    BODIES,
    COORDINATOR,
    HOLDER,
    Action,
    Cycle,
    Kind,
    Member,
    Milestone,
    State,
    moment,
)
from aarshjul.core.duties import Duty, DutyKind
from aarshjul.core.owing import heard_on, owing, reminder_day
from aarshjul.core.sharing import reminds
from aarshjul.core.tellings import folded, invitations, noticed

ESCALATE_AFTER = 3  # working days after a date was missed
CHAIRS_AFTER = 3  # working days later still, while somebody owes something
TELLS_THE_DATE = frozenset(
    {DutyKind.INVITE, DutyKind.UPDATE, DutyKind.MOVED, DutyKind.CANCEL, DutyKind.REOPENED}
)
"""Who gets one of these is not reminded of the same milestone on the same day."""
LEFT_AFTER_CLOSING = frozenset({DutyKind.CANCEL, DutyKind.DECIDED, DutyKind.PUBLISH})


def owed(cycle: Cycle, history: Container[str], now: datetime) -> list[Duty]:
    """Everything that is owed at a moment and not done yet.

    Args:
        cycle: the cycle as it stands.
        history: the keys of all duties that were done before.
        now: the moment, aware.
    """
    return [duty for duty in due(cycle, now) if duty.key not in history]


def due(cycle: Cycle, now: datetime) -> list[Duty]:
    """Everything that the state of a cycle asks for at a moment, whether or not it was done before.

    A closed cycle takes meetings to come out of people's calendars, and still tells and publishes what was
    decided just before it was closed; a draft is silent.
    """
    return _due(cycle, now, heard_today(cycle, now))


def _due(cycle: Cycle, now: datetime, open_for_mail: list[Milestone]) -> list[Duty]:
    if not cycle.active and not cycle.closed:
        return []
    today = cycle.today(now)
    told = [duty for milestone in open_for_mail for duty in invitations(cycle, milestone, now)]
    told = folded(cycle, told + noticed(cycle, {m.id for m in open_for_mail}, told, now))
    if cycle.closed:
        published = [
            duty
            for milestone in open_for_mail
            if milestone.state is State.DONE
            for duty in _system(cycle, milestone, today)
        ]
        return [duty for duty in told + published if duty.kind in LEFT_AFTER_CLOSING]
    hears = {
        (line.milestone, line.person) for duty in told for line in _lines(duty) if line.kind in TELLS_THE_DATE
    }
    duties = list(told)
    for milestone in open_for_mail:
        duties += _system(cycle, milestone, today)
        duties += [d for d in _reminders(cycle, milestone, now) if (d.milestone, d.person) not in hears]
        duties += _escalations(cycle, milestone, today)
    return duties


def _lines(duty: Duty) -> tuple[Duty, ...]:
    """A message's own duty and those that it serves as well."""
    return duty, *duty.also


def digested(cycle: Cycle, duties: list[Duty], now: datetime) -> list[Duty]:
    """For those who want it, the reminders of one round as one message (where there is more than one).

    Its offset is the minute of the round: an act may make further reminders due on the same day.
    """
    wants = {member.person for member in cycle.members if member.digest}
    if not wants:
        return duties
    mine: dict[str, list[Duty]] = {}
    for duty in duties:
        if duty.kind is DutyKind.REMIND and duty.person in wants and duty.person is not None:
            mine.setdefault(duty.person, []).append(duty)
    several = {person: lines for person, lines in mine.items() if len(lines) > 1}
    if not several:
        return duties
    single = [d for d in duties if d.kind is not DutyKind.REMIND or d.person not in several]
    minute = int(now.astimezone(cycle.zone).strftime("%y%m%d%H%M"))
    return single + [
        Duty(DutyKind.DIGEST, cycle.id, offset=minute, person=person, also=tuple(lines))
        for person, lines in sorted(several.items())
    ]


def heard_today(cycle: Cycle, now: datetime) -> list[Milestone]:
    """The milestones about which anything may be sent today: all on a working day, else those that say so."""
    if cycle.days.is_working(cycle.today(now)):
        return list(cycle.milestones)
    return [milestone for milestone in cycle.milestones if milestone.even_on_days_off]


def next_due(cycle: Cycle, now: datetime) -> date | None:
    """The first day after today on which something may be owed, or None; what waits for a working day counts."""
    if not cycle.active and not cycle.closed:
        return None
    today = cycle.today(now)
    days = [_waiting_until(cycle, today)] if _something_waits(cycle, now) else []
    for milestone in cycle.milestones:
        if cycle.closed and milestone.state is not State.DONE:
            continue
        days += [day for day in _days_of(cycle, milestone, today) if day > today]
    return min(days, default=None)


# --- reminders, scores, escalations ------------------------------------------------------------------------------


def _reminders(cycle: Cycle, milestone: Milestone, now: datetime) -> Iterator[Duty]:
    offset = _reached_offset(cycle, milestone, now)
    if offset is None:
        return
    today = cycle.today(now)
    day = reminder_day(milestone, offset, cycle.days)
    for member in owing(cycle, milestone, today):
        if milestone.shares and milestone.kind is Kind.MEETING and not reminds(milestone, member.person):
            continue
        since = heard_on(milestone, member.person)
        if since is None or (day is not None and day > since):
            yield Duty(
                DutyKind.REMIND,
                cycle.id,
                milestone.id,
                milestone.revision,
                offset=offset,
                person=member.person,
            )


def _reached_offset(cycle: Cycle, milestone: Milestone, now: datetime) -> int | None:
    """The latest offset whose day has come: those before it have collapsed into it, none 'before' is sent after."""
    if milestone.on is None or milestone.state is not State.OPEN or Action.REMIND not in milestone.actions:
        return None
    today = cycle.today(now)
    clock = milestone.at if milestone.kind is Kind.MEETING else milestone.ends or milestone.at
    passed = today > milestone.on or (
        today == milestone.on and clock is not None and now >= moment(milestone.on, clock, cycle.zone)
    )
    if not cycle.days.is_usable(today, even_off=milestone.even_on_days_off):
        return None
    reached = None
    for offset in sorted(milestone.remind):  # a later offset never falls on an earlier day
        if (offset > 0 and milestone.kind is Kind.MEETING) or (
            reminder_day(milestone, offset, cycle.days) or today
        ) > today:
            break
        if offset > 0 or not passed:
            reached = offset
    return reached


def _system(cycle: Cycle, milestone: Milestone, today: date) -> Iterator[Duty]:
    """What the system itself owes: a scoring run on the date (its report goes with it), a publication."""
    if milestone.on is None or milestone.on > today or milestone.state is State.CANCELLED:
        return
    if Action.SCORE in milestone.actions and (
        milestone.scored_on is None or milestone.scored_on < milestone.on
    ):
        yield Duty(DutyKind.SCORE, cycle.id, milestone.id, milestone.revision)
        for member in cycle.people(milestone.for_):
            if not member.wants_news:
                continue
            yield Duty(DutyKind.SCORE, cycle.id, milestone.id, milestone.revision, person=member.person)
    unpublished = milestone.published_on is None or milestone.published_on < milestone.on
    if Action.PUBLISH in milestone.actions and unpublished and cycle.publishable:
        yield Duty(DutyKind.PUBLISH, cycle.id, milestone.id, milestone.revision)


def _escalation_day(cycle: Cycle, milestone: Milestone) -> date | None:
    """Three working days after the date of a meeting not held, or of something that somebody owes."""
    if milestone.on is None or milestone.state is not State.OPEN:
        return None
    if milestone.kind is not Kind.MEETING and not milestone.owed_by:
        return None
    return cycle.days.add(milestone.on, ESCALATE_AFTER)


def _escalations(cycle: Cycle, milestone: Milestone, today: date) -> Iterator[Duty]:
    """The upper rungs of the ladder; on the lowest the participants are reminded.

    First the coordinators hear, and the delegates of those who owe; then, while somebody owes, the chairs of
    their bodies, and the delegates of these.
    """
    day = _escalation_day(cycle, milestone)
    if day is None or today < day:
        return
    late = owing(cycle, milestone, today)
    told = {member.person for member in cycle.people((COORDINATOR,))} | _delegates(cycle, late, day)
    chairs_day = cycle.days.add(day, CHAIRS_AFTER) if late else None
    if chairs_day is not None and today >= chairs_day:
        chairs = _chairs_over(cycle, late)
        told |= {member.person for member in chairs} | _delegates(cycle, chairs, chairs_day)
    for person in sorted(told):
        yield Duty(DutyKind.ESCALATE, cycle.id, milestone.id, milestone.revision, person=person)


def _delegates(cycle: Cycle, members: list[Member], day: date) -> set[str]:
    """Who stands in for these members on a day, as far as they are present."""
    delegates = {delegate for member in members if (delegate := member.delegate_on(day)) is not None}
    return {member.person for member in cycle.members if member.person in delegates and not member.left}


def _chairs_over(cycle: Cycle, late: list[Member]) -> list[Member]:
    """The chairs of the bodies to which these members belong; the house answers to its board."""
    roles = frozenset().union(*(member.roles for member in late))
    bodies = [body for body in BODIES if body in roles or (body == BOARD and HOLDER in roles)]
    return cycle.people(tuple(f"{body}-chair" for body in bodies))


# --- the next day ------------------------------------------------------------------------------------------------


def _something_waits(cycle: Cycle, now: datetime) -> bool:
    """Whether something must be told that today, a day off, could not."""
    return not cycle.days.is_working(cycle.today(now)) and bool(_due(cycle, now, list(cycle.milestones)))


def _waiting_until(cycle: Cycle, today: date) -> date:
    return cycle.days.working_on_or_after(today + timedelta(days=1))


def _days_of(cycle: Cycle, milestone: Milestone, today: date) -> Iterator[date]:
    if milestone.on is None or milestone.state is State.CANCELLED:
        return
    even = milestone.even_on_days_off
    if milestone.actions & {Action.SCORE, Action.PUBLISH}:
        yield milestone.on if even else cycle.days.working_on_or_after(milestone.on)
    day = _escalation_day(cycle, milestone)
    if day is not None:
        yield day if day > today else cycle.days.add(day, CHAIRS_AFTER)
    if milestone.state is State.OPEN and Action.REMIND in milestone.actions:
        yield from _reminder_days(cycle, milestone, today)


def _reminder_days(cycle: Cycle, milestone: Milestone, today: date) -> Iterator[date]:
    """The next reminder's day; one that fell to a day without mail is caught up on the next usable one."""
    for offset in sorted(milestone.remind):  # a later offset never falls on an earlier day
        if milestone.kind is Kind.MEETING and offset > 0:
            break
        day = reminder_day(milestone, offset, cycle.days)
        if day is not None and day > today:
            yield day
            break
    if not cycle.days.is_usable(today, even_off=milestone.even_on_days_off):
        yield cycle.days.usable_on_or_after(today, even_off=milestone.even_on_days_off)
