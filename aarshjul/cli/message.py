"""`aarshjul message`: one message read, sent again, or taken back before it goes."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aarshjul.cli.act import By
from aarshjul.cli.home import Home, Json
from aarshjul.cli.message_form import Form
from aarshjul.core.errors import Invalid, Refused

if TYPE_CHECKING:
    from sqlmodel import Session

    from models.cycle import Cycle
    from models.message import Message

app = typer.Typer(no_args_is_help=True, help="Read a message, send it again, or take it back before it goes.")

Ids = Annotated[
    list[str] | None,
    typer.Argument(metavar="ID...", help="Ids as `aarshjul deliveries` lists them, or keys of duties."),
]
InCycle = Annotated[str | None, typer.Option("--cycle", metavar="C", help="Of this cycle.")]


class NotYetWritten(Refused):
    """There is nothing to take back yet, as the round that writes it has still to come."""


@app.callback()
def _message() -> None:
    """Read a message, send it again, or take it back before it goes."""


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="ID", help="Its id in the ledger, or its duty's key.")],
    *,
    form: Annotated[
        Form | None, typer.Option("--as", help="One form alone; else headers and text, to be read.")
    ] = None,
    home: Home = None,
) -> None:
    """Show a message as it was sent, or as it would be; --as card shows a mail as Teams would have it."""
    from aarshjul.cli.record import record
    from aarshjul.cli.showing import read, write
    from models.engine import reading

    with record(home) as opened, reading(opened.engine) as session:
        shown = read(session, opened.settings, _found(session, [name])[0], form)
    write(shown, form)


@app.command()
def resend(
    names: Ids = None,
    *,
    by: By,
    failed: Annotated[bool, typer.Option("--failed", help="All that have failed.")] = False,
    person: Annotated[str | None, typer.Option(metavar="P", help="With --failed: to this person.")] = None,
    cycle: InCycle = None,
    again: Annotated[
        bool, typer.Option("--again", help="Even what was sent: it arrives twice, as the same message.")
    ] = False,
    home: Home = None,
    json: Json = False,
) -> None:
    """Send messages again with the next delivery: what failed, was taken back or never went, or came to nothing."""
    from aarshjul.cli.record import record
    from aarshjul.clock import now
    from models.engine import writing
    from notifications.upkeep import resend as send_again

    if bool(names) == failed or (not failed and (person or cycle)):
        raise Invalid("name the ids of messages, or --failed (with --person, --cycle), and not both")
    with record(home) as opened, writing(opened.engine) as session:
        rows = _found(session, names) if names else _failed(session, person, cycle)
        done = send_again(session, [row.id or 0 for row in rows], by, now(), again=again)
        place = opened.settings.home
    _tell(done, "to go again with the next delivery", json=json)
    _wake(place, [row.id for row in done])


@app.command()
def withdraw(
    names: Ids = None, *, by: By, cycle: InCycle = None, home: Home = None, json: Json = False
) -> None:
    """Take messages back that have not gone: those named, or all of a cycle whose time has not come.

    Nothing else changes: what they would have told stays so in the record.
    """
    from aarshjul.cli.record import known_cycle, record
    from aarshjul.clock import now
    from models.engine import writing
    from notifications.upkeep import withdraw as take_back
    from notifications.upkeep import withdraw_held

    if bool(names) == bool(cycle):
        raise Invalid("name the ids of messages, or --cycle C for all that are held, and not both")
    moment = now()
    with record(home) as opened, writing(opened.engine) as session:
        if cycle is not None:
            row = known_cycle(session, cycle)
            done = withdraw_held(session, row.id, by, moment)
            if not done:
                _refuse_before_the_round(row, moment)
        else:
            done = take_back(session, [row.id or 0 for row in _found(session, names or [])], by, moment)
    _tell(done, "taken back", json=json)


def _refuse_before_the_round(row: "Cycle", now: datetime) -> None:
    """What an act causes is written by a round: before it there is nothing to take back, and afterwards it goes.

    Raises:
        NotYetWritten: where an act's messages are held, and no round has come yet.
    """
    from aarshjul.clock import COPENHAGEN

    held = row.held_until is not None and row.held_until > now
    if held and row.next_due_on is not None and row.next_due_on <= now.astimezone(COPENHAGEN).date():
        raise NotYetWritten(
            f"what follows from the last act in {row.id} is not written yet: run `aarshjul round` (or wait for the "
            "one of `aarshjul up`), then this again; nothing of it goes before then"
        )


def _found(session: "Session", names: Iterable[str]) -> "list[Message]":
    """The messages of these ids or keys; a key may name one for each channel, the mail first.

    Raises:
        Unknown: where there is none of that name.
    """
    from sqlalchemy import or_, select
    from sqlmodel import col

    from aarshjul.cli.record import Unknown
    from aarshjul.files.problems import clipped
    from models.message import Message, ServedDuty

    found: dict[int, Message] = {}
    for name in names:
        if name.isascii() and name.isdigit():
            which = col(Message.id) == min(int(name), MOST)
        else:
            served = select(col(ServedDuty.message_key)).where(col(ServedDuty.key) == name)
            which = or_(col(Message.key) == name, col(Message.key).in_(served))
        rows = list(
            session.scalars(select(Message).where(which).order_by(col(Message.channel), col(Message.id)))
        )
        if not rows:
            raise Unknown(
                f"there is no message {clipped(name)} here; `aarshjul deliveries` lists them with their ids"
            )
        found |= {row.id or 0: row for row in rows}
    return list(found.values())


MOST = 2**31 - 1
"""No id is larger, and no database asks for one that is."""


def _failed(session: "Session", person: str | None, cycle: str | None) -> "list[Message]":
    from sqlalchemy import select
    from sqlmodel import col

    from aarshjul.cli.record import known_cycle, known_person
    from models.message import Message

    query = select(Message).where(col(Message.state) == "failed")
    if cycle is not None:
        query = query.where(col(Message.cycle_id) == known_cycle(session, cycle).id)
    if person is not None:
        query = query.where(col(Message.person_id) == known_person(session, person, cycle).id)
    return list(session.scalars(query.order_by(col(Message.id))))


def _tell(done: "list[Message]", what: str, *, json: bool) -> None:
    from aarshjul.cli.output import print_json

    if json:
        print_json(
            [{"id": row.id, "key": row.key, "channel": row.channel, "state": row.state} for row in done]
        )
        return
    for row in done:
        about = f" about {row.milestone}" if row.milestone else ""
        typer.echo(f"message {row.id}, {row.kind}{about} to {row.person_id} by {row.channel}: {what}")
    if not done:
        typer.echo("There is no such message: nothing was done.")


def _wake(home: Path, done: list[int | None]) -> None:
    from aarshjul.cli.saving import note
    from aarshjul.wake import wake

    if done and not wake(home):
        note("No installation is running here: they go with `aarshjul round`.")
