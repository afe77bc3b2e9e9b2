"""Confirm, move, cancel, hold, done: what they do to dates, answers and those who know them."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.acts.situations import active, draft
from tests.world import YEAR, World

Home = tuple[Engine, Path]


@pytest.fixture
def home(sqlite: Engine, tmp_path: Path) -> Home:
    return sqlite, tmp_path


def people(heard: list[str], start: str) -> list[str]:
    """Who got messages whose key begins so."""
    return sorted(key.rpartition("/")[2] for key in heard if key.startswith(start))


INVITED = ["b1", "bc", "bd", "c1", "cc", "holder"]


def test_confirm_tells_those_who_reserved_the_date_and_asks_nobody_anew(home: Home) -> None:
    world = active(*home)
    world.act("2022-10-03", "b1", "answer", milestone="dialogue", reply="accepted")
    world.act("2022-10-04", "co", "confirm", milestone="dialogue")
    assert people(world.round("2022-10-04"), "dialogue/2/update/") == INVITED
    assert "b1" not in people(world.round("2022-11-04"), "dialogue/2/remind/-14/")
    assert world.refused("2022-10-05", "co", "confirm", milestone="dialogue") is not None


def test_a_move_asks_anew_and_reminds_only_of_what_comes_after(home: Home) -> None:
    world = active(*home)
    world.act("2022-10-03", "b1", "answer", milestone="dialogue", reply="accepted")
    world.act("2022-11-11", "co", "move", milestone="dialogue", to="2022-11-25", reason="Snestorm")
    assert people(world.round("2022-11-11"), "dialogue/2/update/") == INVITED
    world.heard.clear()
    world.until("2022-11-25")
    mine = [(day, key) for day, key in world.heard if key.startswith("dialogue/") and key.endswith("/b1")]
    assert mine == [("2022-11-18", "dialogue/2/remind/-7/b1"), ("2022-11-24", "dialogue/2/remind/-1/b1")]


def test_a_move_takes_its_deadlines_along_in_the_same_message(home: Home) -> None:
    world = active(*home)
    world.act("2022-10-03", "co", "move", milestone="dialogue", to="2022-11-25")
    assert world.on("papers") == "2022-11-11"
    heard = world.round("2022-10-03")
    assert people(heard, "papers/2/moved/") == ["b1", "bc", "bd", "holder"]
    assert _messages(world, "moved") == []  # all of them are invited to the meeting: the update says both


def test_who_only_has_the_deadline_gets_one_message_about_it(home: Home) -> None:
    world = active(
        *home,
        YEAR.replace("for: [board]\n    owed_by: [holder]", "for: [working-group]\n    owed_by: [holder]"),
    )
    world.act("2022-10-03", "co", "move", milestone="dialogue", to="2022-11-25")
    world.round("2022-10-03")
    assert _messages(world, "moved") == ["papers/2/moved/-/w1", "papers/2/moved/-/w2"]


def _messages(world: World, kind: str) -> list[str]:
    from sqlalchemy import select
    from sqlmodel import col

    from models.engine import reading
    from models.message import Message

    with reading(world.engine) as session:
        keys = session.scalars(select(col(Message.key)).where(col(Message.kind) == kind)).all()
    return sorted(key.removeprefix("c/") for key in keys)


def test_what_was_moved_by_itself_or_is_done_does_not_follow(home: Home) -> None:
    world = active(*home)
    world.act("2022-09-29", "holder", "submit-draft", text="Mål 1")
    world.act("2022-10-03", "co", "move", milestone="papers", to="2022-11-01")
    world.act("2022-10-03", "co", "move", milestone="dialogue", to="2022-11-25")
    assert world.on("papers") == "2022-11-01"
    world.act("2022-10-04", "w1", "comment", text="Godt")
    world.act("2022-10-04", "w2", "comment", text="Godt")
    assert world.state("comments") == "done"
    assert world.on("comments") == "2022-10-14"


def test_a_move_of_time_or_place_keeps_the_date_and_its_followers(home: Home) -> None:
    world = active(*home)
    world.act("2022-10-03", "co", "move", milestone="dialogue", at="14:00", place="Hjørring")
    moved = world.milestone("dialogue")
    assert (str(moved.on), moved.at, moved.ends, moved.place) == ("2022-11-18", "14:00", "16:00", "Hjørring")
    assert (moved.revision, world.milestone("papers").revision) == (2, 1)


def test_moved_twice_and_on_a_saturday_one_update_on_monday(home: Home) -> None:
    world = active(*home)
    world.act("2022-10-07", "co", "move", milestone="dialogue", to="2022-11-25")
    world.act("2022-10-08", "co", "move", milestone="dialogue", to="2022-12-02")
    assert world.round("2022-10-08 13:00") == []
    assert str(world.row().next_due_on) == "2022-10-10"
    assert people(world.round("2022-10-10"), "dialogue/3/update/") == INVITED


def test_moved_away_and_back_before_the_round_nobody_hears(home: Home) -> None:
    world = active(*home)
    world.until("2022-10-08")
    world.act("2022-10-08", "co", "move", milestone="dialogue", to="2022-11-25")
    world.act("2022-10-08", "co", "move", milestone="dialogue", to="2022-11-18")
    heard = world.round("2022-10-10")
    assert [key for key in heard if "moved" in key or "update" in key] == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"to": "2022-09-30"}, "past"),
        ({"to": "2022-11-18"}, "nothing to move"),
        ({"place": "Aalborg"}, "nothing to move"),
        ({"ends": "09:00"}, "cannot end"),
    ],
)
def test_moves_that_make_no_sense(home: Home, fields: dict[str, str], words: str) -> None:
    said = active(*home).refused("2022-10-03", "co", "move", milestone="dialogue", **fields)
    assert said is not None
    assert words in said


def test_a_draft_changes_its_dates_in_silence(home: Home) -> None:
    world = draft(*home)
    world.act("2022-04-03", "co", "move", milestone="draft", to="2022-10-07")
    world.act("2022-04-03", "co", "cancel", milestone="notes")
    world.act("2022-05-02 06:00", "co", "activate")
    heard = world.round("2022-05-02")
    assert {key.split("/")[2] for key in heard} == {"invite"}
    world.until("2022-09-30")
    assert ("2022-09-30", "draft/2/remind/-7/holder") in world.heard


def test_a_cancelled_meeting_is_called_off_for_those_who_were_invited(home: Home) -> None:
    world = active(*home)
    world.act("2022-10-03", "co", "cancel", milestone="dialogue", reason="Aflyst")
    assert people(world.round("2022-10-03"), "dialogue/2/cancel/") == INVITED
    world.until("2022-12-31")
    assert not [key for _, key in world.heard if key.startswith("dialogue/2/remind")]
    assert world.refused("2022-10-05", "co", "move", milestone="dialogue", to="2022-12-02") is not None


def test_a_cancelled_deadline_is_told_to_those_it_concerns_but_not_to_who_is_done(home: Home) -> None:
    world = active(*home)
    world.act("2022-10-03", "w1", "done", milestone="notes")
    world.act("2022-10-03", "co", "cancel", milestone="notes")
    assert people(world.round("2022-10-03"), "notes/2/cancel/") == ["w2"]


@pytest.mark.parametrize(
    ("milestone", "day", "words"),
    [("dialogue", "2022-11-17", "yet"), ("notes", "2022-11-30", "not a meeting")],
)
def test_what_cannot_be_held(home: Home, milestone: str, day: str, words: str) -> None:
    said = active(*home).refused(day, "co", "hold", milestone=milestone)
    assert said is not None
    assert words in said


def test_a_meeting_is_held_once_and_by_members(home: Home) -> None:
    world = active(*home)
    assert world.refused("2022-11-18", "co", "hold", milestone="dialogue", present="b1,nobody") is not None
    world.act("2022-11-18", "co", "hold", milestone="dialogue", present="b1,c1", minutes="Punkt 1")
    assert world.refused("2022-11-18", "co", "hold", milestone="dialogue") is not None


def test_a_working_group_meeting_is_no_dialogue(home: Home) -> None:
    world = active(*home)
    world.act("2022-08-20", "holder", "submit-draft", text="Mål 1")
    world.act("2022-08-25", "co", "hold", milestone="start")
    assert world.row().stage == "submitted"


def test_a_deadline_closes_when_all_have_done_their_part(home: Home) -> None:
    world = active(*home)
    world.act("2022-10-03", "w1", "done", milestone="notes")
    assert world.refused("2022-10-03", "w1", "done", milestone="notes") is not None
    assert world.state("notes") == "open"
    world.until("2022-10-21")
    assert people([key for _, key in world.heard], "notes/1/remind/") == ["w2"]
    world.act("2022-10-24", "w2", "done", milestone="notes")
    assert world.state("notes") == "done"


def test_the_coordinator_says_so_for_one_or_for_all(home: Home) -> None:
    world = active(*home)
    world.act("2022-10-03", "co", "done", milestone="notes", person="w2")
    assert world.refused("2022-10-03", "co", "done", milestone="notes", person="b1") is not None
    assert world.state("notes") == "open"
    world.act("2022-10-03", "co", "done", milestone="notes")
    assert world.state("notes") == "done"


def test_a_delegate_does_the_absent_members_part(home: Home) -> None:
    world = active(*home)
    world.act("2022-10-03", "ob", "done", milestone="notes")
    assert world.refused("2022-10-03", "ob", "done", milestone="notes") is not None
    world.act("2022-10-03", "w2", "done", milestone="notes")
    assert world.state("notes") == "done"


def test_the_last_one_leaving_closes_what_all_others_have_done(home: Home) -> None:
    world = active(*home)
    world.act("2022-10-03", "w1", "done", milestone="notes")
    world.act("2022-10-04", "co", "leave", person="w2")
    assert world.state("notes") == "done"


@pytest.mark.parametrize("milestone", ["dialogue", "board-approval"])
def test_meetings_and_approvals_are_not_done_by_saying_so(home: Home, milestone: str) -> None:
    assert active(*home).refused("2022-11-18", "co", "done", milestone=milestone) is not None


def test_a_version_serves_the_earliest_deadline_and_all_that_were_missed(home: Home) -> None:
    world = active(*home)
    world.act("2022-09-29", "holder", "submit-draft", text="Mål 1")
    assert (world.state("draft"), world.state("papers")) == ("done", "open")
    world.act("2022-11-10", "w1", "submit-draft", text="Mål 2")
    assert world.state("papers") == "done"


def test_one_late_version_serves_both_that_were_missed(home: Home) -> None:
    world = active(*home)
    world.act("2022-11-10", "holder", "submit-draft", text="Mål 1")
    assert (world.state("draft"), world.state("papers")) == ("done", "done")


def test_an_unknown_milestone_is_named_with_those_there_are(home: Home) -> None:
    said = active(*home).refused("2022-10-03", "co", "move", milestone="dialog", to="2022-11-25")
    assert said is not None
    assert "dialogue" in said
