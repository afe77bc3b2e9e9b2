"""What the system itself owes: scores, publication, escalations; and a morning's reminders as one message."""

from dataclasses import replace
from typing import Any

import pytest

from aarshjul.core.cycle import BOUND_ROLES, Action, Cycle, Kind, Milestone, State
from aarshjul.core.owed import digested, due, next_due
from tests.builders import INVITE, at, cycle, d, days, keys, member, milestone

COORDINATOR, HOLDER = member("co", "coordinator"), member("holder", "holder")
COUNCIL, SUB = member("c1", "council"), member("sub", "subscriber", subscribed=False)
ALL = (COORDINATOR, HOLDER, COUNCIL, SUB)


def results(on: str = "2022-05-20", *actions: Action, **facts: Any) -> Milestone:
    facts.setdefault("for_", ("coordinator", "holder", "subscriber"))
    return milestone("results", on, actions=frozenset(actions), **facts)


# --- scores and publication ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("today", ["2022-05-20", "2022-05-23"])
def test_a_score_is_owed_on_its_date_or_later_and_goes_to_those_it_is_for(today: str) -> None:
    assert keys(cycle(results("2022-05-20", Action.SCORE), members=ALL), today) == [
        "results/1/score/-/-",
        "results/1/score/-/co",
        "results/1/score/-/holder",
    ]


def test_a_score_is_not_owed_before_its_date() -> None:
    assert keys(cycle(results("2022-05-20", Action.SCORE), members=ALL), "2022-05-19") == []


def test_a_score_waits_for_a_working_day() -> None:
    of = cycle(results("2022-05-21", Action.SCORE), members=ALL)
    assert keys(of, "2022-05-21") == []
    assert len(keys(of, "2022-05-23")) == 3


@pytest.mark.parametrize("state", [State.OPEN, State.DONE])
def test_a_score_is_owed_whether_or_not_all_is_in(state: State) -> None:
    assert keys(cycle(results("2022-05-20", Action.SCORE, state=state), members=ALL), "2022-05-20")


def test_a_cancelled_milestone_scores_and_publishes_nothing() -> None:
    off = results("2022-05-20", Action.SCORE, Action.PUBLISH, state=State.CANCELLED)
    assert keys(cycle(off, members=ALL, publishable=True), "2022-05-20") == []


@pytest.mark.parametrize(("scored", "again"), [("2022-05-20", False), ("2022-05-19", True)])
def test_what_was_scored_is_scored_again_only_after_a_move(scored: str, again: bool) -> None:
    of = cycle(results("2022-05-20", Action.SCORE, scored_on=d(scored), revision=2), members=ALL)
    assert bool(keys(of, "2022-05-20")) is again


@pytest.mark.parametrize(
    ("publishable", "published", "today", "wanted"),
    [
        (True, None, "2022-06-24", ["results/1/publish/-/-"]),
        (True, None, "2022-06-23", []),
        (False, None, "2022-06-24", []),
        (True, "2022-06-24", "2022-06-27", []),
        (True, "2022-06-20", "2022-06-24", ["results/1/publish/-/-"]),
    ],
)
def test_a_publication(publishable: bool, published: str | None, today: str, wanted: list[str]) -> None:
    there = results("2022-06-24", Action.PUBLISH, published_on=d(published) if published else None)
    assert keys(cycle(there, members=ALL, publishable=publishable), today) == wanted


def test_a_closed_cycle_publishes_what_was_approved_and_scores_nothing_more() -> None:
    there = results("2023-02-10", Action.PUBLISH, Action.SCORE, state=State.DONE)
    of = cycle(there, members=ALL, publishable=True, active=False, closed=True)
    assert keys(of, "2023-02-10") == ["results/1/publish/-/-"]


# --- escalations --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "day"),
    [
        ("2022-09-30", "2022-10-05"),  # a Friday
        ("2022-04-13", "2022-04-21"),  # the Wednesday before Easter
        ("2022-10-01", "2022-10-05"),  # a Saturday
        ("2022-07-06", "2022-07-11"),  # quiet days are working days
    ],
)
def test_what_was_missed_is_escalated_three_working_days_later(on: str, day: str) -> None:
    missed = milestone("draft", on, owed_by=("holder",))
    of = cycle(missed, members=ALL, days=days(quiet=[("2022-07-04", "2022-08-05")]))
    before = str(d(day).fromordinal(d(day).toordinal() - 1))
    assert keys(of, before) == []
    assert keys(of, day) == ["draft/1/escalate/-/co"]


@pytest.mark.parametrize(
    "closed", [{"state": State.DONE}, {"state": State.CANCELLED}, {"on": None}, {"owed_by": ()}]
)
def test_what_nobody_misses_is_not_escalated(closed: dict[str, object]) -> None:
    missed = replace(milestone("draft", "2022-09-30", owed_by=("holder",)), **closed)  # type: ignore[arg-type]
    assert keys(cycle(missed, members=ALL), "2022-10-10") == []


def test_a_meeting_that_nobody_says_was_held_is_escalated() -> None:
    forgotten = milestone("meet", "2022-11-18", Kind.MEETING, actions=INVITE)
    assert keys(cycle(forgotten, members=ALL), "2022-11-23") == ["meet/1/escalate/-/co"]


@pytest.mark.parametrize(
    ("from_", "until", "told"),
    [
        (None, None, True),
        ("2022-10-05", "2022-10-05", True),
        ("2022-10-06", None, False),
        (None, "2022-10-04", False),
    ],
)
def test_the_delegate_of_who_owes_hears_of_it_while_delegated(
    from_: str | None, until: str | None, told: bool
) -> None:
    away = replace(
        HOLDER,
        delegate="c1",
        delegate_from=d(from_) if from_ else None,
        delegate_until=d(until) if until else None,
    )
    of = cycle(milestone("draft", "2022-09-30", owed_by=("holder",)), members=(COORDINATOR, away, COUNCIL))
    wanted = ["draft/1/escalate/-/c1", "draft/1/escalate/-/co"] if told else ["draft/1/escalate/-/co"]
    assert keys(of, "2022-10-05") == wanted


def test_a_delegate_who_left_and_one_of_somebody_done_hear_nothing() -> None:
    away = replace(HOLDER, delegate="c1")
    missed = milestone("draft", "2022-09-30", owed_by=("holder", "council"), done_by=frozenset({"holder"}))
    assert keys(cycle(missed, members=(COORDINATOR, away, COUNCIL)), "2022-10-05") == [
        "draft/1/escalate/-/co"
    ]
    open_one = milestone("draft", "2022-09-30", owed_by=("holder",))
    gone = replace(COUNCIL, left=True)
    assert keys(cycle(open_one, members=(COORDINATOR, away, gone)), "2022-10-05") == ["draft/1/escalate/-/co"]


# --- the last rung ------------------------------------------------------------------------------------------------

CHAIR, COUNCIL_CHAIR = member("bc", "board", "board-chair"), member("cc", "council", "council-chair")
DEPUTY, GROUP = member("bd", "board", "board-deputy-chair"), member("w1", "working-group")
EVERYBODY = (*ALL, CHAIR, COUNCIL_CHAIR, DEPUTY, GROUP)


def told_of(of: Cycle, day: str) -> list[str]:
    return [key.rpartition("/")[2] for key in keys(of, day) if "/escalate/" in key]


@pytest.mark.parametrize(
    ("on", "before", "day"),
    [
        ("2022-09-30", "2022-10-07", "2022-10-10"),
        ("2022-04-13", "2022-04-25", "2022-04-26"),  # past Easter
        ("2022-10-01", "2022-10-07", "2022-10-10"),  # a Saturday
        ("2022-12-22", "2022-12-30", "2023-01-02"),  # 23, 27, 28, 29 and 30 December, and Monday
    ],
)
def test_what_is_missed_for_six_working_days_goes_to_the_chair(on: str, before: str, day: str) -> None:
    of = cycle(milestone("draft", on, owed_by=("holder",)), members=EVERYBODY)
    assert told_of(of, before) == ["co"]
    assert told_of(of, day) == ["bc", "co"]


@pytest.mark.parametrize(
    ("owed_by", "wanted"),
    [
        (("holder",), ["bc", "co"]),  # the house answers to its board
        (("board",), ["bc", "co"]),
        (("council",), ["cc", "co"]),
        (("board", "council"), ["bc", "cc", "co"]),
        (("working-group",), ["co"]),
        (("coordinator",), ["co"]),
        (("board-deputy-chair",), ["bc", "co"]),  # who is of the board
    ],
)
def test_the_chair_is_that_of_the_body_of_who_owes(owed_by: tuple[str, ...], wanted: list[str]) -> None:
    of = cycle(milestone("draft", "2022-09-30", owed_by=owed_by), members=EVERYBODY)
    assert told_of(of, "2022-10-10") == wanted


@pytest.mark.parametrize(
    "facts",
    [
        {"done_by": frozenset({"holder"})},
        {"kind": Kind.MEETING},  # which nobody says was held
        {"kind": Kind.DECISION, "owed_by": ("council",), "decided_by": frozenset({"council"})},
    ],
)
def test_where_nobody_owes_anything_the_chair_is_left_alone(facts: dict[str, Any]) -> None:
    missed = replace(milestone("draft", "2022-09-30", owed_by=("holder",)), **facts)
    assert told_of(cycle(missed, members=EVERYBODY), "2022-10-10") == ["co"]


def test_a_chair_who_coordinates_hears_once_and_one_who_left_not_at_all() -> None:
    missed = milestone("draft", "2022-09-30", owed_by=("holder",))
    both = member("co", "coordinator", "board", "board-chair")
    assert told_of(cycle(missed, members=(both, HOLDER)), "2022-10-10") == ["co"]
    gone = replace(CHAIR, left=True)
    assert told_of(cycle(missed, members=(COORDINATOR, HOLDER, gone)), "2022-10-10") == ["co"]


@pytest.mark.parametrize(
    ("from_", "until", "told"),
    [
        (None, None, True),
        ("2022-10-10", "2022-10-10", True),
        ("2022-10-11", None, False),
        (None, "2022-10-09", False),
    ],
)
def test_the_delegate_of_a_chair_hears_of_it_while_delegated(
    from_: str | None, until: str | None, told: bool
) -> None:
    away = replace(
        CHAIR,
        delegate="w1",
        delegate_from=d(from_) if from_ else None,
        delegate_until=d(until) if until else None,
    )
    of = cycle(
        milestone("draft", "2022-09-30", owed_by=("holder",)), members=(COORDINATOR, HOLDER, away, GROUP)
    )
    assert told_of(of, "2022-10-10") == (["bc", "co", "w1"] if told else ["bc", "co"])


def test_the_day_of_the_chair_is_a_day_to_look() -> None:
    of = cycle(milestone("draft", "2022-09-30", owed_by=("holder",)), members=EVERYBODY)
    assert next_due(of, at("2022-10-04")) == d("2022-10-05")
    assert next_due(of, at("2022-10-05")) == d("2022-10-10")
    assert next_due(of, at("2022-10-10")) is None


# --- who cannot opt out -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("office", sorted(BOUND_ROLES))
def test_an_office_hears_of_scores_even_where_its_holder_once_opted_out(office: str) -> None:
    holder = member("x", office, subscribed=False)
    of = cycle(results("2022-05-20", Action.SCORE, for_=(office, "subscriber")), members=(holder, SUB))
    assert keys(of, "2022-05-20") == ["results/1/score/-/-", "results/1/score/-/x"]


# --- digests ------------------------------------------------------------------------------------------------------


def two_deadlines() -> tuple[Milestone, Milestone]:
    return tuple(  # type: ignore[return-value]
        milestone(name, "2022-09-30", owed_by=("holder", "coordinator"), remind=(-7,)) for name in ("a", "b")
    )


def test_several_reminders_of_a_morning_are_one_message_for_who_wants_that() -> None:
    of = cycle(*two_deadlines(), members=(COORDINATOR, replace(HOLDER, digest=True)))
    found = digested(of, due(of, at("2022-09-23")), at("2022-09-23"))
    assert {duty.key: [line.key for line in duty.also] for duty in found} == {
        "c/a/1/remind/-7/co": [],
        "c/b/1/remind/-7/co": [],
        "c/-/-/digest/2209230700/holder": ["c/a/1/remind/-7/holder", "c/b/1/remind/-7/holder"],
    }


def test_a_single_reminder_is_no_digest() -> None:
    of = cycle(two_deadlines()[0], members=(replace(HOLDER, digest=True),))
    found = digested(of, due(of, at("2022-09-23")), at("2022-09-23"))
    assert [duty.key for duty in found] == ["c/a/1/remind/-7/holder"]
