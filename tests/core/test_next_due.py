"""`next_due`: who looks only on the days that it names finds exactly what somebody finds who looks every day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.core.cycle import (
    Action,
    Cycle,
    Invited,
    Kind,
    Member,
    Milestone,
    Notice,
    Phase,
    State,
    Telling,
    effective_roles,
    moment,
)
from aarshjul.core.duties import Duty, DutyKind
from aarshjul.core.owed import next_due, owed
from aarshjul.core.working_days import Quiet, WorkingDays
from tests.builders import COPENHAGEN, at, cycle, d, lines, member, milestone

FIRST, LENGTH = date(2022, 9, 1), 75
ROLES = ("coordinator", "holder", "board", "council", "subscriber", "board-chair", "council-chair")


class World:
    """A cycle that changes as rounds tell: what the record does, in memory."""

    def __init__(self, of: Cycle) -> None:
        self.cycle = of
        self.history: dict[str, date] = {}

    def round(self, day: date) -> date | None:
        """Do all that is owed at seven that morning; returns the next day that matters."""
        now = moment(day, "07:00", COPENHAGEN)
        heard = next_due(self.cycle, now)
        done = owed(self.cycle, self.history, now)
        for duty in done:
            for line in lines(duty):
                assert line.key not in self.history
                self.history[line.key] = day
            self._apply(duty, day)
        if self.cycle.days.is_working(day):
            self._take_notices(day, lambda _: True)
        else:
            self._take_notices(day, lambda m: m.even_on_days_off)
        return heard

    def _apply(self, duty: Duty, day: date) -> None:
        thing = self.cycle.by_id.get(duty.milestone or "")
        if thing is None:
            return
        if duty.kind in (DutyKind.INVITE, DutyKind.UPDATE, DutyKind.CANCEL) and duty.notice is None:
            known = thing.invited.get(duty.person or "")
            now_told = None if duty.kind is DutyKind.CANCEL else thing.telling
            new = Invited(told=now_told, told_on=day, answered=known.answered if known else False)
            thing.invited = {**thing.invited, duty.person or "": new}
        if duty.kind is DutyKind.SCORE and duty.person is None:
            thing.scored_on = day
        if duty.kind is DutyKind.PUBLISH:
            thing.published_on = day

    def _take_notices(self, day: date, told: object) -> None:
        assert callable(told)
        gone = [each for each in self.cycle.notices if told(self.cycle.by_id[each.milestone])]
        for each in gone:
            if each.kind == DutyKind.MOVED:
                self.cycle.by_id[each.milestone].told_on = day
        self.cycle.notices = tuple(each for each in self.cycle.notices if each not in gone)


def fresh(of: Cycle) -> Cycle:
    """A copy that nothing is shared with."""
    again = [replace(each, invited=dict(each.invited)) for each in of.milestones]
    return Cycle(
        id=of.id, active=of.active, closed=of.closed, zone=of.zone, days=of.days, members=of.members,
        milestones=tuple(again), notices=of.notices, publishable=of.publishable,
    )  # fmt: skip


dates = st.integers(-20, LENGTH + 10).map(lambda count: FIRST + timedelta(days=count))
role_sets = st.lists(st.sampled_from(ROLES), max_size=2, unique=True).map(tuple)
offsets = st.lists(st.integers(-15, 8), max_size=4, unique=True).map(tuple)


@st.composite
def milestones(draw: st.DrawFn, name: str) -> Milestone:
    on = draw(st.none() | dates) if draw(st.integers(0, 5)) == 0 else draw(dates)
    revision = draw(st.integers(1, 3))
    thing = Milestone(
        id=name,
        phase=draw(st.sampled_from(Phase)),
        kind=draw(st.sampled_from(Kind)),
        on=on,
        last_on=on or FIRST,
        at=draw(st.sampled_from([None, "06:30", "10:00"])),
        tentative=draw(st.booleans()),
        state=draw(st.sampled_from([State.OPEN, State.OPEN, State.OPEN, State.DONE, State.CANCELLED])),
        revision=revision,
        revised_on=FIRST if revision > 1 else None,
        for_=draw(role_sets),
        owed_by=draw(role_sets),
        remind=draw(offsets),
        actions=draw(st.frozensets(st.sampled_from(Action))),
        even_on_days_off=draw(st.integers(0, 3)) == 0,
    )
    people = draw(st.frozensets(st.sampled_from(ROLES), max_size=2))
    before = draw(dates)
    thing.invited = {
        person: Invited(
            told=Telling(on=before), told_on=FIRST - timedelta(days=3), answered=draw(st.booleans())
        )
        for person in sorted(people)
    }
    return thing


@st.composite
def cycles(draw: st.DrawFn) -> Cycle:
    things = tuple(draw(milestones(f"m{number}")) for number in range(draw(st.integers(1, 4))))
    members = tuple(
        Member(
            person=role,
            roles=effective_roles([role]),
            left=draw(st.integers(0, 6)) == 0,
            delegate=draw(st.sampled_from([None, "coordinator", "board"])),
            delegate_from=draw(st.none() | dates),
            delegate_until=draw(st.none() | dates),
            subscribed=draw(st.booleans()),
        )
        for role in ROLES
    )
    kinds = st.sampled_from([DutyKind.MOVED, DutyKind.CANCEL, DutyKind.DECIDED, DutyKind.REOPENED])
    notices = tuple(
        Notice(id=number, kind=draw(kinds), milestone=thing.id, revision=thing.revision, root=things[0].id,
               was=Telling(on=FIRST), roles=draw(role_sets))
        for number, thing in enumerate(things) if thing.revision > 1 and draw(st.booleans())
    )  # fmt: skip
    closed = draw(st.integers(0, 6)) == 0
    start = draw(st.integers(0, LENGTH))
    quiet = (Quiet(first=FIRST + timedelta(days=start), last=FIRST + timedelta(days=start + 6)),)
    calendar = WorkingDays(
        days_off=draw(st.frozensets(dates, max_size=5)), quiet=quiet if draw(st.booleans()) else ()
    )
    return cycle(
        *things, members=members, notices=notices, active=not closed, closed=closed, days=calendar,
        publishable=draw(st.booleans()),
    )  # fmt: skip


def every_day(of: Cycle, first: int) -> dict[str, date]:
    world = World(fresh(of))
    for count in range(first, LENGTH):
        world.round(FIRST + timedelta(days=count))
    return world.history


def jumping(of: Cycle, first: int) -> dict[str, date]:
    world, day, last = World(fresh(of)), FIRST + timedelta(days=first), FIRST + timedelta(days=LENGTH)
    while day < last:
        nearest = world.round(day)
        if nearest is None:
            break
        assert nearest > day
        day = nearest
    return world.history


@settings(max_examples=60, deadline=None)
@given(of=cycles(), first=st.integers(0, 10))
def test_jumping_finds_the_same_duties_on_the_same_days_as_looking_every_day(of: Cycle, first: int) -> None:
    assert jumping(of, first) == every_day(of, first)


@settings(max_examples=40, deadline=None)
@given(of=cycles(), count=st.integers(0, LENGTH))
def test_a_round_twice_is_a_round_once(of: Cycle, count: int) -> None:
    world = World(fresh(of))
    day = FIRST + timedelta(days=count)
    world.round(day)
    before = dict(world.history)
    world.round(day)
    assert world.history == before


@settings(max_examples=40, deadline=None)
@given(of=cycles(), count=st.integers(0, LENGTH))
def test_nothing_leaves_on_a_day_off_unless_the_milestone_says_so(of: Cycle, count: int) -> None:
    now = moment(FIRST + timedelta(days=count), "07:00", COPENHAGEN)
    if of.days.is_working(of.today(now)):
        return
    for duty in owed(of, (), now):
        assert of.by_id[duty.milestone or ""].even_on_days_off


@settings(max_examples=40, deadline=None)
@given(of=cycles(), count=st.integers(0, LENGTH))
def test_nobody_is_reminded_of_what_is_told_that_day_or_owes_nothing(of: Cycle, count: int) -> None:
    duties = owed(of, (), moment(FIRST + timedelta(days=count), "07:00", COPENHAGEN))
    told = {
        (line.milestone, line.person)
        for duty in duties
        if duty.kind in (DutyKind.INVITE, DutyKind.UPDATE, DutyKind.MOVED)
        for line in lines(duty)
    }
    for duty in duties:
        if duty.kind is DutyKind.REMIND:
            owing = of.by_id[duty.milestone or ""].owed_by
            assert (duty.milestone, duty.person) not in told
            assert {duty.person} <= {each.person for each in of.people(owing)}


def test_a_cycle_with_nothing_to_come_has_no_next_day() -> None:
    assert next_due(cycle(milestone("m", "2022-09-30", state=State.DONE)), at("2022-09-01")) is None


@pytest.mark.parametrize("closed", [False, True])
def test_neither_a_draft_nor_a_closed_cycle_waits_for_reminders(closed: bool) -> None:
    of = cycle(milestone("m", "2022-09-30", owed_by=("holder",), remind=(-7,)), active=False, closed=closed)
    assert next_due(of, at("2022-09-01")) is None


def test_what_came_due_in_a_downtime_and_is_found_on_a_saturday_waits_for_monday() -> None:
    people = (member("co", "coordinator"), member("holder", "holder"))
    late = milestone("m", "2022-09-20", owed_by=("holder",), actions=frozenset({Action.SCORE}))
    assert next_due(cycle(late, members=people), at("2022-10-01")) == d("2022-10-03")
