"""`aarshjul status`: where cycles stand, who holds them up, and whether the rounds run."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aarshjul.cli.home import Home, Json

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from aarshjul.core.cycle import Milestone
    from models.standing import Standing

_STYLES = {"overdue": "bold red", "done": "green", "cancelled": "dim", "open": ""}
MOST_NAMES = 4


def status(
    cycle: Annotated[str | None, typer.Argument(metavar="CYCLE", help="One cycle; else all.")] = None,
    *,
    home: Home = None,
    json: Json = False,
) -> None:
    """Show where a cycle stands, or in a line each where all of them do."""
    from aarshjul.cli.output import console, print_json

    found = _standings(home, cycle)
    if json:
        documents = [each.as_json() for each in found]
        print_json(documents if cycle is None else documents[0], indent=2)
        return
    screen = console()
    if cycle is None:
        _show_all(screen, found)
    else:
        _show_one(screen, found[0])
    _warn(screen, found)


def _standings(home: Path | None, cycle: str | None) -> "list[Standing]":
    from sqlalchemy import select
    from sqlmodel import col

    from aarshjul.cli.record import known_cycle, record
    from aarshjul.clock import now
    from models.cycle import Cycle
    from models.engine import reading
    from models.standing import standing

    with record(home) as opened, reading(opened.engine) as session:
        ids = session.scalars(select(col(Cycle.id))) if cycle is None else [known_cycle(session, cycle).id]
        return standing(session, ids, now())


def _show_all(screen: "Console", found: "list[Standing]") -> None:
    from rich.text import Text

    if not found:
        screen.print(Text("There is no cycle here yet: `aarshjul import FILE` brings one in."))
        return
    table = _table("Cycle", "Phase", "Stage", "Next date", "Waiting for", "Last round", "Failed")
    for each in found:
        blocker = _next(each)
        table.add_row(
            Text(each.row.id),
            Text(str(each.phase)),
            Text(each.row.stage if each.row.state != "closed" else f"{each.row.stage}, closed"),
            _date_and_name(each, blocker),
            Text(_names(each.owing(blocker)) if blocker else ""),
            Text(_time(each.row.last_round_at)),
            Text(str(each.deliveries["failed"]), style="bold red" if each.deliveries["failed"] else ""),
        )
    screen.print(table)


def _next(each: "Standing") -> "Milestone | None":
    """What the cycle waits for: its earliest open milestone."""
    return next((m for m in each.milestones if m.state == "open"), None)


def _date_and_name(each: "Standing", milestone: "Milestone | None") -> "Text":
    from rich.text import Text

    if milestone is None:
        return Text("")
    state = str(milestone.state_on(each.today))
    when = milestone.on.isoformat() if milestone.on else "no date yet"
    return Text(f"{when} {milestone.id}", style=_STYLES[state])


def _show_one(screen: "Console", each: "Standing") -> None:
    from rich.text import Text

    row, draft = each.row, each.draft
    screen.print(Text(f"{row.title} · {row.holder} · {row.council}", style="bold"))
    shape = "a silent draft" if row.state == "draft" else row.state
    screen.print(Text(f"{row.id}: {shape}, phase {each.phase}, stage {row.stage}, round {row.round}"))
    if draft is not None:
        screen.print(Text(f"Draft: version {draft.version}, {draft.hash[:12]}"))
    for decision in each.as_json()["decisions"]:
        said = f"{decision['on']} the {decision['body']}: {decision['outcome']} ({decision['hash'][:12]})"
        screen.print(Text(said))
    screen.print(_milestones(each))
    _show_deliveries(screen, each)
    screen.print(Text(f"Last round: {_time(row.last_round_at)}"))


def _show_deliveries(screen: "Console", each: "Standing") -> None:
    """Counts, then what is held up and by what, and what to run about it."""
    from rich.text import Text

    from aarshjul.cli.ledger_words import NEW_ADDRESS

    outbox, failed = each.outbox, each.deliveries["failed"]
    counts = ", ".join(f"{count} {state}" for state, count in each.deliveries.items())
    advice = f"; `aarshjul deliveries {each.row.id} --state failed` says why" if failed else ""
    screen.print(Text(f"Messages: {counts}{advice}", style="bold red" if failed else ""))
    if outbox.held:
        held = f"{outbox.held} {'is' if outbox.held == 1 else 'are'} held, the first"
        screen.print(Text(f"  {held} until {_time(outbox.held_until)}"))
    if outbox.oldest is not None:
        screen.print(Text(f"  the oldest that may go waits since {_time(outbox.oldest)}"))
    for person, since in outbox.bounced:
        screen.print(Text(f"  mail to {person} comes back since {_time(since)}", style="bold red"))
    if outbox.bounced:
        screen.print(Text(f"  {NEW_ADDRESS}".replace("CYCLE", each.row.id)))


def _milestones(each: "Standing") -> "Table":
    from rich.text import Text

    table = _table("Date", "Milestone", "Title", "State", "Waiting for")
    for milestone, known in zip(each.milestones, each.as_json()["milestones"], strict=True):
        state = known["state"]
        said = state if known["status"] == "confirmed" or state != "open" else "open, tentative"
        table.add_row(
            Text(known["date"] or "no date yet"),
            Text(milestone.id),
            Text(each.titles[milestone.id]),
            Text(said, style=_STYLES[state]),
            Text(_names(known["owing"])),
        )
    return table


def _table(*headings: str) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        table.add_column(heading, no_wrap=heading in ("Date", "Stage", "Last round"), overflow="fold")
    return table


def _names(people: list[str]) -> str:
    """A few ids, and how many more."""
    more = len(people) - MOST_NAMES
    return ", ".join(people[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _time(at: datetime | None) -> str:
    from aarshjul.clock import COPENHAGEN

    return f"{at.astimezone(COPENHAGEN):%Y-%m-%d %H:%M}" if at is not None else "never"


def _warn(screen: "Console", found: "list[Standing]") -> None:
    """If the rounds have stopped, people must see it."""
    from rich.text import Text

    late = [each for each in found if each.overdue_round]
    if not late:
        return
    since = ", ".join(f"{each.row.id} ({_since(each)})" for each in late)
    advice = "Is `aarshjul up` running? `aarshjul round` does one by hand."
    screen.print(Text(f"NO ROUND HAS RUN, and one is due: {since}. {advice}", style="bold red"))


def _since(each: "Standing") -> str:
    return f"since {each.row.next_due_on}" if each.row.last_round_at is not None else "never yet"
