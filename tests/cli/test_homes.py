"""Homes and databases that cannot be used: a sentence, never a traceback."""

import os
import sqlite3
from pathlib import Path

import pytest

from models.version import revisions
from tests.cli.conftest import Run
from tests.cli.running import CYCLE, ID

READING = [
    ("status",),
    ("status", ID, "--json"),
    ("export", ID),
    ("feed", ID),
    ("history", "verify"),
    ("cycle", "preview", ID),
    ("cycle", "roll-over", ID),
    ("act", ID, "--by", "koordinator", "--do", "activate"),
]


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_a_mistyped_home_is_told_and_not_made(run: Run, home: Path, words: tuple[str, ...]) -> None:
    said = run(*words)
    assert (said.code, said.out) == (1, "")
    assert f"there is no installation in {home} yet" in said.err
    assert not home.exists()


def test_the_home_may_stand_before_or_behind_the_command(run: Run, imported: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    imported.rename(elsewhere)
    behind = run("status", "--home", elsewhere)
    assert behind.code == 0
    assert run("--home", elsewhere, "status").data == behind.data
    assert run("--home", tmp_path / "none", "status", "--home", elsewhere).data == behind.data
    assert run("--home", elsewhere, "history", "verify").code == 0
    act = ("act", ID, "--by", "koordinator", "--do", "activate")
    assert run(*act, "--home", elsewhere).code == 0


@pytest.mark.parametrize("words", [("status",), ("import", str(CYCLE)), ("db", "upgrade")], ids=" ".join)
def test_a_home_that_is_a_file_is_refused(run: Run, home: Path, words: tuple[str, ...]) -> None:
    home.write_text("mine")
    said = run(*words)
    assert said.code == 1
    assert "cannot be used as a home" in said.err
    assert home.read_text() == "mine"


@pytest.mark.parametrize("words", [("status",), ("import", str(CYCLE)), ("db", "upgrade")], ids=" ".join)
def test_what_is_no_database_is_left_as_it_is(run: Run, home: Path, words: tuple[str, ...]) -> None:
    home.mkdir()
    (home / "aarshjul.db").write_bytes(b"a holiday picture, perhaps" * 100)
    said = run(*words)
    assert said.code == 1
    assert "is no database of Aarshjul's" in said.err
    assert (home / "aarshjul.db").read_bytes() == b"a holiday picture, perhaps" * 100


@pytest.mark.parametrize("words", [("status",), ("import", str(CYCLE)), ("db", "upgrade")], ids=" ".join)
def test_another_programs_database_is_left_alone(run: Run, home: Path, words: tuple[str, ...]) -> None:
    home.mkdir()
    with sqlite3.connect(home / "aarshjul.db") as database:
        database.execute("CREATE TABLE recipes (name TEXT)")
    database.close()
    said = run(*words)
    assert said.code == 1
    assert "the tables of something else" in said.err


def test_an_earlier_version_wants_an_upgrade(
    run: Run, imported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert imported.exists()
    known = revisions()
    monkeypatch.setattr("models.version.revisions", lambda: ["9998", *known])
    for words in (("status",), ("import", str(CYCLE))):
        said = run(*words)
        assert said.code == 1
        assert "run `aarshjul db upgrade`" in said.err
    assert "it was older" in run("db", "upgrade").out


def test_a_later_version_is_left_to_its_own_program(run: Run, imported: Path) -> None:
    with sqlite3.connect(imported / "aarshjul.db") as database:
        database.execute("UPDATE alembic_version SET version_num='9999'")
    database.close()
    for words in (("status",), ("db", "upgrade"), ("import", str(CYCLE))):
        said = run(*words)
        assert said.code == 1
        assert "of a later version" in said.err


def test_an_empty_database_is_begun_by_an_import_alone(run: Run, home: Path) -> None:
    home.mkdir()
    (home / "aarshjul.db").touch()
    assert "is empty" in run("status").err
    assert run("import", CYCLE).code == 0


def test_an_upgrade_makes_what_is_not_there_and_may_run_again(run: Run, home: Path) -> None:
    assert "it was empty" in run("db", "upgrade").out
    assert "up to date already" in run("db", "upgrade").out
    assert (home / "aarshjul.db").exists()


def test_a_damaged_database_is_told(run: Run, imported: Path) -> None:
    file = imported / "aarshjul.db"
    data = bytearray(file.read_bytes())
    data[4096:-4096] = os.urandom(len(data) - 8192)
    file.write_bytes(data)
    said = run("status", ID)
    assert said.code == 1
    assert str(file) in said.err
    assert len(said.err.splitlines()) == 1


def test_a_folder_that_cannot_be_made_is_told(run: Run) -> None:
    said = run("import", CYCLE, "--home", "/proc/aarshjul")
    assert said.code == 1
    assert said.err.startswith("/proc/aarshjul cannot be used as a home")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(run: Run, imported: Path) -> None:
    for path in (imported, imported / "aarshjul.db"):
        path.chmod(0o555)
    said = run("act", ID, "--by", "koordinator", "--do", "activate")
    imported.chmod(0o755)
    assert said.code == 1
    assert "may write in its folder" in said.err


def test_a_wrong_database_address_hides_its_password(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AARSHJUL_DATABASE_URL", "postgresql://me:secret@127.0.0.1:1/none")
    said = run("status")
    assert said.code == 1
    assert "secret" not in said.err
    monkeypatch.setenv("AARSHJUL_DATABASE_URL", "nonsense")
    assert run("status").code == 1
    assert not home.exists()


def test_settings_that_cannot_be_read_are_told(run: Run, imported: Path) -> None:
    (imported / "settings.env").write_bytes(b"AARSHJUL_SENDER_NAME=\xff\xfe\n")
    said = run("status")
    assert said.code == 2
    assert "settings" in said.err


def test_usage_mistakes_exit_with_two(run: Run) -> None:
    for words in (("statuss",), ("status", "a", "b"), ("import",), ("cycle", "preview"), ("history", "x")):
        assert run(*words).code == 2
