"""The national goals in their versions, and how a draft takes them up."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from aarshjul.core.errors import Invalid, Refused
from aarshjul.files.national_file import dump_national, national_from_text
from tests.acts.situations import NATIONAL_GOALS, OWN_GOALS, active, structured
from tests.drafting.drafts import OTHER, based, draft, goals_of, national
from tests.world import World

NEWER = NATIONAL_GOALS.replace("{at_least: 47}", "{at_least: 49}")


@pytest.fixture
def world(sqlite: Engine, tmp_path: Path) -> World:
    return active(sqlite, tmp_path)


def test_the_same_set_is_here_already_and_another_content_is_its_next_version(world: World) -> None:
    assert [national(world), national(world), national(world, NEWER), national(world)] == [
        True,
        False,
        True,
        True,
    ]


def test_a_year_has_one_set(world: World) -> None:
    national(world)
    for years, fits in (("[2026, 2030]", False), ("[2020, 2022]", True), ("[2027, 2030]", True)):
        other = NATIONAL_GOALS.replace("id: national\n", f"id: n{years[1:5]}\n").replace(
            "[2023, 2026]", years
        )
        if fits:
            assert national(world, other)
        else:
            with pytest.raises(Refused, match="hold for 2023 to 2026 already"):
                national(world, other)


def test_a_draft_keeps_its_version_until_somebody_takes_up_another(sqlite: Engine, tmp_path: Path) -> None:
    world = structured(sqlite, tmp_path)
    world.act("2022-10-03", "co", "take-national-goals")
    national(world, NEWER)
    world.act("2022-10-04", "holder", "submit-draft", text=based(OTHER, 2))
    assert draft(world, 3).national_version == 1
    world.act("2022-10-05", "holder", "take-national-goals", message="Nye")
    row = draft(world, 4)
    assert (row.national_version, row.based_on, row.message) == (2, 3, "Nye")
    assert "parterne" in row.text
    assert "49" in row.text
    assert world.history()[-1] == "national-goals-taken"
    assert world.refused("2022-10-06", "holder", "take-national-goals") is not None
    assert world.refused("2022-10-06", "holder", "take-national-goals", version="3") is not None
    assert world.refused("2022-10-06", "holder", "take-national-goals", version="1") is None


def test_what_was_made_before_goals_were_taken_up_is_not_the_present_any_more(
    sqlite: Engine, tmp_path: Path
) -> None:
    world = structured(sqlite, tmp_path)
    world.act("2022-10-03", "co", "take-national-goals")
    assert world.refused("2022-10-04", "holder", "submit-draft", text=based(OTHER, 1)) is not None


def test_taking_up_goals_voids_approvals(sqlite: Engine, tmp_path: Path) -> None:
    world = structured(sqlite, tmp_path)
    world.act("2022-11-18 13:00", "co", "hold", milestone="dialogue")
    world.act("2023-02-10 09:30", "b1", "decide", body="board", outcome="approved")
    world.act("2023-02-11", "holder", "take-national-goals")
    assert world.row().stage == "submitted"
    assert world.decisions() == [("board", "approved", False)]


def test_a_national_goal_that_copies_a_regional_one_wants_it(world: World) -> None:
    copying = NATIONAL_GOALS.replace("levels:", '  - {id: "2", title: S, same_as: "10"}\nlevels:')
    national(world, copying)
    with pytest.raises(Invalid, match="goal 2 is the same as goal 10, which is missing"):
        world.act("2022-09-01", "holder", "submit-draft", text=OWN_GOALS)
    world.act("2022-09-01", "holder", "submit-draft", text=OWN_GOALS.replace('"9"', '"10"'))
    assert goals_of(world, 1) == ["1", "2", "10"]


def test_a_set_reads_back_as_it_was_written() -> None:
    bands = "    1a: {rule: {bands: [{to: 5, score: 120}]}, cap: 120}"
    houses = f'  "12":\n{bands}\n  "Hus: A, og {{B}}":\n    1a: {{rule: {{yes_no: true}}}}\n'
    found = national_from_text(NATIONAL_GOALS + houses, "n.yaml")
    assert national_from_text(dump_national(found), "again") == found
    assert set(found.levels) == {"Erhvervshus", "12", "Hus: A, og {B}"}
