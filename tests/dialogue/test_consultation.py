"""Where the consultation stands: who is asked, who has answered, since when the others owe."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, update
from sqlmodel import col

from aarshjul.core.consultation import Asked, Consultation
from models.consulting import load_consultation
from models.cycle import Cycle
from models.engine import reading, writing
from models.message import Message
from tests.dialogue.conftest import Run
from tests.dialogue.year import NEWER, drafted
from tests.world import YEAR, World, moment_of


def at(world: World, when: str) -> Consultation:
    with reading(world.engine) as session:
        return load_consultation(session, session.get_one(Cycle, "c"), moment_of(when))


def members(found: Consultation) -> dict[str, Asked]:
    return {each.person: each for each in found.members}


def test_who_has_not_answered_owes_it_and_was_reminded(sqlite: Engine, tmp_path: Path) -> None:
    world = drafted(sqlite, tmp_path)
    world.act("2022-10-03", "w1", "comment", text="A", goal="9")
    world.until("2022-10-20")
    with writing(sqlite) as session:  # as if a mail server had taken them at once
        session.execute(update(Message).values(state="sent", settled_at=col(Message.owed_at)))
    found = members(at(world, "2022-10-20"))
    assert set(found) == {"w1", "w2"}
    assert (found["w1"].has_answered, found["w1"].owes, found["w1"].comments) == (True, None, 1)
    late = found["w2"]
    assert (late.has_answered, late.owes, str(late.due), str(late.since)) == (
        False,
        "comments",
        "2022-10-14",
        "2022-10-14",
    )
    assert str(late.reminded) == "2022-10-07"
    assert at(world, "2022-10-20").counts() | {"late": 0} == {
        "asked": 2,
        "answered": 1,
        "agrees": 0,
        "agrees-with-remarks": 0,
        "objects": 0,
        "open": 1,
        "accepted": 0,
        "declined": 0,
        "late": 0,
    }


def test_before_the_deadline_it_is_due_and_not_overdue(sqlite: Engine, tmp_path: Path) -> None:
    world = drafted(sqlite, tmp_path)
    found = members(at(world, "2022-10-14"))["w2"]
    assert (str(found.due), found.since) == ("2022-10-14", None)


def test_what_a_delegate_said_in_a_members_place_is_an_answer(sqlite: Engine, tmp_path: Path) -> None:
    world = drafted(sqlite, tmp_path)
    world.act("2022-10-03", "ob", "comment", text="For w1")
    found = members(at(world, "2022-10-04"))
    assert (found["w1"].has_answered, found["w1"].comments) == (True, 0)
    assert (found["ob"].is_asked, found["ob"].comments) == (False, 1)


def test_a_position_on_an_older_version_does_not_count_on_the_new_one(sqlite: Engine, tmp_path: Path) -> None:
    world = drafted(sqlite, tmp_path)
    world.act("2022-10-03", "co", "respond", position="objects", remarks="Nej", person="w1")
    world.act("2022-10-05", "holder", "submit-draft", text=NEWER, base="1")
    found = at(world, "2022-10-06")
    w1 = members(found)["w1"]
    assert w1.stand is not None
    assert (w1.stand.version, w1.stand.by, w1.current) == (1, "Koordinator", False)
    assert found.counts()["objects"] == 0


def test_only_the_roles_that_are_asked_are_asked(sqlite: Engine, tmp_path: Path) -> None:
    asked = "    owed_by: [{}]\n    done_when: comment"
    text = YEAR.replace(asked.format("working-group"), asked.format("board, w2"))
    assert text != YEAR
    world = drafted(sqlite, tmp_path, text)
    assert set(members(at(world, "2022-10-03"))) == {"bc", "bd", "b1", "w2"}


def test_without_a_deadline_for_comments_the_working_group_is_asked(sqlite: Engine, tmp_path: Path) -> None:
    world = drafted(sqlite, tmp_path, YEAR.replace("    done_when: comment\n", ""))
    found = at(world, "2022-10-03")
    assert set(members(found)) == {"w1", "w2"}
    assert found.counts()["answered"] == 0


def test_who_left_is_asked_no_more_and_what_they_said_stays(sqlite: Engine, tmp_path: Path) -> None:
    world = drafted(sqlite, tmp_path)
    world.act("2022-10-03", "w2", "comment", text="A")
    world.act("2022-10-04", "co", "leave", person="w2")
    found = at(world, "2022-10-05")
    assert set(members(found)) == {"w1"}
    assert [thread.first.name for thread in found.threads] == ["Kommunaldirektør"]


def test_threads_stand_by_goal_and_those_of_no_goal_first(sqlite: Engine, tmp_path: Path) -> None:
    world = drafted(sqlite, tmp_path)
    for goal in ("10", "11", None, "9"):
        world.act("2022-10-03", "w1", "comment", text="A", **({"goal": goal} if goal else {}))
    assert [thread.goal for thread in at(world, "2022-10-04").threads] == [None, "9", "11", "10"]


def test_command_and_json_say_the_same(consultation: Path, run: Run) -> None:
    said = run("consultation", "c")
    assert said.code == 0
    for words in ("agrees with remarks", "objects (by Koordinator)", "2 of 2 have answered", "indicator 9b"):
        assert words in said.out
    found: dict[str, Any] = run("consultation", "c", "--json").json
    assert (found["version"], found["round"]) == (1, 1)
    assert found["counts"]["answered"] == 2
    w2 = next(each for each in found["members"] if each["person"] == "w2")
    assert w2["position"]["by"] == "Koordinator"
    assert [(each["number"], each["goal"], len(each["replies"])) for each in found["threads"]] == [
        (3, None, 0),
        (1, "9", 1),
    ]


def test_what_stands_on_earlier_versions_is_counted_by_itself(sqlite: Engine, tmp_path: Path) -> None:
    world = drafted(sqlite, tmp_path)
    world.act("2022-10-03", "w1", "comment", text="A", goal="9")
    world.act("2022-10-04", "w2", "respond", position="objects", remarks="For lavt.")
    assert at(world, "2022-10-05").earlier()["objects"] == 0
    world.act("2022-10-20", "holder", "submit-draft", text=NEWER, base="1")
    found = at(world, "2022-10-21")
    assert (found.counts()["objects"], found.earlier()["objects"]) == (0, 1)
    assert (found.counts()["open"], found.earlier()["open"]) == (1, 0)
