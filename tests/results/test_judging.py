"""Recommending, deciding and closing findings: reasons where there must be one, and from what to what."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.acts.situations import active, scored
from tests.results.test_requests import facts
from tests.world import World

Home = tuple[Engine, Path]


@pytest.fixture
def home(sqlite: Engine, tmp_path: Path) -> Home:
    return sqlite, tmp_path


@pytest.mark.parametrize("value", ["75", "75.0", "75.00"])
def test_the_computed_value_needs_no_reason(home: Home, value: str) -> None:
    world = scored(*home)
    assert world.refused("2022-06-12", "holder", "recommend", goal="1", value=value) is None


@pytest.mark.parametrize("value", ["74", "76", "75.1", "100"])
def test_another_value_needs_one_and_the_refusal_says_the_computed(home: Home, value: str) -> None:
    world = scored(*home)
    said = world.refused("2022-06-12", "holder", "recommend", goal="1", value=value)
    assert said is not None
    assert "computed as 75.0 %" in said
    assert "reason" in said
    world.act("2022-06-12", "holder", "recommend", goal="1", value=value, reason="Måden at måle på er ny")


def test_while_a_result_is_missing_nothing_is_computed_and_none_is_needed(home: Home) -> None:
    world = active(*home)
    assert world.refused("2022-06-12", "holder", "recommend", goal="1", value="12") is None


def test_the_history_says_from_what_to_what(home: Home) -> None:
    world = scored(*home)
    world.act("2022-06-12", "holder", "recommend", goal="1", value="75")
    world.act("2022-06-13", "holder", "recommend", goal="1", value="80", reason="Navnet Anna Berg")
    said = facts(world, "recommended")
    assert [(each.get("was"), each["to"]) for each in said] == [(None, "75"), ("75", "80")]
    assert "Anna" not in str(said)


def test_a_decision_has_the_recommendation_beside_it(home: Home) -> None:
    world = scored(*home)
    world.act("2022-06-12", "holder", "recommend", goal="1", value="75")
    world.act("2022-06-24", "c1", "decide-attainment", goal="1", value="70", reason="Af hensyn til 1b")
    world.act("2022-06-24", "c1", "decide-attainment")
    first, second = facts(world, "attainment-decided")
    assert (first["was"], first["to"], first["recommended"]) == ({"1": None}, {"1": "70"}, {"1": "75"})
    assert second["was"] == {"1": "70", "2": None}
    assert second["to"] == second["recommended"] == {"1": "75", "2": "100"}


def open_finding(world: World) -> None:
    world.act("2022-06-12", "holder", "recommend", goal="1", value="80", reason="Se bilag 1")


def test_a_finding_resolved_twice_says_from_what_to_what(home: Home) -> None:
    world = scored(*home)
    open_finding(world)
    for reason, value in (("Aftalt med KKR", "80"), ("Aftalt den 3. juni", "81")):
        world.act(
            "2022-06-13",
            "holder",
            "resolve-finding",
            finding="recommended-differs:1",
            reason=reason,
            value=value,
        )
    first, second = facts(world, "finding-resolved")
    assert "was" not in first
    assert second["was"] == first["to"] != second["to"]
    assert "Aftalt" not in str((first, second))


def test_a_finding_that_is_not_there_is_asked_after(home: Home) -> None:
    world = scored(*home)
    open_finding(world)
    said = world.refused("2022-06-13", "co", "resolve-finding", finding="recommended-difers:1", reason="Ja")
    assert said is not None
    assert "did you mean `recommended-differs:1`?" in said
    unknown = world.refused("2022-06-13", "co", "resolve-finding", finding="zzz", reason="Ja")
    assert unknown is not None
    assert "recommended-differs:1" in unknown


def test_a_finding_is_never_closed_without_a_reason(home: Home) -> None:
    world = scored(*home)
    open_finding(world)
    with pytest.raises(Exception, match="`reason` is missing"):
        world.act("2022-06-13", "co", "resolve-finding", finding="recommended-differs:1")


def test_a_goal_that_is_not_there(home: Home) -> None:
    said = scored(*home).refused("2022-06-12", "holder", "recommend", goal="12", value="1")
    assert said is not None
    assert "there is no goal 12" in said
