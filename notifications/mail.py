"""A letter as an RFC 5322 message, the same bytes each time: a resend is the same message.

The parts are put together here rather than by `email.message.EmailMessage`, which folds a long header token
(a duty's key) into encoded words and takes several times as long; the tests read every message back with it.
"""

from binascii import b2a_qp
from email.header import Header
from email.utils import format_datetime
from functools import lru_cache
from hashlib import sha256

from calendars.address import Address
from calendars.text import one_line
from notifications.document import Document
from notifications.errors import NotificationError
from notifications.html import as_html
from notifications.letter import Letter
from notifications.plain import as_text
from notifications.wording import worded

_LONGEST_LINE = 998  # RFC 5322, 2.1.1
_FOLD_AT = 76
_LONGEST_NAME = 200
_LONGEST_SUBJECT = 250


def compose(letter: Letter) -> bytes:
    """The message as it goes to the mail server: CRLF, ASCII, no line over 998 octets.

    Raises:
        NotificationError: for a duty key that no header can carry.
    """
    document = worded(letter)
    # No quoted-printable part can hold it: there, '=' is followed by a hex digit or the end of the line.
    boundary = f"=_{_digest(letter)}"
    parts = [_part("text/plain", as_text(document).encode()), _part("text/html", as_html(document).encode())]
    if letter.invite is not None:
        method = letter.invite.method.value
        parts.append(_part(f"text/calendar; method={method}", letter.invite.ics))
    head = "".join(_headers(letter, document, boundary)).encode("ascii")
    border = f"--{boundary}".encode("ascii")
    body = b"".join(border + b"\r\n" + part for part in parts)
    return head + b"\r\n" + body + border + b"--\r\n"


def reference(key: str) -> str:
    """The local part of the Message-ID of the message that a duty's key names: answers and bounces quote it."""
    return f"{sha256(key.encode()).hexdigest()[:40]}.aarshjul"


def message_id(letter: Letter) -> str:
    """The Message-ID: of the first duty, at the sender's domain."""
    return f"<{reference(letter.duties[0])}@{letter.sender.domain}>"


def _headers(letter: Letter, document: Document, boundary: str) -> list[str]:
    reply_to = [f"Reply-To:{_mailbox('Reply-To', letter.reply_to)}\r\n"] if letter.reply_to else []
    return [
        f"From:{_mailbox('From', letter.sender)}\r\n",
        f"To:{_mailbox('To', letter.recipient.address)}\r\n",
        *reply_to,
        f"Subject: {_unstructured('Subject', document.subject[:_LONGEST_SUBJECT])}\r\n",
        f"Date: {format_datetime(letter.on)}\r\n",
        f"Message-ID: {message_id(letter)}\r\n",
        "Auto-Submitted: auto-generated\r\n",
        f"Content-Language: {letter.language}\r\n",
        *(f"X-Aarshjul-Duty: {_token(key)}\r\n" for key in letter.duties),
        "MIME-Version: 1.0\r\n",
        f'Content-Type: multipart/alternative;\r\n boundary="{boundary}"\r\n',
    ]


def _digest(letter: Letter) -> str:
    return sha256(letter.duties[0].encode()).hexdigest()[:40]


@lru_cache(maxsize=2048)
def _mailbox(header: str, address: Address) -> str:
    """What follows the header's colon: name and address, the name as a quoted string or as encoded words."""
    name = one_line(address.name)[:_LONGEST_NAME].rstrip()
    if not name:
        return f" {address.wire}"
    if name.isascii() and "=?" not in name and len(name) <= 60:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        shown = f'"{quoted}"'
    else:
        # Given a whole line, all but very long names are one encoded word: Python's own parser puts a space
        # between two of them.
        shown = _encoded("", name)
    first = shown.split("\r\n", 1)[0]
    value = f" {shown}" if len(header) + 2 + len(first) <= _FOLD_AT else f"\r\n {shown}"
    fits = len(f"{header}:{value} <{address.wire}>".rsplit("\r\n", 1)[-1]) <= _FOLD_AT
    return f"{value} <{address.wire}>" if fits else f"{value}\r\n <{address.wire}>"


def _unstructured(header: str, text: str) -> str:
    line = one_line(text)
    if line.isascii() and "=?" not in line and len(header) + 2 + len(line) <= _FOLD_AT:
        return line
    return _encoded(header, line)


def _encoded(header: str, text: str) -> str:
    """RFC 2047 encoded words, split between characters; for ASCII too, as folding would change its spaces."""
    return Header(text, "utf-8", maxlinelen=_FOLD_AT, header_name=header or None).encode(linesep="\r\n")


def _token(key: str) -> str:
    """A key on one line as it is, so that it can be searched for; encoded only where it could not stand."""
    header = "X-Aarshjul-Duty"
    if key.isascii() and " " not in key and "=?" not in key and len(header) + 2 + len(key) <= _LONGEST_LINE:
        return key
    if key != one_line(key):
        raise NotificationError(f"duty key {key!r:.80} has white space that a header would lose")
    return _encoded(header, key)


def _part(content_type: str, body: bytes) -> bytes:
    """A MIME part in quoted-printable, with CRLF."""
    head = f"Content-Type: {content_type}; charset=UTF-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    lines = body.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return head.encode("ascii") + b"\r\n" + b2a_qp(lines, istext=True) + b"\r\n"
