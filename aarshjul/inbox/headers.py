"""Header fields of a stranger's mail, which may hold anything: each is bounded, decoded as far as it can be.

Python's structured header classes are not used: on odd input they raise, and on long input they take minutes.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from calendars.reply import comparable
from calendars.text import one_line

LONGEST = 8_000  # characters of one field that are looked at
_MOST = 20  # fields of one name
_LONGEST_SHOWN = 320
_REFERENCE = re.compile(r"<([0-9a-f]{40}\.aarshjul)@")
_MOST_REFERENCES = 50


def values(message: Message, name: str) -> list[str]:
    """The values of all fields of that name, unfolded, as text whatever octets they have."""
    found = [value for key, value in message.raw_items() if key.lower() == name.lower()]
    return [" ".join(as_text(_octets(value)).split()) for value in found[:_MOST]]


def value(message: Message, name: str) -> str:
    """The value of the first field of that name; empty where there is none."""
    return next(iter(values(message, name)), "")


def _octets(raw: object) -> bytes:
    return str(raw)[:LONGEST].encode("utf-8", "surrogateescape")


def as_text(octets: bytes, charset: str = "utf-8") -> str:
    """Octets as text: in the charset named, else UTF-8, else Latin-1, in which everything is something."""
    for name in (charset, "utf-8"):
        try:
            return octets.decode(name)
        except (LookupError, ValueError):
            continue
    return octets.decode("latin-1")


def decoded(raw: str) -> str:
    """A field as people read it: encoded words (RFC 2047) in letters, on one line."""
    try:
        pieces = decode_header(raw)
    except (HeaderParseError, ValueError, LookupError):
        return one_line(raw)
    words = (
        as_text(piece, charset or "utf-8") if isinstance(piece, bytes) else str(piece)
        for piece, charset in pieces
    )
    return one_line("".join(words))


def subject(message: Message) -> str:
    """The subject as people read it."""
    return decoded(value(message, "Subject"))[:300]


def addresses(message: Message, name: str) -> tuple[str, ...]:
    """The addresses in all fields of that name, comparable, each once.

    They are taken from the field as it was sent: what an encoded word spells is a name, never an address.
    """
    try:
        found = [comparable(address) for _, address in getaddresses(values(message, name))]
    except (RecursionError, IndexError, ValueError):  # thousands of comments in comments
        return ()
    return tuple(dict.fromkeys(address for address in found if address))


def shown_sender(message: Message) -> str:
    """The sender as people see it; empty where the mail has none."""
    return decoded(value(message, "From"))[:_LONGEST_SHOWN]


def references(fields: Sequence[str]) -> tuple[str, ...]:
    """The messages of ours that these fields name, the last one first: that is the one which was answered."""
    found = [name for field in fields for name in _REFERENCE.findall(field)]
    return tuple(dict.fromkeys(reversed(found)))[:_MOST_REFERENCES]


def moment(message: Message) -> datetime | None:
    """The mail's Date, aware."""
    try:
        said = parsedate_to_datetime(value(message, "Date"))
        return said.replace(tzinfo=UTC) if said.tzinfo is None else said.astimezone(UTC)
    except (ValueError, TypeError, ArithmeticError, LookupError):
        return None


_AUTOMATIC_FIELDS = ("X-Auto-Response-Suppress", "X-Autoreply", "X-Autorespond", "X-Autoresponder")
_AUTOMATIC_SUBJECTS = (
    *("autosvar", "auto-svar", "automatisk svar", "ikke til stede", "fraværende"),
    *("automatic reply", "auto:", "autoreply", "out of office"),
)


def is_automatic(message: Message) -> bool:
    """Whether a machine answered (RFC 3834, and what mail systems write instead).

    A subject alone is no sign of it: only where nobody wants an answer to the mail (an empty return path).
    """
    submitted = value(message, "Auto-Submitted").partition(";")[0].strip().lower()
    if submitted not in ("", "no") or value(message, "Precedence").lower() in ("bulk", "junk", "auto_reply"):
        return True
    if any(values(message, name) for name in _AUTOMATIC_FIELDS):
        return True
    nobody = value(message, "Return-Path").replace(" ", "") == "<>"
    return nobody and subject(message).lower().startswith(_AUTOMATIC_SUBJECTS)


def is_disowned(message: Message) -> bool:
    """Whether the server that took the mail in found that its sender's domain did not send it.

    Anybody can add such a field; the worst that this does is that a person looks at the mail.
    """
    return any("dmarc=fail" in field.lower() for field in values(message, "Authentication-Results"))
