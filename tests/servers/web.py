"""A web server over TLS on a free port of this machine: it records what is posted and answers on order."""

import socket
import ssl
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Order:
    """How a request is answered.

    Attributes:
        wait: hold the answer back until the test is over (or has had its answer).
        drop: read the request, then cut the connection without a word.
        garbage: answer with something that is not HTTP.
        short: announce a longer body than is sent, and cut the connection.
    """

    status: int = 202
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    wait: bool = False
    drop: bool = False
    garbage: bool = False
    short: bool = False


@dataclass(frozen=True, kw_only=True)
class Post:
    """A request that came, with its headers by lower-case name; `connection` tells which of them shared one."""

    path: str
    headers: Mapping[str, str]
    body: bytes
    connection: int


class WebServer(ThreadingHTTPServer):
    """Answers with `orders`, first in first out, and with 202 when there are none left."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, certificate: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.orders: deque[Order] = deque()
        self.posts: list[Post] = []
        self.connections = 0
        self.over = Event()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        # The handshake is made in the thread of the connection: one that never makes it holds up no other.
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def order(self, *orders: Order) -> None:
        self.orders.extend(orders)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up, or trust no certificate of ours, are what tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 20
    disable_nagle_algorithm = True
    server: WebServer

    def setup(self) -> None:
        super().setup()
        self.server.connections += 1
        self.number = self.server.connections

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.posts.append(Post(path=self.path, headers=headers, body=body, connection=self.number))
        self._answer(self.server.orders.popleft() if self.server.orders else Order())

    do_GET = do_PUT = do_POST  # noqa: N815 -- the names that the standard library looks for

    def _answer(self, order: Order) -> None:
        if order.wait:
            self.server.over.wait(20)
        if order.drop or order.wait:
            self._cut()
        elif order.garbage:
            self.wfile.write(b"\x00\x01 what is this?\r\n\r\n")
            self._cut()
        else:
            self.send_response(order.status)
            for name, value in order.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(order.body) + 100 * order.short))
            self.end_headers()
            self.wfile.write(order.body)
            if order.short:
                self._cut()

    def _cut(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the standard library's name
        """Nothing: what came is in `posts`."""


@contextmanager
def web_server(certificate: Path) -> Iterator[WebServer]:
    """A server that listens, with a certificate file that holds its key as well; stopped at the end."""
    server = WebServer(certificate)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


def nobody_there() -> int:
    """A port of this machine at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
