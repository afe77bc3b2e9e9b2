"""What a mail server's answer means for a message, and its words in a form that fits a ledger."""

from dataclasses import dataclass

from calendars.text import one_line
from notifications.channel import Outcome, Receipt

LOGIN_WANTED = frozenset(
    {530, 534, 535, 538}
)  # RFC 4954, 6: whatever is sent gets this until an operator acts
CLOSING = 421  # RFC 5321, 3.8: the server ends the connection after it
_LONGEST_TEXT = 500

Reply = tuple[int, bytes]  # the code, and the text without codes, lines apart by newlines


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What is to be noted for a recipient; see `Receipt`."""

    code: int | None = None
    text: str
    outcome: Outcome

    def receipt(self, recipient: str | None) -> Receipt:
        """The answer as noted for a recipient."""
        return Receipt(code=self.code, text=self.text, outcome=self.outcome, recipient=recipient)


def is_ok(reply: Reply) -> bool:
    """Whether the server took what it was told (RFC 5321, 4.2.1)."""
    return 200 <= reply[0] < 300


def judged(reply: Reply) -> Answer:
    """An answer by its first digit; that we must log in says nothing about the message, so it is temporary."""
    code, text = reply
    if is_ok(reply):
        outcome = Outcome.SENT
    else:
        lasting = 500 <= code < 600 and code not in LOGIN_WANTED
        outcome = Outcome.PERMANENT if lasting else Outcome.TEMPORARY
    return Answer(code=code, text=said(text), outcome=outcome)


def said(text: bytes | str) -> str:
    """The server's words on one line, printable, not too long."""
    words = text.decode("utf-8", errors="replace") if isinstance(text, bytes) else text
    if not words.isprintable():
        words = "".join(sign if sign.isprintable() else " " for sign in one_line(words))
    return words.strip()[:_LONGEST_TEXT].rstrip()
