"""A message as text for a coordinator: what its reader got, but for the links that are the reader's alone."""

import json
import re
from datetime import datetime
from email import message_from_bytes, policy
from typing import Any

from sqlmodel import Session

from aarshjul.core.errors import Invalid, Refused
from aarshjul.settings import Settings
from models.loading import load_cycles
from models.message import Message
from notifications.channels import renderer

_SECRET = re.compile(r"(/(?:p|calendars|unsubscribe|login)/)[^\s/?#<>\"')\]]+", re.IGNORECASE)
_LONG = re.compile(r"(/)[A-Za-z0-9_~.-]{32,}")
_HIDDEN = "\\1…"


def message_text(session: Session, settings: Settings, message: Message, now: datetime) -> str | None:
    """Subject and text as they were sent, else as they would be now; None where they cannot be written.

    Whoever reads a personal link can act as its reader: such links are left out.
    """
    try:
        payload = message.payload
        if payload is None:
            views = load_cycles(session, [message.cycle_id])
            payload = renderer(settings, message.channel)(session, [message], views, now)(message).payload
        text = _readable(payload, message.channel)
    except (Refused, Invalid, LookupError, ValueError):  # a page says so: there is nothing to be shown
        return None
    return _LONG.sub(_HIDDEN, _SECRET.sub(_HIDDEN, text))


def _readable(payload: bytes, channel: str) -> str:
    if channel == "email":
        mail = message_from_bytes(payload, policy=policy.default)
        part = mail.get_body(preferencelist=("plain",))
        return f"{mail['Subject']}\n\n{str(part.get_content()).strip() if part else ''}"
    if channel == "teams":
        cards = json.loads(payload).get("attachments", [])
        return "\n".join(line for each in cards for line in _lines(each.get("content", {})))
    return payload.decode(errors="replace").strip()


def _lines(element: dict[str, Any]) -> list[str]:
    """The words of an Adaptive Card, in their order."""
    own = [str(element["text"])] if element.get("text") else []
    facts = [f"{fact.get('title')}: {fact.get('value')}" for fact in element.get("facts", [])]
    inner = [
        line
        for name in ("body", "items", "columns")
        for each in element.get(name, [])
        for line in _lines(each)
    ]
    return [*own, *facts, *inner]
