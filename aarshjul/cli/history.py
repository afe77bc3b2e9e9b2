"""`aarshjul history`: who did what, when, from what to what; and whether the record is what its history says."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aarshjul.cli.home import Home, Json

if TYPE_CHECKING:
    from sqlmodel import Session

    from models.history import HistoryEntry

app = typer.Typer(no_args_is_help=True, help="Read the history, and check the record against it.")

Cycle = Annotated[str, typer.Argument(metavar="CYCLE", help="The cycle's id.")]
Who = Annotated[str | None, typer.Option("--who", metavar="PERSON", help="Only what this person did.")]
What = Annotated[str | None, typer.Option("--what", metavar="WHAT", help="Only this, as `moved`.")]
About = Annotated[
    str | None, typer.Option("--milestone", metavar="ID", help="Only what changed this milestone.")
]
Since = Annotated[
    datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], metavar="DATE", help="From this day on.")
]
Until = Annotated[
    datetime | None,
    typer.Option("--until", formats=["%Y-%m-%d"], metavar="DATE", help="Up to and with this day."),
]
Head = Annotated[
    str | None,
    typer.Option("--head", metavar="HASH", help="A head that was noted elsewhere: the chain must hold it."),
]


@app.callback()
def _history() -> None:
    """Read the history, and check the record against it."""


@app.command()
def show(
    cycle: Cycle,
    *,
    who: Who = None,
    what: What = None,
    milestone: About = None,
    since: Since = None,
    until: Until = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Tell who did what in a cycle, when, and from what to what.

    Texts stand there as the beginning of their SHA-256; days and times are those of the cycle's zone.
    """
    from zoneinfo import ZoneInfo

    from aarshjul.cli.history_words import lines_of
    from aarshjul.cli.output import print_json
    from aarshjul.cli.record import known_cycle, record
    from models.engine import reading
    from models.history_json import entry_json, is_about

    with record(home) as opened, reading(opened.engine) as session:
        row = known_cycle(session, cycle)
        zone = ZoneInfo(row.timezone)
        found = [
            entry
            for entry in _entries(session, cycle)
            if (who is None or entry.who == who)
            and (what is None or entry.what == what)
            and (milestone is None or is_about(entry, milestone))
            and (since is None or entry.happened_at.astimezone(zone).date() >= since.date())
            and (until is None or entry.happened_at.astimezone(zone).date() <= until.date())
        ]
    if json:
        print_json([entry_json(entry, zone) for entry in found])
        return
    for entry in found:
        for line in lines_of(entry, zone):
            typer.echo(line)
    if not found:
        typer.echo("Nothing of that kind is in the history.")


def _entries(session: "Session", cycle: str) -> "list[HistoryEntry]":
    from sqlalchemy import select
    from sqlmodel import col

    from models.history import HistoryEntry

    query = select(HistoryEntry).where(col(HistoryEntry.cycle_id) == cycle).order_by(col(HistoryEntry.number))
    return list(session.scalars(query))


@app.command()
def verify(
    cycle: Annotated[str | None, typer.Argument(metavar="CYCLE", help="One cycle; else all.")] = None,
    *,
    head: Head = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Check that nothing was changed, taken out or put in beside the program; exit 1 where it was.

    The chain of the history is checked, and the record against it: drafts, comments, decisions, votes,
    signatures, dates, who takes part, documents, scoring runs, messages.
    """
    from aarshjul.cli.output import print_json
    from aarshjul.cli.record import record
    from aarshjul.core.errors import Invalid
    from models.engine import reading

    if head is not None and cycle is None:
        raise Invalid("--head: say of which cycle: `aarshjul history verify CYCLE --head HASH`")
    with record(home) as opened, reading(opened.engine) as session:
        checked = _checked(session, cycle, head)
    holds = not any(each["problems"] for each in checked)
    if json:
        print_json({"holds": holds, "cycles": checked})
    else:
        _tell(checked)
    if not holds:
        raise typer.Exit(1)


def _tell(checked: list[dict[str, Any]]) -> None:
    for each in checked:
        count = f"{each['entries']} {'entry' if each['entries'] == 1 else 'entries'}"
        typer.echo(f"{each['cycle']}: {count}, {'broken' if each['problems'] else 'whole'}")
        for problem in each["problems"]:
            typer.echo(f"  {problem}", err=True)
    if not checked:
        typer.echo("There is no cycle here yet.")


def _checked(session: "Session", cycle: str | None, head: str | None) -> list[dict[str, Any]]:
    from sqlalchemy import select
    from sqlmodel import col

    from aarshjul.cli.record import known_cycle
    from models.cycle import Cycle
    from models.history_json import checked

    if cycle is not None:
        known_cycle(session, cycle)
    query = select(Cycle).order_by(col(Cycle.id))
    rows = session.scalars(query if cycle is None else query.where(col(Cycle.id) == cycle)).all()
    return [checked(session, row, head) for row in rows]
