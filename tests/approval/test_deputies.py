"""Standing deputies: always there, but not where the member acted or named somebody else for the day."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from aarshjul.acts.exporting import export_cycle
from aarshjul.core.errors import Invalid
from aarshjul.files.read import cycle_from_text
from aarshjul.files.write import dump_cycle
from models.cycle import Cycle, Membership
from tests.acts.situations import active, discussed
from tests.world import YEAR, World

WITH_DEPUTY = YEAR.replace("roles: [council]}", "roles: [council], deputy: w2}")


@pytest.fixture
def world(sqlite: Engine, tmp_path: Path) -> World:
    """`w2` is the deputy of `bc`."""
    world = discussed(sqlite, tmp_path)
    world.act("2023-01-02", "co", "appoint-deputy", person="bc", deputy="w2")
    return world


def approves(world: World, by: str, when: str = "2023-02-10") -> str | None:
    return world.refused(when, by, "decide", body="board", outcome="approved")


def test_a_deputy_acts_for_the_member(world: World) -> None:
    assert approves(world, "w2") is None


def test_a_dated_delegation_to_somebody_else_stands_before_the_deputy_on_its_days(world: World) -> None:
    world.act("2023-01-03", "bc", "delegate", to="ob", from_="2023-02-08", until="2023-02-10")
    said = world.refused("2023-02-10", "w2", "vote", body="board", vote="for", person="bc")
    assert said == "w2 is bc's deputy, but ob stands in for bc from 2023-02-08 until 2023-02-10"
    assert world.refused("2023-02-11", "w2", "vote", body="board", vote="for", person="bc") is None


def test_a_deputys_deputy_stands_in_for_the_deputy_alone(world: World) -> None:
    world.act("2023-01-03", "co", "appoint-deputy", person="w2", deputy="w1")
    assert "does not stand in" in str(
        world.refused("2023-02-10", "w1", "vote", body="board", vote="for", person="bc")
    )


def test_nobody_stands_in_for_who_has_left_nor_does_who_has_left(world: World) -> None:
    world.act("2023-01-03", "co", "leave", person="bc")
    assert approves(world, "w2") is not None
    world.act("2023-01-04", "co", "appoint-deputy", person="bd", deputy="w2")
    world.act("2023-01-05", "co", "leave", person="w2")
    assert approves(world, "w2") is not None


def test_taken_away_or_given_to_another_the_first_one_is_none_any_more(world: World) -> None:
    world.act("2023-01-03", "co", "appoint-deputy", person="bc", deputy="w1")
    assert approves(world, "w2") is not None
    world.act("2023-01-04", "co", "appoint-deputy", person="bc", deputy="none")
    assert "has no deputy" in str(
        world.refused("2023-01-05", "co", "appoint-deputy", person="bc", deputy="none")
    )
    assert approves(world, "w1") is not None


@pytest.mark.parametrize(
    "fields",
    [
        {"person": "bc", "deputy": "bc"},
        {"person": "bc", "deputy": "w2"},  # who is it already
        {"person": "bc", "deputy": "gone"},
        {"person": "gone", "deputy": "w1"},
        {"person": "nobody", "deputy": "w1"},
    ],
)
def test_appointments_that_make_no_sense(world: World, fields: dict[str, str]) -> None:
    assert world.refused("2023-01-03", "co", "appoint-deputy", **fields) is not None


def test_an_answer_of_the_members_own_is_not_the_deputys_to_change(sqlite: Engine, tmp_path: Path) -> None:
    world = active(sqlite, tmp_path)
    world.act("2022-10-01", "co", "appoint-deputy", person="bc", deputy="w2")
    fields = {"milestone": "dialogue", "reply": "declined"}
    assert world.refused("2022-10-03", "w2", "answer", **fields) is None
    world.act("2022-10-04", "bc", "answer", milestone="dialogue", reply="accepted")
    for more in ({}, {"person": "bc"}):
        assert "bc has done this themselves" in str(
            world.refused("2022-10-05", "w2", "answer", **fields, **more)
        )
    world.act("2022-10-06", "co", "move", milestone="dialogue", to="2022-11-25")
    assert world.refused("2022-10-07", "w2", "answer", **fields) is None  # a new date is a new case


def test_a_file_names_deputies_and_an_export_has_them(sqlite: Engine, tmp_path: Path) -> None:
    world = World(engine=sqlite, folder=tmp_path, text=WITH_DEPUTY)
    world.act(
        "2022-04-02", "co", "join", person="n1", name="Ny", email="n1@example.org", roles="board", deputy="c1"
    )
    with Session(sqlite) as session:
        assert session.get_one(Membership, ("c", "c1")).deputy_id == "w2"
        form = export_cycle(session, session.get_one(Cycle, "c")).form
    assert {each.id: each.deputy for each in form.people if each.deputy} == {"c1": "w2", "n1": "c1"}
    assert cycle_from_text(dump_cycle(form), "again.yaml") == form
    world.act("2022-04-03", "co", "leave", person="w2")
    with Session(sqlite) as session:
        form = export_cycle(session, session.get_one(Cycle, "c")).form
    assert {each.id: each.deputy for each in form.people if each.deputy} == {"n1": "c1"}


@pytest.mark.parametrize(
    ("deputy", "words"),
    [
        ("w3", "`deputy` names `w3`, who is not among the `people`; must be one of"),
        ("c1", "`deputy` is the person's own id; must be somebody else's"),
    ],
)
def test_a_deputy_in_a_file_is_somebody_else_of_its_people(deputy: str, words: str) -> None:
    with pytest.raises(Invalid, match=r"^c\.yaml:15: ") as refused:
        cycle_from_text(WITH_DEPUTY.replace("deputy: w2", f"deputy: {deputy}"), "c.yaml")
    assert words in str(refused.value)
