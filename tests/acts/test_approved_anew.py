"""What takes an approval away: a return, and an edit after it; then both approve anew."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.acts.situations import board_approved, council_approved, discussed, kinds, submitted


@pytest.fixture
def home(sqlite: Engine, tmp_path: Path) -> tuple[Engine, Path]:
    return sqlite, tmp_path


Home = tuple[Engine, Path]


def test_a_return_by_the_council_takes_the_boards_approval_and_all_dates_away(home: Home) -> None:
    world = board_approved(*home)
    world.round("2023-02-10 09:45")
    world.act("2023-02-10 11:30", "c1", "decide", body="council", outcome="returned", reason="For lavt")
    assert (world.row().stage, world.row().round) == ("drafting", 2)
    assert world.decisions() == [("board", "approved", False), ("council", "returned", False)]
    for slug in ("board-approval", "council-approval"):
        assert (world.state(slug), world.on(slug)) == ("open", None)
    assert world.on("signatures") is None  # nobody is asked to sign what waits for a date
    heard = world.round("2023-02-10 11:30")
    assert kinds(heard, "returned") == [
        f"council-approval {person}" for person in ("b1", "bc", "bd", "holder", "w1", "w2")
    ]
    assert kinds(heard, "decided") == ["council-approval co", "council-approval sub"]


def test_nothing_is_owed_at_a_decision_that_waits_for_a_date(home: Home) -> None:
    world = board_approved(*home)
    world.act("2023-02-10 11:30", "c1", "decide", body="council", outcome="returned")
    world.round("2023-02-10 11:30")
    world.heard.clear()
    world.until("2023-06-30")
    assert [key for _, key in world.heard if "approval/" in key or "signatures" in key] == []


def test_a_return_by_the_board_tells_the_rest_what_was_decided(home: Home) -> None:
    world = discussed(*home)
    world.round("2023-01-20")
    world.act("2023-02-10 09:30", "b1", "decide", body="board", outcome="returned")
    heard = world.round("2023-02-10 09:30")
    assert kinds(heard, "returned") == [f"board-approval {person}" for person in ("holder", "w1", "w2")]
    assert kinds(heard, "decided") == [f"board-approval {person}" for person in ("c1", "cc", "co")]
    assert world.on("board-approval") is None
    assert world.on("council-approval") == "2023-02-10"


def test_returned_before_its_day_a_decision_keeps_its_date(home: Home) -> None:
    world = discussed(*home)
    world.act("2023-02-01", "b1", "decide", body="board", outcome="returned")
    assert (world.state("board-approval"), world.on("board-approval")) == ("open", "2023-02-10")


def test_the_second_round_with_new_dates_ends_in_force(home: Home) -> None:
    world = board_approved(*home)
    world.act("2023-02-10 11:30", "c1", "decide", body="council", outcome="returned")
    world.round("2023-02-10 11:30")
    world.act("2023-02-14", "co", "move", milestone="council-approval", to="2023-03-10")
    assert [world.on(m) for m in ("board-approval", "council-approval", "signatures")] == [
        "2023-03-10",
        "2023-03-10",
        "2023-03-24",
    ]
    heard = world.round("2023-02-14")
    assert kinds(heard, "update") == [
        *(f"board-approval {person}" for person in ("b1", "bc", "bd")),
        *(f"council-approval {person}" for person in ("c1", "cc")),
    ]
    assert (
        len([person for person in kinds(heard, "moved") if person.endswith(" holder")]) == 2
    )  # in one message
    world.act("2023-02-20", "holder", "submit-draft", text="Mål 2, højere")
    world.act("2023-03-10 09:30", "b1", "decide", body="board", outcome="approved")
    world.act("2023-03-10 10:30", "c1", "decide", body="council", outcome="approved")
    world.act("2023-03-13", "bd", "sign", body="board")
    world.act("2023-03-14", "cc", "sign", body="council")
    assert world.row().stage == "in-force"
    assert world.state("signatures") == "done"


def test_decided_without_a_new_date_it_is_that_days_and_the_signatures_follow(home: Home) -> None:
    world = discussed(*home)
    world.act("2023-02-10 09:30", "b1", "decide", body="board", outcome="returned")
    world.act("2023-02-20", "holder", "submit-draft", text="Mål 2")
    world.act("2023-03-01", "b1", "decide", body="board", outcome="approved")
    assert (world.on("board-approval"), world.state("board-approval")) == ("2023-03-01", "done")


def test_the_same_text_is_no_new_version(home: Home) -> None:
    world = submitted(*home)
    for text in ("Mål 1", "Mål 1\n", "Mål 1   \r\n", "Ma\u030al 1"):
        assert world.refused("2022-10-01", "holder", "submit-draft", text=text) is not None
    assert world.refused("2022-10-01", "holder", "submit-draft", text="mål 1") is None


def test_an_edit_after_the_boards_approval_voids_it_and_says_so(home: Home) -> None:
    world = board_approved(*home)
    world.round("2023-02-10 09:45")
    world.act("2023-02-10 09:50", "holder", "submit-draft", text="Mål 1 b")
    assert world.row().stage == "submitted"
    assert world.decisions() == [("board", "approved", False)]
    assert (world.state("board-approval"), world.on("board-approval")) == ("open", None)
    assert world.on("council-approval") == "2023-02-10"
    heard = world.round("2023-02-10 09:50")
    assert kinds(heard, "reopened") == [
        f"board-approval {person}" for person in ("b1", "bc", "bd", "holder", "w1", "w2")
    ]
    assert world.refused("2023-02-10 10:30", "c1", "decide", body="council", outcome="approved") is not None


def test_an_edit_after_both_approved_reopens_both_and_takes_the_first_signature(home: Home) -> None:
    world = council_approved(*home)
    world.round("2023-02-10")
    world.act("2023-02-13", "bc", "sign", body="board")
    world.act("2023-02-14", "holder", "submit-draft", text="Mål 1 c")
    heard = world.round("2023-02-14")
    assert kinds(heard, "reopened") == [
        f"board-approval {person}" for person in ("b1", "bc", "bd", "c1", "cc", "holder", "w1", "w2")
    ]
    world.act("2023-03-01", "b1", "decide", body="board", outcome="approved")
    world.act("2023-03-02", "c1", "decide", body="council", outcome="approved")
    world.act("2023-03-03", "cc", "sign", body="council")
    assert world.row().stage == "council-approved"  # the chair of the board signs the new text as well
    world.act("2023-03-03", "bc", "sign", body="board")
    assert world.row().stage == "in-force"


def test_an_edit_before_its_day_leaves_the_date(home: Home) -> None:
    world = discussed(*home)
    world.act("2023-02-01", "b1", "decide", body="board", outcome="approved")
    world.act("2023-02-02", "holder", "submit-draft", text="Mål 1 d")
    assert (world.state("board-approval"), world.on("board-approval")) == ("open", "2023-02-10")
