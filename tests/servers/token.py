"""A token server on this machine (https), which issues, expires and refuses tokens on order."""

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from tests.servers.certificates import Certificates, certificates

CLIENT, SECRET, SCOPE = "aarshjul-app", "app-hemmelig-42", "https://mail.example.org/.default"


class TokenServer(ThreadingHTTPServer):
    """Answers every POST; what it does is set by its attributes, at any time.

    Attributes:
        url: where tokens are had.
        ca_file: what a client is to trust.
        issued: the tokens so far, in order.
        forms: what was asked, in order.
        life: `expires_in` of the next token; None leaves the field out.
        answer: status and body of every answer from now on; None issues tokens.
        silent: nothing is answered until it is stopped.
    """

    daemon_threads = True

    def __init__(self, certificates: Certificates, *, secured: bool) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.ca_file = certificates.ca_file
        self.issued: list[str] = []
        self.forms: list[dict[str, str]] = []
        self.life: Any = 3600
        self.answer: tuple[int, bytes] | None = None
        self.silent = False
        self.stopped = threading.Event()
        self.url = f"{'https' if secured else 'http'}://127.0.0.1:{self.server_address[1]}/tenant/token"
        if secured:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificates.good)
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def respond(self, form: dict[str, str]) -> tuple[int, bytes]:
        """What is answered to a form."""
        self.forms.append(form)
        if self.answer is not None:
            return self.answer
        wanted = {
            "grant_type": "client_credentials",
            "client_id": CLIENT,
            "client_secret": SECRET,
            "scope": SCOPE,
        }
        if form != wanted:
            return 401, b'{"error": "invalid_client", "error_description": "AADSTS7000215: Invalid secret."}'
        self.issued.append(f"token-{len(self.issued) + 1}")
        fields = {"token_type": "Bearer", "access_token": self.issued[-1]}
        if self.life is not None:
            fields["expires_in"] = self.life
        return 200, json.dumps(fields).encode()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that do not trust us hang up: nothing to print."""


class _Handler(BaseHTTPRequestHandler):
    server: TokenServer
    timeout = 10

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        fields = parse_qs(self.rfile.read(length).decode(), keep_blank_values=True)
        if self.server.silent:
            self.server.stopped.wait(30)
            return
        status, body = self.server.respond({name: values[0] for name, values in fields.items()})
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the standard library's name
        """Tests read `forms`."""


@contextmanager
def token_server(
    folder: Path, *, trusted: Certificates | None = None, secured: bool = True
) -> Iterator[TokenServer]:
    """A server for as long as the block lasts."""
    server = TokenServer(trusted or certificates(folder / "token-certificates"), secured=secured)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
