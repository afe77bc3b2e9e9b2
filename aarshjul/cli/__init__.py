"""The command line: each command in a module of its own; slow imports stand inside its function."""

import sys
from io import TextIOWrapper

import typer

from aarshjul.cli import cycles, draft, history, message, subscription, token, upkeep
from aarshjul.cli.act import act
from aarshjul.cli.answers import answers
from aarshjul.cli.attendance import attendance
from aarshjul.cli.conditions import conditions
from aarshjul.cli.consultation import consultation
from aarshjul.cli.deliveries import deliveries
from aarshjul.cli.documents import documents
from aarshjul.cli.errors import run
from aarshjul.cli.exchange import export, import_file
from aarshjul.cli.feed import feed
from aarshjul.cli.home import Home
from aarshjul.cli.link import link
from aarshjul.cli.login import login
from aarshjul.cli.meeting_papers import agenda, minutes
from aarshjul.cli.national import national
from aarshjul.cli.play import demo, simulate
from aarshjul.cli.results import results
from aarshjul.cli.round import round_command
from aarshjul.cli.score import score
from aarshjul.cli.serve import serve
from aarshjul.cli.status import status
from aarshjul.cli.up import up
from aarshjul.cli.what_if import what_if
from aarshjul.cli.wheel import wheel

app = typer.Typer(
    name="aarshjul",
    help="The annual wheel: results, scoring, drafting, dialogue and approval of a performance contract.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _aarshjul(*, home: Home = None) -> None:
    """The annual wheel: results, scoring, drafting, dialogue and approval of a performance contract."""


app.command()(demo)
app.command()(score)
app.command()(what_if)
app.command()(simulate)
app.command()(up)
app.command()(serve)
app.command()(login)
app.command()(link)
app.command("import")(import_file)
app.command()(export)
app.add_typer(cycles.app, name="cycle")
app.add_typer(draft.app, name="draft")
app.command()(national)
app.command("round")(round_command)
app.command()(status)
app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(act)
app.command()(results)
app.command()(documents)
app.command()(deliveries)
app.add_typer(message.app, name="message")
app.command()(answers)
app.command()(attendance)
app.command()(consultation)
app.command()(agenda)
app.command()(minutes)
app.command()(conditions)
app.command()(feed)
app.command()(wheel)
app.add_typer(subscription.app, name="subscription")
app.add_typer(token.app, name="token")
app.add_typer(upkeep.db, name="db")
app.add_typer(history.app, name="history")


def main() -> None:
    """Runs the command line and leaves with its exit code."""
    _speak_danish()
    sys.exit(run(app))


def _speak_danish() -> None:
    """UTF-8 into files and pipes; a terminal that has no æ shows a question mark instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
