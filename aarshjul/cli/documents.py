"""`aarshjul documents`: what is kept as evidence and as papers, and one of them as a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aarshjul.cli.home import Home, Json, Output
from aarshjul.core.errors import Invalid, Refused

if TYPE_CHECKING:
    from models.documents import Listed


class CannotWrite(Invalid):
    """The options do not go together."""


class NoSuchDocument(Refused):
    """The cycle has no document of that number."""


def documents(
    cycle: Annotated[str, typer.Argument(metavar="CYCLE", help="The cycle's id.")],
    number: Annotated[
        int | None, typer.Argument(metavar="N", help="One document, to be written with -o.", min=1)
    ] = None,
    *,
    output: Output = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """List the documents of a cycle; with a number and `-o FILE`, write one of them as it came in."""
    if (number is None) != (output is None):
        raise CannotWrite("name the document and the file together: `aarshjul documents CYCLE N -o FILE`")
    if number is not None and json:
        raise CannotWrite("--json is the list of all: leave out N and -o, or --json")
    if number is not None:
        _write(home, cycle, number, output)
        return
    found = _listed(home, cycle)
    if json:
        from aarshjul.cli.output import print_json

        print_json([each.as_json() for each in found], indent=2)
    else:
        _show(found)


def _write(home: Path | None, cycle: str, number: int, output: Path | None) -> None:
    from aarshjul.cli.record import known_cycle, record
    from aarshjul.cli.saving import save
    from models.documents import content_of
    from models.engine import reading

    with record(home) as opened, reading(opened.engine) as session:
        content = content_of(session, known_cycle(session, cycle).id, number)
    if content is None:
        raise NoSuchDocument(f"{cycle} has no document {number}: `aarshjul documents {cycle}` lists all")
    save(content, output)


def _listed(home: Path | None, cycle: str) -> "list[Listed]":
    from aarshjul.cli.record import known_cycle, record
    from models.documents import listed
    from models.engine import reading

    with record(home) as opened, reading(opened.engine) as session:
        return listed(session, known_cycle(session, cycle).id)


def _show(found: "list[Listed]") -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from aarshjul.acts.evidence import in_words
    from aarshjul.cli.output import console

    screen = console()
    if not found:
        screen.print(
            Text("There is no document yet: `aarshjul act CYCLE --by PERSON --do attach --file FILE`.")
        )
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("No.", "Name", "Size", "Of", "By", "SHA-256", "Closed"):
        table.add_column(column)
    for each in found:
        cells = (
            *(str(each.number), each.name, in_words(each.size), each.indicator or each.milestone or "-"),
            *(each.by, each.sha256[:12], each.closed or ""),
        )
        table.add_row(*[Text(cell) for cell in cells])
    screen.print(table)
