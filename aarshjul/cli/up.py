"""Everything for real, in one command: the database, the Prefect server, rounds and deliveries on schedule."""

import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aarshjul.cli.channels import check_channels
from aarshjul.cli.home import Home
from aarshjul.core.errors import Refused

if TYPE_CHECKING:
    from flows.child import Child

LOOK_AGAIN = 1.0  # seconds between two looks whether what was started still lives


class StoppedByItself(Refused):
    """Something that should have gone on running ended."""


class UpAlready(Refused):
    """The installation is up already."""


def up(
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Prefect's page; 0 takes a free one.")
    ] = 4200,
    home: Home = None,
) -> None:
    """Run the installation: a round each morning at 07:00, at start-up and when somebody acts; delivery.

    Stops cleanly on Ctrl-C or SIGTERM. One command, one process group: what it started ends with it.
    """
    from aarshjul.cli.record import record

    with record(home, begin=True) as opened:
        folder = opened.settings.home.absolute()
        check_channels(opened.settings)
    _refuse_a_second(folder)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    _run(folder, port, stop)
    _say("Stopped.")


def _run(home: Path, port: int, stop: threading.Event) -> None:
    from aarshjul.wake import forget_address, leave_address
    from flows.deployments import serving
    from flows.server import running_server

    _say(f"Starting in {home} (the first start takes up to a minute) ...")
    with running_server(home, use="up", port=port) as server, serving(home, server) as runner:
        leave_address(home, server.address)
        try:
            _say(f"Prefect's page: {server.address.api.removesuffix('/api')}  (sign in: {_where(home)})")
            _say("Rounds: now, each morning at 07:00 (Copenhagen), and when somebody acts. Ctrl-C stops.")
            _wait(stop, {"Prefect's server": server.child, "the runner": runner})
        finally:
            forget_address(home)


def _wait(stop: threading.Event, children: dict[str, "Child"]) -> None:
    while not stop.wait(LOOK_AGAIN):
        for name, child in children.items():
            if not child.alive:
                raise StoppedByItself(
                    f"{name} stopped by itself; its log, {child.log}, ends:\n{child.last_words()}"
                )


def _refuse_a_second(home: Path) -> None:
    from aarshjul.wake import find_address
    from flows.server import answers

    address = find_address(home)
    if address is not None and answers(address):
        raise UpAlready(f"this installation is up already, at {address.api.removesuffix('/api')}")


def _where(home: Path) -> str:
    return f"aarshjul:<the text of {home / 'prefect' / 'api.secret'}>"


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
