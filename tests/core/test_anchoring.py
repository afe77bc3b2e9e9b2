"""Which meeting is proposed for which milestone, and what follows."""

from dataclasses import replace
from typing import Any

import pytest

from aarshjul.core.anchoring import WINDOW, whose
from aarshjul.core.cycle import Kind
from aarshjul.core.date_rules import BeforeRule
from aarshjul.core.meeting_plan import Why
from aarshjul.core.meeting_words import words_of_kept
from tests.builders import d, days
from tests.core.plans import APPROVALS, board, chosen, codes, council, plan, planned


def test_the_nearest_meeting_in_working_days_is_proposed_the_later_of_two_as_near() -> None:
    meetings = [council("2026-06-15"), council("2026-06-22"), council("2026-06-30")]
    assert chosen(plan([planned("june", "2026-06-26")], *meetings)) == {"june": "kkr-2026-06-30"}
    assert chosen(plan([planned("june", "2026-06-18")], *meetings)) == {"june": "kkr-2026-06-22"}
    assert chosen(plan([planned("june", "2026-06-19")], *meetings)) == {"june": "kkr-2026-06-22"}


def test_what_hangs_on_it_follows_with_old_and_new_days() -> None:
    papers = planned(
        "papers", "2026-06-12", "holder", Kind.DEADLINE, rule=BeforeRule(before="june", working_days=10)
    )
    (proposal,) = plan([planned("june", "2026-06-26"), papers], council("2026-06-19")).proposals
    assert [(each.milestone.on, each.to) for each in proposal.follows] == [(d("2026-06-12"), d("2026-06-05"))]


def test_what_is_anchored_done_or_has_a_meeting_of_its_own_does_not_follow() -> None:
    rule = BeforeRule(before="june", working_days=10)
    anchored = planned("papers", "2026-06-12", "holder", Kind.DEADLINE, rule=rule, anchored=True)
    done = planned("drafts", "2026-06-12", "holder", Kind.DEADLINE, rule=rule, open=False)
    own = planned("board", "2026-06-12", "board", rule=rule)
    found = plan(
        [planned("june", "2026-06-26"), anchored, done, own], council("2026-06-19"), board("2026-06-03")
    )
    assert all(not each.follows for each in found.proposals)
    assert chosen(found) == {"june": "kkr-2026-06-19", "board": "board-2026-06-03"}


@pytest.mark.parametrize(
    ("facts", "carried"),
    [
        ({"kind": Kind.DEADLINE}, False),
        ({"kind": Kind.MEETING}, True),
        ({"owed_by": ("holder",), "for_": ("council",)}, True),
        ({"owed_by": ("working-group",), "for_": ("council",), "kind": Kind.MEETING}, False),
        ({"owed_by": ("holder",), "for_": ("holder",)}, False),
        ({"open": False}, False),
    ],
)
def test_only_meetings_and_decisions_of_the_body_are_proposed_for(
    facts: dict[str, Any], carried: bool
) -> None:
    milestone = replace(planned("june", "2026-06-26"), **facts)
    assert bool(plan([milestone], council("2026-06-19")).proposals) is carried


def test_a_milestone_of_both_bodies_goes_to_the_councils_calendar_else_to_the_boards() -> None:
    both = replace(planned("dialogue", "2026-11-18", kind=Kind.MEETING), owed_by=("board", "council"))
    assert chosen(plan([both], council("2026-11-27"), board("2026-11-19"))) == {"dialogue": "kkr-2026-11-27"}
    assert chosen(plan([both], board("2026-11-19"))) == {"dialogue": "board-2026-11-19"}


def test_order_is_kept_even_where_a_nearer_meeting_would_turn_it_round() -> None:
    milestones = [planned("first", "2026-06-10"), planned("second", "2026-06-12")]
    found = plan(milestones, council("2026-06-11"), council("2026-06-30"))
    assert chosen(found) == {"first": "kkr-2026-06-11", "second": "kkr-2026-06-30"}
    alone = plan(milestones, council("2026-06-10"))
    assert chosen(alone) == {"first": "kkr-2026-06-10"}
    assert [(each.milestone.id, each.why) for each in alone.kept] == [("second", Why.NO_ROOM)]


def test_the_board_goes_before_the_council_and_near_its_new_day() -> None:
    found = plan(
        APPROVALS, council("2027-02-05"), board("2027-02-12"), board("2027-02-04"), board("2027-01-29")
    )
    assert chosen(found) == {"board-approval": "board-2027-02-04", "council-approval": "kkr-2027-02-05"}
    assert not codes(found)


def test_a_board_without_a_calendar_follows_the_council_and_that_is_said() -> None:
    found = plan(APPROVALS, council("2027-02-05"))
    (kept,) = found.kept
    assert (kept.milestone.id, kept.on, kept.why) == ("board-approval", d("2027-02-05"), Why.NO_CALENDAR)
    assert words_of_kept(kept, "en") == "no meetings of the board are here: keeps its date 2027-02-05"
    assert words_of_kept(kept, "da") == "Bestyrelsens møder er ikke læst ind: beholder sin dato 2027-02-05"


def test_tied_and_unchanged_is_nothing_to_do_and_moved_proposes_the_new_day() -> None:
    meeting = council("2026-06-19", ends="12:00")
    tied = planned("june", "2026-06-19", at="10:00", ends="12:00", anchored=True, meeting=meeting.id)
    assert plan([tied], meeting).settled == (tied,)
    for now in (
        replace(meeting, on=d("2026-06-24")),
        replace(meeting, at="11:00"),
        replace(meeting, place="Her"),
    ):
        (proposal,) = plan([tied], now).proposals
        assert proposal.meeting == now


def test_a_cancelled_meeting_is_told_and_another_one_proposed() -> None:
    meetings = [council("2026-06-19", status="cancelled"), council("2026-06-26")]
    tied = planned("june", "2026-06-19", anchored=True, meeting="kkr-2026-06-19")
    found = plan([tied], *meetings)
    assert chosen(found) == {"june": "kkr-2026-06-26"}
    assert codes(found, *meetings) == {"meeting-cancelled"}
    alone = plan([tied], meetings[0])
    assert [each.why for each in alone.kept] == [Why.NONE_NEAR]


def test_past_days_are_left_alone() -> None:
    overdue = planned("june", "2026-02-27")
    (kept,) = plan([overdue], council("2026-03-06")).kept
    assert kept.why is Why.PAST
    assert not plan([planned("june", "2026-03-04")], council("2026-02-27")).proposals
    meeting = council("2026-02-27")
    tied = planned("june", "2026-03-20", anchored=True, meeting=meeting.id)
    found = plan([tied], meeting)
    assert codes(found, meeting) == {"meeting-past"}
    assert not found.proposals


def test_a_decision_that_waits_for_a_date_gets_the_next_meeting() -> None:
    waiting = replace(planned("june", "2026-02-13"), on=None)
    assert chosen(plan([waiting], council("2026-02-13"), council("2026-03-13"))) == {"june": "kkr-2026-03-13"}


def test_six_weeks_of_working_days_are_the_furthest() -> None:
    calendar = days()
    inside, outside = calendar.add(d("2026-06-26"), WINDOW), calendar.add(d("2026-06-26"), WINDOW + 1)
    assert plan([planned("june", "2026-06-26")], council(inside.isoformat())).proposals
    (kept,) = plan([planned("june", "2026-06-26", tentative=True)], council(outside.isoformat())).kept
    assert (
        words_of_kept(kept, "en") == "no meeting of the council is near: keeps its tentative date 2026-06-26"
    )


def test_a_meeting_can_be_asked_for_one_milestone_alone() -> None:
    found = plan(APPROVALS, council("2027-02-05"), board("2027-02-04"), only=frozenset({"council-approval"}))
    assert chosen(found) == {"council-approval": "kkr-2027-02-05"}
    assert {each.milestone.id for each in found.proposals[0].follows} == {"board-approval"}


def test_bodies_are_known_by_the_names_of_council_and_holder() -> None:
    names = ["KKR Nordjylland", "Bestyrelsen for Erhvervshus Nordjylland", "KKR Syddanmark"]
    assert whose(names, council="kkr  nordjylland", holder="Erhvervshus Nordjylland") == {
        "council": ("KKR Nordjylland",),
        "board": ("Bestyrelsen for Erhvervshus Nordjylland",),
    }
