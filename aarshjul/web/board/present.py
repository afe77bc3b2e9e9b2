"""Which state the record is in: while the name of the state is the same, nothing was written to the database."""

import sqlite3
import threading
from contextlib import closing, suppress
from itertools import count
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine, text

from models.engine import reading

_SNAPSHOT = text("SELECT CAST(pg_current_snapshot() AS text)")
_WAIT = 0.2  # seconds that the question may be held up


class Present:
    """Names the state of a database of either kind.

    PostgreSQL's name is its snapshot: two that are the same see the same rows. SQLite's is `PRAGMA data_version`, which
    changes for a connection with everything that others commit; so one is kept that never writes. What was read after
    a name was given, and is wanted under the same name again, is what would be read now.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        file = engine.url.database if engine.dialect.name == "sqlite" else None
        self._file = Path(file) if file and file != ":memory:" else None
        self._lock = threading.Lock()
        self._opened: tuple[int, int] | None = None
        self._connection: sqlite3.Connection | None = None
        self._numbers = count(1)
        self._number = 0

    def state(self) -> str | None:
        """The name of the present state; None where there is none to be had, and nothing may be kept.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: where PostgreSQL cannot be asked.
        """
        if self._engine.dialect.name != "sqlite":
            with reading(self._engine) as session:
                return str(session.execute(_SNAPSHOT).scalar_one())
        if self._file is None:
            return None
        with self._lock:
            try:
                return self._version(self._file)
            except (sqlite3.Error, OSError):
                self._let_go()  # the page itself says what is wrong; the next one asks anew
                return None

    def _version(self, file: Path) -> str:
        there = file.stat()
        if self._connection is None or self._opened != (there.st_dev, there.st_ino):
            self._let_go()  # somebody put another file in the old one's place
            self._connection = _connected(file)
            self._opened, self._number = (there.st_dev, there.st_ino), next(self._numbers)
        version = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return f"{self._number}.{version}"

    def _let_go(self) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error), closing(self._connection):
                self._connection = None


def _connected(file: Path) -> sqlite3.Connection:
    address = f"file:{quote(str(file.absolute()))}?mode=rw"  # not made where it is not there
    connection = sqlite3.connect(
        address, uri=True, timeout=_WAIT, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA query_only = ON")
    return connection
