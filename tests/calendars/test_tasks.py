"""What somebody has to do, as tasks: open, done, taken away, re-opened."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.builders import at
from tests.calendars.records import entries, shown
from tests.world import World


@pytest.fixture
def world(sqlite: Engine, tmp_path: Path) -> World:
    """The small year, active."""
    made = World(engine=sqlite, folder=tmp_path)
    made.act("2022-05-02", "co", "activate")
    return made


def tasks(world: World, person: str) -> dict[str, str]:
    """The person's tasks with where they stand."""
    found = entries(shown(world.engine, f"person {person}", "tasks"), "VTODO")
    return {uid.split(".")[1]: str(task["status"]) for uid, task in found.items()}


def task(world: World, person: str, slug: str) -> Any:
    return entries(shown(world.engine, f"person {person}", "tasks"), "VTODO")[f"c.{slug}.{person}.task"]


def test_a_person_owes_deadlines_and_decisions_and_no_meetings(world: World) -> None:
    assert set(tasks(world, "w1")) == {"comments", "notes"}
    assert set(tasks(world, "b1")) == {"board-approval"}
    assert set(tasks(world, "bc")) == {"board-approval", "signatures"}
    assert set(tasks(world, "sub")) == set()


def test_only_a_persons_own_feed_has_tasks(world: World) -> None:
    for scope in ("cycle c", "role c working-group", "public c"):
        assert not entries(shown(world.engine, scope, "deadlines,tasks"), "VTODO")


def test_one_who_is_done_is_done_alone(world: World) -> None:
    world.act("2022-05-04", "w1", "done", milestone="notes")
    assert tasks(world, "w1")["notes"] == "COMPLETED"
    assert tasks(world, "w2")["notes"] == "NEEDS-ACTION"
    done = task(world, "w1", "notes")
    assert done["completed"].dt == done["dtstamp"].dt == at("2022-05-04", "12:00")
    assert done["percent-complete"] == 100


def test_what_the_coordinator_closes_is_done_for_all(world: World) -> None:
    world.act("2022-05-04", "co", "done", milestone="notes")
    assert {tasks(world, person)["notes"] for person in ("w1", "w2")} == {"COMPLETED"}


def test_who_owes_results_is_done_when_the_last_one_came(world: World) -> None:
    world.act("2022-05-04", "holder", "record-result", indicator="1a", actual="40", source="ERST")
    assert tasks(world, "holder")["results"] == "NEEDS-ACTION"
    world.act("2022-05-05", "holder", "record-result", indicator="1b", actual="80", source="ERST")
    done = task(world, "holder", "results")
    assert str(done["status"]) == "COMPLETED"
    assert done["completed"].dt == done["last-modified"].dt == at("2022-05-05", "12:00")


def test_a_decision_is_done_for_the_whole_body_and_open_again_when_it_falls(world: World) -> None:
    world.act("2022-05-04", "holder", "submit-draft", text="Et")
    world.act("2022-11-18 14:00", "co", "hold", milestone="dialogue")
    seen = [task(world, "b1", "board-approval")]
    world.act("2022-11-21", "bc", "decide", body="board", outcome="approved")
    seen.append(task(world, "b1", "board-approval"))
    assert tasks(world, "b1") == {"board-approval": "COMPLETED"}
    world.act("2022-11-23", "holder", "submit-draft", text="Et andet")
    seen.append(task(world, "b1", "board-approval"))
    assert [str(each["status"]) for each in seen] == ["NEEDS-ACTION", "COMPLETED", "NEEDS-ACTION"]
    for name in ("sequence", "dtstamp"):
        values = [each[name] if name == "sequence" else each[name].dt for each in seen]
        assert values == sorted(set(values)), f"{name} does not rise with every change"


def test_what_is_called_off_is_cancelled_and_what_moves_is_due_then(world: World) -> None:
    world.act("2022-05-04", "co", "cancel", milestone="notes")
    world.act("2022-05-04", "co", "move", milestone="comments", to="2022-10-20")
    assert tasks(world, "w1") == {"notes": "CANCELLED", "comments": "NEEDS-ACTION"}
    assert task(world, "w1", "notes")["summary"] == "AFLYST: Notat"
    moved = task(world, "w1", "comments")
    assert str(moved["due"].dt) == "2022-10-20"
    assert moved["sequence"] == 2


def test_a_closed_cycle_leaves_nothing_to_be_done(world: World) -> None:
    world.act("2022-05-04", "w1", "done", milestone="notes")
    world.act("2022-05-05", "co", "close", reason="Slut")
    assert tasks(world, "w1") == {"notes": "COMPLETED"}


def test_a_task_belongs_to_its_entry_and_has_no_beginning(world: World) -> None:
    found = task(world, "bc", "board-approval")
    assert str(found["related-to"]) == "c.board-approval@aarshjul"
    assert "dtstart" not in found
    assert found["due"].params["TZID"] == "Europe/Copenhagen"


def test_no_uid_is_that_of_another_entry(world: World) -> None:
    raw = shown(world.engine, "person bc", "meetings,deadlines,decisions,phases,tasks").decode()
    uids = [line for line in raw.split("\r\n") if line.startswith("UID:")]
    assert len(uids) == len(set(uids))
