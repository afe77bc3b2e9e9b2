"""Which version of the tables a database has, without changing anything in it."""

from enum import StrEnum

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from models.engine import MIGRATIONS


class Version(StrEnum):
    """How the tables of a database stand to this program."""

    EMPTY = "empty"  # no tables at all
    OLDER = "older"  # `upgrade` brings it here
    PRESENT = "present"
    NEWER = "newer"  # a later program has been at work
    FOREIGN = "foreign"  # tables of something else


def version_of(engine: Engine) -> Version:
    """What `upgrade` would find."""
    with engine.execution_options(aarshjul_reads=True).connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
        if current is None:
            return Version.FOREIGN if inspect(connection).get_table_names() else Version.EMPTY
    known = revisions()
    if current not in known:
        return Version.NEWER
    return Version.PRESENT if current == known[0] else Version.OLDER


def revisions() -> list[str]:
    """The ids of all migrations, the latest first."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
