"""A migrated, empty Prefect database kept between homes: copying it takes milliseconds, migrating takes seconds.

It holds Prefect's own tables, block types and version, and nothing of anybody's. The server looks at the version of
whatever it is given and migrates further where it must, so that a template can make a start slower, never wrong.
"""

import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing, suppress
from importlib.metadata import version
from pathlib import Path

DATABASE = "prefect.db"
_MEMO = "memo_store.toml"  # says that the block types of this database are registered


def template_folder(cache: Path) -> Path:
    """Where the template of this Prefect (and Python, which its block types depend on) is."""
    return cache / "prefect-template" / f"{version('prefect')}-py{sys.version_info[0]}.{sys.version_info[1]}"


def take_template(cache: Path, prefect_home: Path) -> bool:
    """Begin a new Prefect home with the template; False where there is none, or the home has a database.

    A template that is not a whole database is thrown away, and made anew after the next start.
    """
    template = template_folder(cache)
    if (prefect_home / DATABASE).exists() or not (template / DATABASE).exists():
        return False
    try:
        prefect_home.mkdir(parents=True, exist_ok=True)
        _copy(template, prefect_home)
    except (OSError, sqlite3.Error):
        shutil.rmtree(template, ignore_errors=True)
        return False
    return True


def _copy(template: Path, prefect_home: Path) -> None:
    with tempfile.TemporaryDirectory(dir=prefect_home) as beside:
        draft = Path(shutil.copyfile(template / DATABASE, Path(beside) / DATABASE))
        _check(draft)
        if (template / _MEMO).exists():
            shutil.copyfile(template / _MEMO, prefect_home / _MEMO)
        draft.replace(prefect_home / DATABASE)


def _check(database: Path) -> None:
    """Raise `sqlite3.Error` where a file is not a whole, migrated and empty Prefect database."""
    with closing(sqlite3.connect(database)) as connection:
        sound = connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        migrated = connection.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)
        empty = connection.execute("SELECT count(*) FROM flow_run").fetchone() == (0,)
    if not (sound and migrated and empty):
        raise sqlite3.DatabaseError("not a template")


def keep_template(cache: Path, prefect_home: Path) -> None:
    """Keep the database of a server that has just started in a fresh home, before anything ran in it.

    Reads it while the server has it open (SQLite's backup gives one consistent moment). Whoever comes second leaves
    the first one's; a cache that cannot be written costs nothing but the next start's time.
    """
    template = template_folder(cache)
    with suppress(OSError, sqlite3.Error):
        template.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=template.parent))
        try:
            _backup(prefect_home / DATABASE, draft / DATABASE)
            _check(draft / DATABASE)
            shutil.copyfile(prefect_home / _MEMO, draft / _MEMO)
            draft.rename(template)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def _backup(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as server, closing(sqlite3.connect(target)) as copy:
        server.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
