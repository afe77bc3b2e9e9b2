"""`aarshjul export CYCLE --all`: everything that the record holds of a cycle, for an access request."""

from pathlib import Path
from typing import Annotated

import typer

from aarshjul.core.errors import Invalid

All = Annotated[
    bool, typer.Option("--all", help="Everything of a cycle, as one archive (zip); wants --output.")
]
WithAddresses = Annotated[
    bool, typer.Option("--with-addresses", help="With --all: personal addresses and secret links as well.")
]
WithClosed = Annotated[
    bool, typer.Option("--with-closed", help="With --all: documents that are marked as closed as well.")
]


def export_all(
    name: str, *, home: Path | None, output: Path | None, with_addresses: bool, with_closed: bool, json: bool
) -> None:
    """Write the archive, and say what is in it and what was left out."""
    from aarshjul.acts.archive_words import words_of
    from aarshjul.acts.archiving import Archive, Wanted
    from aarshjul.cli.record import known_cycle, record
    from aarshjul.files.archive_file import write_archive
    from models.engine import reading
    from models.proof import verify

    if output is None:
        raise Invalid("--all: say where the archive goes: `-o FILE.zip`")
    with record(home) as opened, reading(opened.engine) as session:
        cycle = known_cycle(session, name)
        problems = tuple(verify(session, cycle.id))
        wanted = Wanted(with_addresses=with_addresses, with_closed=with_closed, problems=problems)
        archive = Archive(session, cycle, wanted)
        listed = write_archive(output, archive.parts(), words_of(cycle.language).columns, archive.at)
        head = cycle.history_head
    _tell(output, listed, head, problems, json=json)


def _tell(
    output: Path, listed: list[dict[str, object]], head: str, problems: tuple[str, ...], *, json: bool
) -> None:
    from aarshjul.cli.ledger_words import many
    from aarshjul.cli.output import print_json
    from aarshjul.cli.saving import note

    left_out = [each for each in listed if not each["file"]]
    if json:
        named = {"file": str(output), "documents": len(listed), "left_out": len(left_out)}
        print_json({**named, "head": head, "problems": list(problems)})
    else:
        typer.echo(f"{output}: {many(len(listed), 'document')}, {len(left_out)} of them left out")
        typer.echo(f"the history's head is {head}")
    note(*problems)


def refuse_kind(kind: str | None) -> None:
    """Only a cycle has more than one file says."""
    if kind not in (None, "cycle"):
        raise Invalid(f"--all is for a cycle: leave out --kind {kind}")


def refuse_without_all(*, with_addresses: bool, with_closed: bool, json: bool) -> None:
    """What only an archive can have."""
    named = {"--with-addresses": with_addresses, "--with-closed": with_closed, "--json": json}
    if given := [option for option, is_there in named.items() if is_there]:
        raise Invalid(f"{' and '.join(given)}: goes with --all")
