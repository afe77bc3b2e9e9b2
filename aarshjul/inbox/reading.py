"""Octets from a mailbox to a `Mail`: whatever they are, it neither fails nor takes long."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32
from hashlib import sha256

from aarshjul.core.duties import DutyKind
from aarshjul.inbox import headers
from aarshjul.inbox.mail import Mail
from aarshjul.inbox.reports import read_report
from calendars.reply import Reply, ReplyError, read_reply

LARGEST = 10 * 1024 * 1024  # octets: what is larger is not fetched
LONGEST_HEAD = 256 * 1024
_MOST_NESTED = 60  # a part in a part costs the parser a look at every line
_MOST_LINES = 400_000  # a mail of 10 MB in base64 has 140,000
_MOST_PARTS = 500
_MAIL_SYSTEM = re.compile(r"(mailer-daemon|postmaster|microsoftexchange[0-9a-f]*)@")
_UNSUBSCRIBE = re.compile(r"unsubscribe\s+(\S{1,600})", re.IGNORECASE)
_NESTS = re.compile(rb"boundary\s*=|content-type:\s*message/", re.IGNORECASE)


def read_mail(raw: bytes) -> Mail:
    """A whole mail, read as far as it can be."""
    if len(raw) > LARGEST:
        return read_head(raw[:LONGEST_HEAD], len(raw))
    head, body = _split(raw)
    try:
        message = _parsed(raw, head)
        parts = _parts(message)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        # the parser of the standard library promises not to fail; on what people send, it does
        return _from_head(_only_head(head), size=len(raw), fingerprint=_fingerprint(head, body), damaged=True)
    texts = [_text(part) for part in parts if _is_calendar(part)]
    calendars, broken = _calendars(texts)
    return _from_head(
        message,
        size=len(raw),
        fingerprint=_fingerprint(head, body),
        damaged=len(parts) > _MOST_PARTS,
        report=read_report(message, _parts(message, into_mails=True)),
        calendars=calendars,
        calendar_broken=broken,
    )


def read_head(head: bytes, size: int) -> Mail:
    """A mail too large to be fetched, from the beginning of it."""
    head, _ = _split(head[:LONGEST_HEAD])
    fingerprint = _fingerprint(head, str(size).encode())
    return _from_head(_only_head(head), size=size, fingerprint=fingerprint, whole=False)


def _split(raw: bytes) -> tuple[bytes, bytes]:
    """Head and body, both with plain newlines: servers hand out the same mail with either kind."""
    head, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    return head, body


def _only_head(head: bytes) -> Message:
    return BytesHeaderParser(policy=compat32).parsebytes(head[:LONGEST_HEAD])


def _parsed(raw: bytes, head: bytes) -> Message:
    nests = len(_NESTS.findall(raw)) > _MOST_NESTED
    if nests or raw.count(b"\n") > _MOST_LINES or len(head) > LONGEST_HEAD:
        msg = "this mail would take minutes to read"
        raise ValueError(msg)
    return message_from_bytes(raw, policy=compat32)


def _fingerprint(head: bytes, body: bytes) -> str:
    """Of what the sender wrote; the fields that servers add on the way differ for the same mail come twice."""
    message = _only_head(head)
    digest = sha256()
    for name in ("Message-ID", "From", "Date", "Subject"):
        for value in headers.values(message, name):
            digest.update(f"{name}:{value}\n".encode("utf-8", "replace"))
    digest.update(body)
    return digest.hexdigest()


def _from_head(message: Message, *, size: int, fingerprint: str, **found: object) -> Mail:
    senders = headers.addresses(message, "From")
    subject = headers.subject(message)
    token = _UNSUBSCRIBE.fullmatch(subject)
    receipt = "report-type=disposition-notification"
    return Mail(
        fingerprint=fingerprint,
        size=size,
        senders=senders,
        shown=headers.shown_sender(message),
        sender_field=next(iter(headers.addresses(message, "Sender")), None),
        subject=subject,
        references=headers.references(
            headers.values(message, "References") + headers.values(message, "In-Reply-To")
        ),
        sent_at=headers.moment(message),
        duties=tuple(_kinds(headers.values(message, "X-Aarshjul-Duty"))),
        automatic=headers.is_automatic(message),
        receipt=receipt in headers.value(message, "Content-Type").replace('"', "").lower(),
        from_a_mail_system=any(_MAIL_SYSTEM.match(address) for address in senders),
        disowned=headers.is_disowned(message),
        token=token[1] if token else None,
        **found,  # type: ignore[arg-type]
    )


def _kinds(duties: list[str]) -> Iterator[str]:
    """The kinds of the duties that these keys name: `cycle/milestone/revision/kind/offset/person`."""
    for key in duties:
        kind = (*key.split("/"), "", "", "")[3]
        if kind in frozenset(DutyKind):
            yield kind


def _parts(message: Message, *, into_mails: bool = False) -> list[Message]:
    """The parts of a mail in order, one more than we look at at most; those of a mail in it only where asked for."""
    found: list[Message] = []
    waiting = [message]
    while waiting and len(found) <= _MOST_PARTS:
        part = waiting.pop()
        found.append(part)
        payload = part.get_payload()
        enters = into_mails or part.get_content_maintype() == "multipart"
        if isinstance(payload, list) and enters:
            waiting += [each for each in reversed(payload) if isinstance(each, Message)]
    return found


def _is_calendar(part: Message) -> bool:
    if part.get_content_type() in ("text/calendar", "application/ics"):
        return True
    return str(part.get_filename() or "").lower().endswith(".ics")


def _text(part: Message) -> str:
    try:
        octets = part.get_payload(decode=True)
        charset = part.get_content_charset() or "utf-8"
    except (ValueError, LookupError, TypeError, AttributeError):
        octets, charset = None, "utf-8"
    return headers.as_text(octets, charset) if isinstance(octets, bytes) else str(part.get_payload())


def _calendars(texts: list[str]) -> tuple[tuple[Reply, ...], bool]:
    """What can be read, each once (Gmail sends it twice), and whether there is some that cannot."""
    found: dict[Reply, None] = {}
    broken = False
    for text in texts[:20]:
        try:
            found[read_reply(text)] = None
        except ReplyError:
            broken = True
    return tuple(found), broken
