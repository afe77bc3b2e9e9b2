"""A round over many cycles at once, in the database that the benchmarks seed."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, func, insert, select, update

from aarshjul.core.cycle import PHASES
from aarshjul.rounds.recording import HISTORY
from aarshjul.rounds.year import PlainSteps, Year
from benchmarks.seed import AHEAD, BUSY_DAY, CYCLE, IDLE_UNTIL, ROLES, seed
from flows.story import CHAPTERS
from models.engine import reading, writing
from models.ledger import MESSAGE, SERVED
from models.proof import verify

MORNING = datetime.combine(BUSY_DAY, time(7), ZoneInfo("Europe/Copenhagen"))
CYCLES, BUSY = 13, 2


def one_pass(engine: Engine, now: datetime) -> int:
    year = Year(engine, now)
    found = year.look()
    for phase in PHASES:
        if year.concerned(phase):
            CHAPTERS[phase](PlainSteps(year))
            year.close_chapter(phase)
    year.settle()
    return found


def keys(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return sorted(session.scalars(select(MESSAGE.c.key)))


@pytest.fixture
def seeded(engine: Engine) -> Engine:
    seed(engine, CYCLES)
    return engine


def test_everybody_in_a_busy_cycle_gets_one_reminder_and_nobody_else_does(seeded: Engine) -> None:
    assert one_pass(seeded, MORNING) == BUSY
    found = keys(seeded)
    assert len(found) == len(set(found)) == BUSY * len(ROLES)
    assert found[0] == f"cycle-00000/comments/1/remind/-{AHEAD.days}/person-00000-00"
    assert {key.split("/")[0] for key in found} == {"cycle-00000", "cycle-00001"}


def test_a_busy_cycle_is_looked_at_again_on_the_day_of_its_next_reminder(seeded: Engine) -> None:
    one_pass(seeded, MORNING)
    with reading(seeded) as session:
        days = session.scalars(select(CYCLE.c.next_due_on).order_by(CYCLE.c.id).limit(BUSY)).all()
    assert days == [BUSY_DAY + timedelta(days=7)] * BUSY


def test_what_was_sent_is_not_sent_again_though_the_cycle_is_due_again(seeded: Engine) -> None:
    one_pass(seeded, MORNING)
    before = keys(seeded)
    with writing(seeded) as session:
        session.execute(update(CYCLE).values(next_due_on=BUSY_DAY))
    assert one_pass(seeded, MORNING) == CYCLES
    assert keys(seeded) == before


def test_what_another_message_served_is_not_sent(seeded: Engine) -> None:
    served = f"cycle-00000/comments/1/remind/-{AHEAD.days}/person-00000-07"
    with writing(seeded) as session:
        session.execute(insert(SERVED), [{"key": served, "message_key": "another"}])
    one_pass(seeded, MORNING)
    assert served not in keys(seeded)
    assert len(keys(seeded)) == BUSY * len(ROLES) - 1


def test_history_holds_in_whatever_zone_the_moment_of_the_round_was_given(seeded: Engine) -> None:
    one_pass(seeded, MORNING)
    with reading(seeded) as session:
        entries = session.scalar(select(func.count()).select_from(HISTORY))
        assert entries == BUSY
        assert [verify(session, name) for name in ("cycle-00000", "cycle-00001")] == [[], []]


def test_an_idle_day_finds_nothing(seeded: Engine) -> None:
    assert one_pass(seeded, MORNING - timedelta(days=1)) == 0
    assert IDLE_UNTIL > BUSY_DAY
    assert keys(seeded) == []
