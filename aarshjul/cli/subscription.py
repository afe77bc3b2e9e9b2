"""`aarshjul subscription`: the addresses under which people subscribe to calendars."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from aarshjul.cli.home import Home, Json
from aarshjul.core.languages import Language

if TYPE_CHECKING:
    from sqlmodel import Session

    from models.subscription import Subscription

app = typer.Typer(
    name="subscription",
    help="Make, list, renew and revoke the addresses that people subscribe to.",
    no_args_is_help=True,
)
Id = Annotated[int, typer.Argument(metavar="ID", help="The feed's number in `aarshjul subscription list`.")]
ONCE = "The address is a secret and is shown this once: give it to those it is for, and to nobody else."
NOT_SET = "AARSHJUL_WEB_URL is not set: these addresses work on this machine alone. Set it, and put its address in place"


@app.command()
def new(
    *,
    cycle: Annotated[str | None, typer.Option(metavar="C", help="All of a cycle.")] = None,
    role: Annotated[
        str | None, typer.Option(metavar="R", help="Of that cycle, what concerns or binds this role.")
    ] = None,
    public: Annotated[
        bool, typer.Option("--public", help="Of that cycle, what is for its subscribers.")
    ] = False,
    person: Annotated[
        str | None, typer.Option(metavar="P", help="What concerns or binds a person, in all cycles.")
    ] = None,
    organisation: Annotated[
        str | None, typer.Option(metavar="NAME", help="What concerns or binds its people, in all cycles.")
    ] = None,
    show: Annotated[
        str | None,
        typer.Option(
            metavar="WHAT",
            help="What it holds: meetings,deadlines,decisions,phases,tasks,alarms. The first three, unless told.",
        ),
    ] = None,
    lang: Annotated[
        Language | None, typer.Option("--lang", help="The language; else the person's or the cycle's.")
    ] = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Make a feed and show its address: once, as only a hash of it is kept."""
    from aarshjul.cli.record import record
    from aarshjul.cli.subscription_scope import choice_of, named_in, scope_of
    from aarshjul.clock import now
    from calendars.choice import Choice
    from models.engine import writing
    from models.subscriptions import subscribe

    scope = scope_of(cycle=cycle, role=role, public=public, person=person, organisation=organisation)
    shows = choice_of(show).text if show is not None else Choice().text
    with record(home) as opened:
        with writing(opened.engine) as session:
            named = named_in(session, cycle=cycle, role=role, person=person, organisation=organisation)
            made, secret = subscribe(session, scope=scope, shows=shows, language=lang, now=now(), **named)
            facts = _facts(session, made)
        _show_address(facts, secret, opened.settings.web_url, json=json)


@app.command("list")
def list_feeds(*, home: Home = None, json: Json = False) -> None:
    """Show which feeds there are and since when; never their addresses, which nobody knows any more."""
    from aarshjul.cli.output import print_json
    from aarshjul.cli.record import record
    from models.engine import reading
    from models.subscriptions import listed

    with record(home) as opened, reading(opened.engine) as session:
        found = [_facts(session, each) for each in listed(session)]
    if json:
        print_json(found, indent=2)
    else:
        _table(found)


@app.command()
def renew(number: Id, *, home: Home = None, json: Json = False) -> None:
    """Give a feed a new address and show it; the old one is unknown from now on."""
    from aarshjul.cli.record import record
    from aarshjul.clock import now
    from models.engine import writing
    from models.subscriptions import renew as renew_feed

    with record(home) as opened:
        with writing(opened.engine) as session:
            row = _known(session, number)
            secret = renew_feed(session, row, now())
            facts = _facts(session, row)
        _show_address(facts, secret, opened.settings.web_url, json=json)


@app.command()
def revoke(number: Id, *, home: Home = None, json: Json = False) -> None:
    """Take a feed back for good: its address is unknown from now on."""
    from aarshjul.cli.output import console, print_json
    from aarshjul.cli.record import record
    from aarshjul.clock import now
    from models.engine import writing
    from models.subscriptions import revoke as revoke_feed

    with record(home) as opened, writing(opened.engine) as session:
        row = _known(session, number)
        revoke_feed(session, row, now())
        facts = _facts(session, row)
    if json:
        print_json(facts, indent=2)
    else:
        console().print(f"Feed {number} ({_of(facts)}) is revoked: its address is unknown from now on.")


def _known(session: "Session", number: int) -> "Subscription":
    from aarshjul.cli.record import Unknown
    from models.subscription import Subscription

    row = session.get(Subscription, number, with_for_update=True) if number < 2**31 else None
    if row is None:
        raise Unknown(f"there is no feed {number} here; `aarshjul subscription list` lists all")
    return row


def _facts(session: "Session", row: "Subscription") -> dict[str, Any]:
    """What may be shown of a feed: all but its secret's hash."""
    from models.person import Organisation

    of = session.get(Organisation, row.organisation_id) if row.organisation_id is not None else None
    moments = {"made": row.made_at, "renewed": row.renewed_at, "revoked": row.revoked_at}
    return {
        "id": row.id,
        "scope": row.scope,
        "cycle": row.cycle_id,
        "role": row.role,
        "person": row.person_id,
        "organisation": of.name if of else None,
        "show": row.shows.split(","),
        "lang": row.language,
        **{name: moment.isoformat() if moment else None for name, moment in moments.items()},
    }


def _of(facts: dict[str, Any]) -> str:
    of = facts["person"] or facts["organisation"] or facts["cycle"]
    return f"{facts['scope']} {facts['role']} in {of}" if facts["role"] else f"{facts['scope']} {of}"


def _show_address(facts: dict[str, Any], secret: str, web_url: str | None, *, json: bool) -> None:
    from aarshjul.cli.output import console, print_json
    from aarshjul.cli.saving import note
    from aarshjul.web.addresses import AT_HOME, Addresses

    named: Addresses = Addresses(base=(web_url or AT_HOME).rstrip("/"), secret=secret)
    if json:
        print_json({**facts, "address": named.feed, "page": named.page, "webcal": named.webcal}, indent=2)
    else:
        screen = console()
        screen.print(f"Feed {facts['id']} ({_of(facts)}):")
        for name, address in (("address", named.feed), ("page", named.page), ("webcal", named.webcal)):
            screen.print(f"  {name:8} {address}", soft_wrap=True)
    note(ONCE, *([] if web_url else [f"{NOT_SET} of {AT_HOME}."]))


def _table(found: list[dict[str, Any]]) -> None:
    from rich.table import Table
    from rich.text import Text

    from aarshjul.cli.output import console

    if not found:
        console().print("There are no feeds yet: `aarshjul subscription new` makes one.")
        return
    table = Table("id", "of", "holds", "since", "renewed", "revoked", box=None, pad_edge=False)
    for each in found:
        days = [(each[name] or "")[:10] for name in ("made", "renewed", "revoked")]
        table.add_row(*map(Text, (str(each["id"]), _of(each), ", ".join(each["show"]), *days)))
    console().print(table)
