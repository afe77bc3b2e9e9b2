"""The day of a decision that is written down later, decisions that were taken already, and open tasks."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from models.engine import reading
from models.standing import standing
from tests.acts.situations import board_approved, discussed, minuted
from tests.builders import at
from tests.world import World

Home = tuple[Engine, Path]


@pytest.fixture
def home(sqlite: Engine, tmp_path: Path) -> Home:
    return sqlite, tmp_path


def decide(world: World, when: str, body: str, **fields: str) -> str | None:
    """The words of the refusal, or None; the coordinator writes it down."""
    given = {"outcome": "approved", "minutes": "Punkt 4", **fields}
    return world.refused(when, "co", "decide", body=body, **given)


def days(world: World) -> list[tuple[str, str]]:
    with reading(world.engine) as session:
        decisions = standing(session, ["c"], at("2023-03-01"))[0].as_json()["decisions"]
    return [(each["body"], each["on"]) for each in decisions]


def test_written_down_later_it_has_the_day_of_the_meeting(home: Home) -> None:
    world = discussed(*home)
    assert decide(world, "2023-02-14", "board", decided_on="2023-02-10") is None
    assert decide(world, "2023-02-14", "council") is None
    assert days(world) == [("board", "2023-02-10"), ("council", "2023-02-14")]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2023-02-15", "still to come: today is 2023-02-14"),
        ("2022-09-28", "before version 1 was submitted on 2022-09-29"),
    ],
)
def test_a_day_on_which_nobody_can_have_decided(home: Home, day: str, words: str) -> None:
    assert words in str(decide(discussed(*home), "2023-02-14", "board", decided_on=day))


def test_just_after_midnight_it_is_the_cycles_own_day(home: Home) -> None:
    world = discussed(*home)
    assert decide(world, "2023-02-14 00:30", "board", decided_on="2023-02-14") is None


def test_the_version_is_the_present_one_and_its_day_counts(home: Home) -> None:
    world = discussed(*home)
    world.act("2023-02-13", "holder", "submit-draft", text="Mål 2")
    said = decide(world, "2023-02-14", "board", decided_on="2023-02-10")
    assert "before version 2 was submitted on 2023-02-13" in str(said)


def test_the_councils_day_is_not_before_the_boards(home: Home) -> None:
    world = board_approved(*home)
    said = decide(world, "2023-02-14", "council", decided_on="2023-02-09")
    assert "before the board approved the draft on 2023-02-10" in str(said)
    assert decide(world, "2023-02-14", "council", decided_on="2023-02-10") is None


def test_a_decision_without_a_date_gets_the_day_of_the_meeting(home: Home) -> None:
    world = discussed(*home)
    assert decide(world, "2023-02-10", "board", outcome="returned") is None
    world.act("2023-02-20", "holder", "submit-draft", text="Mål 2")
    assert decide(world, "2023-03-03", "board", decided_on="2023-03-01") is None
    assert world.on("board-approval") == "2023-03-01"


@pytest.mark.parametrize(
    ("fields", "first"),
    [
        ({"minutes": "Punkt 5"}, "approved"),
        ({"outcome": "rejected"}, "approved"),
        ({"outcome": "returned"}, "approved"),
        ({"outcome": "postponed"}, "approved"),
        ({}, "approved"),
        ({"decided_on": "2023-02-11"}, "approved"),
        ({}, "returned"),
        ({"outcome": "approved"}, "rejected"),
        ({"outcome": "approved"}, "postponed"),
        ({}, "postponed"),
    ],
)
def test_recorded_again_it_is_refused_with_what_stands(
    home: Home, fields: dict[str, str], first: str
) -> None:
    world = discussed(*home)
    assert decide(world, "2023-02-10", "board", outcome=first) is None
    when, given = "2023-02-11", {"outcome": first, "decided_on": "2023-02-10", **fields}
    said = decide(world, when, "board", **given)
    assert f"already: {first} on 2023-02-10 (minutes 'Punkt 4', recorded by co)" in str(said)


def test_what_was_postponed_is_decided_another_day(home: Home) -> None:
    world = discussed(*home)
    assert decide(world, "2023-02-10", "board", outcome="postponed") is None
    assert decide(world, "2023-03-01", "board") is None


def test_the_board_waits_for_open_tasks_and_says_which(home: Home) -> None:
    world = minuted(*home)
    world.act("2022-11-19", "co", "cancel", milestone="dialogue") if world.state(
        "dialogue"
    ) == "open" else None
    for outcome in ("approved", "approved-with-conditions"):
        said = str(decide(world, "2023-02-10", "board", outcome=outcome))
        assert "open: task 1 (" in said
    world.act("2023-02-10", "co", "settle-task", task="1", outcome="declined", reason="Nej")
    assert decide(world, "2023-02-10", "board") is None


@pytest.mark.parametrize("outcome", ["returned", "postponed", "rejected"])
def test_open_tasks_hold_up_no_other_outcome(home: Home, outcome: str) -> None:
    assert decide(minuted(*home), "2023-02-10", "board", outcome=outcome) is None
