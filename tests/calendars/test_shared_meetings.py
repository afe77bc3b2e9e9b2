"""A real meeting that carries milestones of two cycles, in the feeds of those who have both, or one."""

import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import col, select

from aarshjul.core.errors import Refused
from models.engine import open_engine, writing
from models.meeting import Meeting
from models.milestone import CalendarEntry, Milestone
from tests.builders import at
from tests.calendars.records import MILESTONES, PEOPLE, act, bring, entries, shown, small
from tests.calendars.watching import Watch, subscribed
from tests.rounds.houses import FIRST, SECOND, Houses
from tests.rounds.test_shared_any_order import ACTS


def share(engine: Engine, title: str = "KKR's fælles møde") -> None:
    """One real meeting carries a milestone of `c` and one of `d`."""
    with writing(engine) as session:
        session.add(
            Meeting(
                id="m",
                body="KKR",
                title=title,
                on=at("2022-06-15").date(),
                at="10:00",
                uid="c.panel-day@aarshjul",
                made_at=at("2022-05-01"),
                changed_at=at("2022-05-10"),
            )
        )
        session.flush()
        rows = session.exec(select(Milestone).where(col(Milestone.slug) == "panel-day")).all()
        for row in rows:
            row.meeting_id = "m"
            session.get_one(CalendarEntry, row.id).uid = "c.panel-day@aarshjul"


@pytest.fixture
def two(record: Engine, tmp_path: Path) -> Engine:
    """Two cycles of one council, which has one meeting for both."""
    bring(
        record,
        tmp_path,
        small(*MILESTONES, people=PEOPLE, id="d", title="Den anden kontrakt", holder="Andet hus"),
    )
    act(record, "d", "2022-05-02", "d-k", "activate")
    share(record)
    return record


def test_one_meeting_for_two_cycles_is_one_entry_with_both_points(two: Engine) -> None:
    found = entries(shown(two, "person ann"))
    assert set(found) == {"c.open-house", "d.open-house", "c.panel-day"}
    shared = found["c.panel-day"]
    assert shared["summary"] == "KKR's fælles møde"
    assert "C\nKontrakt\n" in shared["description"]
    assert "C\nDen anden kontrakt\n" in shared["description"]
    assert shared["last-modified"].dt == at("2022-05-10")


def test_in_the_feed_of_one_of_them_it_has_that_ones_title(two: Engine) -> None:
    assert entries(shown(two, "cycle d"))["c.panel-day"]["summary"] == "C"


def test_a_cancelled_point_leaves_the_meeting_and_the_last_one_takes_it_away(two: Engine) -> None:
    rows = {"c": "cancelled", "d": "cancelled"}
    for cycle, expected in (("c", "CONFIRMED"), ("d", "CANCELLED")):
        with writing(two) as session:
            wanted = select(Milestone).where(
                col(Milestone.slug) == "panel-day", col(Milestone.cycle_id) == cycle
            )
            session.exec(wanted).one().state = rows[cycle]
        shared = entries(shown(two, "person ann", "meetings,alarms"))["c.panel-day"]
        assert shared["status"] == expected
        assert bool(shared.walk("VALARM")) == (expected == "CONFIRMED")


def test_a_tentative_point_beside_a_certain_one_is_a_certain_meeting(two: Engine) -> None:
    with writing(two) as session:
        wanted = select(Milestone).where(col(Milestone.slug) == "panel-day", col(Milestone.cycle_id) == "d")
        session.exec(wanted).one().tentative = True
    assert entries(shown(two, "person ann"))["c.panel-day"]["status"] == "CONFIRMED"
    assert entries(shown(two, "cycle d"))["c.panel-day"]["status"] == "TENTATIVE"


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=st.lists(ACTS, min_size=3, max_size=7))
def test_whatever_two_cycles_do_with_one_meeting_no_feed_changes_unnoticed_or_goes_back(
    sqlite_template: Path, acts: list[tuple[str, str, dict[str, str]]]
) -> None:
    with TemporaryDirectory() as folder:
        shutil.copyfile(sqlite_template, Path(folder) / "aarshjul.db")
        engine = open_engine(f"sqlite:///{folder}/aarshjul.db")
        houses = Houses(engine=engine, folder=Path(folder))
        cycles = [{"scope": "cycle", "cycle_id": name} for name in (FIRST, SECOND)]
        people = [{"scope": "person", "person_id": name} for name in ("both", "only-east", "co")]
        watch = Watch(engine, subscribed(engine, *cycles, *people))
        known: dict[tuple[str, str], tuple[int, datetime, bytes]] = {}
        for number, (do, cycle, fields) in enumerate(
            [("activate", FIRST, {}), ("activate", SECOND, {}), *acts]
        ):
            when = f"2023-01-{2 + number:02}"
            named = {"milestone": "approval", **fields} if do == "anchor" else fields
            with suppress(Refused):
                houses.round(when) if do == "round" else houses.act(when, "co", do, cycle, **named)
            watch.look(do)
            for name in (FIRST, SECOND):
                for uid, entry in entries(shown(engine, f"cycle {name}")).items():
                    state = (int(entry["sequence"]), entry["dtstamp"].dt, entry.to_ical())
                    was = known.setdefault((name, uid), state)
                    assert state == was or (state[0] >= was[0] and state[1] > was[1]), (
                        f"{do}: changed, not counted"
                    )
                    known[name, uid] = state
        engine.dispose()
