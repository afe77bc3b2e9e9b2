"""A real mail server (aiosmtpd) in a process of its own, which a test orders to misbehave.

`with smtp_server(tmp_path) as server:` starts one on a free port of the loopback; keywords are its first orders
(see `Orders`), and `server.order(...)` changes them while it runs. What it took is in `server.received()`, kept
before the client is told, so it survives whatever happens to either side.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.servers.certificates import Certificates, certificates
from tests.servers.orders import Orders

ROOT = Path(__file__).parents[2]
USER, PASSWORD = "aarshjul", "hemmelig-løsen"


@dataclass(frozen=True, kw_only=True)
class Received:
    """A mail that the server took.

    Attributes:
        message_id: of its header, with the angle brackets.
        sender: of the envelope, with the `parameters` of MAIL in capitals.
        recipients: those of the envelope that the server took.
        data: the bytes, without the dots that SMTP adds.
        connection: on the how many-th connection it came, from 1.
        user: who had logged in.
    """

    message_id: str
    sender: str
    parameters: tuple[str, ...]
    recipients: tuple[str, ...]
    data: bytes
    connection: int
    user: str | None


class Server:
    """A server that runs."""

    host = "127.0.0.1"
    user, password = USER, PASSWORD

    def __init__(self, folder: Path, certificates: Certificates, orders: Orders) -> None:
        self.port = 0
        self.ca_file = certificates.ca_file
        self._folder = folder
        self._orders = orders
        self._certificates = certificates
        self._process: subprocess.Popen[bytes] | None = None

    def order(self, **orders: Any) -> None:
        """Change some orders; counts begin anew. `order(drop=None)` takes one back."""
        self._orders = replace(self._orders, **orders)
        self._orders.write(self._folder / "orders.json")

    def obey(self, **orders: Any) -> None:
        """Give these orders alone; all others are taken back, but for those about connections."""
        kept = ("security", "require_tls", "certificate", "login", "tokens", "size", "smtputf8", "pipelining")
        self._orders = Orders(**{name: getattr(self._orders, name) for name in kept})
        self.order(**orders)

    def received(self) -> list[Received]:
        """What it took, in order; also once it has stopped."""
        path = self._folder / "received.jsonl"
        lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []  # a last half line was not taken
        return [_received(json.loads(line)) for line in lines]

    def connections(self) -> int:
        """How many connections were made to it."""
        path = self._folder / "connections"
        return path.stat().st_size if path.exists() else 0

    def forget(self) -> None:
        """Forget what was taken, and how many connections there were."""
        for name in ("received.jsonl", "connections"):
            (self._folder / name).write_bytes(b"")

    def start(self) -> None:
        """Start it, on the port that it had before if there was one."""
        arguments = [str(self._folder), str(self._certificates.ca_file.parent), str(self.port)]
        with (self._folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.servers.smtp_process", *arguments],
                cwd=ROOT,
                stdin=subprocess.PIPE,  # it ends when this pipe does, so with whoever started it
                stdout=subprocess.PIPE,
                stderr=log,
            )
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        if not said:
            self.stop()
            raise RuntimeError((self._folder / "server.log").read_text(encoding="utf-8"))
        self.port = int(said)

    def stop(self) -> None:
        """Kill it, connections and all: what it took is kept."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


@contextmanager
def smtp_server(folder: Path, *, trusted: Certificates | None = None, **orders: Any) -> Iterator[Server]:
    """A server for as long as the block lasts; its files go into `folder`/smtp."""
    home = folder / "smtp"
    home.mkdir(parents=True, exist_ok=True)
    server = Server(home, trusted or certificates(home / "certificates"), Orders())
    server.order(**orders)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def _received(line: dict[str, Any]) -> Received:
    return Received(
        message_id=line["id"],
        sender=line["from"],
        parameters=tuple(line["parameters"]),
        recipients=tuple(line["to"]),
        data=line["data"].encode("latin-1"),
        connection=line["connection"],
        user=line["user"],
    )
