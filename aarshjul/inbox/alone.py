"""One poll at a time: servers that move a mail for two at once leave two of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Engine, text

LOCK = "inbox.lock"
_TAKE = text("SELECT pg_try_advisory_lock(hashtext('aarshjul inbox'))")


@contextmanager
def alone(engine: Engine, home: Path) -> Iterator[bool]:
    """Whether nobody else reads the mailbox while the block lasts; never waits, and ends with the process.

    The database's own lock where many machines share one; else a file in the home that SQLite locks.
    """
    with _by_server(engine) if engine.dialect.name == "postgresql" else _by_file(home) as taken:
        yield taken


@contextmanager
def _by_server(engine: Engine) -> Iterator[bool]:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        try:
            yield bool(connection.scalar(_TAKE))
        finally:
            connection.invalidate()  # the lock is the connection's, which must not go back into a pool with it


@contextmanager
def _by_file(home: Path) -> Iterator[bool]:
    home.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(home / LOCK, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
            taken = True
        except sqlite3.OperationalError:
            taken = False
        yield taken
