"""What a coordinator is told to look at before milestones are tied to meetings."""

from dataclasses import replace

import pytest

from aarshjul.core.cycle import Kind
from aarshjul.core.date_rules import BeforeRule
from aarshjul.core.languages import LANGUAGES
from aarshjul.core.meeting_cautions import Caution, Code, about_meetings
from aarshjul.core.meeting_words import words_of
from tests.builders import days
from tests.core.plans import APPROVALS, board, cautions, codes, council, plan, planned


def test_the_council_before_its_board_is_an_error() -> None:
    meetings = [council("2027-02-05"), board("2027-02-12", id="b")]
    tied = [replace(APPROVALS[0], meeting="b", anchored=True, at="09:00"), APPROVALS[1]]
    found = plan(tied, *meetings)
    (first, *_) = cautions(found, *meetings)
    assert (first.code, first.is_error) == (Code.COUNCIL_BEFORE_BOARD, True)
    assert words_of(first, "en") == (
        "the council would approve (council-approval, 2027-02-05 10:00) before the board "
        "(board-approval, 2027-02-12 09:00)"
    )


@pytest.mark.parametrize(
    ("board_at", "council_at", "wrong"),
    [("09:00", "10:00", False), ("10:00", "10:00", True), ("11:00", "10:00", True), (None, "10:00", False)],
)
def test_on_one_day_the_times_say_who_is_first(board_at: str | None, council_at: str, wrong: bool) -> None:
    meetings = [council("2027-02-05", council_at, id="c"), board("2027-02-05", board_at, id="b")]
    tied = [
        replace(APPROVALS[0], meeting="b", anchored=True),
        replace(APPROVALS[1], meeting="c", anchored=True),
    ]
    assert ("council-before-board" in codes(plan(tied, *meetings), *meetings)) is wrong


@pytest.mark.parametrize(
    ("on", "code"),
    [
        ("2026-06-20", "weekend"),
        ("2026-05-25", "holiday"),
        ("2026-05-26", "holiday"),
        ("2026-06-23", "quiet"),
    ],
)
def test_meetings_on_days_on_which_nobody_meets(on: str, code: str) -> None:
    calendar = days("2026-05-26", quiet=[("2026-06-22", "2026-06-24")])
    found = plan([planned("june", on)], council(on), calendar=calendar)
    assert codes(found, council(on), calendar=calendar) == {code}
    assert [each.code for each in about_meetings([council(on)], calendar)] == [Code(code)]


def test_two_meetings_of_a_body_on_a_day() -> None:
    meetings = [council("2026-06-19"), council("2026-06-19", "14:00")]
    found = plan([planned("june", "2026-06-19")], *meetings)
    assert codes(found, *meetings) == {"two-meetings"}
    assert [each.code for each in about_meetings(meetings, days())] == [Code.TWO_MEETINGS]
    assert not about_meetings([meetings[0], replace(meetings[1], status="cancelled")], days())
    assert not about_meetings([meetings[0], replace(meetings[1], body="Bestyrelsen")], days())


def test_two_milestones_that_fall_together_and_a_deadline_that_is_past() -> None:
    group = planned("group", "2026-06-19", "working-group", Kind.MEETING, at="09:00", ends="11:00")
    meeting = council("2026-06-19")
    found = plan([planned("june", "2026-06-26"), group], meeting)
    assert codes(found, meeting) == {"two-milestones"}
    papers = planned(
        "papers", "2026-03-13", "holder", Kind.DEADLINE, rule=BeforeRule(before="march", working_days=10)
    )
    near = council("2026-03-06")
    found = plan([planned("march", "2026-03-27"), papers], near)
    assert "deadline-past" in codes(found, near)


def test_a_milestone_that_changes_places_with_a_deadline_that_stays() -> None:
    deadline = planned("comments", "2026-06-22", "holder", Kind.DEADLINE)
    found = plan([deadline, planned("june", "2026-06-26")], council("2026-06-19"))
    assert codes(found, council("2026-06-19")) == {"order"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", Code)
def test_every_caution_has_words(code: Code, language: str) -> None:
    names = ("on", "body", "others", "other", "root", "at", "board", "board_on", "board_at")
    facts = {name: name for name in names} | {"weekday": "4", "said": "2"}
    said = words_of(Caution(code=code, milestone="m", meeting="k", facts=facts), language)
    assert "{" not in said
