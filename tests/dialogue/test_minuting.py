"""Minutes by focus area, and the changes that they want."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from models.dialogue import MinutesItem, Task
from models.dialogues import open_tasks
from models.engine import reading
from tests.acts.at_once import at_once
from tests.dialogue.year import NEWER, consulted, minuted
from tests.world import World

ITEM = {"milestone": "dialogue", "area": "Grøn omstilling"}


def tasks(world: World) -> list[tuple[int, str, str]]:
    with reading(world.engine) as session:
        rows = session.scalars(select(Task).order_by(col(Task.number)))
        return [(row.number, row.text, row.state) for row in rows]


def items(world: World) -> list[tuple[str, str]]:
    with reading(world.engine) as session:
        rows = session.scalars(select(MinutesItem).order_by(col(MinutesItem.id)))
        return [(row.area, row.said) for row in rows]


TOO_EARLY = {
    "2022-11-17 23:59": "minutes are written once it has begun",
    "2022-11-18 09:59": "minutes are written once it has begun",
    "2022-11-18 10:00": None,
    "2022-12-24 10:00": None,
}


@pytest.mark.parametrize("when", TOO_EARLY)
def test_minutes_begin_with_the_meeting(when: str, sqlite: Engine, tmp_path: Path) -> None:
    world = consulted(sqlite, tmp_path)
    refusal, wanted = world.refused(when, "co", "minute", **ITEM, said="A"), TOO_EARLY[when]
    assert (refusal is None) if wanted is None else wanted in str(refusal)


def test_what_is_no_meeting_has_no_minutes(sqlite: Engine, tmp_path: Path) -> None:
    world = consulted(sqlite, tmp_path)
    for milestone, words in (
        ("notes", "it has no minutes; meetings here are "),
        ("nothing", "there is no milestone"),
    ):
        refusal = world.refused("2022-12-01", "co", "minute", milestone=milestone, area="A", said="B")
        assert words in str(refusal)
    world.act("2022-11-01", "co", "cancel", milestone="dialogue")
    assert "cancelled" in str(world.refused("2022-12-01", "co", "minute", **ITEM, said="A"))


def test_minutes_come_before_or_after_the_meeting_is_closed(sqlite: Engine, tmp_path: Path) -> None:
    world = consulted(sqlite, tmp_path)
    world.act("2022-11-18 11:00", "co", "minute", **ITEM, said="A")
    world.act("2022-11-18 12:00", "co", "hold", milestone="dialogue", minutes="Sag 1")
    world.act("2022-11-20 11:00", "co", "minute", milestone="dialogue", area="Andet", said="B")
    assert items(world) == [("Grøn omstilling", "A"), ("Andet", "B")]
    assert "is done already" in str(
        world.refused("2022-11-21", "co", "hold", milestone="dialogue", minutes="Sag 2")
    )
    assert world.milestone("dialogue").minutes == "Sag 1"


@pytest.mark.parametrize("area", ["Grøn omstilling", "GRØN  OMSTILLING", "Gro\u0308n omstilling"])
def test_a_second_item_about_one_area_is_refused_and_nothing_is_lost(
    area: str, sqlite: Engine, tmp_path: Path
) -> None:
    world = consulted(sqlite, tmp_path)
    world.act("2022-11-18 11:00", "co", "minute", **ITEM, said="A", change="X")
    refusal = world.refused("2022-11-18 11:01", "co", "minute", milestone="dialogue", area=area, said="B")
    if "\u0308" in area:  # o with two dots is another letter than ø
        assert refusal is None
        return
    assert "say `replaces` where it is to be written anew" in str(refusal)
    assert items(world) == [("Grøn omstilling", "A")]


def test_an_item_that_is_not_there_cannot_be_replaced(sqlite: Engine, tmp_path: Path) -> None:
    world = consulted(sqlite, tmp_path)
    first = world.refused("2022-11-18 11:00", "co", "minute", **ITEM, said="A", replaces="true")
    assert "there are none yet" in str(first)
    world.act("2022-11-18 11:00", "co", "minute", **ITEM, said="A")
    wrong = {"milestone": "dialogue", "area": "Grøn omstiling", "said": "A", "replaces": "true"}
    assert "must be one of Grøn omstilling" in str(
        world.refused("2022-11-18 11:00", "co", "minute", **wrong)
    ) or ("did you mean" in str(world.refused("2022-11-18 11:00", "co", "minute", **wrong)))


def test_an_item_written_anew_keeps_what_it_still_names_declines_what_not_and_leaves_what_is_settled(
    sqlite: Engine, tmp_path: Path
) -> None:
    world = consulted(sqlite, tmp_path)
    world.act("2022-11-18 11:00", "co", "minute", **ITEM, said="A", change=["X", "Y, og mere", "Z"])
    world.act("2022-11-21", "holder", "submit-draft", text=NEWER, base="1")
    world.act("2022-11-22", "holder", "settle-task", task="3", outcome="done")
    world.act(
        "2022-11-23", "co", "minute", **ITEM, said="B", change=["Y, og mere", "W", "W"], replaces="true"
    )
    assert tasks(world) == [
        (1, "X", "declined"),
        (2, "Y, og mere", "open"),
        (3, "Z", "done"),
        (4, "W", "open"),
    ]
    assert items(world) == [("Grøn omstilling", "B")]
    with reading(world.engine) as session:
        assert [task.number for task in open_tasks(session, "c")] == [2, 4]
        first = session.scalars(select(Task).where(col(Task.number) == 1)).one()
        assert first.reason == "Står ikke længere i referatet"


def test_a_change_is_done_only_once_a_version_came_after_the_meeting(sqlite: Engine, tmp_path: Path) -> None:
    world = consulted(sqlite, tmp_path)
    world.act("2022-11-18 09:59", "holder", "submit-draft", text=NEWER, base="1")
    world.act("2022-11-18 11:00", "co", "minute", **ITEM, said="A", change="X")
    refusal = world.refused("2022-11-18 12:00", "holder", "settle-task", task="1", outcome="done")
    assert "no version of the draft was submitted after dialogue" in str(refusal)
    world.act("2022-11-18 10:30", "holder", "submit-draft", text=NEWER.replace("80", "81"), base="2")
    world.act("2022-11-18 12:00", "holder", "settle-task", task="1", outcome="done")
    with reading(world.engine) as session:
        assert session.scalars(select(col(Task.draft_version))).one() == 3


def test_a_task_settled_otherwise_is_settled_so(sqlite: Engine, tmp_path: Path) -> None:
    world = minuted(sqlite, tmp_path)
    assert "is done already" in str(
        world.refused("2022-12-01", "co", "settle-task", task="1", outcome="done")
    )
    world.act("2022-12-01", "co", "settle-task", task="1", outcome="declined", reason="Fortrudt")
    assert tasks(world)[0][2] == "declined"
    with reading(world.engine) as session:
        assert session.scalars(select(col(Task.draft_version)).where(col(Task.number) == 1)).one() is None
    assert "there is no task 9" in str(
        world.refused("2022-12-01", "co", "settle-task", task="9", outcome="declined", reason="A")
    )


def test_a_change_names_a_goal_that_there_is(sqlite: Engine, tmp_path: Path) -> None:
    world = consulted(sqlite, tmp_path)
    refusal = world.refused("2022-11-18 11:00", "co", "minute", **ITEM, said="A", change="X", goal="99")
    assert "the draft has no goal `99`" in str(refusal)
    assert tasks(world) == []


def test_nothing_is_to_change_once_it_was_rejected_but_minutes_can_be_written(
    sqlite: Engine, tmp_path: Path
) -> None:
    world = consulted(sqlite, tmp_path)
    world.act("2022-11-18 13:00", "co", "hold", milestone="dialogue")
    world.act("2023-02-10 09:30", "b1", "decide", body="board", outcome="rejected", reason="Nej")
    assert "nothing can be changed" in str(
        world.refused("2023-02-11", "co", "minute", **ITEM, said="A", change="X")
    )
    world.act("2023-02-11", "co", "minute", **ITEM, said="A")


def test_two_who_write_one_item_at_once_are_one_and_a_refusal(engine: Engine, tmp_path: Path) -> None:
    world = consulted(engine, tmp_path)
    said = at_once(
        lambda: world.act("2022-11-18 11:00", "co", "minute", **ITEM, said="A", change="X"),
        lambda: world.act("2022-11-18 11:00", "co", "minute", **ITEM, said="B", change="Y"),
    )
    assert sorted(words is None for words in said) == [False, True]
    assert len(items(world)) == len(tasks(world)) == 1
