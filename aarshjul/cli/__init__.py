"""The command line: each command in a module of its own; slow imports stand inside its function."""

import sys

import typer

from aarshjul.cli.errors import run
from aarshjul.cli.score import score

app = typer.Typer(
    name="aarshjul",
    help="The annual wheel: results, scoring, drafting, dialogue and approval of a performance contract.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _aarshjul() -> None:
    """The annual wheel: results, scoring, drafting, dialogue and approval of a performance contract."""


app.command()(score)


def main() -> None:
    """Runs the command line and leaves with its exit code."""
    sys.exit(run(app))
