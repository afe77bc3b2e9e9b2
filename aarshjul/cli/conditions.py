"""`aarshjul conditions`: what approvals were given on, who sees to it, and where that stands."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from aarshjul.cli.home import Home, Json

if TYPE_CHECKING:
    from sqlmodel import Session

    from models.cycle import Cycle


def conditions(
    cycle: Annotated[str, typer.Argument(metavar="CYCLE", help="The cycle's id.")],
    *,
    home: Home = None,
    json: Json = False,
) -> None:
    """Show the conditions of approvals: open, met, waived, or lapsed with the approval they belonged to."""
    from aarshjul.cli.output import console, print_json
    from aarshjul.cli.record import known_cycle, record
    from models.engine import reading

    with record(home) as opened, reading(opened.engine) as session:
        row = known_cycle(session, cycle)
        found = _conditions(session, row)
        parties = {"holder": row.holder, "council": row.council}
    if json:
        print_json(found, indent=2)
        return
    screen = console()
    if not found:
        screen.print(f"No approval of {cycle} was given with conditions.")
        return
    screen.print(_table(found, parties))


def _conditions(session: "Session", row: "Cycle") -> list[dict[str, Any]]:
    from zoneinfo import ZoneInfo

    from aarshjul.clock import now
    from models.conditions import condition_json, conditions_of

    today = (row.played_until or now()).astimezone(ZoneInfo(row.timezone)).date()
    return [condition_json(session, each, today) for each in conditions_of(session, row.id)]


def _table(found: list[dict[str, Any]], parties: dict[str, str]) -> Any:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from aarshjul.core.cycle_words import role_in_words

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading, ratio in (("No.", 1), ("State", 2), ("Due", 3), ("Owner", 3), ("Condition", 10)):
        table.add_column(heading, overflow="fold", ratio=ratio)
    for each in found:
        state = "overdue" if each["overdue"] else each["state"]
        told = each["text"] if each["reason"] is None else f"{each['text']}\n({each['reason']})"
        cells = (
            str(each["number"]),
            state,
            each["due"] or "any day",
            role_in_words(each["owner"], "en", **parties),
            told,
        )
        table.add_row(*map(Text, cells))
    return table
