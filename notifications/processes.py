"""Which process has claimed a message, and whether it still lives."""

import os
import socket
from pathlib import Path


def myself() -> str:
    """This process as `host:pid:start`; the start tells it from a later one of the same number."""
    return f"{socket.gethostname()}:{os.getpid()}:{_start_of(os.getpid())}"


def is_dead(claimer: str) -> bool:
    """Whether a claimer on this host has ended; of another host's nothing is known, so it counts as alive."""
    host, pid, start = claimer.rsplit(":", 2)
    if host != socket.gethostname():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return _start_of(int(pid)) != start


def _start_of(pid: int) -> str:
    """The start of a process in clock ticks since boot, where the system tells (Linux)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return "0"
    return fields[19]
