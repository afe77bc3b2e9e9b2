"""`aarshjul conditions`: what approvals were given on, who sees to it, and where that stands."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aarshjul.cli.home import Home, Json

if TYPE_CHECKING:
    from sqlmodel import Session

    from models.approval import Condition
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
    from models.conditions import conditions_of

    today = (row.played_until or now()).astimezone(ZoneInfo(row.timezone)).date()
    return [_as_json(session, each, today) for each in conditions_of(session, row.id)]


def _as_json(session: "Session", condition: "Condition", today: date) -> dict[str, Any]:
    """One condition; its day is that of the deadline that follows it up, which can have been moved."""
    from models.draft import Decision
    from models.milestone import Milestone

    milestone = session.get(Milestone, condition.milestone_id) if condition.milestone_id else None
    decision = session.get_one(Decision, condition.decision_id)
    due = milestone.on if milestone is not None and milestone.on is not None else condition.due
    return {
        "number": condition.number,
        "body": decision.body,
        "decided_on": decision.decided_on.isoformat() if decision.decided_on else None,
        "text": condition.text,
        "owner": condition.owner,
        "due": due.isoformat() if due else None,
        "state": condition.state,
        "overdue": condition.state == "open" and due is not None and due < today,
        "milestone": milestone.slug if milestone is not None else None,
        "reason": condition.reason,
        "settled_by": condition.settled_by,
    }


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
