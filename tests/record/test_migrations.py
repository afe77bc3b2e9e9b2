"""Migrations make what the tables say, on both databases, as often as one likes."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.exc import IntegrityError

from models.engine import MIGRATIONS, open_engine, upgrade
from models.tables import metadata


def test_migrations_make_exactly_what_the_tables_say(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_migrations_make_every_check_that_the_tables_say(engine: Engine) -> None:
    found = inspect(engine)
    for table in metadata.sorted_tables:
        wanted = sorted(str(c.name) for c in table.constraints if type(c).__name__ == "CheckConstraint")
        assert sorted(str(c["name"]) for c in found.get_check_constraints(table.name)) == wanted, table.name


def test_a_ledger_of_the_first_version_is_kept_whole(tmp_path: Path, postgres_server: str) -> None:
    admin = create_engine(postgres_server.format("postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE first_version"))
    for address in (f"sqlite:///{tmp_path / 'first.db'}", postgres_server.format("first_version")):
        engine = open_engine(address)
        _to_the_first_version(engine)
        with engine.begin() as connection:
            for statement in _A_MESSAGE_SENT:
                connection.execute(text(statement))
        upgrade(engine)
        with engine.begin() as connection:
            told = connection.execute(
                text("SELECT m.key, a.text FROM message m JOIN attempt a ON a.message_id = m.id")
            )
            assert [tuple(row) for row in told] == [("c/m/1/remind/-7/p", "250 OK")]
            assert connection.execute(text("SELECT quiet FROM person")).scalar_one() in ("[]", [])
            connection.execute(text("UPDATE message SET state = 'withdrawn', channel = 'apprise:sms'"))
            connection.execute(text("UPDATE attempt SET outcome = 'bounced'"))
        with pytest.raises(IntegrityError), engine.begin() as connection:
            connection.execute(text("DELETE FROM message"))  # its attempt still points to it
        engine.dispose()
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE first_version WITH (FORCE)"))
    admin.dispose()


_A_MESSAGE_SENT = (
    "INSERT INTO person (id, name, email, channels, digest) VALUES ('p', 'P', 'p@example.org', '[]', false)",
    (
        "INSERT INTO cycle (id, title, contract_year, holder, council, timezone, language, days_off, quiet, state, stage,"
        " round, round_wanted, history_length, history_head, source_hash, played_acts, played_source) VALUES ('c', 'C',"
        " 2023, 'H', 'K', 'UTC', 'da', '[]', '[]', 'draft', 'not-started', 1, 0, 0, '', '', 0, '')"
    ),
    (
        "INSERT INTO message (key, channel, cycle_id, kind, person_id, state, owed_at, attempts)"
        " VALUES ('c/m/1/remind/-7/p', 'email', 'c', 'remind', 'p', 'sent', '2022-05-13 05:00:00', 1)"
    ),
    (
        "INSERT INTO attempt (message_id, attempted_at, outcome, text)"
        " SELECT id, '2022-05-13 05:00:00', 'sent', '250 OK' FROM message"
    ),
)


def _to_the_first_version(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")


def test_upgrading_twice_changes_nothing(engine: Engine) -> None:
    before = _shape(engine)
    upgrade(engine)
    upgrade(engine)
    assert _shape(engine) == before


def _shape(engine: Engine) -> dict[str, list[str]]:
    found = inspect(engine)
    return {
        table: [column["name"] for column in found.get_columns(table)] for table in found.get_table_names()
    }
