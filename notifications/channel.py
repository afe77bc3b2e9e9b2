"""What carries messages: one protocol, whether it ends in a folder, at a mail server or in Teams."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Outcome(StrEnum):
    """What became of an attempt to send."""

    SENT = "sent"
    TEMPORARY = "temporary"  # worth another attempt
    PERMANENT = "permanent"  # never will be


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """What the other side answered.

    Attributes:
        code: its status code, where it has one.
        text: its answer in its own words.
        outcome: what that means for the message.
    """

    code: int | None
    text: str
    outcome: Outcome


class Channel(Protocol):
    """A way out of the system."""

    def send(self, number: int, payload: bytes) -> Receipt:
        """Hand over one rendered message; `number` is its place in the outbox.

        Never raises for what the other side does: a receipt tells. The same number may be sent again.
        """
        ...
