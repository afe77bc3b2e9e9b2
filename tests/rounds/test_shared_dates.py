"""One real meeting, two cycles: moved, confirmed and postponed together, and which entry each point has."""

from datetime import UTC
from pathlib import Path

import pytest
from sqlalchemy import Engine

from models.cycle import Cycle
from models.engine import reading, writing
from models.meeting import Meeting
from tests.acts.meetings import hold_meeting
from tests.rounds.houses import CYCLE, DECISIONS, EVERYBODY, FIRST, MEETING, SECOND, Houses


def test_a_move_is_one_act_in_both_cycles(running: Houses) -> None:
    running.act("2023-01-09", "co", "move", SECOND, to="2023-02-24", at="13:00")
    for cycle in (FIRST, SECOND):
        row = running.milestone(cycle)
        assert (str(row.on), row.at, row.ends, row.place) == ("2023-02-24", "13:00", "15:00", "Aalborg")
    assert running.milestone(FIRST).revision == running.milestone(SECOND).revision
    with reading(running.engine) as session:
        meeting = session.get_one(Meeting, MEETING)
        assert (str(meeting.on), meeting.at, meeting.ends) == ("2023-02-24", "13:00", "15:00")


def test_a_draft_beside_it_moves_silently(houses: Houses) -> None:
    houses.activate("2023-01-02", FIRST)
    houses.act("2023-01-09", "co", "move", FIRST, to="2023-02-24")
    assert houses.round("2023-01-09") == ["both update east", "only-east update east"]
    assert str(houses.milestone(SECOND).on) == "2023-02-24"
    assert houses.activate("2023-01-16", SECOND) == ["only-west invite west"]
    assert {str(shown.starts.date()) for who in EVERYBODY for shown in houses.shows(who)} == {"2023-02-24"}


def test_who_coordinates_one_alone_moves_nothing_of_both(running: Houses) -> None:
    said = running.refused("2023-01-09", "co-west", "move", SECOND, to="2023-02-24")
    assert "approval of east" in said
    assert "join east" in said
    running.act("2023-01-09", "co-west", "cancel", SECOND)  # its own point it may take off


def test_a_tentative_meeting_is_confirmed_for_both(houses: Houses) -> None:
    hold_meeting(houses.engine, MEETING, "2023-02-10", status="tentative")
    houses.act("2022-12-02", "co", "anchor", FIRST, milestone="approval", meeting=MEETING)
    houses.activate("2023-01-02")
    assert {shown.status for who in EVERYBODY for shown in houses.shows(who)} == {"TENTATIVE"}
    houses.act("2023-01-09", "co", "confirm", FIRST)
    assert houses.round("2023-01-09") == [
        "both update east",
        "only-east update east",
        "only-west update west",
    ]
    assert {shown.status for who in EVERYBODY for shown in houses.shows(who)} == {"CONFIRMED"}


def test_a_changed_calendar_moves_both_by_one_act(running: Houses) -> None:
    hold_meeting(running.engine, MEETING, "2023-02-17", place="Hjørring")
    running.act("2023-01-09", "co", "anchor", SECOND, milestone="approval", meeting=MEETING)
    assert running.round("2023-01-09") == [
        "both update east",
        "only-east update east",
        "only-west update west",
    ]
    said = running.refused("2023-01-09", "co", "anchor", FIRST, milestone="approval", meeting=MEETING)
    assert f"is tied to {MEETING} already" in said


def test_what_was_sent_to_the_second_before_keeps_its_own_entry(sqlite: Engine, tmp_path: Path) -> None:
    houses = Houses(engine=sqlite, folder=tmp_path, tied=(FIRST,))
    houses.activate("2023-01-02")
    houses.act("2023-01-03", "co", "anchor", SECOND, milestone="approval", meeting=MEETING)
    assert houses.round("2023-01-03") == ["both update west", "only-west update west"]
    assert houses.entry(SECOND).uid == "west.approval@aarshjul"
    houses.act("2023-01-04", "co", "move", FIRST, to="2023-02-24")
    assert str(houses.milestone(SECOND).on) == "2023-02-24"  # the meeting is one all the same


def test_from_a_shared_entry_nobody_is_cut_off(running: Houses) -> None:
    said = running.refused("2023-01-09", "co", "anchor", SECOND, milestone="approval", meeting="none")
    assert "approval of east" in said


def test_before_anybody_is_invited_a_milestone_can_leave_the_meeting(houses: Houses) -> None:
    houses.act("2022-12-02", "co", "anchor", FIRST, milestone="approval", meeting="none")
    assert houses.entry(FIRST).uid != houses.entry(SECOND).uid
    assert houses.activate("2023-01-02") == [
        *("both invite east", "both invite west", "only-east invite east", "only-west invite west"),
    ]
    assert houses.who_has_it() == ["both", *EVERYBODY]


@pytest.fixture
def deciding(sqlite: Engine, tmp_path: Path) -> Houses:
    """A board that decides about two drafts at one meeting, which has taken place."""
    houses = Houses(engine=sqlite, folder=tmp_path, text=DECISIONS)
    houses.activate("2023-01-02")
    for cycle in (FIRST, SECOND):
        houses.act("2023-01-03", "co", "submit-draft", cycle, text="Mål")
    return houses


def test_a_point_that_is_postponed_gets_an_entry_of_its_own(deciding: Houses) -> None:
    deciding.act("2023-02-10 13:00", "co", "decide", SECOND, body="board", outcome="postponed", minutes="P4")
    assert deciding.round("2023-02-13") == []
    assert deciding.milestone(SECOND).meeting_id is None
    deciding.act("2023-02-14", "co", "move", SECOND, to="2023-03-10")
    assert str(deciding.milestone(FIRST).on) == "2023-02-10"
    assert deciding.round("2023-02-15") == ["both update west", "only-west update west"]
    assert {str(shown.starts.date()) for shown in deciding.shows("both")} == {"2023-02-10", "2023-03-10"}
    assert deciding.holds()


def test_one_decision_closes_its_own_point_alone(deciding: Houses) -> None:
    deciding.act("2023-02-10 13:00", "co", "decide", FIRST, body="board", outcome="approved", minutes="P4")
    assert [deciding.milestone(cycle).state for cycle in (FIRST, SECOND)] == ["done", "open"]
    deciding.act("2023-02-10 13:05", "co", "cancel", SECOND)
    assert deciding.round("2023-02-13") == []
    assert deciding.who_has_it() == EVERYBODY


def test_on_the_clocks_of_another_zone_it_is_the_same_moment(sqlite: Engine, tmp_path: Path) -> None:
    houses = Houses(engine=sqlite, folder=tmp_path, tied=())
    with writing(sqlite) as session:
        session.get_one(Cycle, SECOND).timezone = "Europe/London"
    for cycle in (FIRST, SECOND):
        houses.act("2022-12-01", "co", "anchor", cycle, milestone="approval", meeting=MEETING)
    assert (houses.milestone(SECOND).at, houses.milestone(SECOND).ends) == ("09:00", "11:00")
    houses.activate("2023-01-02")
    assert len({shown.starts.astimezone(UTC) for who in EVERYBODY for shown in houses.shows(who)}) == 1
    houses.act("2023-01-09", "co", "move", SECOND, at="13:00")
    assert (houses.milestone(FIRST).at, houses.milestone(FIRST).ends) == ("14:00", "16:00")
    assert houses.round("2023-01-09") == [
        "both update east",
        "only-east update east",
        "only-west update west",
    ]
    assert {shown.starts.astimezone(UTC).hour for who in EVERYBODY for shown in houses.shows(who)} == {13}
    houses.act("2023-01-10", "co", "leave", FIRST, person="both")
    assert houses.round("2023-01-10") == []


def test_two_milestones_of_one_cycle_at_one_meeting_are_one_entry(sqlite: Engine, tmp_path: Path) -> None:
    text = (
        CYCLE
        + """\
  - id: scores
    title: Målopfyldelse i {id}
    phase: scoring
    kind: meeting
    on: 2023-02-17
    for: [council]
"""
    )
    houses = Houses(engine=sqlite, folder=tmp_path, text=text, tied=(FIRST,))
    houses.act("2022-12-02", "co", "anchor", FIRST, milestone="scores", meeting=MEETING)
    houses.activate("2023-01-02", FIRST)
    assert houses.who_has_it() == ["both", "only-east"]
    assert len(houses.shows("both")[0].text.splitlines()) == 2
    houses.act("2023-01-09", "co", "cancel", FIRST, milestone="scores")
    assert houses.round("2023-01-09") == []
    houses.act("2023-01-10", "co", "move", FIRST, to="2023-02-24")
    assert houses.round("2023-01-10") == ["both update east", "only-east update east"]
    assert houses.who_has_it() == ["both", "only-east"]
