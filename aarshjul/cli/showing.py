"""A message's bytes in a form that can be read: what was sent, else what would be."""

import json
import sys
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import typer
from sqlmodel import Session

from aarshjul.cli.ledger_words import time
from aarshjul.cli.message_form import Form
from aarshjul.cli.output import print_json
from aarshjul.cli.saving import note, save
from aarshjul.clock import now
from aarshjul.core.errors import Invalid, Refused
from aarshjul.settings import Settings
from models.loading import load_cycles
from models.message import Message
from notifications.channels import renderer

HEADERS = ("From", "To", "Cc", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "X-Aarshjul-Duty")
MOST_DUTIES = 5
_CHANNELS = {Form.CARD: "teams", Form.HTML: "email", Form.EML: "email"}


class CannotShow(Refused):
    """There is nothing to show in that form."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """The bytes of a message over a channel, and in a line what they are."""

    id: int
    key: str
    state: str
    channel: str
    sent: bool
    head: str
    payload: bytes


def read(session: Session, settings: Settings, message: Message, form: Form | None) -> Shown:
    """The bytes that were sent, where that channel has them; else what its words come to at this moment.

    Raises:
        CannotShow: where it cannot be put into words.
    """
    channel = _CHANNELS.get(form or Form.TEXT, message.channel)
    kept = message.payload if channel == message.channel else None
    went = f", {time(message.settled_at)}" if message.settled_at else ""
    how = "" if kept is not None else ", as it would be written now"
    return Shown(
        id=message.id or 0,
        key=message.key,
        state=message.state,
        channel=channel,
        sent=kept is not None,
        head=f"message {message.id}: {message.state}{went}, by {message.channel}{how}",
        payload=kept if kept is not None else _rendered(session, settings, message, channel),
    )


def _rendered(session: Session, settings: Settings, message: Message, channel: str) -> bytes:
    views = load_cycles(session, [message.cycle_id])
    try:
        return renderer(settings, channel)(session, [message], views, now())(message).payload
    except (Refused, Invalid, LookupError) as problem:
        raise CannotShow(f"message {message.id} cannot be written: {problem}") from problem


def write(shown: Shown, form: Form | None) -> None:
    """The message on standard output, in one form; without one headers and text, to be read."""
    if form is Form.JSON:
        print_json(_as_json(shown), indent=2)
    elif form is Form.EML:
        sys.stdout.buffer.write(shown.payload)  # byte for byte
        sys.stdout.buffer.flush()
    elif form is Form.CARD:
        save(shown.payload.decode(), None)
    elif form is Form.HTML:
        save(_part(_mail(shown), "text/html"), None)
    else:
        text = "".join(
            each if each.isprintable() or each == "\n" else " "  # a terminal obeys what is not
            for each in _readable(shown, with_headers=form is None).replace("\r\n", "\n")
        )
        typer.echo(f"{shown.head}\n\n{text}" if form is None else text)
    if form is not None and form is not Form.JSON and not shown.sent:
        note(f"{shown.head}.")


def _readable(shown: Shown, *, with_headers: bool) -> str:
    if shown.channel == "email":
        mail = _mail(shown)
        text = _part(mail, "text/plain").strip()
        named = [line for name in HEADERS for line in _header(name, mail.get_all(name, []))]
        return "\n".join([*named, "", text] if with_headers else [text])
    if shown.channel == "teams":
        return _card_text(json.loads(shown.payload))
    return shown.payload.decode(errors="replace").strip()


def _header(name: str, values: list[str]) -> list[str]:
    """A line for each value; of a great many duties the first few, and how many more."""
    more = len(values) - MOST_DUTIES
    rest = [f"{name}: ... and {more} more"] if more > 0 else []
    return [f"{name}: {value}" for value in values[:MOST_DUTIES]] + rest


def _as_json(shown: Shown) -> dict[str, Any]:
    """One form for programs: the parts that the channel's form has, null for the others."""
    parts: dict[str, Any] = {"headers": None, "text": None, "html": None, "calendar": None, "card": None}
    if shown.channel == "email":
        mail = _mail(shown)
        parts["headers"] = [[name, str(value)] for name, value in mail.items()]
        for key, kind in (("text", "text/plain"), ("html", "text/html"), ("calendar", "text/calendar")):
            parts[key] = _part(mail, kind) or None
    elif shown.channel == "teams":
        parts["card"] = json.loads(shown.payload)
    else:
        parts["text"] = shown.payload.decode(errors="replace")
    named = {"id": shown.id, "key": shown.key, "channel": shown.channel, "state": shown.state}
    return {**named, "sent": shown.sent, **parts}


def _mail(shown: Shown) -> EmailMessage:
    return message_from_bytes(shown.payload, policy=policy.default)


def _part(mail: EmailMessage, kind: str) -> str:
    """The text of the first part of that kind; empty where there is none."""
    for part in mail.walk():
        if part.get_content_type() == kind:
            return str(part.get_content())
    return ""


def _card_text(envelope: dict[str, Any]) -> str:
    """The words of an Adaptive Card, in their order."""
    lines = []
    for attachment in envelope.get("attachments", []):
        content = attachment.get("content", {})
        lines += [line for element in content.get("body", []) for line in _element_text(element)]
        lines += [f"[{action.get('title')}] {action.get('url', '')}" for action in content.get("actions", [])]
    return "\n".join(lines)


def _element_text(element: dict[str, Any]) -> list[str]:
    own = [element["text"]] if element.get("text") else []
    facts = [f"{fact.get('title')}: {fact.get('value')}" for fact in element.get("facts", [])]
    inner = [line for each in element.get("items", []) for line in _element_text(each)]
    return [*own, *facts, *inner]
