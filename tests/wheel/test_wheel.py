"""How a milestone looks on a day, which phase the year is in, and where wheels come from."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from aarshjul.core.cycle import Phase, State
from aarshjul.wheel.errors import CannotDraw
from aarshjul.wheel.loading import wheel_of
from aarshjul.wheel.rows import wheel_columns, wheel_rows
from aarshjul.wheel.wheel import Look
from models.engine import reading
from tests.wheel.wheels import milestone, wheel, wheel_named
from tests.world import World

DAY = date(2022, 10, 3)


@pytest.mark.parametrize(
    ("on", "tentative", "state", "look"),
    [
        ("2022-10-04", False, State.OPEN, Look.CONFIRMED),
        ("2022-10-03", False, State.OPEN, Look.CONFIRMED),
        ("2022-10-02", False, State.OPEN, Look.OVERDUE),
        ("2022-10-02", True, State.OPEN, Look.OVERDUE),
        ("2022-10-03", True, State.OPEN, Look.TENTATIVE),
        (None, True, State.OPEN, Look.TENTATIVE),
        (None, False, State.OPEN, Look.CONFIRMED),
        ("2022-10-02", False, State.DONE, Look.DONE),
        ("2022-10-04", True, State.DONE, Look.DONE),
        ("2022-10-02", True, State.CANCELLED, Look.CANCELLED),
    ],
)
def test_look_of_a_milestone(on: str | None, tentative: bool, state: State, look: Look) -> None:
    shown = milestone("a", on, tentative=tentative, state=state)
    assert shown.look(DAY) is look
    plan = wheel(shown, running=False)
    assert plan.look(shown, DAY) is not Look.OVERDUE
    assert shown.look(None) is not Look.OVERDUE


def test_phase_now_is_that_of_the_earliest_open_one_and_in_a_plan_of_the_next() -> None:
    late = milestone("a", "2022-09-01", phase=Phase.DRAFTING)
    next_one = milestone("b", "2022-11-01", phase=Phase.DIALOGUE)
    assert wheel(late, next_one).phase_now(DAY) is Phase.DRAFTING
    assert wheel(late, next_one).phase_now(None) is Phase.DRAFTING
    assert wheel(late, next_one, running=False).phase_now(DAY) is Phase.DIALOGUE
    assert wheel(late, next_one, running=False).phase_now(None) is None
    assert wheel(late, running=False).phase_now(DAY) is Phase.IN_FORCE
    assert wheel(replace(late, state=State.DONE)).phase_now(DAY) is Phase.IN_FORCE
    assert wheel(late, next_one, closed=True).phase_now(DAY) is None


def test_a_wheel_without_milestones_is_refused() -> None:
    with pytest.raises(ValueError, match="without milestones"):
        wheel()


def test_rows_come_by_date_and_time_and_end_with_what_waits() -> None:
    shown = wheel(
        milestone("late", None, last_on=date(2022, 9, 1)),
        milestone("noon", "2022-12-01", at="12:00", ends="13:30", place="Aalborg"),
        milestone("nine", "2022-12-01", at="09:00"),
        milestone("day", "2022-12-01"),
        milestone("first", "2022-05-02", state=State.DONE),
    )
    rows = wheel_rows(shown, language="da", today=DAY)
    assert [row.id for row in rows] == ["first", "day", "nine", "noon", "late"]
    assert rows[3].cells == (
        *("1. december 2022", "kl. 12.00–13.30", "Milepæl noon", "Frist", "Udarbejdelse", "bekræftet"),
        "Aalborg",
    )
    assert rows[4].cells[0] == "uden dato (før 1. september 2022)"
    assert rows[4].on is None
    english = wheel_rows(shown, language="en", today=DAY)
    assert english[3].cells[:2] == ("1 December 2022", "12:00–13:30")
    assert {len(row.cells) for row in (*rows, *english)} == {len(wheel_columns("da"))} == {7}


def test_the_record_says_what_has_happened(sqlite: Engine, tmp_path: Path) -> None:
    world = World(engine=sqlite, folder=tmp_path)
    with reading(sqlite) as session:
        assert not wheel_of(session, "c").running
    world.act("2022-05-01", "co", "activate")
    world.act("2022-05-03", "co", "cancel", milestone="start", reason="ingen")
    with reading(sqlite) as session:
        shown = wheel_of(session, "c")
    plan = wheel_named("small")
    assert shown.running
    assert [(each.id, each.on, each.title) for each in shown.milestones] == [
        (each.id, each.on, each.title) for each in plan.milestones
    ]
    looks = {each.id: shown.look(each, date(2022, 5, 21)) for each in shown.milestones}
    assert looks["results"] is Look.OVERDUE
    assert looks["start"] is Look.CANCELLED
    world.act("2022-05-22", "co", "close", reason="slut")
    with reading(sqlite) as session:
        assert wheel_of(session, "c").closed


def test_a_cycle_that_is_not_there_is_refused(sqlite: Engine) -> None:
    with reading(sqlite) as session, pytest.raises(CannotDraw, match="no cycle nowhere"):
        wheel_of(session, "nowhere")
