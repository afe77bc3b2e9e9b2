"""Whatever changes a feed changes its fingerprint, by one statement, in both kinds of database."""

import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event
from sqlmodel import Session, col, select

from aarshjul.core.errors import Refused
from calendars.fingerprint import fingerprint, fingerprint_query
from models.engine import open_engine, reading, writing
from models.meeting import Meeting
from models.milestone import CalendarEntry, Milestone
from models.person import Organisation, Person
from models.subscription import Subscription
from tests.builders import at
from tests.calendars.records import URL, bring, small
from tests.calendars.watching import Watch, subscribed
from tests.world import World

NOW = at("2022-04-01")
ACTS: list[tuple[str, str, str, dict[str, str]]] = [
    ("2022-05-02", "co", "activate", {}),
    ("2022-05-03", "co", "confirm", {"milestone": "dialogue"}),
    ("2022-05-03", "co", "move", {"milestone": "dialogue", "place": "Hjørring"}),
    ("2022-05-04", "co", "move", {"milestone": "draft", "to": "2022-09-27"}),
    ("2022-05-04", "holder", "done", {"milestone": "recommendation"}),
    ("2022-05-05", "co", "join", {"person": "b1", "roles": "working-group"}),
    ("2022-05-05", "holder", "prefer", {"language": "en"}),
    ("2022-05-06", "co", "cancel", {"milestone": "start"}),
    ("2022-05-06", "w1", "delegate", {"to": "w2"}),
    ("2022-05-09", "co", "leave", {"person": "w2"}),
    ("2022-05-10", "holder", "submit-draft", {"text": "Et udkast"}),
    ("2022-05-11", "w1", "comment", {"text": "Godt"}),
    ("2022-05-12", "bc", "answer", {"milestone": "dialogue", "reply": "accepted"}),
    ("2022-11-18", "co", "hold", {"milestone": "dialogue"}),
    ("2022-11-21", "bc", "decide", {"body": "board", "outcome": "approved"}),
    ("2022-11-22", "holder", "submit-draft", {"text": "Et andet udkast"}),
    ("2022-11-23", "bc", "decide", {"body": "board", "outcome": "returned", "reason": "Mål 3"}),
    ("2022-11-28", "co", "close", {"reason": "Slut"}),
]


def made(engine: Engine, folder: Path) -> World:
    """The small year, with two people of an organisation that is the holder of another cycle."""
    world = World(engine=engine, folder=folder)
    with writing(engine) as session:
        session.add(Organisation(id=7, name="Hus"))
        session.flush()
        for name in ("holder", "w2"):
            session.get_one(Person, name).organisation_id = 7
    bring(
        engine, folder, small("id: m, title: M, phase: drafting, kind: deadline, on: 2022-06-01", id="other")
    )
    return world


def subscriptions(engine: Engine) -> list[Subscription]:
    """One of each scope, and of people with different parts in the year."""
    return subscribed(
        engine,
        {"scope": "cycle", "cycle_id": "c"},
        {"scope": "role", "cycle_id": "c", "role": "board"},
        {"scope": "public", "cycle_id": "c"},
        *({"scope": "person", "person_id": person} for person in ("holder", "b1", "w1", "w2", "sub")),
        {"scope": "organisation", "organisation_id": 7},
    )


def test_no_act_and_no_round_changes_a_feed_unnoticed(engine: Engine, tmp_path: Path) -> None:
    world = made(engine, tmp_path)
    watch = Watch(engine, subscriptions(engine))
    watch.look("the import")
    for when, by, do, fields in ACTS:
        world.act(when, by, do, **fields)
        assert watch.look(do), f"{do} left every fingerprint as it was"
        world.round(f"{when} 13:00")
        watch.look(f"the round after {do}")


@settings(max_examples=12, deadline=None)
@given(picked=st.lists(st.sampled_from(ACTS[1:]), min_size=3, max_size=12))
def test_acts_in_any_order_change_no_feed_unnoticed(
    sqlite_template: Path, picked: list[tuple[str, str, str, dict[str, str]]]
) -> None:
    with TemporaryDirectory() as folder:
        shutil.copyfile(sqlite_template, Path(folder) / "aarshjul.db")
        engine = open_engine(f"sqlite:///{folder}/aarshjul.db")
        world = made(engine, Path(folder))
        watch = Watch(engine, subscriptions(engine))
        for when, by, do, fields in [ACTS[0], *sorted(picked, key=lambda each: each[0])]:
            try:
                world.act(when, by, do, **fields)
            except Refused:
                continue
            finally:
                watch.look(do)
        engine.dispose()


def carried(session: Session) -> None:
    """A real meeting carries the dialogue and the other cycle's day."""
    session.add(
        Meeting(
            id="m",
            body="KKR",
            title="Møde",
            on=at("2022-06-15").date(),
            made_at=NOW,
            changed_at=at("2022-05-03"),
        )
    )
    session.flush()
    for row in session.exec(select(Milestone).where(col(Milestone.slug).in_(["dialogue", "june"]))):
        row.meeting_id = "m"
        session.get_one(CalendarEntry, row.id).uid = "shared@aarshjul"


def renamed(session: Session) -> None:
    """It is called something else from now on, and nobody did an act."""
    meeting = session.get_one(Meeting, "m")
    meeting.title, meeting.changed_at = "Et andet navn", at("2022-05-04")


def changed_hands(session: Session) -> None:
    """Somebody works elsewhere now: as many people, with as long a history, are in the organisation."""
    session.get_one(Person, "w2").organisation_id = None
    session.get_one(Person, "b1").organisation_id = 7


def speaks_english(session: Session) -> None:
    """A person's language, as another cycle's coordinator brought it in."""
    session.get_one(Person, "holder").language = "en"


def new_name(session: Session) -> None:
    """The organisation is called as the council."""
    session.get_one(Organisation, 7).name = "Et nyt navn"


@pytest.mark.parametrize("change", [renamed, changed_hands, speaks_english, new_name])
def test_what_no_history_tells_changes_no_feed_unnoticed(
    engine: Engine, tmp_path: Path, change: Callable[[Session], None]
) -> None:
    world = made(engine, tmp_path)
    world.act("2022-05-02", "co", "activate")
    with writing(engine) as session:
        carried(session)
    watch = Watch(engine, subscriptions(engine))
    watch.look("activation")
    with writing(engine) as session:
        change(session)
    assert watch.look(change.__name__)


def test_what_happens_in_another_cycle_leaves_a_feed_its_fingerprint(engine: Engine, tmp_path: Path) -> None:
    world = made(engine, tmp_path)
    watch = Watch(engine, subscriptions(engine))
    watch.look("the import")
    world.act("2022-05-02", "co", "activate")
    whose = {each.id: each for each in watch.feeds}
    bring(
        engine,
        tmp_path,
        small("id: m, title: M, phase: drafting, kind: deadline, on: 2022-06-01", id="third"),
    )
    watch.look("activation")
    assert {whose[each].scope for each in watch.look("another import")} == set()


def test_the_address_of_the_pages_is_part_of_it(sqlite: Engine, tmp_path: Path) -> None:
    made(sqlite, tmp_path)
    feed = subscriptions(sqlite)[0]
    with reading(sqlite) as session:
        found = {fingerprint(session, feed, url) for url in (None, URL, "https://elsewhere.example.org")}
    assert len(found) == 3
    assert all(len(each) == 64 for each in found)


def test_one_statement_asks_for_it_by_indexes(sqlite: Engine, tmp_path: Path) -> None:
    made(sqlite, tmp_path)
    feeds = subscriptions(sqlite)
    asked: list[tuple[str, Any]] = []
    event.listen(sqlite, "before_cursor_execute", lambda *call: asked.append((call[2], call[3])))
    for feed in feeds:
        asked.clear()
        with reading(sqlite) as session:
            fingerprint(session, feed)
        statements = [each for each in asked if each[0] != "BEGIN"]
        assert len(statements) == 1
    statement, values = statements[0]
    with sqlite.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    scanned = {str(row[3]).split()[1] for row in plan if str(row[3]).startswith("SCAN")}
    # An organisation is looked for by name among the holders and councils, and its people among all people.
    tables = {name for name in scanned if not name.startswith("anon_")}
    assert tables <= {"cycle", "person"}, plan


def test_it_can_be_asked_for_together_with_the_subscription(engine: Engine, tmp_path: Path) -> None:
    made(engine, tmp_path)
    feeds = subscriptions(engine)
    with reading(engine) as session:
        rows = session.execute(select(Subscription.id, fingerprint_query())).all()
    assert {row[0] for row in rows} == {each.id for each in feeds}
    assert len({row[1] for row in rows}) == 3
