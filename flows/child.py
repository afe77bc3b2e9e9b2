"""A child process that never outlives us, however we end: it holds the reading end of a pipe of ours.

The same on every system, and even where we are killed outright: the pipe closes with us, and the child then
leaves. (A signal at a parent's death exists on Linux alone, and comes when a *thread* ends.)
"""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

PATIENCE_AT_STOP = 8.0  # seconds from the wish to stop until a child is killed


class Child:
    """A Python script that runs beside us, writing its log to a file.

    Args:
        arguments: what follows the interpreter; `-P` stands before them, so that no folder is searched for modules.
        environment: the whole environment of the child.
        log: a file that its standard error (and, once it said what it has to say, its output) is appended to.
        folder: where it runs.
    """

    def __init__(
        self, arguments: Sequence[str], *, environment: Mapping[str, str], log: Path, folder: Path
    ) -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        self.log = log
        self._began = log.stat().st_size if log.exists() else 0
        with log.open("ab") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-P", *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=dict(environment),
                cwd=folder,
                start_new_session=True,  # Ctrl-C is for us; the child leaves when we have finished with it
                text=True,
            )

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    def first_line(self) -> str:
        """What it says first on its output (waits for it); empty where it died before."""
        return _pipe(self.process.stdout).readline().strip()

    def last_words(self, lines: int = 12) -> str:
        """The end of what this child wrote to its log."""
        with self.log.open("rb") as file:
            file.seek(self._began)
            return "\n".join(file.read().decode(errors="replace").strip().splitlines()[-lines:])

    def stop(self, patience: float = PATIENCE_AT_STOP) -> int:
        """Let it go, kill it where it does not, and say its exit code."""
        with suppress(BrokenPipeError):  # it left before
            _pipe(self.process.stdin).close()
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        _pipe(self.process.stdout).close()
        return self.process.returncode


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None, "both pipes were asked for"  # noqa: S101 -- for the type checker
    return pipe


def leave_with_parent(leave: Callable[[], object]) -> None:
    """In the child: call `leave` when the parent closes its end or dies, and go at once where that takes too long."""

    def watch() -> None:
        while os.read(0, 4096):
            pass
        threading.Thread(target=leave, daemon=True).start()
        threading.Event().wait(PATIENCE_AT_STOP)
        os._exit(1)

    threading.Thread(target=watch, name="leave-with-parent", daemon=True).start()


def say_and_be_quiet(line: str) -> None:
    """In the child: the one line that the parent waits for; what is printed later goes to the log."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
    os.dup2(2, 1)
