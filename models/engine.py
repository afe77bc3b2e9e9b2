"""The database: opening it, its migrations, and the two kinds of transaction."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlmodel import Session

from aarshjul.core.errors import Refused

BUSY_SECONDS = 30
MIGRATIONS = Path(__file__).parent / "migrations"


class DatabaseError(Refused):
    """The database cannot be used; the sentence says what to do."""


def open_engine(url: str) -> Engine:
    """An engine for an address; SQLite gets its file's folder, WAL, foreign keys and a busy timeout.

    Raises:
        DatabaseError: where the address makes no sense.
    """
    try:
        engine = create_engine(url)
    except (SQLAlchemyError, ImportError) as error:
        raise DatabaseError(f"the database address cannot be used: {error}") from error
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    return engine


def _prepare_sqlite(engine: Engine) -> None:
    if engine.url.database:
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that will write takes the lock at once: upgrading it later could fail in the middle.
        options = connection.get_execution_options()
        if options.get("aarshjul_at_once"):
            _begin_at_once(connection)
        else:
            connection.exec_driver_sql("BEGIN" if options.get("aarshjul_reads") else "BEGIN IMMEDIATE")


def _begin_at_once(connection: Connection) -> None:
    waits = connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
    connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {waits}")


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """One transaction that changes something: all of it or, after an error, nothing."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


def write_if_free(engine: Engine, change: Callable[[Session], None]) -> None:
    """What may as well be written another time: nothing happens where somebody else writes just now (SQLite)."""
    try:
        with (
            engine.execution_options(aarshjul_at_once=True).connect() as connection,
            Session(connection) as session,
            session.begin(),
        ):
            change(session)
    except OperationalError as error:
        if not is_held(error):
            raise


def is_held(error: OperationalError) -> bool:
    """Whether all that is wrong is that somebody else wrote for longer than one waits (SQLite)."""
    return getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """One consistent look at the data that holds nobody up."""
    with (
        engine.execution_options(aarshjul_reads=True).connect() as connection,
        Session(connection, expire_on_commit=False) as session,
    ):
        yield session


def upgrade(engine: Engine) -> None:
    """Bring the database to the present version; does nothing where it is there already.

    Raises:
        DatabaseError: where it cannot be reached or is not ours.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    try:
        with engine.connect() as connection, _references_resting(connection), connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except OperationalError as error:
        raise DatabaseError(f"the database cannot be opened: {error.orig}") from error


@contextmanager
def _references_resting(connection: Connection) -> Iterator[None]:
    """SQLite alters a table by building it anew, while other tables' rows point to it; it says so outside of BEGIN."""
    if connection.dialect.name != "sqlite":
        yield
        return
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()
