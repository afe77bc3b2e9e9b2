"""A paper as plain values: headed sections of facts, text and items, from which every form of it is written."""

from dataclasses import dataclass
from typing import Literal

Look = Literal["", "good", "bad", "wait"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A word that says where something stands; its look only underlines what it says."""

    text: str
    look: Look = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """Pairs of a name and lines."""

    pairs: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """Text in Markdown that somebody wrote."""

    markdown: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """A sentence of ours."""

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """Something said or wanted: its number, who or what it is of, the text in Markdown, where it stands, answers to it."""

    text: str
    number: int | None = None
    of: str = ""
    marks: tuple[Mark, ...] = ()
    because: str = ""
    answers: "tuple[Item, ...]" = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Items:
    """Items of one kind under a small heading, or under none."""

    title: str
    items: tuple[Item, ...]


Block = Facts | Words | Note | Items


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A headed part; `title` is plain text."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A whole paper in one language; `kind` stands above the title and `foot` below everything."""

    kind: str
    title: str
    subtitle: str
    language: str
    sections: tuple[Section, ...]
    foot: str = ""
