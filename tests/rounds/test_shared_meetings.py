"""One real meeting, two cycles: who gets what, once, written out by hand."""

from datetime import UTC
from pathlib import Path

import pytest
from sqlalchemy import Engine

from flows.rehearsing import plain_round
from models.cycle import Cycle
from models.engine import reading, writing
from models.meeting import Meeting
from tests.acts.meetings import hold_meeting
from tests.rounds.houses import CYCLE, DECISIONS, FIRST, MEETING, SECOND, Houses
from tests.world import moment_of

EVERYBODY = ["both", "only-east", "only-west"]


@pytest.fixture
def houses(sqlite: Engine, tmp_path: Path) -> Houses:
    return Houses(engine=sqlite, folder=tmp_path)


@pytest.fixture
def running(houses: Houses) -> Houses:
    houses.activate("2023-01-02")
    return houses


def test_each_gets_one_invitation_to_one_entry(houses: Houses) -> None:
    assert houses.activate("2023-01-02") == [
        "both invite east",
        "only-east invite east",
        "only-west invite west",
    ]
    assert {uid for mine in houses.calendars.values() for uid in mine} == {"east.approval@aarshjul"}
    assert houses.who_has_it() == EVERYBODY
    assert houses.round("2023-01-02 08:00") == []


def test_the_entry_is_the_meetings_and_lists_what_it_carries_for_its_reader(running: Houses) -> None:
    (shown,) = running.shows("both")
    assert shown.title == f"Møde {MEETING}"
    assert shown.text.splitlines() == [
        "Kontrakt east: Godkendelse i east",
        "Kontrakt west: Godkendelse i west",
    ]
    (theirs,) = running.shows("only-west")
    assert theirs.text.splitlines() == ["Kontrakt west: Godkendelse i west"]
    said = [words for words in running.words if "Mødet har flere punkter for dig" in words]
    assert len(said) == 1
    assert all(line in said[0] for line in ("Kontrakt east: Godkendelse i east", f"Møde {MEETING}"))


def test_a_cycle_activated_later_invites_only_those_who_do_not_know(houses: Houses) -> None:
    assert houses.activate("2023-01-02", SECOND) == ["both invite west", "only-west invite west"]
    assert houses.activate("2023-01-09", FIRST) == ["only-east invite east"]
    assert {shown.sequence for who in EVERYBODY for shown in houses.shows(who)} == {1}


# What is done on 9 January, and what the round after it sends.
TABLE: dict[str, tuple[list[tuple[str, str, dict[str, str]]], list[str], list[str]]] = {
    "moved": (
        [("move", SECOND, {"to": "2023-02-24"})],
        ["both update east", "only-east update east", "only-west update west"],
        EVERYBODY,
    ),
    "moved and back": (
        [("move", FIRST, {"to": "2023-02-24"}), ("move", SECOND, {"to": "2023-02-10"})],
        [],
        EVERYBODY,
    ),
    "the first takes its point off": (
        [("cancel", FIRST, {})],
        ["only-east cancel east"],
        ["both", "only-west"],
    ),
    "the second takes its point off": (
        [("cancel", SECOND, {})],
        ["only-west cancel west"],
        ["both", "only-east"],
    ),
    "called off in both": (
        [("cancel", SECOND, {}), ("cancel", FIRST, {})],
        ["both cancel east", "only-east cancel east", "only-west cancel west"],
        [],
    ),
    "taken off, then moved": (
        [("cancel", FIRST, {}), ("move", SECOND, {"to": "2023-02-24"})],
        ["both update west", "only-east cancel east", "only-west update west"],
        ["both", "only-west"],
    ),
    "leaves the first": ([("leave", FIRST, {"person": "both"})], [], EVERYBODY),
    "leaves the second": ([("leave", SECOND, {"person": "both"})], [], EVERYBODY),
    "leaves both": (
        [("leave", SECOND, {"person": "both"}), ("leave", FIRST, {"person": "both"})],
        ["both cancel east"],
        ["only-east", "only-west"],
    ),
    "leaves the only one": (
        [("leave", SECOND, {"person": "only-west"})],
        ["only-west cancel west"],
        ["both", "only-east"],
    ),
    "leaves and comes back": (
        [("leave", SECOND, {"person": "only-west"}), ("join", SECOND, {"person": "only-west"})],
        [],
        EVERYBODY,
    ),
    "goes from one to the other": (
        [
            ("leave", SECOND, {"person": "only-west"}),
            ("join", FIRST, {"person": "only-west", "roles": "council"}),
        ],
        [],
        EVERYBODY,
    ),
    "joins the other, too": ([("join", FIRST, {"person": "only-west", "roles": "council"})], [], EVERYBODY),
    "joins anew": (
        [("join", SECOND, {"person": "new", "name": "Ny", "email": "new@example.org", "roles": "council"})],
        ["new invite west"],
        ["both", "new", "only-east", "only-west"],
    ),
    "joins what is called off in both": (
        [
            ("cancel", FIRST, {}),
            ("cancel", SECOND, {}),
            ("join", SECOND, {"person": "only-east", "roles": "council"}),
        ],
        ["both cancel east", "only-east cancel east", "only-west cancel west"],
        [],
    ),
    "the first is closed": (
        [("close", FIRST, {"reason": "Nyt forløb"})],
        ["only-east cancel east"],
        ["both", "only-west"],
    ),
}


@pytest.mark.parametrize("case", TABLE)
def test_who_gets_what(case: str, running: Houses) -> None:
    acts, sent, have = TABLE[case]
    for minute, (do, cycle, fields) in enumerate(acts):
        running.act(f"2023-01-09 06:{minute:02}", "co", do, cycle, **fields)
    assert running.round("2023-01-09") == sent
    assert running.who_has_it() == have
    assert running.round("2023-01-09 07:30") == []
    assert running.holds()


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
    assert "nothing has changed" in running.refused(
        "2023-01-09", "co", "anchor", FIRST, milestone="approval", meeting=MEETING
    ) or "already" in running.refused(
        "2023-01-09", "co", "anchor", FIRST, milestone="approval", meeting=MEETING
    )


def test_an_answer_counts_for_all_that_the_meeting_carries(running: Houses) -> None:
    running.act("2023-01-09", "both", "answer", SECOND, reply="declined")
    assert [running.answer(cycle, "both") for cycle in (FIRST, SECOND)] == ["declined", "declined"]
    assert running.round("2023-02-03") == ["only-east remind east", "only-west remind west"]


def test_who_has_not_answered_is_reminded_once(running: Houses) -> None:
    assert running.round("2023-02-03") == [
        "both remind east",
        "only-east remind east",
        "only-west remind west",
    ]
    running.act("2023-02-06", "co", "leave", FIRST, person="both")
    assert running.round("2023-02-09") == [
        "both remind west",
        "only-east remind east",
        "only-west remind west",
    ]


def test_an_answer_goes_along_when_the_other_cycle_begins(houses: Houses) -> None:
    houses.activate("2023-01-02", FIRST)
    houses.act("2023-01-03", "both", "answer", FIRST, reply="accepted")
    houses.activate("2023-01-09", SECOND)
    assert houses.answer(SECOND, "both") == "accepted"
    assert "both remind west" not in houses.round("2023-02-03")


def test_leaving_joining_and_leaving_again_is_told_each_time(running: Houses) -> None:
    for day, do, sent in (
        ("2023-01-03", "leave", ["only-west cancel west"]),
        ("2023-01-04", "join", ["only-west update west"]),
        ("2023-01-05", "leave", ["only-west cancel west"]),
        ("2023-01-06", "join", ["only-west update west"]),
        ("2023-01-09", "leave", ["only-west cancel west"]),
    ):
        running.act(f"{day} 06:00", "co", do, SECOND, person="only-west")
        assert running.round(day) == sent, day
    assert running.who_has_it() == ["both", "only-east"]


def test_who_was_taken_off_one_point_gets_the_other_in_a_revision_that_counts(running: Houses) -> None:
    running.act("2023-01-03", "co", "cancel", FIRST)
    running.round("2023-01-03")
    running.act("2023-01-04", "co", "join", SECOND, person="only-east", roles="council")
    assert running.round("2023-01-04") == ["only-east invite west"]  # the mail program takes it: see `_show`
    assert "only-east" in running.who_has_it()


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


def test_what_never_went_is_not_taken_back_by_the_other_cycle(houses: Houses) -> None:
    for cycle in (FIRST, SECOND):
        houses.act("2023-01-02 06:00", "co", "activate", cycle)
    plain_round(houses.engine, moment_of("2023-01-02", "07:00"))  # and the mail server is down
    houses.act("2023-01-02 08:00", "co", "leave", SECOND, person="only-west")
    houses.act("2023-01-02 08:05", "co", "join", FIRST, person="only-west", roles="council")
    houses.act("2023-01-02 08:10", "co", "close", FIRST, reason="Nyt")
    assert houses.round("2023-01-02 09:00") == ["both invite east"]
    assert houses.who_has_it() == ["both"]
    assert houses.shows("both")[0].status == "CONFIRMED"
