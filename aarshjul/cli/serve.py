"""`aarshjul serve`: the web alone."""

import signal
import socket
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from aarshjul.cli.home import Home
from aarshjul.core.errors import Refused

if TYPE_CHECKING:
    from uvicorn import Server

    from aarshjul.cli.record import Record

LEAVE_WITHIN = 5  # seconds for requests under way once it is told to stop


class CannotListen(Refused):
    """The address cannot be served at."""


def serve(
    host: Annotated[
        str,
        typer.Option("--host", metavar="H", help="The address to listen at; behind a proxy, this machine's."),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65535, help="0 takes a free one.")
    ] = 8000,
    home: Home = None,
) -> None:
    """Serve the web: calendars and their pages, unsubscribing by a link, /healthz and /readyz.

    Stops cleanly on Ctrl-C or SIGTERM.
    """
    from aarshjul.cli.record import record

    with record(home) as opened:
        server = server_over(opened)
        with listening(host, port) as listener:
            _leave_when_told(server)
            _say(f"Serving at {address_of(listener)}. Ctrl-C stops.")
            server.run(sockets=[listener])
    _say("Stopped.")


def server_over(opened: "Record") -> "Server":
    """The web over an open record, not listening yet."""
    import uvicorn

    from aarshjul.clock import now
    from aarshjul.web.app import create_app, dated

    # No access log: the addresses of the pages are secrets of those who got them.
    config = uvicorn.Config(
        dated(create_app(opened.settings, opened.engine), now),
        log_level="warning",
        access_log=False,
        lifespan="off",
        server_header=False,
        date_header=False,  # its own is up to a second old, and what an answer says of itself would lie after it
        timeout_graceful_shutdown=LEAVE_WITHIN,
    )
    return uvicorn.Server(config)


def listening(host: str, port: int, options: str = "--port or --host") -> socket.socket:
    """A socket that is listened at; port 0 takes a free one. `options` are those that would say another.

    Raises:
        CannotListen: where the address is not ours, or taken.
    """
    try:
        family, *_, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.create_server(where[:2], family=family)
    except OSError as error:
        reason = error.strerror or error
        raise CannotListen(
            f"{host}:{port} cannot be served at: {reason}; name another with {options}"
        ) from None
    # asyncio does this for what it opened itself; else an answer of two parts waits 40 ms for a receipt.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def address_of(listener: socket.socket) -> str:
    """Where a browser on this machine finds it."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _leave_when_told(server: "Server") -> None:
    """From here on a signal ends it with exit code 0: before it serves, too, and when it raises the signal once more."""

    def leave(_number: int, _frame: object) -> None:
        server.should_exit = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, leave)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
