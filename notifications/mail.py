"""A letter as an RFC 5322 message, the same bytes each time: a resend is the same message.

The parts are put together here rather than by `email.message.EmailMessage`, which folds a long header token
(a duty's key) into encoded words and takes several times as long; the tests read every message back with it.
"""

from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256

from notifications import mail_headers as headers
from notifications.document import Document
from notifications.html import html_pieces
from notifications.letter import Letter
from notifications.plain import text_pieces
from notifications.wording import worded

_LONGEST_LINE = 998  # RFC 5322, 2.1.1
_ATTACHED = 'Content-Disposition: attachment; filename="mail.eml"\r\n'


def compose(letter: Letter) -> bytes:
    """The message as it goes to the mail server: CRLF, ASCII, no line over 998 octets.

    Raises:
        NotificationError: for a duty key that no header can carry.
    """
    document = worded(letter)
    content = _alternatives(letter, document)
    if letter.attachment is not None:
        content = _with_attachment(content, letter.attachment, _digest(letter.duties[0]))
    return "".join(_fields(letter, document)).encode("ascii") + content


def reference(key: str) -> str:
    """The local part of the Message-ID of the message that a duty's key names."""
    return f"{_digest(key)}.aarshjul"


def message_id(letter: Letter) -> str:
    """The Message-ID: of the first duty, at the sender's domain."""
    return f"<{reference(letter.duties[0])}@{letter.sender.domain}>"


def _fields(letter: Letter, document: Document) -> list[str]:
    """The header but for the kind of content, which follows."""
    return [
        headers.mailboxes("From", (letter.sender,)),
        headers.mailboxes("To", (letter.recipient.address,)),
        headers.mailboxes("Cc", letter.copies) if letter.copies else "",
        headers.mailboxes("Reply-To", (letter.reply_to,)) if letter.reply_to else "",
        headers.subject(document.subject),
        headers.date(letter.on),
        f"Message-ID: {message_id(letter)}\r\n",
        _thread(letter),
        "Auto-Submitted: auto-generated\r\n",
        f"Content-Language: {letter.language}\r\n",
        headers.unsubscribe(letter.unsubscribe),
        *(headers.duty(key) for key in letter.served),
        "MIME-Version: 1.0\r\n",
    ]


def _thread(letter: Letter) -> str:
    """The first message about the milestone, so that mail programs show the two together; never itself."""
    if letter.thread is None or letter.thread == letter.duties[0]:
        return ""
    first = f"<{reference(letter.thread)}@{letter.sender.domain}>"
    return f"In-Reply-To: {first}\r\nReferences: {first}\r\n"


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:40]


def _alternatives(letter: Letter, document: Document) -> bytes:
    """The same said as text, as HTML, and as a calendar entry where it is about one."""
    parts = [
        _text("text/plain", map(_kept, text_pieces(document))),
        _text("text/html", map(_kept, html_pieces(document))),
    ]
    if letter.invite is not None:
        calendar = f"text/calendar; method={letter.invite.method.value}"
        parts.append(_text(calendar, [_quoted(letter.invite.ics)]))
    # No quoted-printable part can hold '=_': there, '=' is followed by a hex digit or the end of the line.
    return _multipart("alternative", f"=_{_digest(letter.duties[0])}", parts)


def _with_attachment(content: bytes, mail: bytes, digest: str) -> bytes:
    """Behind the content the mail itself, untouched: as a message where lines and signs allow, else as a file.

    A mail that holds our boundary would end its part early, so it goes as a file as well.
    """
    if _is_plain(mail) and digest.encode() not in mail:
        part = (
            f"Content-Type: message/rfc822\r\n{_ATTACHED}Content-Transfer-Encoding: 7bit\r\n\r\n".encode()
            + mail
        )
    else:
        part = f"Content-Type: application/octet-stream\r\n{_ATTACHED}Content-Transfer-Encoding: base64\r\n\r\n".encode()
        part += encodebytes(mail).rstrip(b"\n").replace(b"\n", b"\r\n")
    return _multipart("mixed", f"=_m.{digest}", [content, part + b"\r\n"])


def _is_plain(mail: bytes) -> bool:
    """Whether it can travel as it is (RFC 2045, 7bit): ASCII without NUL, lines ended by CRLF and not too long."""
    ends = mail.count(b"\n") == mail.count(b"\r\n") == mail.count(b"\r")
    short = max(map(len, mail.split(b"\r\n"))) <= _LONGEST_LINE
    return bool(mail) and mail.isascii() and b"\0" not in mail and ends and short


def _multipart(subtype: str, boundary: str, parts: list[bytes]) -> bytes:
    """The Content-Type field, the empty line and the parts between their borders."""
    head = f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"\r\n\r\n'.encode("ascii")
    border = f"--{boundary}".encode("ascii")
    return b"".join([head, *(border + b"\r\n" + part for part in parts), border, b"--\r\n"])


def _text(content_type: str, lines: Iterable[bytes]) -> bytes:
    """A MIME part of lines in quoted-printable."""
    head = f"Content-Type: {content_type}; charset=UTF-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    return b"".join([head.encode("ascii"), b"\r\n", *lines, b"\r\n"])


@lru_cache(maxsize=512)
def _kept(lines: str) -> bytes:
    """Whole lines in quoted-printable, which looks at each line alone; kept, as many messages share them."""
    return _quoted(lines.encode())


def _quoted(text: bytes) -> bytes:
    """Quoted-printable, with CRLF."""
    return b2a_qp(text.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), istext=True)
