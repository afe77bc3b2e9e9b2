"""`aarshjul feed`: a cycle's calendar, byte for byte as subscribers get it."""

import sys
from typing import Annotated

import typer

from aarshjul.cli.home import Home


def feed(
    cycle: Annotated[str, typer.Argument(metavar="CYCLE", help="The cycle's id.")],
    *,
    role: Annotated[
        str | None, typer.Option(metavar="R", help="Only the milestones that concern or bind this role.")
    ] = None,
    home: Home = None,
) -> None:
    """Write the calendar of a cycle, or of one role in it, to standard output (iCalendar)."""
    from aarshjul.cli.record import Unknown, known_cycle, record
    from aarshjul.cli.saving import note
    from aarshjul.files.problems import clipped, did_you_mean
    from calendars.cycle_feed import cycle_feed, roles_of
    from models.engine import reading

    with record(home) as opened, reading(opened.engine) as session:
        row = known_cycle(session, cycle)
        known = roles_of(session, cycle)
        if role is not None and role not in known:
            raise Unknown(f"there is no role {clipped(role)} in {cycle}; {did_you_mean(role, known)}")
        data = cycle_feed(session, cycle, role, opened.settings.web_url)
        silent = row.state == "draft"
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
    if silent:
        note(f"{cycle} is not activated yet: its calendar is empty.")
