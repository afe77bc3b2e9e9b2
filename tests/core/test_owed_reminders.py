"""Reminders: when, to whom, and when no more."""

from typing import Any

import pytest

from aarshjul.core.cycle import Kind, Milestone, Phase, State
from aarshjul.core.owed import owed
from tests.builders import BOTH, REMIND, at, cycle, d, days, keys, member, milestone, told

HOLDER = member("holder", "holder")
ANN, BO = member("ann", "working-group"), member("bo", "working-group")
GROUP = (HOLDER, ANN, BO)
FRIDAY = "2022-09-30"


def draft_due(
    on: str | None = FRIDAY, remind: tuple[int, ...] = (-14, -7, -1, 1, 3), **facts: Any
) -> Milestone:
    facts.setdefault("owed_by", ("holder",))
    return milestone("draft", on, remind=remind, **facts)


def meeting(on: str = "2022-11-18", remind: tuple[int, ...] = (-14, -7, -1), **facts: Any) -> Milestone:
    facts.setdefault("owed_by", ("working-group",))
    facts.setdefault("actions", REMIND)
    return milestone("meet", on, Kind.MEETING, remind=remind, at="10:00", ends="12:00", **facts)


@pytest.mark.parametrize(
    ("today", "offset"),
    [
        ("2022-09-15", None),
        ("2022-09-16", -14),
        ("2022-09-22", -14),  # a downtime: still the same one, whose key says whether it was sent
        ("2022-09-23", -7),  # -14 has collapsed into it
        ("2022-09-29", -1),
        ("2022-09-30", -1),
        ("2022-10-03", 3),  # 1 October is a Saturday: +1 and +3 fall on the Monday, and are one
        ("2022-10-10", 3),
    ],
)
def test_the_latest_offset_that_has_come_is_owed_alone(today: str, offset: int | None) -> None:
    found = [key for key in keys(cycle(draft_due(), members=GROUP), today) if "remind" in key]
    assert found == ([] if offset is None else [f"draft/1/remind/{offset}/holder"])


def test_none_of_before_is_sent_after_the_date() -> None:
    late = draft_due(remind=(-7, -1, 5))
    assert keys(cycle(late, members=GROUP), "2022-10-03") == []
    assert keys(cycle(late, members=GROUP), "2022-10-05")[-1] == "draft/1/remind/5/holder"


def test_on_the_day_itself_the_time_decides_what_is_before() -> None:
    at_ten = draft_due(remind=(-1, 0), at="10:00")
    assert keys(cycle(at_ten, members=GROUP), FRIDAY, "09:59") == ["draft/1/remind/0/holder"]
    assert keys(cycle(at_ten, members=GROUP), FRIDAY, "10:00") == []


def test_a_deadline_without_a_time_lasts_all_day() -> None:
    assert keys(cycle(draft_due(remind=(0,)), members=GROUP), FRIDAY, "23:59") == ["draft/1/remind/0/holder"]


@pytest.mark.parametrize(
    ("on", "offset", "day"),
    [
        ("2022-09-30", -5, "2022-09-23"),  # a Sunday: back to Friday
        ("2022-04-20", -2, "2022-04-13"),  # Easter Monday: back before Maundy Thursday
        ("2022-04-13", 1, "2022-04-19"),  # Maundy Thursday: forward to after Easter
        ("2022-12-21", 2, "2022-12-27"),  # 23 December is a day off of this cycle
        ("2022-08-10", -7, "2022-07-01"),  # in the quiet weeks: back before them
        ("2022-07-01", 3, "2022-08-08"),  # forward behind them
    ],
)
def test_reminders_on_days_off_or_quiet_go_back_before_the_date_and_forward_after_it(
    on: str, offset: int, day: str
) -> None:
    calendar = days("2022-12-23", quiet=[("2022-07-04", "2022-08-05")])
    of = cycle(draft_due(on, (offset,)), members=GROUP, days=calendar)
    wanted = f"draft/1/remind/{offset}/holder"
    assert wanted in keys(of, day)
    before = d(day).toordinal() - 1
    assert wanted not in keys(of, str(d(day).fromordinal(before)))


@pytest.mark.parametrize("today", ["2022-09-24", "2022-09-25", "2022-06-06", "2022-12-23"])
def test_nothing_is_sent_on_a_day_off(today: str) -> None:
    of = cycle(
        draft_due("2022-09-28", (-30, -4, -3)),
        draft_due("2022-06-08", (-2,)),
        draft_due("2022-12-24", (-1, 0)),
        members=GROUP,
        days=days("2022-12-23"),
    )
    assert keys(of, today) == []


def test_a_milestone_may_ask_for_days_off_as_well() -> None:
    saturday = draft_due("2022-10-01", (-1, 0, 1), even_on_days_off=True)
    of = cycle(saturday, members=GROUP)
    assert keys(of, "2022-10-01") == ["draft/1/remind/0/holder"]
    assert keys(of, "2022-10-02") == ["draft/1/remind/1/holder"]


def test_even_on_days_off_is_not_even_in_quiet_weeks() -> None:
    of = cycle(
        draft_due("2022-10-01", (0,), even_on_days_off=True),
        members=GROUP,
        days=days(quiet=[("2022-10-01", "2022-10-02")]),
    )
    assert keys(of, "2022-10-01") == []
    assert keys(of, "2022-09-30") == ["draft/1/remind/0/holder"]


def test_only_those_who_still_owe_are_reminded() -> None:
    comments = draft_due(owed_by=("working-group",), done_by=frozenset({"ann"}))
    assert keys(cycle(comments, members=GROUP), "2022-09-23") == ["draft/1/remind/-7/bo"]


@pytest.mark.parametrize("state", [State.DONE, State.CANCELLED])
def test_what_is_closed_reminds_nobody(state: State) -> None:
    assert keys(cycle(draft_due(state=state), members=GROUP), "2022-09-23") == []


def test_somebody_who_left_is_not_reminded() -> None:
    gone = member("bo", "working-group", left=True)
    comments = draft_due(owed_by=("working-group",))
    assert keys(cycle(comments, members=(ANN, gone)), "2022-09-23") == ["draft/1/remind/-7/ann"]


def test_somebody_with_two_owing_roles_is_reminded_once() -> None:
    both = member("ann", "working-group", "holder")
    comments = draft_due(owed_by=("working-group", "holder"))
    assert keys(cycle(comments, members=(both,)), "2022-09-23") == ["draft/1/remind/-7/ann"]


def test_reminders_need_the_action() -> None:
    silent = draft_due(actions=frozenset())
    assert keys(cycle(silent, members=GROUP), "2022-09-23") == []


def test_a_draft_cycle_is_silent() -> None:
    assert keys(cycle(draft_due(), members=GROUP, active=False), "2022-10-20") == []


def test_what_was_done_before_is_not_owed_again() -> None:
    of = cycle(draft_due(), members=GROUP)
    assert owed(of, {"c/draft/1/remind/-7/holder"}, at("2022-09-23")) == []
    assert [each.offset for each in owed(of, {"c/draft/1/remind/-14/holder"}, at("2022-09-23"))] == [-7]


# --- meetings -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("today", ["2022-11-04", "2022-11-11", "2022-11-17"])
def test_any_answer_ends_what_a_meeting_asks(today: str) -> None:
    asked = meeting(actions=BOTH)
    asked.invited = told(asked, "2022-10-01", "ann", "bo", answered=["ann"])
    assert [key.rpartition("/")[2] for key in keys(cycle(asked, members=GROUP), today)] == ["bo"]


def test_nothing_is_reminded_after_a_meeting_began() -> None:
    asked = meeting(remind=(-1, 0, 1, 3))
    of = cycle(asked, members=GROUP)
    assert "meet/1/remind/0/ann" in keys(of, "2022-11-18", "09:59")
    assert keys(of, "2022-11-18", "10:00") == []
    assert keys(of, "2022-11-21") == []


def test_only_those_named_owe_an_answer() -> None:
    asked = meeting(for_=("holder", "working-group"))
    assert keys(cycle(asked, members=GROUP), "2022-11-04") == [
        "meet/1/remind/-14/ann",
        "meet/1/remind/-14/bo",
    ]


# --- decisions ----------------------------------------------------------------------------------------------------


def decision(**facts: Any) -> Milestone:
    facts.setdefault("owed_by", ("board", "council"))
    facts.setdefault("actions", REMIND)
    return milestone("vote", "2023-02-10", Kind.DECISION, phase=Phase.APPROVAL, remind=(-7, -1, 1), **facts)


BODIES = (member("b1", "board"), member("b2", "board"), member("c1", "council"))


def test_one_decide_ends_a_decision_for_the_whole_body() -> None:
    of = cycle(decision(decided_by=frozenset({"board"})), members=BODIES)
    assert keys(of, "2023-02-03") == ["vote/1/remind/-7/c1"]
    of = cycle(decision(decided_by=frozenset({"board", "council"})), members=BODIES)
    assert keys(of, "2023-02-03") == []


def test_somebody_in_both_bodies_owes_until_both_have_decided() -> None:
    both = (member("x", "board", "council"),)
    of = cycle(decision(decided_by=frozenset({"board"})), members=both)
    assert keys(of, "2023-02-03") == ["vote/1/remind/-7/x"]


def test_a_decision_without_a_date_reminds_nobody() -> None:
    waiting = decision()
    waiting.on = None
    assert keys(cycle(waiting, members=BODIES), "2023-02-20") == []


def test_the_reply_to_a_decisions_invitation_is_not_owed_and_ends_nothing() -> None:
    invited = decision(actions=BOTH)
    invited.invited = told(invited, "2022-05-02", "b1", "b2", "c1", answered=["b1"])
    assert keys(cycle(invited, members=BODIES), "2023-02-03") == [
        "vote/1/remind/-7/b1",
        "vote/1/remind/-7/b2",
        "vote/1/remind/-7/c1",
    ]


# --- new revisions ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told_on", "today", "wanted"),
    [
        ("2022-09-16", "2022-09-16", []),  # told today: no reminder today
        ("2022-09-16", "2022-09-19", []),  # -14 was the day it was told
        ("2022-09-15", "2022-09-16", ["draft/2/remind/-14/holder"]),
        ("2022-09-19", "2022-09-22", []),
        ("2022-09-19", "2022-09-23", ["draft/2/remind/-7/holder"]),
    ],
)
def test_a_new_revision_owes_only_what_comes_after_the_day_it_was_told(
    told_on: str, today: str, wanted: list[str]
) -> None:
    moved = draft_due(revision=2, revised_on=d("2022-09-12"), told_on=d(told_on))
    assert keys(cycle(moved, members=GROUP), today) == wanted


def test_a_revision_that_nobody_is_told_of_counts_from_the_day_it_was_made() -> None:
    confirmed = draft_due(revision=2, revised_on=d("2022-09-16"))
    assert keys(cycle(confirmed, members=GROUP), "2022-09-16") == []
    assert keys(cycle(confirmed, members=GROUP), "2022-09-23") == ["draft/2/remind/-7/holder"]


def test_the_first_reminders_of_a_cycle_that_begins_late_are_one_at_once() -> None:
    assert keys(cycle(draft_due(), members=GROUP), "2022-09-28") == ["draft/1/remind/-7/holder"]


@pytest.mark.parametrize(
    ("since", "today", "wanted"),
    [
        ("2022-11-04", "2022-11-04", []),  # the invitation is of today
        ("2022-11-03", "2022-11-04", ["meet/1/remind/-14/ann"]),
        ("2022-11-05", "2022-11-10", []),
        ("2022-11-05", "2022-11-11", ["meet/1/remind/-7/ann"]),
    ],
)
def test_an_invitation_asks_first_and_only_later_offsets_remind(
    since: str, today: str, wanted: list[str]
) -> None:
    asked = meeting(actions=BOTH)
    asked.invited = told(asked, since, "ann")
    assert keys(cycle(asked, members=(ANN,)), today) == wanted
