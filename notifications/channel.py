"""What carries messages: one protocol, whether it ends in a folder, at a mail server or in Teams."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol


class Outcome(StrEnum):
    """What became of an attempt to send."""

    SENT = "sent"
    TEMPORARY = "temporary"  # certainly not taken; worth another attempt
    PERMANENT = "permanent"  # never will be
    UNCERTAIN = "uncertain"  # handed over whole, and no answer came: it may have been taken


@dataclass(frozen=True, kw_only=True, slots=True)
class Parcel:
    """One rendered message as it is handed over.

    Attributes:
        number: its place in the outbox; the same number may be handed over again.
        payload: the bytes, as the channel's renderer made them.
        person: the id of whom it is for, with their `roles` in the cycle: what a route is chosen by.
        recipients: the addresses that it goes to; the first is the person's own, the others get a copy.
    """

    number: int
    payload: bytes
    person: str = ""
    roles: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """What the other side answered, for one recipient.

    Attributes:
        code: its status code, where it has one.
        text: its answer in its own words.
        outcome: what that means for the message.
        recipient: which of the parcel's recipients it is about; None where the channel knows none.
        retry_after: how long the other side wants to be left alone.
    """

    code: int | None
    text: str
    outcome: Outcome
    recipient: str | None = None
    retry_after: timedelta | None = None


def nothing() -> None:
    """What there is to do meanwhile where nothing is given."""


class Carrier(Protocol):
    """A channel that is open: one kept connection, for one batch."""

    @property
    def down(self) -> bool:
        """Whether the other side cannot be worked with now: nothing more is handed over in this batch."""
        ...

    def send(self, parcel: Parcel, meanwhile: Callable[[], None] = nothing) -> tuple[Receipt, ...]:
        """Hand over one message; a receipt for each recipient, in their order (at least one).

        Never raises for what the other side does: receipts tell. `meanwhile` may be called, once, while the
        other side thinks.
        """
        ...


class Channel(Protocol):
    """A way out of the system."""

    def open(self) -> AbstractContextManager[Carrier]:
        """Open it for a batch. Never raises for what the other side does: the first receipt tells."""
        ...
