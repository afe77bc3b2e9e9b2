import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from flows.template import DATABASE, keep_template, take_template, template_folder

MEMO = "memo_store.toml"


def write_home(folder: Path, *, runs: int = 0, note: str = "first", wal: bool = False) -> Path:
    folder.mkdir(parents=True)
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        if wal:
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE alembic_version (version_num)")
        connection.execute("INSERT INTO alembic_version VALUES (?)", (note,))
        connection.execute("CREATE TABLE flow_run (id)")
        connection.executemany("INSERT INTO flow_run VALUES (?)", [(n,) for n in range(runs)])
        connection.commit()
    (folder / MEMO).write_text(note)
    return folder


def note_of(database: Path) -> str:
    with closing(sqlite3.connect(database)) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def test_a_kept_database_begins_the_next_home(cache: Path, tmp_path: Path) -> None:
    keep_template(cache, write_home(tmp_path / "one"))
    assert take_template(cache, tmp_path / "two")
    assert note_of(tmp_path / "two" / DATABASE) == "first"
    assert (tmp_path / "two" / MEMO).read_text() == "first"
    assert sorted(path.name for path in (tmp_path / "two").iterdir()) == [MEMO, DATABASE]


def test_what_a_server_has_not_yet_moved_out_of_its_journal_is_kept_too(cache: Path, tmp_path: Path) -> None:
    home = write_home(tmp_path / "one", wal=True)
    with closing(sqlite3.connect(home / DATABASE)) as server:
        server.execute("UPDATE alembic_version SET version_num = 'in the journal'")
        server.commit()
        keep_template(cache, home)
    assert note_of(template_folder(cache) / DATABASE) == "in the journal"


def test_without_a_template_nothing_is_taken(cache: Path, tmp_path: Path) -> None:
    assert not take_template(cache, tmp_path / "two")
    assert not (tmp_path / "two").exists()


def test_a_home_that_has_a_database_keeps_it(cache: Path, tmp_path: Path) -> None:
    keep_template(cache, write_home(tmp_path / "one"))
    home = write_home(tmp_path / "two", note="mine")
    assert not take_template(cache, home)
    assert note_of(home / DATABASE) == "mine"


@pytest.mark.parametrize("damage", [b"", b"not a database at all", None], ids=["empty", "junk", "cut short"])
def test_a_damaged_template_is_thrown_away_and_the_home_left_without(
    damage: bytes | None, cache: Path, tmp_path: Path
) -> None:
    keep_template(cache, write_home(tmp_path / "one"))
    file = template_folder(cache) / DATABASE
    file.write_bytes(file.read_bytes()[:5000] if damage is None else damage)
    assert not take_template(cache, tmp_path / "two")
    assert not (tmp_path / "two" / DATABASE).exists()
    assert not file.exists()
    keep_template(cache, tmp_path / "one")
    assert take_template(cache, tmp_path / "two")


def test_a_database_in_which_something_ran_is_never_kept(cache: Path, tmp_path: Path) -> None:
    keep_template(cache, write_home(tmp_path / "one", runs=1))
    assert not template_folder(cache).exists()
    assert list(template_folder(cache).parent.iterdir()) == []


def test_of_two_that_keep_at_once_the_first_stays_whole(cache: Path, tmp_path: Path) -> None:
    keep_template(cache, write_home(tmp_path / "one"))
    keep_template(cache, write_home(tmp_path / "two", note="second"))
    assert note_of(template_folder(cache) / DATABASE) == "first"
    assert [path.name for path in template_folder(cache).parent.iterdir()] == [template_folder(cache).name]


def test_a_cache_that_cannot_be_written_costs_nothing_else(tmp_path: Path) -> None:
    blocked = tmp_path / "cache"
    blocked.write_text("a file stands where the folder would be")
    keep_template(blocked, write_home(tmp_path / "one"))
    assert not take_template(blocked, tmp_path / "two")
