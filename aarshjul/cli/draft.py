"""`aarshjul draft`: what the draft contract says, and what is to be looked at in it."""

from typing import Annotated

import typer

from aarshjul.cli.home import Home, Json, Output

app = typer.Typer(no_args_is_help=True, help="Show and check the draft contract.")

CycleId = Annotated[str, typer.Argument(metavar="CYCLE", help="The cycle's id.")]
Version = Annotated[
    int | None, typer.Option("--version", metavar="N", min=1, help="Else the present version.")
]


@app.callback()
def _draft() -> None:
    """Show and check the draft contract."""


@app.command()
def show(
    cycle: CycleId, *, version: Version = None, output: Output = None, json: Json = False, home: Home = None
) -> None:
    """Write a version of the draft as it was submitted."""
    from aarshjul.cli.output import print_json
    from aarshjul.cli.record import Unknown, known_cycle, record
    from aarshjul.cli.saving import save
    from models.draft import Draft
    from models.engine import reading

    with record(home) as opened, reading(opened.engine) as session:
        number = version or known_cycle(session, cycle).draft_version or 0
        row = session.get(Draft, (cycle, number))
        if row is None:
            raise Unknown(f"there is no version {number} of the draft in {cycle}")
    if json:
        print_json({"cycle": cycle, "version": row.version, "hash": row.hash, "text": row.text})
    else:
        save(row.text, output)
