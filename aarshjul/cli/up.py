"""Everything for real, in one command: the database, the web, the Prefect server, rounds and deliveries on schedule."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
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


class WebDidNotStart(Refused):
    """The process that serves calendars and pages did not start; its last words say why."""


class UpAlready(Refused):
    """The installation is up already."""


def up(
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Prefect's page; 0 takes a free one.")
    ] = 4200,
    web_port: Annotated[
        int,
        typer.Option(
            "--web-port", metavar="N", min=0, max=65535, help="Calendars and pages; 0 takes a free one."
        ),
    ] = 8000,
    home: Home = None,
) -> None:
    """Run the installation: a round each morning at 07:00, at start-up and when somebody acts; delivery; the web.

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
    _refuse_a_taken_port(port)
    with _web(folder, web_port) as web:  # first: who subscribes does not wait for Prefect
        _run(folder, port, stop, web)
    _say("Stopped.")


def _refuse_a_taken_port(port: int) -> None:
    """Said before anything starts, as Prefect's own words about it come late and are many."""
    from aarshjul.cli.serve import listening

    if port:
        listening("127.0.0.1", port, "--port").close()


@contextmanager
def _web(home: Path, port: int) -> Iterator["Child"]:
    """The web in a process of its own, which ends with the block and with us."""
    from flows.child import Child

    child = Child(
        ["-m", "aarshjul.cli.web_process", str(home), str(port)],
        environment={**os.environ, "AARSHJUL_HOME": str(home)},
        log=home / "web.log",
        folder=home,
    )
    try:
        address = child.first_line()
        if not address:
            raise WebDidNotStart(child.last_words())
        _say(f"Calendars and pages: {address}")
        _say_first_link(home, address)
        yield child
    finally:
        child.stop()


def _say_first_link(home: Path, address: str) -> None:
    """The way in where nobody ever logged in: mail may not go yet."""
    from aarshjul.cli.login import first_link
    from aarshjul.cli.record import record

    with record(home) as opened:
        if (link := first_link(opened, address)) is not None:
            _say(f"Log in, once, within a quarter of an hour: {link}")


def _run(home: Path, port: int, stop: threading.Event, web: "Child") -> None:
    from aarshjul.wake import forget_address, leave_address
    from flows.deployments import serving
    from flows.server import running_server

    _say(f"Starting in {home} (the first start takes up to a minute) ...")
    with running_server(home, use="up", port=port) as server, serving(home, server) as runner:
        leave_address(home, server.address)
        try:
            _say(f"Prefect's page: {server.address.api.removesuffix('/api')}  (sign in: {_where(home)})")
            _say("Rounds: now, each morning at 07:00 (Copenhagen), and when somebody acts. Ctrl-C stops.")
            _wait(stop, {"Prefect's server": server.child, "the runner": runner, "the web": web})
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
