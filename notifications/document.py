"""A message as blocks, before it is text, HTML or a card: said once, shown three ways."""

from dataclasses import dataclass
from typing import ClassVar

from aarshjul.core.text_differences import Pieces


@dataclass(frozen=True, slots=True)
class Greeting:
    """The salutation; a card that mentions its reader does without."""

    kind: ClassVar[str] = "greeting"
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a message of several parts begins another one."""

    kind: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences, on one line."""

    kind: ClassVar[str] = "paragraph"
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, with their line breaks."""

    kind: ClassVar[str] = "quote"
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values."""

    kind: ClassVar[str] = "facts"
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """One thing a line."""

    kind: ClassVar[str] = "listing"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed in one part of a text: its title, and lines of pieces that stayed, went or came."""

    kind: ClassVar[str] = "changes"
    title: str
    lines: tuple[Pieces, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns under a head; the last one holds figures, the last row the total."""

    kind: ClassVar[str] = "table"
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Button:
    """The one link of a message."""

    kind: ClassVar[str] = "button"
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Signature:
    """The complimentary close, and on the next line who wrote."""

    kind: ClassVar[str] = "signature"
    close: str
    name: str


@dataclass(frozen=True, slots=True)
class Small:
    """Why the message comes, and where a reply to the mail goes.

    `stop` says what the reader can stop, names the link that does it, and holds its address.
    """

    kind: ClassVar[str] = "small"
    why: str
    reply: str
    stop: tuple[str, str, str] | None = None


Block = (
    Greeting | Heading | Paragraph | Quote | Facts | Listing | Changes | Table | Button | Signature | Small
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """What is said: the subject line, the title above the text, and the blocks in their order."""

    language: str
    subject: str
    title: str
    blocks: tuple[Block, ...]
