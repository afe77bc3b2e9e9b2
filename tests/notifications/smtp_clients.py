"""Short ways to send by SMTP in a test."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aarshjul.settings import Settings
from notifications.channel import Carrier, Outcome, Parcel, Receipt
from notifications.smtp import smtp_channel
from tests.servers.smtp import Server

SENT, TEMPORARY, PERMANENT, UNCERTAIN = Outcome
ANNE, BO, CARL = "anne@example.org", "bo@example.org", "carl@example.org"
PATIENCE = 0.4  # seconds: what a test waits for a server that is slow on order


def settings(server: Server, **changed: Any) -> Settings:
    """The settings for a server, with user and password."""
    given = {
        "home": Path(),
        "sender_address": "aarshjul@example.org",
        "smtp_host": server.host,
        "smtp_port": server.port,
        "smtp_user": server.user,
        "smtp_password": server.password,
        "smtp_timeout": 10,
        "ca_file": server.ca_file,
    }
    return Settings(**{**given, **changed})


@contextmanager
def carrier(server: Server, **changed: Any) -> Iterator[Carrier]:
    """One batch."""
    with smtp_channel(settings(server, **changed)).open() as opened:
        yield opened


def mail(number: int = 1, body: str = "Kære Anne\r\n") -> bytes:
    """A message."""
    head = f"Message-ID: <{number}@example.org>\r\nContent-Type: text/plain; charset=UTF-8\r\n"
    return f"{head}Subject: Frist\r\n\r\n{body}".encode()


def parcel(number: int = 1, *recipients: str, payload: bytes | None = None) -> Parcel:
    """A parcel with a message of that number, to Anne if nobody is named."""
    return Parcel(number=number, payload=payload or mail(number), recipients=recipients or (ANNE,))


def outcomes(receipts: Sequence[Receipt]) -> list[Outcome]:
    return [receipt.outcome for receipt in receipts]


def ids(server: Server) -> list[str]:
    """The messages that the server took, by number."""
    return [taken.message_id.partition("@")[0].removeprefix("<") for taken in server.received()]


def is_down(opened: Carrier) -> bool:
    """Whether the carrier gave up; asked anew each time."""
    return opened.down
