"""`aarshjul link`: the link to somebody's own page in a cycle, for the operator to hand on where mail does not go."""

import sys
from typing import Annotated

import typer

from aarshjul.cli.home import Home, Json
from aarshjul.core.errors import Refused


class NoPage(Refused):
    """Whoever takes no part in a cycle has no page there."""


def link(
    cycle: Annotated[str, typer.Argument(metavar="CYCLE", help="The cycle's id.")],
    *,
    person: Annotated[str, typer.Option("--person", metavar="ID", help="The id of who takes part.")],
    home: Home = None,
    json: Json = False,
) -> None:
    """Show the link to somebody's own page in a cycle: what they owe, a press each. It is a secret of theirs."""
    from aarshjul.cli.output import print_json
    from aarshjul.cli.record import known_cycle, known_person, record
    from aarshjul.clock import COPENHAGEN, now
    from aarshjul.web.addresses import AT_HOME
    from models.cycle import Membership
    from models.engine import reading
    from notifications.personal_links import LASTS, make_link
    from notifications.unsubscribing import signing_key

    made = now()
    with record(home) as opened:
        with reading(opened.engine) as session:
            known_cycle(session, cycle)
            known_person(session, person, cycle)
            if session.get_one(Membership, (cycle, person)).left_at is not None:
                raise NoPage(f"{person} has left {cycle}: who takes no part has no page there")
        base = (opened.settings.web_url or AT_HOME).rstrip("/")
        address = f"{base}/p/{make_link(signing_key(opened.settings), cycle, person, made)}"
    until = (made + LASTS).astimezone(COPENHAGEN)
    if json:
        print_json({"cycle": cycle, "person": person, "link": address, "until": until.isoformat()}, indent=2)
    else:
        sys.stdout.write(f"{address}\nIt leads to the page of {person} in {cycle}, until {until:%Y-%m-%d}.\n")
