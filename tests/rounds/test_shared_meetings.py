"""One real meeting, two cycles: who gets what, once, written out by hand."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from aarshjul.core.errors import Refused
from flows.rehearsing import plain_round
from tests.rounds.houses import EVERYBODY, FIRST, MEETING, SECOND, Houses
from tests.world import moment_of


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
    (theirs,) = running.shows("only-west")  # to whom it is one thing, by the name that it has in feeds
    assert theirs.title == "Godkendelse i west"
    assert theirs.text.splitlines()[:2] == ["Kontrakt west", "Møde. Fase: Godkendelse"]
    assert "east" not in theirs.text
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
        ["both cancel east", "only-east cancel east"],
        ["both", "only-west"],
    ),
    "the second takes its point off": (
        [("cancel", SECOND, {})],
        ["both cancel west", "only-west cancel west"],
        ["both", "only-east"],
    ),
    "called off in both": (
        [("cancel", SECOND, {}), ("cancel", FIRST, {})],
        ["both cancel east", "only-east cancel east", "only-west cancel west"],
        [],
    ),
    "taken off, then moved": (
        [("cancel", FIRST, {}), ("move", SECOND, {"to": "2023-02-24"})],
        ["both cancel east", "both update west", "only-east cancel east", "only-west update west"],
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
        ["both cancel east", "only-east cancel east"],
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


def test_a_deadline_and_an_unknown_meeting_are_not_tied(engine: Engine, tmp_path: Path) -> None:
    houses = Houses(engine=engine, folder=tmp_path)
    tie = ("2022-12-02", "co", "anchor", FIRST)
    assert houses.refused(*tie, milestone="papers", meeting=MEETING) == (
        "papers is a deadline: a meeting carries meetings and decisions"
    )
    assert houses.refused(*tie, milestone="approval", meeting="kkr-2023-02-11") == (
        f"there is no meeting kkr-2023-02-11 here; did you mean `{MEETING}`?"
    )
    assert houses.refused(*tie, milestone="approval", meeting="zzz") == (
        "there is no meeting zzz here: import the body's calendar first"
    )


def test_who_shared_an_entry_is_not_cut_off_from_it_while_the_other_takes_it_back(running: Houses) -> None:
    running.act("2023-01-09", "co", "close", SECOND, reason="Nyt")
    with pytest.raises(Refused, match="is one meeting with approval of west"):
        running.act("2023-01-09 12:00", "co", "anchor", FIRST, milestone="approval", meeting="none")
    assert running.round("2023-01-09 13:00") == ["both cancel west", "only-west cancel west"]
    assert running.who_has_it() == ["both", "only-east"]
