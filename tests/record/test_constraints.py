"""What the database itself refuses, on both kinds: nobody needs to remember it in Python."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from models.engine import reading, writing
from tests.acts.situations import council_approved

WRONG = {
    "an unknown state": "UPDATE cycle SET state = 'asleep'",
    "an unknown stage": "UPDATE cycle SET stage = 'almost'",
    "no round": "UPDATE cycle SET round = 0",
    "an unknown phase": "UPDATE milestone SET phase = 'autumn'",
    "an unknown kind": "UPDATE milestone SET kind = 'party'",
    "overdue is never stored": "UPDATE milestone SET state = 'overdue'",
    "an unknown way to be done": "UPDATE milestone SET done_when = 'luck'",
    "revision nought": "UPDATE milestone SET revision = 0",
    "a closed milestone without a date": "UPDATE milestone SET \"on\" = NULL, state = 'done'",
    "two milestones of a name": "UPDATE milestone SET slug = 'same'",
    "an unknown body": "UPDATE decision SET body = 'king'",
    "an unknown outcome": "UPDATE decision SET outcome = 'perhaps'",
    "a decision about no draft": "UPDATE decision SET draft_version = 99",
    "version nought": "UPDATE draft SET version = 0",
    "an unknown reply": "UPDATE invitation SET partstat = 'later'",
    "an unknown channel": "UPDATE message SET channel = 'pigeon'",
    "an unknown message state": "UPDATE message SET state = 'lost'",
    "two messages of a key": "UPDATE message SET key = 'same'",
    "two messages of a number": "UPDATE message SET number = 1",
    "an unknown history type": "UPDATE historyentry SET type = 'talk'",
    "two entries of a number": "UPDATE historyentry SET number = 1",
    "an unknown language": "UPDATE person SET language = 'sv'",
    "an unknown judgement": "INSERT INTO judgement (cycle_id, goal_id, kind, value, person_id, made_at) "
    "SELECT 'c', min(id), 'guessed', '1', 'co', '2022-01-01' FROM goal",
    "a member who is nobody": "UPDATE membership SET delegate_id = 'nobody'",
    "an answer by nobody": "UPDATE invitation SET answered_by = 'nobody'",
    "a person who is still needed": "DELETE FROM person WHERE id = 'b1'",
    "a cycle that is still needed": "DELETE FROM cycle",
    "a milestone that is still needed": "DELETE FROM milestone",
    "an indicator that is its own parent": "UPDATE indicator SET parent_id = id",
    "two indicators of a name": "UPDATE indicator SET slug = 'same'",
    "two goals of a name": "UPDATE goal SET slug = 'same'",
}


def test_the_database_refuses_what_cannot_be(engine: Engine, tmp_path: Path) -> None:
    council_approved(engine, tmp_path).round("2023-02-10")
    taken = [name for name, statement in WRONG.items() if not _refused(engine, statement)]
    assert taken == []


def _refused(engine: Engine, statement: str) -> bool:
    try:
        with writing(engine) as session:
            session.execute(text(statement))
            session.rollback()
    except IntegrityError:
        return True
    return False


def test_an_error_in_the_middle_leaves_nothing(engine: Engine) -> None:
    def half_way() -> None:
        with writing(engine) as session:
            session.execute(text("INSERT INTO organisation (name) VALUES ('KKR')"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_way()
    with reading(engine) as session:
        assert session.scalar(text("SELECT count(*) FROM organisation")) == 0
