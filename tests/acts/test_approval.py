"""The road of a draft to force: approved by both, put off, rejected, signed."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.acts.situations import active, board_approved, council_approved, discussed, kinds, submitted
from tests.world import YEAR, World


@pytest.fixture
def home(sqlite: Engine, tmp_path: Path) -> tuple[Engine, Path]:
    return sqlite, tmp_path


Home = tuple[Engine, Path]


def test_the_council_cannot_decide_before_the_board(home: Home) -> None:
    world = discussed(*home)
    for outcome in ("approved", "returned", "postponed", "rejected"):
        said = world.refused("2023-02-10", "c1", "decide", body="council", outcome=outcome)
        assert said is not None
        assert "before the board" in said


def test_the_board_waits_for_a_dialogue_that_is_left(home: Home) -> None:
    world = submitted(*home)
    said = world.refused("2022-11-01", "b1", "decide", body="board", outcome="approved")
    assert said is not None
    assert "dialogue" in said
    world.act("2022-11-02", "co", "cancel", milestone="dialogue")
    assert world.refused("2022-11-03", "b1", "decide", body="board", outcome="approved") is None
    assert world.row().stage == "board-approved"


def test_after_one_dialogue_a_new_version_needs_no_other(home: Home) -> None:
    world = discussed(*home)
    world.act("2022-12-01", "holder", "submit-draft", text="Mål 2")
    assert world.row().stage == "submitted"
    assert world.refused("2023-02-10", "b1", "decide", body="board", outcome="approved") is None


def test_both_approve_and_those_whom_it_is_for_hear_of_it(home: Home) -> None:
    world = council_approved(*home)
    heard = world.round("2023-02-10")
    assert (world.state("board-approval"), world.state("council-approval")) == ("done", "done")
    assert kinds(heard, "decided") == [
        *(f"board-approval {person}" for person in ("c1", "cc", "co", "holder")),
        *(f"council-approval {person}" for person in ("b1", "bc", "bd", "co", "holder", "sub")),
    ]
    assert world.row().published_draft == 1
    assert world.round("2023-02-13") == []


def test_conditions_count_as_approval(home: Home) -> None:
    world = discussed(*home)
    world.act("2023-02-10", "b1", "decide", body="board", outcome="approved-with-conditions", reason="Mål 3")
    assert world.row().stage == "board-approved"
    assert world.state("board-approval") == "done"


def test_a_body_decides_once(home: Home) -> None:
    world = board_approved(*home)
    assert world.refused("2023-02-10 09:40", "bc", "decide", body="board", outcome="returned") is not None


def test_a_coordinator_records_with_the_minutes_and_that_is_kept(home: Home) -> None:
    world = discussed(*home)
    said = world.refused("2023-02-10", "co", "decide", body="board", outcome="approved")
    assert said is not None
    assert "minutes" in said
    world.act("2023-02-10", "co", "decide", body="board", outcome="approved", minutes="Punkt 4")
    found = world.snapshot()["decision"][0]
    assert "'Punkt 4'" in found
    assert found.count("'co'") == 2


def test_an_expired_delegation_counts_no_more(home: Home) -> None:
    world = discussed(*home)
    world.act("2023-01-02", "co", "delegate", person="b1", to="ob", from_="2023-01-02", until="2023-02-09")
    assert world.refused("2023-02-10", "ob", "decide", body="board", outcome="approved") is not None
    assert world.refused("2023-02-09", "ob", "decide", body="board", outcome="approved") is None


LATER = """
  - id: extra
    title: Bestyrelsesmøde
    phase: approval
    kind: meeting
    on: 2023-03-03
    at: "08:00"
    place: Hjørring
    for: [board]
"""


def test_postponed_the_decision_moves_to_the_bodys_next_meeting(home: Home) -> None:
    world = discussed(*home, YEAR + LATER)
    world.round("2023-01-20")
    world.act("2023-02-10 09:30", "b1", "decide", body="board", outcome="postponed")
    moved = world.milestone("board-approval")
    assert (str(moved.on), moved.at, moved.place, moved.state) == ("2023-03-03", "08:00", "Hjørring", "open")
    assert world.row().stage == "discussed"
    heard = world.round("2023-02-10 09:30")
    assert kinds(heard, "update") == [f"board-approval {person}" for person in ("b1", "bc", "bd")]
    assert kinds(heard, "decided") == [f"board-approval {person}" for person in ("c1", "cc", "co", "holder")]


def test_postponed_by_the_council_the_boards_approval_stands(home: Home) -> None:
    world = board_approved(*home)
    world.act("2023-02-10 11:30", "c1", "decide", body="council", outcome="postponed")
    assert world.decisions() == [("board", "approved", True), ("council", "postponed", True)]
    assert (world.on("council-approval"), world.on("signatures")) == (None, None)
    world.act("2023-02-20", "co", "move", milestone="council-approval", to="2023-03-10")
    assert world.on("board-approval") == "2023-02-10"
    assert world.on("signatures") == "2023-03-24"
    world.act("2023-03-10 11:00", "c1", "decide", body="council", outcome="approved")
    assert world.row().stage == "council-approved"


def test_rejected_is_final(home: Home) -> None:
    world = discussed(*home)
    world.round("2023-01-20")
    world.act("2023-02-01", "b1", "decide", body="board", outcome="rejected", reason="Nej")
    assert world.row().stage == "rejected"
    states = [world.state(m) for m in ("board-approval", "council-approval", "signatures", "papers")]
    assert states == ["done", "cancelled", "cancelled", "cancelled"]
    heard = world.round("2023-02-01")
    told = [*("b1", "bc", "bd", "c1", "cc", "co", "holder", "sub")]
    assert kinds(heard, "cancel") == [f"council-approval {person}" for person in told]
    world.heard.clear()
    world.until("2023-06-30")
    assert [key for _, key in world.heard if "remind" in key] == []
    assert world.refused("2023-02-02", "holder", "submit-draft", text="Igen") is not None


def test_nobody_signs_twice_or_for_another_body(home: Home) -> None:
    world = council_approved(*home)
    world.act("2023-02-14", "bc", "sign", body="board")
    assert world.refused("2023-02-14", "bd", "sign", body="board") is not None
    assert world.refused("2023-02-14", "bc", "sign", body="council") is not None
    assert world.row().stage == "council-approved"


def test_who_has_signed_is_not_reminded_and_the_other_is(home: Home) -> None:
    world = council_approved(*home)
    world.act("2023-02-14", "bc", "sign", body="board")
    world.until("2023-02-21")
    assert world.heard[-1] == ("2023-02-21", "signatures/1/remind/-3/cc")


def test_put_in_force_ends_what_was_owed(home: Home) -> None:
    world = council_approved(*home)
    world.act("2023-02-14", "co", "put-in-force")
    assert (world.row().stage, world.state("signatures")) == ("in-force", "done")
    assert world.refused("2023-02-15", "holder", "submit-draft", text="Nyt") is not None
    assert world.refused("2023-02-15", "co", "put-in-force") is not None


ONE_FOR_BOTH = YEAR.replace(
    "owed_by: [board]\n    remind: [-7, 1]", "owed_by: [board, council]\n    remind: [-7, 1]"
)


def test_two_bodies_at_one_milestone_are_each_told_of(home: Home) -> None:
    world = discussed(*home, ONE_FOR_BOTH)
    world.round("2023-01-20")
    world.act("2023-02-08", "b1", "decide", body="board", outcome="approved")
    assert world.state("board-approval") == "open"
    assert "board-approval holder" in kinds(world.round("2023-02-08"), "decided")
    world.act("2023-02-09", "c1", "decide", body="council", outcome="approved")
    assert world.state("board-approval") == "done"
    assert "board-approval holder" in kinds(world.round("2023-02-09"), "decided")


def test_nobody_decides_without_a_draft(home: Home) -> None:
    said = active(*home).refused("2023-02-10", "b1", "decide", body="board", outcome="approved")
    assert said is not None
    assert "no draft" in said


def test_history_has_every_step(home: Home) -> None:
    world: World = council_approved(*home)
    world.act("2023-02-14", "bc", "sign", body="board")
    world.act("2023-02-14", "cc", "sign", body="council")
    acts = [
        each for each in world.history() if each not in ("invite", "remind", "score", "escalate", "update")
    ]
    assert acts == [
        "imported", "delegated", "delegated", "delegated", "left", "activated", "draft-submitted", "held",
        "decided", "decided", "signed", "signed", "came-into-force",
    ]  # fmt: skip
