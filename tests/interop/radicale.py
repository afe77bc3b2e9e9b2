"""A real Radicale on a free port of this machine."""

import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from tests.servers.web import nobody_there


@contextmanager
def radicale(folder: Path) -> Iterator[str]:
    """A server that keeps its collections in a folder and lets anybody in; its address. Ended at the end."""
    address = f"127.0.0.1:{nobody_there()}"
    command = [sys.executable, "-m", "radicale", "--config", ""]
    for name, value in (
        ("server-hosts", address),
        ("auth-type", "none"),
        ("rights-type", "owner_only"),
        ("storage-filesystem-folder", str(folder)),
        ("logging-level", "info"),
    ):
        command += [f"--{name}", value]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    assert process.stderr is not None
    lines = iter(process.stderr.readline, "")
    # What it says once it is ready is read by nobody, but must not fill the pipe.
    rest = Thread(target=deque, args=(lines, 0), daemon=True)
    try:
        assert any("server ready" in line for line in lines), "Radicale did not start"
        rest.start()
        yield f"http://{address}/"
    finally:
        process.terminate()
        process.wait(timeout=20)
        if rest.ident:
            rest.join(20)
        process.stderr.close()
