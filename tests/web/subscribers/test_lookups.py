"""The look-up while the database goes away, comes back as another, is upgraded, or is written to all the time."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from aarshjul.web.subscribers.publishing import Bodies, Body
from models.engine import open_engine, writing
from tests.web.serving import Feeds


def later(feeds: Feeds, secret: str) -> None:
    answer = feeds.get(secret)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    assert answer.headers["cache-control"] == "no-store"
    assert "sql" not in answer.text.lower()


def file_of(feeds: Feeds) -> Path:
    return feeds.world.folder / "aarshjul.db"


def test_a_file_that_is_gone_and_back_is_served_again(at_home: Feeds) -> None:
    secret = at_home.subscribe()
    first = at_home.get(secret)
    at_home.world.engine.dispose()
    away = file_of(at_home).with_suffix(".away")
    file_of(at_home).rename(away)
    later(at_home, secret)
    assert not file_of(at_home).exists(), "looking made a file"
    away.rename(file_of(at_home))
    again = at_home.get(secret)
    assert (again.status_code, again.headers["etag"]) == (200, first.headers["etag"])


def test_a_copy_put_in_its_place_is_what_is_served(at_home: Feeds, tmp_path: Path) -> None:
    secret = at_home.subscribe()
    before = at_home.get(secret)
    with sqlite3.connect(file_of(at_home)) as source, sqlite3.connect(tmp_path / "copy.db") as copy:
        source.backup(copy)
    copy.close()
    source.close()
    at_home.move("2022-04-21", "2022-08-26")
    moved = at_home.get(secret)
    late = at_home.subscribe()
    assert at_home.get(late).status_code == 200
    at_home.world.engine.dispose()
    for name in ("aarshjul.db-wal", "aarshjul.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    shutil.move(tmp_path / "copy.db", file_of(at_home))
    restored = at_home.get(secret)
    assert (restored.status_code, restored.headers["etag"]) == (200, before.headers["etag"])
    assert restored.headers["etag"] != moved.headers["etag"]
    assert at_home.get(late).status_code == 404


def test_what_is_no_database_is_told_as_later(at_home: Feeds, tmp_path: Path) -> None:
    secret = at_home.subscribe()
    at_home.world.engine.dispose()
    (tmp_path / "other").write_bytes(b"no database at all " * 1000)
    shutil.move(tmp_path / "other", file_of(at_home))
    later(at_home, secret)


def test_a_table_that_is_not_there_yet_is_served_once_it_is(feeds: Feeds) -> None:
    secret = feeds.subscribe()
    assert feeds.get(secret).status_code == 200
    with writing(feeds.world.engine) as session:
        session.execute(text("ALTER TABLE publishedfeed RENAME TO elsewhere"))
    later(feeds, secret)
    with writing(feeds.world.engine) as session:
        session.execute(text("ALTER TABLE elsewhere RENAME TO publishedfeed"))
        session.execute(text("ALTER TABLE subscription ADD COLUMN later_version INTEGER"))
    assert feeds.get(secret).status_code == 200


def test_a_long_transaction_holds_no_reader_up(at_home: Feeds) -> None:
    secret = at_home.subscribe()
    tag = at_home.get(secret).headers["etag"]
    other = open_engine(f"sqlite:///{file_of(at_home)}")
    try:
        with writing(other) as session:
            session.execute(text("UPDATE cycle SET title = 'Another'"))
            assert at_home.get(secret).status_code == 200
            assert at_home.get(secret, if_none_match=tag).status_code == 304
    finally:
        other.dispose()


@pytest.mark.parametrize(("most", "kept"), [(10**6, [True, True, True]), (0, [False, False, False])])
def test_memory_keeps_as_much_as_it_may(most: int, kept: list[bool]) -> None:
    made = [Body.of(bytes([65 + number]) * 1000) for number in range(3)]
    bodies = Bodies(most)
    for body in made:
        bodies.keep(body)
        bodies.keep(body)
    assert [bodies.get(body.etag) is not None for body in made] == kept


def test_memory_lets_go_of_what_was_asked_for_longest_ago() -> None:
    one, two, three = (Body.of(bytes([65 + number]) * 1000) for number in range(3))
    bodies = Bodies(one.size * 2 + 10)
    bodies.keep(one)
    bodies.keep(two)
    assert bodies.get(one.etag) is one
    bodies.keep(three)
    assert [bodies.get(each.etag) is not None for each in (one, two, three)] == [True, False, True]
    assert bodies.get(None) is None
