"""A letter as the JSON that a Teams workflow is posted: a message with one Adaptive Card."""

import json
import re
from collections.abc import Sequence
from typing import Any

from aarshjul.core.text_differences import Mark, Pieces
from notifications.document import (
    Block,
    Button,
    Changes,
    Document,
    Facts,
    Greeting,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Signature,
    Small,
    Table,
)
from notifications.letter import Letter
from notifications.wording import worded

# Teams refuses a payload of more than 28 kB, so long texts and lists are cut; the mail has them whole.
_MOST_BYTES = 20_000  # of the body: the envelope, its title and the mention come on top
_LONGEST_TEXT = 600
_MOST_ROWS = 16
_MARKDOWN = re.compile(r"([\\`*_\[\]])")

Element = dict[str, Any]


def card(letter: Letter) -> bytes:
    """The payload in UTF-8; `duties` stands in the envelope, where Teams passes over it.

    The recipient is mentioned where a Teams name is known, so that it shows in that person's activity.
    """
    document = worded(letter, mail=False)
    body = _within_limit([element for block in document.blocks for element in _elements(block)])
    if mention := _mention(letter):
        body[0] = {"type": "TextBlock", "text": mention["text"], "wrap": True}  # in place of the greeting
    body.insert(0, _text(document.title, size="Large", weight="Bolder"))
    content: Element = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "lang": letter.language,
        "fallbackText": _plain(document.subject),
        "body": body,
    }
    if actions := [_action(block) for block in document.blocks if isinstance(block, Button)]:
        content["actions"] = actions
    if mention:
        content["msteams"] = {"entities": [mention]}
    return _envelope(letter, document, content)


def _within_limit(elements: list[Element]) -> list[Element]:
    kept, size = [], 0
    for element in elements:
        size += len(json.dumps(element, ensure_ascii=False, indent=1).encode())
        if size > _MOST_BYTES:
            break
        kept.append(element)
    return kept


def _envelope(letter: Letter, document: Document, content: Element) -> bytes:
    message = {
        "type": "message",
        "duties": list(letter.served),
        "to": letter.recipient.teams or letter.recipient.address.email,
        "summary": _plain(document.subject),
        "attachments": [
            {
                "contentType": "application/vnd.microsoft.card.adaptive",
                "contentUrl": None,
                "content": content,
            }
        ],
    }
    return (json.dumps(message, ensure_ascii=False, indent=1) + "\n").encode()


def _mention(letter: Letter) -> Element | None:
    if letter.recipient.teams is None:
        return None
    name = re.sub("[<>]", "", letter.recipient.address.shown)[:_LONGEST_TEXT]
    who = {"id": letter.recipient.teams, "name": name}
    return {"type": "mention", "text": f"<at>{name}</at>", "mentioned": who}


def _elements(block: Block) -> list[Element]:  # noqa: PLR0911 -- one for each block
    """A block as card elements; the close and where a reply goes are for letters."""
    match block:
        case Greeting(text) | Paragraph(text):
            return [_text(text)]
        case Heading(text):
            return [_text(text, weight="Bolder", spacing="Large", separator=True)]
        case Quote(text):
            return [{"type": "Container", "style": "emphasis", "items": [_text(text)]}]
        case Facts(rows):
            return [_facts(rows)]
        case Listing(items):
            return [_text(f"• {item}", spacing="Small") for item in items[:_MOST_ROWS]] + _rest(items)
        case Changes(title, lines):
            said = [_runs(line) for line in lines[:_MOST_ROWS]]
            return [_text(title, weight="Bolder", spacing="Medium"), *said, *_rest(lines)]
        case Table(_, rows):
            return [_facts(tuple((" ".join(row[:-1]).strip(), row[-1]) for row in rows))]
        case Small(why, _, _):
            return [_text(why, size="Small", isSubtle=True)]
        case Button() | Signature():
            return []


def _facts(rows: tuple[tuple[str, str], ...]) -> Element:
    """A fact set; of too many rows the last one, a total, stays."""
    kept = rows if len(rows) <= _MOST_ROWS else (*rows[: _MOST_ROWS - 1], rows[-1])
    return {
        "type": "FactSet",
        "facts": [{"title": _escaped(title), "value": _escaped(value)} for title, value in kept],
    }


def _runs(line: Pieces) -> Element:
    """A line with what went struck out and what came underlined; its runs are no Markdown, so nothing is escaped."""
    looks: dict[Mark, Element] = {
        Mark.SAME: {},
        Mark.REMOVED: {"strikethrough": True, "color": "Attention"},
        Mark.ADDED: {"underline": True, "color": "Good"},
    }
    bullet: Element = {"type": "TextRun", "text": "• "}
    runs = [{"type": "TextRun", "text": _plain(piece.text), **looks[piece.mark]} for piece in line]
    return {"type": "RichTextBlock", "spacing": "Small", "inlines": [bullet, *runs]}


def _rest(items: Sequence[object]) -> list[Element]:
    more = len(items) - _MOST_ROWS
    return [_text(f"+ {more}", spacing="Small")] if more > 0 else []


def _text(text: str, **look: str | bool) -> Element:
    return {"type": "TextBlock", "text": _escaped(text), "wrap": True, **look}


def _action(button: Button) -> Element:
    return {"type": "Action.OpenUrl", "title": button.label, "url": button.url}


def _escaped(text: str) -> str:
    """The text with Markdown's signs made plain, so that no title becomes a link."""
    return _MARKDOWN.sub(r"\\\1", _plain(text))


def _plain(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1].rstrip() + "…"
