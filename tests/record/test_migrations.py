"""Migrations make what the tables say, on both databases, as often as one likes."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from models.engine import upgrade
from models.tables import metadata


def test_migrations_make_exactly_what_the_tables_say(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_migrations_make_every_check_that_the_tables_say(engine: Engine) -> None:
    found = inspect(engine)
    for table in metadata.sorted_tables:
        wanted = {str(c.name) for c in table.constraints if type(c).__name__ == "CheckConstraint"}
        assert {str(c["name"]) for c in found.get_check_constraints(table.name)} == wanted, table.name


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
