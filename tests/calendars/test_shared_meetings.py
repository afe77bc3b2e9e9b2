"""A real meeting that carries milestones of two cycles, in the feeds of those who have both, or one."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from models.engine import writing
from models.meeting import Meeting
from models.milestone import CalendarEntry, Milestone
from tests.builders import at
from tests.calendars.records import MILESTONES, PEOPLE, act, bring, entries, shown, small


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
