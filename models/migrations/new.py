"""Writing a migration: from what the migrations so far make to the tables as they are in the code now.

Run `just migration "a message"`. Alembic compares a fresh SQLite database at the last migration with the tables;
read what it wrote, and run `uv run pytest tests/record`, which holds both databases to it.
"""

import re
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config

from models.engine import MIGRATIONS, open_engine, upgrade

# A migration must mean the same for ever, so it names SQLAlchemy's types and none of ours.
_LASTING = (
    (re.compile(r"sqlmodel\.sql\.sqltypes\.AutoString\((?:length=)?([0-9]*)\)"), r"sa.String(\1)"),
    (re.compile(r"models\.types\.Moment\([^)]*\)"), "sa.DateTime(timezone=True)"),
    (re.compile(r"models\.types\.Exact\(([^)]*)\)"), r"sa.String(\1)"),
)


def new_migration(message: str) -> Path:
    """Write the next migration, numbered in order; returns its file.

    Raises:
        SystemExit: where the tables have not changed.
    """
    number = f"{1 + sum(1 for _ in (MIGRATIONS / 'versions').glob('[0-9]*.py')):04}"
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder, 'new.db')}")
        upgrade(engine)
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            written = command.revision(config, message, autogenerate=True, rev_id=number)
        engine.dispose()
    if written is None or isinstance(written, list):
        raise SystemExit("no single migration was written")
    path = Path(written.path)
    text = path.read_text(encoding="utf-8")
    for ours, lasting in _LASTING:
        text = ours.sub(lasting, text)
    path.write_text(text, encoding="utf-8")
    if not re.search(r"^\s+(op|batch_op)\.", text, re.MULTILINE):
        path.unlink()
        raise SystemExit("the tables have not changed: there is nothing to migrate")
    return path


if __name__ == "__main__":
    sys.stdout.write(f"{new_migration(' '.join(sys.argv[1:]) or 'changes')}\n")
