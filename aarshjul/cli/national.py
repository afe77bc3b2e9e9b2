"""`aarshjul national`: the sets of national goals in the record, in their versions."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from aarshjul.cli.home import Home, Json, Output

if TYPE_CHECKING:
    from models.national import NationalGoals


def national(
    name: Annotated[str | None, typer.Argument(metavar="ID", help="One set; else all are listed.")] = None,
    *,
    version: Annotated[
        int | None,
        typer.Option("--version", metavar="N", min=1, help="Write that version of the set as its file."),
    ] = None,
    output: Output = None,
    json: Json = False,
    home: Home = None,
) -> None:
    """List the national goals: the years that each set holds for, and when its versions came in.

    With an ID and --version it writes that version, in the form that `import` reads.
    """
    from aarshjul.acts.national import versions_of
    from aarshjul.cli.output import print_json
    from aarshjul.cli.record import Unknown, record
    from aarshjul.cli.saving import save
    from aarshjul.core.errors import Invalid
    from models.engine import reading

    if name is None and version is not None:
        raise Invalid("--version: say of which set, `aarshjul national ID --version N`")
    with record(home) as opened, reading(opened.engine) as session:
        rows = versions_of(session, name)
    if name is not None and not rows:
        raise Unknown(f"there are no national goals {name} here; `aarshjul national` lists those that are")
    if version is not None:
        found = next((row for row in rows if row.version == version), None)
        if found is None:
            raise Unknown(f"there is no version {version} of {name}: its newest is {rows[-1].version}")
        save(found.text, output)
    elif json:
        print_json([_as_json(row) for row in rows])
    else:
        _tell(rows)


def _tell(rows: "list[NationalGoals]") -> None:
    for row in rows:
        typer.echo(
            f"{row.id}, version {row.version} of {row.imported_at:%Y-%m-%d}: {row.title} "
            f"({row.first_year} to {row.last_year}), {row.hash[:12]}"
        )
    if not rows:
        typer.echo("There are no national goals here: `aarshjul import FILE` brings them in.")


def _as_json(row: "NationalGoals") -> dict[str, Any]:
    return {
        "id": row.id,
        "version": row.version,
        "title": row.title,
        "years": [row.first_year, row.last_year],
        "hash": row.hash,
        "imported_at": row.imported_at.isoformat(),
    }
