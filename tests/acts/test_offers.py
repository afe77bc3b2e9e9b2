"""What is offered at a milestone is exactly what the acts let through, wherever a year stands and whoever looks."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from aarshjul.acts.perform import perform
from aarshjul.core.errors import Refused
from aarshjul.files.act_arguments import parse_act
from models.engine import open_engine
from tests.acts.meetings import hold_meeting
from tests.acts.offers import let_through, offered
from tests.acts.situations import SITUATIONS
from tests.acts.test_any_acts import ACTS, PEOPLE
from tests.builders import at
from tests.rounds.houses import FIRST, MEETING, SECOND, Houses
from tests.world import YEAR

Beginnings = Callable[[str], Path]
Step = tuple[str, str, str, dict[str, str]]
"""In which cycle, who, and which act with its fields."""
LATER = "later"
"""A meeting that carries nothing."""
SLUGS = ("start", "draft", "june", "notes", "dialogue", "board-approval", "council-approval", "condition-1")
LOOKS = st.tuples(
    st.sampled_from(("co", "co", "holder", "b1", "w1", "ob", "sub", "gone", "nobody")),
    st.sampled_from((*SLUGS, "nothing")),
    st.sampled_from((None, "m1", LATER, "nothing")),
)
TYING: tuple[tuple[str, dict[str, str]], ...] = tuple(
    ("anchor", {"milestone": slug, "meeting": meeting})
    for slug in ("dialogue", "board-approval", "council-approval")
    for meeting in ("m1", LATER, "none")
)
STEPS = st.tuples(
    st.just("c"), st.sampled_from((*PEOPLE, *("co",) * 6)), st.sampled_from((*ACTS, *TYING * 2))
).map(lambda each: (each[0], each[1], *each[2]))
SHARED = st.tuples(
    st.sampled_from((FIRST, SECOND)),
    st.just("co"),
    st.sampled_from(
        (
            *(
                ("anchor", {"milestone": "approval", "meeting": meeting})
                for meeting in (MEETING, LATER, "none")
            ),
            ("move", {"milestone": "approval", "to": "2023-02-16", "at": "09:00"}),
            ("confirm", {"milestone": "approval"}),
            ("cancel", {"milestone": "approval"}),
            ("leave", {"person": "both"}),
            ("activate", {}),
            ("close", {"reason": "Slut"}),
        )
    ),
).map(lambda each: (each[0], each[1], *each[2]))


@pytest.fixture(scope="module")
def beginnings(sqlite_template: Path) -> Iterator[Beginnings]:
    """The database of a situation, or of two `houses` at one meeting; made once, to be copied."""
    with TemporaryDirectory() as folder:

        def of(name: str) -> Path:
            file = Path(folder) / name / "aarshjul.db"
            if not file.exists():
                file.parent.mkdir()
                shutil.copyfile(sqlite_template, file)
                engine = open_engine(f"sqlite:///{file}")
                _begin(name, engine, file.parent)
                with engine.connect() as connection:
                    connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
                engine.dispose()
            return file

        yield of


def _begin(name: str, engine: Engine, folder: Path) -> None:
    if name == "houses":
        Houses(engine=engine, folder=folder)
        hold_meeting(engine, LATER, "2023-03-17", at="10:00", status="tentative")
    else:
        SITUATIONS[name](engine, folder, YEAR)
        hold_meeting(engine, "m1", "2022-11-25", at="10:00")
        hold_meeting(engine, LATER, "2023-02-24", at="10:00", status="tentative")


@contextmanager
def _copied(file: Path, steps: list[Step], now: str) -> Iterator[Engine]:
    """The database after some more acts, whether they were done or refused."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "aarshjul.db"
        shutil.copyfile(file, copy)
        engine = open_engine(f"sqlite:///{copy}")
        try:
            for cycle, by, do, fields in steps:
                try:
                    perform(engine, cycle, by, do, parse_act(do, fields), at(now, "12:00"))
                except Refused:
                    continue
            yield engine
        finally:
            engine.dispose()


@given(
    name=st.sampled_from(tuple(SITUATIONS)),
    steps=st.lists(STEPS, max_size=4),
    looks=st.lists(LOOKS, min_size=3, max_size=3),
    when=st.sampled_from(("2022-06-01", "2022-11-18", "2022-11-21", "2023-02-10", "2023-03-01")),
)
@settings(max_examples=15, deadline=None)
def test_what_is_offered_is_what_is_let_through(
    beginnings: Beginnings,
    name: str,
    steps: list[Step],
    looks: list[tuple[str, str, str | None]],
    when: str,
) -> None:
    with _copied(beginnings(name), steps, when) as engine:
        now = at(when, "12:00") + timedelta(minutes=1)
        for by, slug, meeting in looks:
            assert offered(engine, "c", by, slug, now, meeting) == let_through(
                engine, "c", by, slug, now, meeting
            ), (by, slug, meeting)


@given(
    steps=st.lists(SHARED, max_size=6),
    by=st.sampled_from(("co", "co", "co-east", "both")),
    meeting=st.sampled_from((None, MEETING, LATER)),
)
@settings(max_examples=8, deadline=None)
def test_so_it_is_where_one_meeting_carries_two_cycles(
    beginnings: Beginnings, steps: list[Step], by: str, meeting: str | None
) -> None:
    with _copied(beginnings("houses"), steps, "2023-01-09") as engine:
        now = at("2023-01-09", "12:01")
        for slug in ("approval", "papers"):
            assert offered(engine, FIRST, by, slug, now, meeting) == let_through(
                engine, FIRST, by, slug, now, meeting
            ), slug


def test_looking_asks_as_often_however_many_milestones_there_are(sqlite: Engine, tmp_path: Path) -> None:
    more = "".join(
        f"  - {{id: more-{number}, title: Mere, phase: drafting, kind: deadline, on: 2022-10-28, "
        "owed_by: [working-group]}\n"
        for number in range(40)
    )
    SITUATIONS["active"](sqlite, tmp_path, YEAR + more)
    asked: list[str] = []
    now = at("2022-06-01")
    event.listen(sqlite, "before_cursor_execute", lambda *each: asked.append(each[2]))

    assert offered(sqlite, "c", "co", "more-1", now) == {"attach", "cancel", "done", "move"}

    assert len(asked) < 40
    assert [each for each in asked if not each.lstrip().startswith("SELECT")] == ["BEGIN"]
