"""`aarshjul db`: looking after the database itself."""

import typer

from aarshjul.cli.home import Home

db = typer.Typer(no_args_is_help=True, help="Look after the database.")


@db.callback()
def _db() -> None:
    """Look after the database."""


@db.command("upgrade")
def upgrade_database(*, home: Home = None) -> None:
    """Make the database where there is none, and bring an earlier version of it to the present one."""
    from aarshjul.cli.record import record
    from models.engine import upgrade
    from models.version import Version

    with record(home, begin=True, versions=(Version.PRESENT, Version.OLDER)) as opened:
        before = opened.version
        upgrade(opened.engine)
        place = opened.place
    done = "is up to date already" if before is Version.PRESENT else f"is up to date now (it was {before})"
    typer.echo(f"{place} {done}")
