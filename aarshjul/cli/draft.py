"""`aarshjul draft`: what the draft contract says, and what is to be looked at in it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aarshjul.cli.draft_check import check
from aarshjul.cli.draft_versions import diff, merge, versions
from aarshjul.cli.home import Home, Json, Output

if TYPE_CHECKING:
    from sqlmodel import Session

    from models.cycle import Cycle
    from models.draft import Draft

app = typer.Typer(no_args_is_help=True, help="Show, check, compare and merge the draft contract.")

CycleId = Annotated[str, typer.Argument(metavar="CYCLE", help="The cycle's id.")]
Version = Annotated[
    int | None, typer.Option("--version", metavar="N", min=1, help="Else the present version.")
]


@app.callback()
def _draft() -> None:
    """Show, check, compare and merge the draft contract."""


app.command()(check)
app.command()(versions)
app.command()(diff)
app.command()(merge)


@app.command()
def show(
    cycle: CycleId,
    *,
    version: Version = None,
    whole: Annotated[
        bool,
        typer.Option(
            "--whole", help="The frozen text itself, national goals included: its SHA-256 is the hash."
        ),
    ] = False,
    output: Output = None,
    json: Json = False,
    home: Home = None,
) -> None:
    """Write a version of the draft: the draft file to go on working on, with `based_on` filled in.

    Before the first version it is the starting point: the regional goals of the last contract, without their
    results. A version that is prose is written as it is. A file that ends in .html or .pdf is the draft as a
    paper to read.
    """
    from aarshjul.acts.draft_values import draft_json
    from aarshjul.cli.output import print_json
    from aarshjul.cli.record import known_cycle, record
    from aarshjul.cli.saving import save
    from models.engine import reading

    with record(home) as opened, reading(opened.engine) as session:
        row = known_cycle(session, cycle)
        draft = _version(session, row, version)
        if json:
            print_json(draft_json(session, row, draft))
            return
        made = _made(session, row, draft, output, whole=whole)
    save(made, output)


def _version(session: "Session", cycle: "Cycle", number: int | None) -> "Draft | None":
    from aarshjul.cli.record import Unknown
    from models.draft import Draft
    from models.draft_text import present_draft

    if number is None:
        return present_draft(session, cycle)
    draft = session.get(Draft, (cycle.id, number))
    if draft is None:
        newest = f"the newest is {cycle.draft_version}" if cycle.draft_version else "there is none yet"
        raise Unknown(f"there is no version {number} of the draft in {cycle.id}: {newest}")
    return draft


def _made(
    session: "Session", cycle: "Cycle", draft: "Draft | None", output: Path | None, *, whole: bool
) -> str | bytes:
    from models.draft_text import contract_in_draft

    ending = output.suffix.lower() if output is not None else ""
    if ending in (".html", ".pdf"):
        return _as_paper(session, cycle, draft, ending)
    if draft is not None and (whole or contract_in_draft(draft) is None):
        return draft.text
    return _as_draft_file(session, cycle, draft)


def _as_draft_file(session: "Session", cycle: "Cycle", draft: "Draft | None") -> str:
    from aarshjul.acts.draft_values import draft_file
    from aarshjul.acts.drafting import starting_goals
    from aarshjul.cli.saving import note

    if draft is None:
        begun = (
            "the regional goals of the last contract"
            if starting_goals(session, cycle)
            else "no goals yet, as there is no contract before"
        )
        note(f"{cycle.id} has no version of the draft yet: this is where it starts, {begun}.")
    return draft_file(session, cycle, draft)


def _as_paper(session: "Session", cycle: "Cycle", draft: "Draft | None", ending: str) -> str | bytes:
    from aarshjul.cli.record import Unknown
    from aarshjul.papers.draft_page import draft_page
    from aarshjul.papers.frame import as_pdf
    from models.consulting import people_of
    from models.draft_text import contract_in_draft

    if draft is None:
        raise Unknown(f"{cycle.id} has no version of the draft yet: there is nothing to read")
    names, _ = people_of(session, cycle.id)
    page = draft_page(cycle, draft, contract_in_draft(draft), names)
    return page.html if ending == ".html" else as_pdf(page)
