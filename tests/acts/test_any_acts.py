"""Any acts of anybody, in any order: no contract is approved but by board then council on one text, and all is provable."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlmodel import Session, col

from aarshjul.acts.perform import perform
from aarshjul.core.errors import Refused
from aarshjul.files.act_arguments import parse_act
from flows.rehearsing import plain_round
from models.cycle import Cycle
from models.engine import open_engine, reading
from models.history import HistoryEntry
from models.proof import replayed, verify
from models.vouching import stands
from tests.builders import at
from tests.world import World

PEOPLE = ("co", "holder", "bc", "bd", "b1", "cc", "c1", "w1", "w2", "ob", "sub", "gone", "xx")
ACTS: tuple[tuple[str, dict[str, str]], ...] = (
    *(("submit-draft", {"text": f"Mål {number}"}) for number in (1, 2, 3)),
    *(
        ("decide", {"body": body, "outcome": outcome, **minutes})
        for body in ("board", "council")
        for outcome in ("approved", "approved", "approved-with-conditions", "returned", "postponed")
        for minutes in ({}, {"minutes": "P4"})
    ),
    ("decide", {"body": "board", "outcome": "rejected"}),
    *(("vote", {"body": body, "vote": vote}) for body in ("board", "council") for vote in ("for", "against")),
    ("hold", {"milestone": "dialogue"}),
    ("hold", {"milestone": "start", "present": "w1,w2"}),
    ("cancel", {"milestone": "dialogue"}),
    ("confirm", {"milestone": "dialogue"}),
    *(("sign", {"body": body}) for body in ("board", "council")),
    ("put-in-force", {}),
    ("comment", {"text": "Fint"}),
    ("settle-comment", {"comment": "1", "outcome": "accepted"}),
    ("respond", {"position": "agrees"}),
    ("minute", {"milestone": "dialogue", "area": "Mål 1", "said": "Drøftet", "change": "Nyt"}),
    ("settle-task", {"task": "1", "outcome": "declined", "reason": "Nej"}),
    ("settle-condition", {"condition": "1"}),
    ("delegate", {"to": "ob"}),
    ("delegate", {"to": "sub", "person": "b1"}),
    ("appoint-deputy", {"person": "c1", "deputy": "cc"}),
    ("answer", {"milestone": "dialogue", "reply": "accepted"}),
    ("done", {"milestone": "notes"}),
    ("record-result", {"indicator": "1a", "actual": "60"}),
    ("recommend", {"goal": "1", "value": "75", "reason": "Sådan"}),
    ("request-data", {"indicator": "1b", "owner": "w2", "due": "2023-06-01"}),
    ("leave", {"person": "w2"}),
    ("join", {"person": "gone", "roles": "working-group"}),
    ("unsubscribe", {}),
    ("move", {"milestone": "council-approval", "to": "2023-03-10"}),
    ("move", {"milestone": "dialogue", "to": "2022-12-02", "at": "09:00", "place": "Skagen"}),
)
STEPS = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(ACTS), st.sampled_from((0, 1, 3, 20)))


def tried(engine: Engine, by: str, do: str, fields: dict[str, str], now: datetime) -> bool:
    """Whether an act was done."""
    try:
        perform(engine, "c", by, do, parse_act(do, fields), now)
    except Refused:
        return False
    return True


def history(engine: Engine) -> list[HistoryEntry]:
    with reading(engine) as session:
        query = select(HistoryEntry).where(col(HistoryEntry.cycle_id) == "c")
        return list(session.scalars(query.order_by(col(HistoryEntry.number))))


def check_order(entries: list[HistoryEntry], stage: str) -> None:
    """By the words of the raw history alone: who approved which text, and that nothing was approved out of order."""
    text, board, council = None, None, None
    for entry in entries:
        facts: dict[str, Any] = entry.facts
        if entry.type != "act":  # that people were told of a decision is called as the decision is
            continue
        if entry.what in ("draft-submitted", "national-goals-taken"):
            text, board, council = facts["draft"], None, None
        elif entry.what == "decided" and facts["outcome"].startswith("approved"):
            assert facts["draft"] == text, "something else was approved than what lay before them"
            if facts["body"] == "council":
                assert board == text, "the council approved what the board had not"
                council = text
            else:
                board = text
        elif entry.what == "decided" and facts["outcome"] == "returned":
            board = council = None
        elif entry.what in ("signed", "put-in-force", "came-into-force"):
            assert text is not None
            assert text == board == council == facts["draft"], f"{entry.what} before both approved"
    if stage in ("council-approved", "in-force"):
        assert text is not None
        assert board == council == text


def check_proof(engine: Engine) -> None:
    """The history replayed is what stands, and what verifies finds nothing."""
    with reading(engine) as session:
        assert verify(session, "c") == []
        state, actual = replayed(session, "c"), stands(session, "c")
        assert {name: values for name, values in state.rows.items() if values is not None} == actual
        check_order(history(engine), session.get_one(Cycle, "c").stage)


@pytest.fixture(scope="module")
def beginning(sqlite_template: Path) -> Iterator[Path]:
    """A year that has begun, to be copied."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "aarshjul.db"
        shutil.copyfile(sqlite_template, file)
        engine = open_engine(f"sqlite:///{file}")
        World(engine=engine, folder=Path(folder)).act("2022-08-01", "co", "activate")
        with engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
        yield file


@given(steps=st.lists(STEPS, min_size=50, max_size=50))
@settings(max_examples=8, deadline=None)
def test_fifty_acts_of_anybody(
    beginning: Path, steps: list[tuple[str, tuple[str, dict[str, str]], int]]
) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "aarshjul.db"
        shutil.copyfile(beginning, file)
        engine = open_engine(f"sqlite:///{file}")
        try:
            now = at("2022-09-01", "12:00")
            for by, (do, fields), days in steps:
                now += timedelta(days=days, minutes=1)
                before = len(history(engine))
                done = tried(engine, by, do, fields, now)
                assert (len(history(engine)) > before) is done, (
                    "what is refused writes nothing, what is done does"
                )
            check_proof(engine)
            plain_round(engine, now + timedelta(hours=1))
            check_proof(engine)
        finally:
            engine.dispose()


ON_THE_WAY: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("holder", "submit-draft", {"text": "Mål 1"}),
    ("co", "cancel", {"milestone": "dialogue"}),
    ("bc", "decide", {"body": "board", "outcome": "approved"}),
    ("cc", "decide", {"body": "council", "outcome": "approved"}),
    ("bc", "sign", {"body": "board"}),
    ("cc", "sign", {"body": "council"}),
)


@given(
    between=st.lists(st.tuples(st.integers(0, 5), st.sampled_from(PEOPLE), st.sampled_from(ACTS)), max_size=6)
)
@settings(max_examples=12, deadline=None)
def test_the_way_to_a_contract_with_anything_between(
    beginning: Path, between: list[tuple[int, str, tuple[str, dict[str, str]]]]
) -> None:
    """Random acts alone seldom get far: here they come between those that lead to a contract in force."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "aarshjul.db"
        shutil.copyfile(beginning, file)
        engine = open_engine(f"sqlite:///{file}")
        try:
            now = at("2022-09-01", "12:00")
            for place, step in enumerate(ON_THE_WAY):
                others = [(by, do, fields) for where, by, (do, fields) in between if where == place]
                for by, do, fields in (*others, step):
                    now += timedelta(hours=1)
                    tried(engine, by, do, fields, now)
            check_proof(engine)
            if not between:
                with Session(engine) as session:
                    assert session.get_one(Cycle, "c").stage == "in-force"
        finally:
            engine.dispose()
