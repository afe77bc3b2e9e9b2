"""Phases as entries over several days: from when to when, and when they change."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.calendars.records import act, bring, entries, shown, small
from tests.world import World


def phases(engine: Engine, cycle: str = "c") -> dict[str, tuple[str, str]]:
    """First and last day of each."""
    found = entries(shown(engine, f"cycle {cycle}", "phases"))
    days = {uid.split(".")[1]: (each["dtstart"].dt, each["dtend"].dt) for uid, each in found.items()}
    return {
        name: (str(first), str(last.fromordinal(last.toordinal() - 1)))
        for name, (first, last) in days.items()
    }


def of(phase: str, on: str, name: str) -> str:
    return f"id: {name}, title: T, phase: {phase}, kind: deadline, on: {on}, owed_by: [holder]"


def brought(engine: Engine, folder: Path, *milestones: str, activated: str = "2022-05-02") -> Engine:
    bring(engine, folder, small(*milestones))
    act(engine, "c", activated, "c-k", "activate")
    return engine


def test_each_begins_on_the_day_after_the_one_before_and_lasts_to_its_own_last(
    sqlite: Engine, tmp_path: Path
) -> None:
    engine = brought(
        sqlite,
        tmp_path,
        of("data-collection", "2022-05-20", "a"),
        of("drafting", "2022-08-25", "b"),
        of("drafting", "2022-09-30", "c"),
        of("approval", "2023-02-10", "d"),
    )
    assert phases(engine) == {
        "data-collection": ("2022-05-02", "2022-05-20"),
        "drafting": ("2022-05-21", "2022-09-30"),
        "approval": ("2022-10-01", "2023-02-10"),
    }


@pytest.mark.parametrize(("activated", "first"), [("2022-04-01", "2022-04-01"), ("2022-06-01", "2022-05-20")])
def test_the_first_begins_with_the_activation_unless_its_milestones_came_before(
    sqlite: Engine, tmp_path: Path, activated: str, first: str
) -> None:
    engine = brought(
        sqlite,
        tmp_path,
        of("scoring", "2022-05-20", "a"),
        of("scoring", "2022-07-01", "b"),
        activated=activated,
    )
    assert phases(engine)["scoring"] == (first, "2022-07-01")


@pytest.mark.parametrize(("on", "expected"), [("2022-05-20", "2022-05-20"), ("2022-05-19", "2022-05-19")])
def test_one_that_is_over_before_the_one_before_it_stands_on_its_own_days(
    sqlite: Engine, tmp_path: Path, on: str, expected: str
) -> None:
    engine = brought(sqlite, tmp_path, of("scoring", "2022-05-20", "a"), of("drafting", on, "b"))
    assert phases(engine)["drafting"] == (expected, expected)


def test_what_is_cancelled_does_not_lengthen_it_and_nothing_left_is_no_phase(
    sqlite: Engine, tmp_path: Path
) -> None:
    engine = brought(
        sqlite,
        tmp_path,
        of("scoring", "2022-05-20", "a"),
        of("scoring", "2022-06-20", "b"),
        of("dialogue", "2022-07-01", "c"),
    )
    for slug in ("b", "c"):
        act(engine, "c", "2022-05-03", "c-k", "cancel", milestone=slug)
    assert phases(engine) == {"scoring": ("2022-05-02", "2022-05-20")}


def test_it_takes_nobodys_time_and_rises_with_what_it_hangs_on(sqlite: Engine, tmp_path: Path) -> None:
    world = World(engine=sqlite, folder=tmp_path)
    world.act("2022-05-02", "co", "activate")
    before = entries(shown(sqlite, "cycle c", "phases"))
    world.act("2022-05-03", "co", "move", milestone="draft", to="2022-10-03")
    world.act("2022-05-04", "co", "move", milestone="start", at="14:00")
    after = entries(shown(sqlite, "cycle c", "phases"))
    assert {str(each["transp"]) for each in after.values()} == {"TRANSPARENT"}
    changed = {uid for uid in after if after[uid].to_ical() != before[uid].to_ical()}
    assert {"c.drafting.phase", "c.dialogue.phase"} <= changed
    assert "c.data-collection.phase" not in changed
    for uid in changed:
        assert after[uid]["sequence"] > before[uid]["sequence"]
        assert after[uid]["dtstamp"].dt > before[uid]["dtstamp"].dt
