"""The database: opening it, its migrations, and the two kinds of transaction."""

from collections.abc import Iterator
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
        reads = connection.get_execution_options().get("aarshjul_reads", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """One transaction that changes something: all of it or, after an error, nothing."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


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
