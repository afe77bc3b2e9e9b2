"""A way out that a test holds in its hand: it keeps what it is given, and does as the test says at each message."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from notifications.channel import Carrier, Outcome, Parcel, Receipt, nothing

Say = Callable[[int, Parcel], Receipt | None]


def taken(_count: int, _parcel: Parcel) -> Receipt | None:
    """Every message is taken."""
    return None


@dataclass
class Hand:
    """A channel and its carrier in one.

    Attributes:
        say: called with the count (from 1) and the parcel of each message; its receipt, where it gives one, is
            the answer.
        got: what was handed over.
    """

    say: Say = taken
    got: list[Parcel] = field(default_factory=list)
    down: bool = False

    @contextmanager
    def open(self) -> Iterator[Carrier]:
        """It is always open."""
        yield self

    def send(self, parcel: Parcel, meanwhile: Callable[[], None] = nothing) -> tuple[Receipt, ...]:
        """Keep it, and answer as the test says."""
        self.got.append(parcel)
        meanwhile()
        receipt = self.say(len(self.got), parcel) or Receipt(code=250, text="ok", outcome=Outcome.SENT)
        return (receipt,)

    @property
    def duties(self) -> list[str]:
        """The duty that each of them is named for, without the cycle's name."""
        return [str(mail_of(each)["X-Aarshjul-Duty"]).removeprefix("c/") for each in self.got]


def mail_of(parcel: Parcel) -> EmailMessage:
    """A message as a mail program reads it."""
    found = message_from_bytes(parcel.payload, policy=default)
    assert isinstance(found, EmailMessage)
    return found


def text_of(parcel: Parcel) -> str:
    """Its plain text."""
    body = mail_of(parcel).get_body(("plain",))
    assert isinstance(body, EmailMessage)
    return str(body.get_content())
