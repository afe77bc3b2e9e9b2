"""Delivery reports (RFC 3464), as mail servers and Exchange write them."""

import re
from collections.abc import Iterator, Sequence
from email.message import Message
from itertools import islice

from aarshjul.inbox import headers
from aarshjul.inbox.mail import Report, ReportedRecipient
from calendars.reply import comparable
from calendars.text import one_line

LONGEST_TEXT = 500
_MOST_RECIPIENTS = 100
_CODE = re.compile(r"(?<![\d.])([245]\d\d)(?![\d.])")
_XTEXT = re.compile(r"\+([0-9A-F]{2})")


def read_report(message: Message, parts: Sequence[Message]) -> Report | None:
    """The delivery report among the parts of a mail; None where there is none that names a recipient."""
    recipients = [
        recipient
        for part in parts
        if part.get_content_type() == "message/delivery-status"
        for recipient in _recipients(part)
    ]
    if not recipients:
        return None
    names = [*_returned(parts), *headers.references(_answered(message))]
    return Report(recipients=tuple(recipients), references=tuple(dict.fromkeys(names)))


def _recipients(part: Message) -> Iterator[ReportedRecipient]:
    """A recipient a block of fields; the block about the message as a whole names none."""
    payload = part.get_payload()
    blocks = payload if isinstance(payload, list) else []
    for block in islice((block for block in blocks if isinstance(block, Message)), _MOST_RECIPIENTS):
        named = (_address(headers.value(block, name)) for name in ("Final-Recipient", "Original-Recipient"))
        found = tuple(dict.fromkeys(address for group in named for address in group))
        if found:
            text = _said(block)
            code = _CODE.search(text)
            yield ReportedRecipient(
                addresses=found,
                action=headers.value(block, "Action").partition(" ")[0].lower(),
                code=int(code[1]) if code else None,
                text=text,
            )


def _address(field: str) -> Iterator[str]:
    """`rfc822; ADDRESS`, in which the original one may have `+2B` for a plus (RFC 3461)."""
    plain = field.rpartition(";")[2]
    for text in (plain, _XTEXT.sub(lambda code: chr(int(code[1], 16)), plain)):
        if address := comparable(text):
            yield address


def _said(block: Message) -> str:
    """What the mail server said: `smtp; 550 5.1.1 no such user`, without the word in front; else its status."""
    diagnostic = headers.decoded(headers.value(block, "Diagnostic-Code"))
    said = diagnostic.partition(";")[2].strip() or diagnostic
    return one_line(said or headers.value(block, "Status"))[:LONGEST_TEXT]


def _returned(parts: Sequence[Message]) -> Iterator[str]:
    """The names of the returned message, which comes back whole, or its head alone."""
    for part in parts:
        kind = part.get_content_type()
        if kind == "message/rfc822":
            payload = part.get_payload()
            inner = payload[0] if isinstance(payload, list) and payload else None
            if isinstance(inner, Message):
                yield from headers.references(headers.values(inner, "Message-ID"))
        elif kind in ("text/rfc822-headers", "message/rfc822-headers"):
            yield from headers.references(_message_ids(str(part.get_payload())))


def _message_ids(text: str) -> list[str]:
    return re.findall(r"(?im)^Message-ID:\s*(<[^<>\s]{1,300}>)", text[:100_000])


def _answered(message: Message) -> list[str]:
    return headers.values(message, "References") + headers.values(message, "In-Reply-To")
