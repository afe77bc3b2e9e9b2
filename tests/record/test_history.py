"""The chain of a cycle's history, against somebody with raw SQL."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from models.chain import verify
from models.engine import reading, writing
from tests.acts.situations import submitted
from tests.builders import COPENHAGEN, at

COPY = (
    "INSERT INTO historyentry (cycle_id, number, happened_at, type, what, facts, previous, hash) "
    "SELECT cycle_id, {number}, happened_at, type, what, facts, {previous}, hash FROM historyentry WHERE number = 4"
)
SWAP = (
    "UPDATE historyentry SET number = -1 WHERE number = 3",
    "UPDATE historyentry SET number = 3 WHERE number = 4",
    "UPDATE historyentry SET number = 4 WHERE number = -1",
)
TAMPERED: dict[str, tuple[tuple[str, ...], str]] = {
    "who": (("UPDATE historyentry SET who = 'b1' WHERE number = 2",), "entry 2 was changed"),
    "what": (("UPDATE historyentry SET what = 'closed' WHERE number = 3",), "entry 3 was changed"),
    "facts": (("UPDATE historyentry SET facts = '{}' WHERE number = 2",), "entry 2 was changed"),
    "milestone": (("UPDATE historyentry SET milestone = 'x' WHERE number = 2",), "entry 2 was changed"),
    "moment": (
        ("UPDATE historyentry SET happened_at = '2020-01-01 00:00:00' WHERE number = 2",),
        "entry 2 was changed",
    ),
    "hash": (("UPDATE historyentry SET hash = previous WHERE number = 3",), "entry 3 was changed"),
    "dropped": (("DELETE FROM historyentry WHERE number = 3",), "entry 3 is missing"),
    "first dropped": (("DELETE FROM historyentry WHERE number = 1",), "entry 1 is missing"),
    "swapped": (SWAP, "entry 3 does not follow"),
    "last dropped": (
        ("DELETE FROM historyentry WHERE number = (SELECT max(number) FROM historyentry)",),
        "the chain ends at entry",
    ),
    "all dropped": (("DELETE FROM historyentry",), "the chain ends at entry 0"),
    "appended": ((COPY.format(number=999, previous="hash"),), "is missing"),
    "head forged": (("UPDATE cycle SET history_head = 'abc'",), "the chain ends at entry"),
    "length forged": (("UPDATE cycle SET history_length = 3",), "the chain ends at entry"),
}


@pytest.fixture
def lived(engine: Engine, tmp_path: Path) -> Engine:
    """A database in which something has happened."""
    submitted(engine, tmp_path)
    return engine


def problems(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return verify(session, "c")


def test_what_nobody_touched_holds(lived: Engine) -> None:
    assert problems(lived) == []


def test_every_way_to_tamper_is_found(lived: Engine) -> None:
    for name, (statements, words) in TAMPERED.items():
        with writing(lived) as session:
            for statement in statements:
                session.execute(text(statement))
            session.flush()
            found = verify(session, "c")
            session.rollback()
        assert any(words in line for line in found), f"{name}: {found}"
    assert problems(lived) == []


def test_a_cycle_that_is_not_there_is_said_to_be_missing(lived: Engine) -> None:
    with reading(lived) as session:
        assert verify(session, "d") == ["d: there is no such cycle, but history may be left of it"]


def test_a_moment_in_another_zone_is_the_same_moment(sqlite: Engine, tmp_path: Path) -> None:
    world = submitted(sqlite, tmp_path)
    from aarshjul.acts.perform import perform
    from aarshjul.files.act_arguments import parse_act

    form = parse_act("comment", {"text": "Fint"})
    perform(world.engine, "c", "w1", "comment", form, at("2022-10-03").astimezone(COPENHAGEN))
    assert problems(sqlite) == []


def test_no_personal_data_and_no_texts_stand_in_the_history(lived: Engine) -> None:
    with reading(lived) as session:
        rows = session.execute(text("SELECT * FROM historyentry")).all()
        secrets = session.scalars(text("SELECT name FROM person UNION SELECT email FROM person")).all()
        secrets = [*secrets, *session.scalars(text("SELECT text FROM draft")).all()]
    written = "\n".join(str(row) for row in rows)
    assert [each for each in secrets if each.strip() in written] == []
