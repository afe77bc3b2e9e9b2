"""A year that is killed at any point and started again ends in the same state, with the same messages."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.story.plain import left_in, play, script_of

ROOT = Path(__file__).parents[2]
YEAR = "saturdays"  # rounds with chapters in several phases, whose messages go in another order than they are written
POINTS = (
    "within-an-act",
    "between-act-and-round",
    "after-the-look",
    "within-a-step",
    "after-a-step",
    "between-chapters",
    "after-settling",
    "after-preparing",
    "after-the-claim",
    "after-a-file",
    "within-the-answers",
    "while-leaving",
)
LEDGER = {"attempts", "claimed_by"}  # what tells how often something was tried, and by whom

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills children of a process that forks")


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[int]]]:
    """A folder with a home for each point, and how each of its processes ended."""
    folder = tmp_path_factory.mktemp("killed")
    command = [sys.executable, "-m", "tests.story.driver", "kill", YEAR, str(folder)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert result.returncode == 0, result.stderr
    ends = [json.loads(line) for line in result.stdout.splitlines()]
    return folder, {each["point"]: each["ends"] for each in ends}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same year, never killed."""
    home = tmp_path_factory.mktemp("whole")
    play(script_of(YEAR), home)
    return home


def record_of(home: Path) -> dict[str, list[tuple[str, ...]]]:
    """Every table's rows, less the ledger of attempts."""
    with closing(sqlite3.connect(home / "aarshjul.db")) as connection:
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name not in ("attempt", "sqlite_sequence")
        ]
        return {table: _rows(connection, table) for table in tables}


def _rows(connection: sqlite3.Connection, table: str) -> list[tuple[str, ...]]:
    names = [row[1] for row in connection.execute(f"PRAGMA table_info('{table}')")]
    kept = ", ".join(f'"{name}"' for name in names if name not in LEDGER)
    return sorted(
        tuple(map(repr, row))
        for row in connection.execute(f'SELECT {kept} FROM "{table}"')  # noqa: S608 -- names of our own tables
    )


@pytest.mark.parametrize("point", POINTS)
def test_killed_and_started_again_it_ends_as_if_it_had_never_been(
    point: str, killed: tuple[Path, dict[str, list[int]]], whole: Path
) -> None:
    folder, ends = killed
    assert ends[point] == [-9, -9, 0], "killed twice, and then to its end"
    assert left_in(folder / point) == left_in(whole)
    assert record_of(folder / point) == record_of(whole)


def test_every_point_at_which_the_driver_kills_is_tested(killed: tuple[Path, dict[str, list[int]]]) -> None:
    assert tuple(killed[1]) == POINTS


def test_a_message_that_was_sent_before_its_answer_was_kept_is_sent_again_and_counted(
    killed: tuple[Path, dict[str, list[int]]],
) -> None:
    with closing(sqlite3.connect(killed[0] / "after-a-file" / "aarshjul.db")) as connection:
        tried = connection.execute("SELECT attempts, state FROM message ORDER BY number").fetchall()
    assert {state for _, state in tried} == {"sent"}
    assert max(attempts for attempts, _ in tried) == 1 + len(ends_before(killed[1]["after-a-file"]))


def ends_before(ends: list[int]) -> list[int]:
    """The processes that were killed."""
    return [end for end in ends if end == -9]
