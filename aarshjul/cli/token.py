"""`aarshjul token`: the secrets with which programs ask the API in somebody's name."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from aarshjul.cli.home import Home, Json

if TYPE_CHECKING:
    from datetime import datetime

    from models.webuse import ApiToken

app = typer.Typer(name="token", help="Make, list and revoke tokens of the API.", no_args_is_help=True)
ONCE = "The token is a secret and is shown this once: keep it where the program reads its secrets."


@app.command()
def new(
    *,
    person: Annotated[str, typer.Option(metavar="P", help="In whose name: the token may what they may.")],
    name: Annotated[str, typer.Option(metavar="TEXT", help="What the program is.")],
    scope: Annotated[
        list[str] | None,
        typer.Option(metavar="S", help="read, act or decide; again for each. read where none is named."),
    ] = None,
    cycle: Annotated[str | None, typer.Option(metavar="C", help="The only cycle that it reaches.")] = None,
    days: Annotated[int, typer.Option(metavar="N", help="How long it works, at most 365 days.")] = 90,
    home: Home = None,
    json: Json = False,
) -> None:
    """Make a token and show it: once, as only a hash of it is kept."""
    import sys

    from aarshjul.cli.output import print_json
    from aarshjul.cli.record import known_cycle, known_person, record
    from aarshjul.cli.saving import note
    from aarshjul.clock import now
    from models.api_tokens import Scope, make_token
    from models.engine import writing

    with record(home) as opened, writing(opened.engine) as session:
        if cycle is not None:
            known_cycle(session, cycle)
        row = known_person(session, person, cycle)
        made, secret = make_token(
            session, row.id, name, scope or [Scope.READ], now(), cycle_id=cycle, days=days
        )
        facts = _facts(made, now())
    if json:
        print_json({**facts, "token": secret}, indent=2)
    else:
        sys.stdout.write(f"{secret}\n")
        note(f"Token {facts['id']} ({_of(facts)}) works until {facts['expires'][:10]}. {ONCE}")


@app.command("list")
def list_tokens(*, home: Home = None, json: Json = False) -> None:
    """Show which tokens there are, of whom, for what and until when; never the tokens themselves."""
    from aarshjul.cli.output import print_json
    from aarshjul.cli.record import record
    from aarshjul.clock import now
    from models.api_tokens import tokens_of
    from models.engine import reading

    with record(home) as opened, reading(opened.engine) as session:
        found = [_facts(each, now()) for each in tokens_of(session)]
    if json:
        print_json(found, indent=2)
    else:
        _table(found)


@app.command()
def revoke(
    number: Annotated[int, typer.Argument(metavar="ID", help="Its number in `aarshjul token list`.", min=1)],
    *,
    home: Home = None,
    json: Json = False,
) -> None:
    """Take a token back for good: it is unknown from now on."""
    from aarshjul.cli.output import console, print_json
    from aarshjul.cli.record import Unknown, record
    from aarshjul.clock import now
    from models.api_tokens import revoke_token
    from models.engine import writing
    from models.webuse import ApiToken

    with record(home) as opened, writing(opened.engine) as session:
        row = session.get(ApiToken, number) if number < 2**31 else None
        if row is None:
            raise Unknown(f"there is no token {number} here; `aarshjul token list` lists all")
        revoke_token(session, row, now())
        session.refresh(row)
        facts = _facts(row, now())
    if json:
        print_json(facts, indent=2)
    else:
        console().print(f"Token {number} ({_of(facts)}) is revoked: it is unknown from now on.")


def _facts(row: "ApiToken", now: "datetime") -> dict[str, Any]:
    """What may be shown of a token: all but its secret's hash."""
    from models.api_tokens import works

    moments = {
        "made": row.made_at,
        "expires": row.expires_at,
        "seen": row.seen_at,
        "revoked": row.revoked_at,
    }
    return {
        "id": row.id,
        "person": row.person_id,
        "name": row.name,
        "scopes": row.scopes,
        "cycle": row.cycle_id,
        "works": works(row, now),
        **{name: moment.isoformat() if moment else None for name, moment in moments.items()},
    }


def _of(facts: dict[str, Any]) -> str:
    return f"{facts['name']}, as {facts['person']}: {', '.join(facts['scopes'])}"


def _table(found: list[dict[str, Any]]) -> None:
    from rich.table import Table
    from rich.text import Text

    from aarshjul.cli.output import console

    if not found:
        console().print("There are no tokens yet: `aarshjul token new` makes one.")
        return
    columns = ("id", "program", "as", "scopes", "cycle", "until", "last used", "state")
    table = Table(*columns, box=None, pad_edge=False)
    for each in found:
        state = "works" if each["works"] else "revoked" if each["revoked"] else "ended"
        cells = (
            *(
                str(each["id"]),
                each["name"],
                each["person"],
                " ".join(each["scopes"]),
                each["cycle"] or "all",
            ),
            *(each["expires"][:10], (each["seen"] or "never")[:10], state),
        )
        table.add_row(*map(Text, cells))
    console().print(table)
