"""Asking a program of the operator's: bytes in, bytes out, within a time and a size."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import IO

MOST = 64 * 1024  # bytes of an answer, and of what is kept of an error
LONGEST_SAYING = 200
_GRACE = 1.0  # seconds in which the last bytes come after a program has ended


class ProgramError(ValueError):
    """The program did not answer as it should; the words continue 'the service ...'."""


class _Reader(threading.Thread):
    """Keeps the first bytes of a stream, and says when there are more than it keeps."""

    def __init__(self, stream: IO[bytes] | None) -> None:
        super().__init__(daemon=True)
        self.stream, self.kept, self.too_much = stream, b"", threading.Event()
        self.start()

    def run(self) -> None:
        """Read to the end, or until the program was ended and its stream with it."""
        with suppress(OSError, ValueError):
            while self.stream and (chunk := os.read(self.stream.fileno(), 8192)):
                self.kept += chunk[: MOST + 1 - len(self.kept)]
                if len(self.kept) > MOST:
                    self.too_much.set()


class _Writer(threading.Thread):
    """Gives a program what it is given; one that does not read to the end may know enough."""

    def __init__(self, stream: IO[bytes] | None, given: bytes) -> None:
        super().__init__(daemon=True)
        self.stream, self.given = stream, memoryview(given)
        self.start()

    def run(self) -> None:
        """Write to the end, which it is told by closing."""
        with suppress(OSError, ValueError):
            while self.stream and self.given:
                self.given = self.given[os.write(self.stream.fileno(), self.given) :]
        with suppress(OSError):
            if self.stream:
                self.stream.close()


def run_program(
    command: Sequence[str], given: bytes, *, seconds: float, environment: Mapping[str, str]
) -> bytes:
    """What a program writes to standard output when it is given bytes on standard input.

    It runs without a shell, in a group of its own that is ended with it, however it ends.

    Raises:
        ProgramError: where it cannot be started, takes too long, ends with another code than 0, or writes too much.
    """
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=dict(environment),
            start_new_session=True,
            bufsize=0,
        )
    except (OSError, ValueError, IndexError) as error:
        reason = getattr(error, "strerror", None) or "its command line is empty"
        raise ProgramError(f"cannot be started ({reason})") from None
    with process:
        writer = _Writer(process.stdin, given)
        out, err = _Reader(process.stdout), _Reader(process.stderr)
        try:
            _wait(process, out, seconds)
        finally:
            _end(process)
        for thread in (out, err, writer):
            thread.join(_GRACE)
    return _judged(process, out, err)


def _wait(process: subprocess.Popen[bytes], out: _Reader, seconds: float) -> None:
    ends = time.monotonic() + seconds
    while process.poll() is None:
        if out.too_much.wait(min(0.02, seconds)):
            raise ProgramError(f"wrote more than {MOST // 1024} KB")
        if time.monotonic() >= ends:
            raise ProgramError(f"did not answer within {seconds:g} seconds")
    out.join(_GRACE)  # what it has written is still on its way


def _end(process: subprocess.Popen[bytes]) -> None:
    """Nothing of it is left: itself, and what it started in its group."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _judged(process: subprocess.Popen[bytes], out: _Reader, err: _Reader) -> bytes:
    if process.returncode < 0:
        raise ProgramError(f"was ended by signal {-process.returncode}{_saying(err)}")
    if process.returncode > 0:
        raise ProgramError(f"ended with code {process.returncode}{_saying(err)}")
    if out.too_much.is_set():
        raise ProgramError(f"wrote more than {MOST // 1024} KB")
    return out.kept


def _saying(err: _Reader) -> str:
    """The last line of its errors, as far as a terminal can show it."""
    lines = err.kept.decode(errors="replace").strip().splitlines()
    if not lines:
        return ""
    said = "".join(char for char in lines[-1] if char.isprintable())
    return f" and said '{said[:LONGEST_SAYING]}'"
