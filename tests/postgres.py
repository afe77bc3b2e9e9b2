"""A throw-away PostgreSQL server from the installed binaries, for the tests that run on both databases."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

UNPRIVILEGED = ("postgres", "nobody")


class NoServer(Exception):  # noqa: N818 -- the reason for a skipped test, never an error
    """Why there is no PostgreSQL here."""


def binary(name: str) -> str:
    """Where a PostgreSQL program is: in Debian's folder for servers, or on the path."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / name).exists():
            return str(folder / name)
    found = shutil.which(name)
    if found is None:
        raise NoServer(f"{name} is not installed")
    return found


def _somebody_else() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as the first user who may do less."""
    if os.geteuid() != 0:
        return {}
    import pwd

    for name in UNPRIVILEGED:
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise NoServer("only root is here, and PostgreSQL does not run as root")


@contextmanager
def server() -> Iterator[str]:
    """A running server's address (without a database), on a socket in a folder of its own.

    Raises:
        NoServer: where it cannot be had, with the reason.
    """
    initdb, pg_ctl, who = binary("initdb"), binary("pg_ctl"), _somebody_else()
    folder = Path(tempfile.mkdtemp(prefix="aarshjul-pg-", dir="/tmp"))
    try:
        if who:
            os.chown(folder, who["user"], who["group"])
        data = folder / "data"
        _run(
            [initdb, "-D", str(data), "-U", "aarshjul", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
            folder,
            who,
        )
        options = f"-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses='' -k {folder}"
        _run([pg_ctl, "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start"], folder, who)
        try:
            yield f"postgresql+psycopg://aarshjul@/{{}}?host={folder}"
        finally:
            _run([pg_ctl, "-D", str(data), "-m", "immediate", "stop"], folder, who)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[str], folder: Path, who: dict[str, Any]) -> None:
    log = folder / "setup.log"
    with log.open("ab") as out:
        result = subprocess.run(command, cwd=folder, stdout=out, stderr=out, check=False, timeout=60, **who)
    if result.returncode != 0:
        raise NoServer(f"{Path(command[0]).name} failed: {log.read_text()[-400:]}")
