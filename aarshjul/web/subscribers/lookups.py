"""The one look-up behind every request for a calendar: whose it is, and whether what was served last still holds."""

import asyncio
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from sqlalchemy import ColumnElement, Engine, Select, and_, bindparam, literal_column, select
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from starlette.concurrency import run_in_threadpool

from calendars.fingerprint import fingerprint_of, fingerprint_query
from models.engine import reading
from models.loading import tables
from models.subscription import PublishedFeed, Subscription
from models.subscriptions import hash_of, same

SUBSCRIPTION, PUBLISHED = tables(Subscription, PublishedFeed)
_WAIT = 0.2  # seconds that a look-up may be held up: a reader of SQLite's WAL never is but while it is put in order
_ASKERS = 8  # look-ups in PostgreSQL at a time: the engine has 15 connections, and the pages need some where it hangs
_short = lru_cache(maxsize=4096)(fingerprint_of)


class Found(NamedTuple):
    """A feed that is there.

    Attributes:
        id: the subscription's.
        state: names the present state of the record.
        built_from: the state that was published last; None where nothing was.
        etag: of what was published last, without an encoding's part or quotes.
        modified: since when that is so.
    """

    id: int
    state: str
    built_from: str | None
    etag: str | None
    modified: datetime | None

    @property
    def fresh(self) -> bool:
        """Whether what was published last is what would be built now."""
        return self.etag is not None and self.state == self.built_from


def _statement(wanted: ColumnElement[str], variant: ColumnElement[str]) -> Select[Any]:
    published = and_(PUBLISHED.c.subscription_id == SUBSCRIPTION.c.id, PUBLISHED.c.variant == variant)
    return (
        select(
            SUBSCRIPTION.c.id,
            SUBSCRIPTION.c.secret_hash,
            fingerprint_query(),
            PUBLISHED.c.built_from,
            PUBLISHED.c.etag,
            PUBLISHED.c.modified_at,
        )
        .select_from(SUBSCRIPTION.outerjoin(PUBLISHED, published))
        .where(SUBSCRIPTION.c.secret_hash == wanted, SUBSCRIPTION.c.revoked_at.is_(None))
    )


class Lookups:
    """The look-up, over a database of either kind.

    SQLite's is asked in the event loop, over a connection that is kept: that takes microseconds and waits for no
    writer. Of PostgreSQL's each takes a thread and a connection of the engine's.
    """

    def __init__(self, engine: Engine, web_url: str | None) -> None:
        self._engine = engine
        self._web_url = web_url
        self._statement = _statement(bindparam("wanted"), bindparam("variant"))
        self._file = engine.url.database if engine.dialect.name == "sqlite" else None
        self._askers = asyncio.Semaphore(_ASKERS)
        self._kept = _KeptFile(self._file, engine) if self._file else None

    async def find(self, secret: str, variant: str) -> Found | None:
        """The feed of a secret; None for every text that opens none, after the same work.

        Raises:
            sqlite3.Error, sqlalchemy.exc.SQLAlchemyError, OSError: where the database cannot be asked.
        """
        if self._kept is None:
            async with self._askers:
                return await run_in_threadpool(self.find_now, secret, variant)
        wanted = hash_of(secret)
        return self._checked(self._kept.ask(wanted, variant), wanted)

    def find_now(self, secret: str, variant: str) -> Found | None:
        """The same over a connection of the engine's, in this thread."""
        wanted = hash_of(secret)
        with reading(self._engine) as session:
            row = session.execute(self._statement, {"wanted": wanted, "variant": variant}).one_or_none()
        return self._checked(row, wanted)

    def _checked(self, row: Any, wanted: str) -> Found | None:
        if row is None or not same(row[1], wanted):
            return None
        number, _, raw, built_from, etag, modified = row
        return Found(number, _short(raw, self._web_url), built_from, etag, _moment(modified))


class _KeptFile:
    """One connection to a file, kept as long as the file is the same one; for one thread."""

    def __init__(self, file: str, engine: Engine) -> None:
        # Nearly all but the two values stands in the text: binding forty constants takes longer than the look-up.
        statement = _statement(literal_column(":wanted"), literal_column(":variant"))
        named = sqlite_dialect(paramstyle="named")
        compiled = statement.compile(dialect=named, compile_kwargs={"literal_binds": True})
        self._sql, self._constants = str(compiled), dict(compiled.params)
        self._file = Path(file)
        self._engine = engine
        self._connection: sqlite3.Connection | None = None
        self._opened: tuple[int, int] | None = None

    def ask(self, wanted: str, variant: str) -> Any:
        """The row, or None."""
        asked = {**self._constants, "wanted": wanted, "variant": variant}
        try:
            return self._present().execute(self._sql, asked).fetchone()
        except (sqlite3.Error, OSError):
            self._let_go()  # the next request begins anew: perhaps the file is back, or whole again
            raise

    def _present(self) -> sqlite3.Connection:
        """The connection; another one where somebody put another file in the old one's place."""
        now = self._file.stat()
        if self._connection is None or self._opened != (now.st_dev, now.st_ino):
            if self._connection is not None:
                self._let_go()
                self._engine.dispose()  # its connections are to the old file as well
            self._connection = _connected(self._file)
            self._opened = (now.st_dev, now.st_ino)
        return self._connection

    def _let_go(self) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error), closing(self._connection):
                self._connection = None


def _connected(file: Path) -> sqlite3.Connection:
    # Not made where it is not there. Told off the thread check: the loop's thread alone asks, another may close.
    address = f"file:{quote(str(file.absolute()))}?mode=rw"
    connection = sqlite3.connect(
        address, uri=True, timeout=_WAIT, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA query_only = ON")
    return connection


@lru_cache(maxsize=1024)
def _moment(value: datetime | str | None) -> datetime | None:
    """The database's moment (SQLite's is a text, without a zone) in UTC."""
    if value is None:
        return None
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
