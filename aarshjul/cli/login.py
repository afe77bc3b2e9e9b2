"""`aarshjul login`: a link for the operator to hand on, as the first of an installation, or where mail does not go."""

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from aarshjul.cli.home import Home, Json
from aarshjul.clock import COPENHAGEN
from aarshjul.core.errors import Refused

if TYPE_CHECKING:
    from sqlmodel import Session

    from aarshjul.cli.record import Record


class NoCoordinator(Refused):
    """Only coordinators have something to see there."""


def login(
    *,
    person: Annotated[str, typer.Option("--person", metavar="ID", help="The coordinator's id.")],
    home: Home = None,
    json: Json = False,
) -> None:
    """Show a link that logs a coordinator in: once, within a quarter of an hour. It is a secret of theirs."""
    from aarshjul.cli.output import print_json
    from aarshjul.cli.record import record
    from aarshjul.clock import now
    from aarshjul.web.addresses import AT_HOME
    from models.engine import writing

    with record(home) as opened, writing(opened.engine) as session:
        base = (opened.settings.web_url or AT_HOME).rstrip("/")
        link, until = _link(session, person, base, now())
    if json:
        print_json({"person": person, "link": link, "until": until.isoformat()}, indent=2)
    else:
        sys.stdout.write(f"{link}\nIt logs {person} in, once, until {until.astimezone(COPENHAGEN):%H:%M}.\n")


def _link(session: "Session", person: str, base: str, now: datetime) -> tuple[str, datetime]:
    """A new link at an address, and until when it works.

    Raises:
        NoCoordinator: for whoever coordinates no cycle.
    """
    from aarshjul.cli.record import known_person
    from models.logins import cycles_coordinated, make_link

    row = known_person(session, person)
    if not cycles_coordinated(session, row.id):
        raise NoCoordinator(f"{row.id} coordinates no cycle: only coordinators log in")
    link, secret = make_link(session, row.id, now)
    return f"{base}/login/{secret}", link.expires_at


def first_link(opened: "Record", address: str) -> str | None:
    """A link for somebody who coordinates, where nobody ever logged in and somebody could; `address` is the web's."""
    from sqlmodel import select

    from aarshjul.clock import now
    from models.cycle import Membership
    from models.engine import reading, writing
    from models.logins import anybody_logged_in, cycles_coordinated, make_link

    with reading(opened.engine) as session:
        if anybody_logged_in(session):
            return None
        people = sorted({member.person_id for member in session.exec(select(Membership))})
        person = next((each for each in people if cycles_coordinated(session, each)), None)
    if person is None:
        return None
    with writing(opened.engine) as session:
        _, secret = make_link(session, person, now())
    return f"{(opened.settings.web_url or address).rstrip('/')}/login/{secret}  (as {person})"
