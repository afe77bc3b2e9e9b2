"""A mail written anew without addresses and secrets: its headers, each of its parts, and mails within it."""

import re
from binascii import b2a_qp
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP
from typing import cast

from aarshjul.acts.leaving_out import LeavingOut, holds_address

_POLICY = SMTP.clone(max_line_length=0, utf8=True)
_SOFT_BREAK = re.compile(r"=\r?\n")
DEEPEST = 8
_UNREADABLE = (MessageError, ValueError, LookupError, TypeError, AttributeError, NameError, RecursionError)
"""What the parser of mails raises for what somebody sent to hurt it; brackets in brackets, for one."""


def mail_without(leaving_out: LeavingOut, payload: bytes) -> bytes | None:
    """The mail as bytes, the same for the same mail; None where something of it cannot be looked into.

    What a person sees of it stays as it was; parts that are no text (a mail attached as a file) are emptied.
    """
    try:
        mail = message_from_bytes(payload, policy=_POLICY)
        _rewrite(leaving_out, mail, depth=0)
        made = mail.as_bytes(policy=_POLICY)
        return made if is_clean(made) else None
    except _UNREADABLE:
        return None


def is_clean(payload: bytes) -> bool:
    """Whether no address can be read in a mail, in whatever way its parts are written."""
    mail = message_from_bytes(payload, policy=_POLICY)
    for part in mail.walk():
        said = "\n".join(f"{name}: {value}" for name, value in part.items())
        if part.get_content_maintype() == "text":
            body = part.get_payload(decode=True)
            said += "\n\n" + (body.decode(errors="replace") if isinstance(body, bytes) else "")
        if holds_address(said):
            return False
    return not holds_address(_SOFT_BREAK.sub("", payload.decode(errors="replace")))


def _rewrite(leaving_out: LeavingOut, part: EmailMessage, depth: int) -> None:
    if depth > DEEPEST:
        msg = "parts within parts within parts"
        raise ValueError(msg)
    _headers(leaving_out, part)
    if part.is_multipart():
        if part.get_content_maintype() == "multipart" and not part.get_boundary():
            part.set_boundary("=_left_out")
        for inner in cast("list[EmailMessage]", part.get_payload()):
            _rewrite(leaving_out, inner, depth + 1)
    elif part.get_content_maintype() == "text":
        _text(leaving_out, part)
    else:
        _replace(part, "")


def _headers(leaving_out: LeavingOut, part: EmailMessage) -> None:
    named = [(name, " ".join(str(value).split())) for name, value in part.items()]
    for name, _ in named:
        del part[name]
    for name, value in named:
        part[name] = leaving_out.text(value)


def _text(leaving_out: LeavingOut, part: EmailMessage) -> None:
    text = str(part.get_content())
    is_calendar = part.get_content_subtype() == "calendar"
    _replace(part, leaving_out.calendar(text) if is_calendar else leaving_out.text(text))


def _replace(part: EmailMessage, text: str) -> None:
    """Put a text into a part, in quoted-printable; its kind stays."""
    body = b2a_qp(text.replace("\r\n", "\n").replace("\n", "\r\n").encode(), istext=True).decode("ascii")
    del part["Content-Transfer-Encoding"]
    part["Content-Transfer-Encoding"] = "quoted-printable"
    if part.get_content_maintype() == "text":
        part.set_param("charset", "utf-8")
    part.set_payload(body.replace("\r\n", "\n"))
