"""One round by hand."""

from datetime import datetime
from typing import Annotated

import typer

from aarshjul.cli.home import Home, Json
from aarshjul.cli.output import console, print_json
from aarshjul.core.errors import Invalid


def round_command(
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="A day, 07:00 on it, or a moment; now where missing."),
    ] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Do all that is owed now, and deliver it: score, remind, invite, tell, escalate, publish."""
    from aarshjul.cli.record import record

    moment = _moment(on)
    with record(home) as opened:
        settings = opened.settings
    from flows.server import running_server

    with running_server(settings.home.absolute()):
        from flows.rounds import round_flow

        counts = round_flow(str(settings.home.absolute()), moment.isoformat() if moment else None)
    if as_json:
        print_json(counts)
        return
    console().print(
        f"{counts['cycles']} cycle(s) had something due; {counts['messages']} message(s) written, "
        f"{counts['delivered']} delivered."
    )


def _moment(text: str | None) -> datetime | None:
    """A day counts as 07:00 in Copenhagen, the time of the daily round."""
    if text is None:
        return None
    from aarshjul.clock import COPENHAGEN

    try:
        moment = datetime.fromisoformat(f"{text}T07:00" if len(text) == len("2022-11-18") else text)
    except ValueError:
        raise Invalid(f"--on: {text!r} is no date; write it as 2022-11-18") from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=COPENHAGEN)
