"""Which thread of which process has claimed a message, and whether that claim still holds."""

import os
import socket
import threading
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

LEASE = timedelta(hours=12)
"""So long a claim holds at most: a batch is done by then, and whoever made it is of no other use to us."""


def myself(now: datetime) -> str:
    """This thread as `host/place:thread:start:since`, from now on.

    The place tells containers and boots of one host name apart, the start a thread from a later one of the same
    number, and the moment (in seconds since 1970) lets a claim end that nobody else can judge.
    """
    return f"{_place()}:{_me()}:{_start_of(_me())}:{int(now.timestamp())}"


def is_over(claimer: str | None, now: datetime) -> bool:
    """Whether a claim holds no more: its thread has ended, is this one (which does one thing at a time), or it is old.

    Of another host nothing is known but the time: a machine that never comes back keeps nothing for ever.
    """
    parts = (claimer or "").rsplit(":", 3)
    if len(parts) != 4 or not parts[3].isdecimal():
        return True
    place, thread, start, since = parts
    if now.timestamp() - int(since) >= LEASE.total_seconds():
        return True
    if place != _place():
        return False
    return (thread, start) == (str(_me()), _start_of(_me())) or not _runs(int(thread), start)


def _me() -> int:
    """The number of this thread, where the system counts threads like processes (Linux); else of this process."""
    return threading.get_native_id() if _PROC.exists() else os.getpid()


def _runs(thread: int, start: str) -> bool:
    if _PROC.exists():
        return _start_of(thread) == start
    if os.name == "nt":  # asking there is a signal: the lease must do
        return True
    try:
        os.kill(thread, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


_PROC = Path("/proc/self/stat")


def _start_of(thread: int) -> str:
    """The start of a thread in clock ticks since boot, where the system tells (Linux)."""
    try:
        fields = Path(f"/proc/{thread}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return "0"
    return fields[19]


@lru_cache(maxsize=1)
def _place() -> str:
    """The host, this boot of it, and the space in which its processes are numbered."""
    known = [_text_of("/proc/sys/kernel/random/boot_id")]
    try:
        known.append(str(Path("/proc/self/ns/pid").readlink()))
    except OSError:
        known.append("")
    return f"{socket.gethostname()[:64]}/{sha256(''.join(known).encode()).hexdigest()[:8]}"


def _text_of(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError:
        return ""
