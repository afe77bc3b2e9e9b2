"""`aarshjul db` and `aarshjul history`: looking after the record itself."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from aarshjul.cli.home import Home, Json

if TYPE_CHECKING:
    from sqlmodel import Session

db = typer.Typer(no_args_is_help=True, help="Look after the database.")
history = typer.Typer(no_args_is_help=True, help="Look after the history.")


@db.callback()
def _db() -> None:
    """Look after the database."""


@history.callback()
def _history() -> None:
    """Look after the history."""


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


@history.command("verify")
def verify_history(
    cycle: Annotated[str | None, typer.Argument(metavar="CYCLE", help="One cycle; else all.")] = None,
    *,
    home: Home = None,
    json: Json = False,
) -> None:
    """Check that nothing was taken out of the history or changed in it; exit 1 where it was."""
    from aarshjul.cli.output import print_json
    from aarshjul.cli.record import record
    from models.engine import reading

    with record(home) as opened, reading(opened.engine) as session:
        checked = _checked(session, cycle)
    holds = not any(each["problems"] for each in checked)
    if json:
        print_json({"holds": holds, "cycles": checked})
    else:
        for each in checked:
            count = f"{each['entries']} {'entry' if each['entries'] == 1 else 'entries'}"
            typer.echo(f"{each['cycle']}: {count}, {'broken' if each['problems'] else 'whole'}")
            for problem in each["problems"]:
                typer.echo(f"  {problem}", err=True)
        if not checked:
            typer.echo("There is no cycle here yet.")
    if not holds:
        raise typer.Exit(1)


def _checked(session: "Session", cycle: str | None) -> list[dict[str, Any]]:
    from sqlalchemy import select
    from sqlmodel import col

    from aarshjul.cli.record import known_cycle
    from models.cycle import Cycle
    from models.proof import verify

    if cycle is not None:
        known_cycle(session, cycle)
    query = select(Cycle).order_by(col(Cycle.id))
    rows = session.scalars(query if cycle is None else query.where(col(Cycle.id) == cycle)).all()
    found = []
    for row in rows:
        try:
            problems = verify(session, row.id)
        except (ValueError, TypeError) as error:
            problems = [f"{row.id}: an entry cannot be read: {error}"]
        found.append({"cycle": row.id, "entries": row.history_length, "problems": problems})
    return found
