"""Header fields of RFC 5322 in ASCII, folded, whatever people typed: nothing in a value can become a header."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from email.charset import SHORTEST, Charset
from email.header import Header
from email.utils import format_datetime
from functools import cache, lru_cache

from calendars.address import Address
from calendars.text import one_line
from notifications.errors import NotificationError

_LONGEST_LINE = 998  # RFC 5322, 2.1.1
_FOLD_AT = 76
_LONGEST_NAME = 200
_LONGEST_SUBJECT = 250


def mailboxes(header: str, addresses: Sequence[Address]) -> str:
    """A field of one or several addresses, each on a line of its own."""
    first, *others = addresses
    # From the second on, an address begins a line: what its name may take is counted from there.
    return "".join(
        [f"{header}:", _mailbox(header, first), *(f",\r\n{_mailbox('', each)}" for each in others), "\r\n"]
    )


@lru_cache(maxsize=512)
def subject(text: str) -> str:
    """The subject field; kept, as a reminder's many readers get the same one."""
    line = one_line(text[:_LONGEST_SUBJECT])
    fits = len("Subject: ") + len(line) <= _FOLD_AT
    return f"Subject: {line if _stands(line) and fits else _encoded('Subject', line)}\r\n"


def date(moment: datetime) -> str:
    """The date field, on the clocks of the moment's own zone."""
    # Equal moments of two zones are one key to a cache: the offset tells them apart.
    return _date(moment, moment.utcoffset())


def duty(key: str) -> str:
    """A duty's key on one line as it is, so that it can be searched for; encoded only where it could not stand.

    Raises:
        NotificationError: for a key that no header can carry.
    """
    header = "X-Aarshjul-Duty"
    if " " not in key and _stands(key) and len(header) + 2 + len(key) <= _LONGEST_LINE:
        return f"{header}: {key}\r\n"
    if key != one_line(key):
        raise NotificationError(f"duty key {key!r:.80} has white space that a header would lose")
    return f"{header}: {_encoded(header, key)}\r\n"


def unsubscribe(uris: tuple[str, ...]) -> str:
    """Where to stop what is not owed (RFC 2369), and that one click does it where the web takes it (RFC 8058)."""
    if not uris:
        return ""
    listed = ",\r\n ".join(f"<{uri}>" for uri in uris)
    click = any(uri.startswith("https://") for uri in uris)
    post = "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" if click else ""
    return f"List-Unsubscribe: {listed}\r\n{post}"


@lru_cache(maxsize=64)
def _date(moment: datetime, offset: timedelta | None) -> str:  # noqa: ARG001 -- part of what it is kept by
    return f"Date: {format_datetime(moment)}\r\n"


@lru_cache(maxsize=2048)
def _mailbox(header: str, address: Address) -> str:
    """What follows the header's colon: name and address, the name as a quoted string or as encoded words."""
    name = one_line(address.name)[:_LONGEST_NAME].rstrip()
    if not name:
        return f" {address.wire}"
    if _stands(name) and len(name) <= 60:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        shown = f'"{quoted}"'
    else:
        # Given a whole line, all but very long names are one encoded word: Python's own parser puts a space
        # between two of them.
        shown = _encoded("", name)
    first = shown.split("\r\n", 1)[0]
    value = f" {shown}" if not header or len(header) + 2 + len(first) <= _FOLD_AT else f"\r\n {shown}"
    fits = len(f"{header}:{value} <{address.wire}>".rsplit("\r\n", 1)[-1]) <= _FOLD_AT
    return f"{value} <{address.wire}>" if fits else f"{value}\r\n <{address.wire}>"


def _stands(line: str) -> bool:
    """Whether a reader takes the text as it is, not as encoded words."""
    return line.isascii() and "=?" not in line


def _encoded(header: str, text: str) -> str:
    """RFC 2047 encoded words, split between characters; for ASCII too, as folding would change its spaces."""
    charset = _utf8()
    word = charset.header_encode(text)
    if len(word) <= _FOLD_AT - (len(header) + 2 if header else 0):
        return word  # what the standard library finds too, after trying it with every character
    return Header(text, charset, maxlinelen=_FOLD_AT, header_name=header or None).encode(linesep="\r\n")


@cache
def _utf8() -> Charset:
    """UTF-8, encoded in whichever way is shorter.

    Said here, as Apprise changes the default for the whole process: the bytes would depend on who came first.
    """
    charset = Charset("utf-8")
    charset.header_encoding = SHORTEST
    return charset
