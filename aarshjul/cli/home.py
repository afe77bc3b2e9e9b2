"""Options that many commands share: which installation, and JSON."""

from pathlib import Path
from typing import Annotated

import typer


def _else_of_the_group(ctx: typer.Context, given: Path | None) -> Path | None:
    """What stands behind the command, else what stands before it: `aarshjul --home DIR status`."""
    if given is not None:
        return given
    before = ctx.find_root().params.get("home")
    return Path(before) if before is not None else None


Home = Annotated[
    Path | None,
    typer.Option(
        "--home",
        metavar="DIR",
        help="The folder of the installation; else AARSHJUL_HOME, else the platform's data folder.",
        callback=_else_of_the_group,
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="JSON instead of a table.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to a file that does not exist yet."),
]
