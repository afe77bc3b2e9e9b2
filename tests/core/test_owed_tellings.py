"""Invitations, their updates and ends; and what notices tell, once, to those affected."""

from dataclasses import replace
from typing import Any

import pytest

from aarshjul.core.cycle import Cycle, Kind, Milestone, State, Telling
from aarshjul.core.duties import Duty
from aarshjul.core.owed import due
from tests.builders import BOTH, INVITE, REMIND, at, cycle, d, keys, knows, member, milestone, notice, told

ANN, BO = member("ann", "council"), member("bo", "board")
HOLDER, SUB = member("holder", "holder"), member("sub", "subscriber")
ALL = (ANN, BO, HOLDER, SUB)


def meeting(on: str = "2022-11-18", **facts: Any) -> Milestone:
    facts.setdefault("for_", ("council", "board"))
    facts.setdefault("at", "10:00")
    facts.setdefault("ends", "12:00")
    facts.setdefault("actions", INVITE)
    return milestone("meet", on, Kind.MEETING, **facts)


def messages(of: Cycle, day: str, clock: str = "07:00") -> dict[str, list[str]]:
    """Each message's key with those that ride along, both without the cycle."""

    def short(duty: Duty) -> str:
        return duty.key.removeprefix("c/")

    return {short(duty): [short(line) for line in duty.also] for duty in due(of, at(day, clock))}


# --- invitations --------------------------------------------------------------------------------------------------


def test_everybody_whom_a_meeting_is_for_or_who_owes_an_answer_is_invited() -> None:
    of = cycle(meeting(owed_by=("holder",)), members=ALL)
    assert keys(of, "2022-05-02") == [f"meet/1/invite/-/{person}" for person in ("ann", "bo", "holder")]


def test_a_decision_invites_only_those_who_owe_it() -> None:
    vote = milestone(
        "vote",
        "2023-02-10",
        Kind.DECISION,
        for_=("board", "subscriber"),
        owed_by=("council",),
        actions=INVITE,
    )
    assert keys(cycle(vote, members=ALL), "2022-05-02") == ["vote/1/invite/-/ann"]


def test_a_deadline_invites_nobody_unless_it_says_so() -> None:
    assert keys(cycle(milestone("m", "2022-09-30", for_=("council",)), members=ALL), "2022-05-02") == []


@pytest.mark.parametrize("day", ["2022-05-07", "2022-05-08", "2022-06-06"])
def test_invitations_wait_for_a_working_day(day: str) -> None:
    assert keys(cycle(meeting(), members=ALL), day) == []


def test_invitations_to_what_goes_on_even_on_days_off_do_not_wait() -> None:
    assert len(keys(cycle(meeting(even_on_days_off=True), members=ALL), "2022-05-07")) == 2


def test_who_knows_all_there_is_hears_nothing() -> None:
    known = meeting()
    known.invited = told(known, "2022-05-02", "ann", "bo")
    assert keys(cycle(known, members=ALL), "2022-06-01") == []


@pytest.mark.parametrize(
    "change",
    [{"on": d("2022-11-25")}, {"at": "09:00"}, {"ends": "13:00"}, {"place": "Hjørring"}, {"tentative": True}],
)
def test_what_is_no_longer_true_is_an_update_to_all_who_were_invited(change: dict[str, object]) -> None:
    known = meeting()
    invited = told(known, "2022-05-02", "ann", "bo")
    changed = replace(known, **change, revision=2, invited=invited)  # type: ignore[arg-type]
    assert keys(cycle(changed, members=ALL), "2022-06-01") == ["meet/2/update/-/ann", "meet/2/update/-/bo"]


def test_a_confirmation_is_an_update_that_keeps_the_answers() -> None:
    reserved = meeting(tentative=True)
    invited = told(reserved, "2022-05-02", "ann", "bo", answered=["ann"])
    firm = replace(reserved, tentative=False, revision=2, invited=invited, owed_by=("council", "board"))
    firm = replace(firm, actions=BOTH, remind=(-7,), revised_on=d("2022-10-24"))
    of = cycle(firm, members=ALL)
    assert keys(of, "2022-10-24") == ["meet/2/update/-/ann", "meet/2/update/-/bo"]
    firm.invited = told(firm, "2022-10-24", "ann", "bo", answered=["ann"])
    assert keys(of, "2022-11-11") == ["meet/2/remind/-7/bo"]


def test_a_joiner_is_invited_late_and_alone() -> None:
    known = meeting()
    known.invited = told(known, "2022-05-02", "ann", "bo")
    late = member("zoe", "council")
    assert keys(cycle(known, members=(*ALL, late)), "2022-11-01") == ["meet/1/invite/-/zoe"]
    assert keys(cycle(known, members=(*ALL, late)), "2022-11-18", "12:00") == []


def test_who_answered_before_the_invitation_still_gets_it() -> None:
    early = meeting()
    early.invited = {"ann": replace(knows(None, "2022-05-02"), asked=False, answered=True)}
    assert keys(cycle(early, members=(ANN,)), "2022-05-02") == ["meet/1/invite/-/ann"]


@pytest.mark.parametrize(
    ("today", "clock", "told_so"), [("2022-11-18", "11:59", True), ("2022-11-18", "12:00", False)]
)
def test_a_leaver_hears_of_meetings_to_come_only(today: str, clock: str, told_so: bool) -> None:
    known = meeting()
    known.invited = told(known, "2022-05-02", "ann", "bo")
    gone = replace(ANN, left=True)
    assert keys(cycle(known, members=(gone, BO)), today, clock) == (
        ["meet/1/cancel/-/ann"] if told_so else []
    )


def test_a_leaver_hears_nothing_more_after_that() -> None:
    known = meeting(revision=2)
    known.invited = {"ann": knows(None, "2022-06-01"), **told(known, "2022-05-02", "bo")}
    gone = replace(ANN, left=True)
    assert keys(cycle(known, members=(gone, BO)), "2022-06-02") == []
    off = replace(known, state=State.CANCELLED)
    assert keys(cycle(off, members=(gone, BO)), "2022-06-02") == ["meet/2/cancel/-/bo"]


def test_a_leaver_of_a_date_that_passed_is_not_told_when_it_gets_a_new_one() -> None:
    moved = meeting("2023-03-10", revision=2)
    moved.invited = {"ann": knows("2023-02-10", "2022-05-02", at="10:00", ends="12:00")}
    gone = replace(ANN, left=True)
    assert keys(cycle(moved, members=(gone,)), "2023-02-20") == []


def test_who_loses_the_role_is_taken_off() -> None:
    known = meeting(for_=("council",))
    known.invited = told(known, "2022-05-02", "ann", "sub")
    assert keys(cycle(known, members=ALL), "2022-06-01") == ["meet/1/cancel/-/sub"]


def test_a_cancelled_meeting_is_a_cancel_to_all_who_were_invited_and_to_nobody_else() -> None:
    known = meeting()
    off = replace(known, state=State.CANCELLED, revision=2, invited=told(known, "2022-05-02", "ann"))
    assert keys(cycle(off, members=ALL), "2022-06-01") == ["meet/2/cancel/-/ann"]


def test_a_meeting_that_was_held_is_not_told_of_any_more() -> None:
    known = meeting(state=State.DONE, revision=3)
    known.invited = told(meeting("2022-11-11"), "2022-05-02", "ann")
    assert keys(cycle(known, members=ALL), "2022-11-14") == []


def test_a_closed_cycle_only_takes_things_out_of_calendars() -> None:
    known = meeting()
    off = replace(known, state=State.CANCELLED, revision=2, invited=told(known, "2022-05-02", "ann"))
    late = milestone("late", "2022-05-20", owed_by=("holder",), remind=(1,))
    of = cycle(off, late, members=ALL, active=False, closed=True)
    assert keys(of, "2022-06-01") == ["meet/2/cancel/-/ann"]


def test_a_decision_of_the_day_on_which_a_cycle_closed_is_still_told() -> None:
    vote = milestone(
        "vote", "2023-02-10", Kind.DECISION, for_=("holder",), owed_by=("council",), state=State.DONE
    )
    of = cycle(
        vote,
        members=ALL,
        active=False,
        closed=True,
        notices=(notice("decided", "vote", 1, roles=("holder",)),),
    )
    assert keys(of, "2023-02-10") == ["vote/1/decided/-/holder"]


# --- moves --------------------------------------------------------------------------------------------------------


def moved_papers(**facts: Any) -> Milestone:
    facts.setdefault("for_", ("board",))
    facts.setdefault("owed_by", ("holder",))
    return milestone("papers", "2022-11-11", revision=2, **facts)


WAS = Telling(on=d("2022-11-04"))


def test_a_deadline_that_moved_is_told_once_to_those_whom_it_concerns() -> None:
    of = cycle(moved_papers(), members=ALL, notices=(notice("moved", "papers", was=WAS, root="papers"),))
    assert keys(of, "2022-10-03") == ["papers/2/moved/-/bo", "papers/2/moved/-/holder"]


def test_who_has_done_it_is_not_affected_by_its_move() -> None:
    of = cycle(
        moved_papers(done_by=frozenset({"holder"})),
        members=ALL,
        notices=(notice("moved", "papers", was=WAS, root="papers"),),
    )
    assert keys(of, "2022-10-03") == ["papers/2/moved/-/bo"]


def test_no_reminder_on_the_day_on_which_the_same_person_hears_of_the_move() -> None:
    moving = moved_papers(remind=(-39, -7), revised_on=d("2022-10-01"))
    of = cycle(moving, members=ALL, notices=(notice("moved", "papers", was=WAS, root="papers"),))
    assert keys(of, "2022-10-03") == ["papers/2/moved/-/bo", "papers/2/moved/-/holder"]


def test_a_decision_told_on_the_same_day_does_not_take_a_reminder_away() -> None:
    vote = milestone(
        "vote", "2023-02-10", Kind.DECISION, for_=("council",), owed_by=("board", "council"), remind=(-7,),
        decided_by=frozenset({"board"}),
    )  # fmt: skip
    of = cycle(vote, members=ALL, notices=(notice("decided", "vote", 1, roles=("council",)),))
    assert keys(of, "2023-02-03") == ["vote/1/decided/-/ann", "vote/1/remind/-7/ann"]


def both_moved() -> tuple[Milestone, Milestone]:
    known = meeting("2022-11-18", owed_by=("council", "board"))
    after = replace(known, on=d("2022-11-25"), revision=2, invited=told(known, "2022-05-02", "ann", "bo"))
    return after, moved_papers()


NOTICES = (
    notice("moved", "meet", number=1, was=Telling(on=d("2022-11-18"), at="10:00", ends="12:00"), root="meet"),
    notice("moved", "papers", number=2, was=WAS, root="meet"),
)


def test_an_update_carries_the_deadlines_that_moved_with_its_meeting() -> None:
    of = cycle(*both_moved(), members=ALL, notices=NOTICES)
    assert messages(of, "2022-10-03") == {
        "meet/2/update/-/ann": [],
        "meet/2/update/-/bo": ["papers/2/moved/-/bo"],
        "papers/2/moved/-/holder": [],
    }


def test_an_update_of_what_followed_carries_the_rest_as_well() -> None:
    board = milestone("board", "2022-11-18", Kind.DECISION, owed_by=("board",), actions=INVITE, revision=2)
    board.invited = {"bo": knows("2022-11-11", "2022-05-02")}
    council = milestone(
        "council", "2022-11-18", Kind.DECISION, for_=("board",), owed_by=("council",), revision=2
    )
    moves = (
        notice("moved", "council", number=1, was=Telling(on=d("2022-11-11")), root="council"),
        notice("moved", "board", number=2, was=Telling(on=d("2022-11-11")), root="council"),
    )
    assert messages(cycle(board, council, members=ALL, notices=moves), "2022-10-03") == {
        "board/2/update/-/bo": ["council/2/moved/-/bo"],
        "council/2/moved/-/ann": [],
    }


def test_two_deadlines_that_moved_together_are_one_message() -> None:
    more = replace(moved_papers(), id="more")
    moves = (
        notice("moved", "papers", number=1, was=WAS, root="meet"),
        notice("moved", "more", number=2, was=WAS, root="meet"),
    )
    assert messages(cycle(moved_papers(), more, members=(HOLDER,), notices=moves), "2022-10-03") == {
        "papers/2/moved/-/holder": ["more/2/moved/-/holder"]
    }


def test_twice_moved_before_anybody_was_told_is_one_move_from_what_was_known() -> None:
    moves = (
        notice("moved", "papers", 2, number=1, was=WAS, root="papers"),
        notice("moved", "papers", 3, number=2, was=Telling(on=d("2022-11-09")), root="papers"),
    )
    duties = due(
        cycle(replace(moved_papers(), revision=3), members=(HOLDER,), notices=moves), at("2022-10-03")
    )
    assert [(each.key, each.was) for each in duties] == [("c/papers/3/moved/-/holder", WAS)]


def test_moved_away_and_back_before_anybody_was_told_is_nothing_to_tell() -> None:
    back = milestone("papers", "2022-11-04", owed_by=("holder",), revision=3)
    moves = (
        notice("moved", "papers", 2, number=1, was=WAS, root="papers"),
        notice("moved", "papers", 3, number=2, was=Telling(on=d("2022-11-09")), root="papers"),
    )
    assert keys(cycle(back, members=(HOLDER,), notices=moves), "2022-10-03") == []


@pytest.mark.parametrize("state", [State.DONE, State.CANCELLED])
def test_a_move_of_what_is_over_is_nothing_to_tell(state: State) -> None:
    of = cycle(
        moved_papers(state=state), members=ALL, notices=(notice("moved", "papers", was=WAS, root="papers"),)
    )
    assert keys(of, "2022-10-03") == []


def test_a_cancelled_deadline_is_told_to_those_whom_it_concerns() -> None:
    off = moved_papers(state=State.CANCELLED)
    of = cycle(off, members=ALL, notices=(notice("cancel", "papers", was=WAS),))
    assert keys(of, "2022-10-03") == ["papers/2/cancel/-/bo", "papers/2/cancel/-/holder"]


def test_notices_wait_for_a_working_day() -> None:
    of = cycle(moved_papers(), members=ALL, notices=(notice("moved", "papers", was=WAS, root="papers"),))
    assert keys(of, "2022-10-01") == []


# --- decisions, returns, re-openings ------------------------------------------------------------------------------


def vote(**facts: Any) -> Milestone:
    facts.setdefault("for_", ("holder", "subscriber"))
    return milestone("vote", "2023-02-10", Kind.DECISION, owed_by=("council",), state=State.DONE, **facts)


def test_decided_goes_to_those_whom_the_milestone_is_for() -> None:
    of = cycle(vote(), members=ALL, notices=(notice("decided", "vote", 1, roles=("holder", "subscriber")),))
    assert keys(of, "2023-02-10", "13:00") == ["vote/1/decided/-/holder", "vote/1/decided/-/sub"]


def test_two_bodies_decisions_about_one_milestone_are_two_messages() -> None:
    both = (
        notice("decided", "vote", 1, roles=("holder",)),
        replace(notice("decided", "vote", 1, roles=("holder",)), id=2, number=2),
    )
    of = cycle(vote(), members=ALL, notices=both)
    assert keys(of, "2023-02-10") == ["vote/1/decided/-/holder", "vote/1/decided/2/holder"]


def test_returned_goes_to_the_roles_it_names_once_each() -> None:
    wg = member("wg", "working-group", "holder")
    of = cycle(
        vote(),
        members=(*ALL, wg),
        notices=(notice("returned", "vote", 1, roles=("holder", "working-group", "board")),),
    )
    assert keys(of, "2023-02-10") == [
        "vote/1/returned/-/bo",
        "vote/1/returned/-/holder",
        "vote/1/returned/-/wg",
    ]


def test_who_unsubscribed_hears_no_more_of_what_is_not_a_duty() -> None:
    quiet = [replace(each, subscribed=False) for each in ALL]
    moves = (notice("moved", "papers", was=WAS, root="papers"),)
    assert keys(cycle(moved_papers(), members=quiet, notices=moves), "2022-10-03") == [
        "papers/2/moved/-/holder"
    ]
    tells = (notice("decided", "vote", 1, roles=("holder", "subscriber")),)
    assert keys(cycle(vote(), members=quiet, notices=tells), "2023-02-10") == []
    reminding = milestone("m", "2022-09-30", owed_by=("holder",), remind=(-7,), actions=REMIND)
    assert keys(cycle(reminding, members=quiet), "2022-09-23") == ["m/1/remind/-7/holder"]
