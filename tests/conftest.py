"""Databases to test on: a migrated SQLite file and, where the server is installed, PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from models.engine import open_engine, upgrade
from tests.postgres import NoServer, server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("template") / "aarshjul.db"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    with engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address pattern of a server with a migrated, empty template database."""
    try:
        context = server()
        address = context.__enter__()
    except NoServer as reason:
        pytest.skip(f"no PostgreSQL: {reason}")
    try:
        admin = create_engine(address.format("postgres"), isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text("CREATE DATABASE migrated"))
        admin.dispose()
        migrated = open_engine(address.format("migrated"))
        upgrade(migrated)
        migrated.dispose()
        yield address
    finally:
        context.__exit__(None, None, None)


@pytest.fixture
def sqlite(sqlite_template: Path, tmp_path: Path) -> Iterator[Engine]:
    """A fresh database in a file."""
    shutil.copyfile(sqlite_template, tmp_path / "aarshjul.db")
    engine = open_engine(f"sqlite:///{tmp_path / 'aarshjul.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def postgres(postgres_server: str) -> Iterator[Engine]:
    """A fresh database on the server."""
    admin = create_engine(postgres_server.format("postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE fresh TEMPLATE migrated"))
    engine = open_engine(postgres_server.format("fresh"))
    yield engine
    engine.dispose()
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE fresh WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> Engine:
    """A fresh database, once of each kind."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Engine)
    return found
