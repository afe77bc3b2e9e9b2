"""The installed command in a process of its own: exit codes, bytes, and what it must not import."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import CYCLE, ID

MAIN = "import sys; sys.argv[0] = 'aarshjul'; from aarshjul.cli import main; main()"
LISTS_MODULES = """
import sys
from aarshjul.cli import app
from aarshjul.cli.errors import run
sys.exit(run(lambda: app(args={args!r})) or any(m in sys.modules for m in {heavy!r}))
"""


def _aarshjul(home: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "AARSHJUL_HOME": str(home)}
    command = [sys.executable, "-c", MAIN, *words]
    return subprocess.run(command, capture_output=True, check=False, env=environment, timeout=60)


def test_the_feed_of_a_pipe_is_that_of_the_command(imported: Path) -> None:
    done = _aarshjul(imported, "feed", ID)
    assert done.returncode == 0
    assert done.stdout.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"\r\r\n" not in done.stdout


def test_danish_goes_through_a_pipe_that_was_said_to_be_ascii(
    imported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    for words in (("status", ID), ("export", ID)):
        done = _aarshjul(imported, *words)
        assert done.returncode == 0
        assert "Dialogmøde" in done.stdout.decode()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("status", ID), 0),
        (("act", ID, "--by", "bestyrelse-1", "--do", "activate"), 1),
        (("import", "no-such-file.yaml"), 2),
        (("no-such-command",), 2),
    ],
)
def test_exit_codes_reach_the_shell(imported: Path, words: tuple[str, ...], code: int) -> None:
    done = _aarshjul(imported, *words)
    assert done.returncode == code
    assert b"Traceback" not in done.stdout + done.stderr
    assert bool(done.stdout) == (code == 0)


@pytest.mark.parametrize("args", [["--help"], ["cycle", "--help"], ["act", "--help"]], ids=" ".join)
def test_help_imports_nothing_slow(args: list[str]) -> None:
    heavy = ["prefect", "sqlalchemy", "sqlmodel", "icalendar", "holidays", "alembic"]
    code = LISTS_MODULES.format(args=args, heavy=heavy)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")


ALL_IN_ONE = """
import sys
from aarshjul.cli import app
from aarshjul.cli.errors import run
codes = [run(lambda: app(args=args)) for args in {commands!r}]
sys.exit(any(codes) or "prefect" in sys.modules)
"""


def test_no_command_over_the_record_imports_prefect(imported: Path) -> None:
    at_home = ["--home", str(imported)]
    act = ["act", ID, "--by", "koordinator", "--do", "activate"]
    preview = ["cycle", "preview", str(CYCLE), "--from", "2023-02-01"]
    commands = [["status"], ["export", ID], ["feed", ID], ["history", "verify"], preview, act]
    code = ALL_IN_ONE.format(commands=[[*words, *at_home] for words in commands])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
