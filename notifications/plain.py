"""A document as plain text: what a person reads without HTML, and what a screen reader reads best."""

from collections.abc import Iterator
from functools import lru_cache

from aarshjul.core.text_differences import Mark, Piece
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
from notifications.terms import MARKS
from notifications.tongue import TONGUES

_WIDEST = 60  # of a column: a longer text pushes the figure to the right instead of being cut


def as_text(document: Document) -> str:
    r"""The whole message, lines ended by `\n`; a paragraph is one line, for the reader's own wrapping."""
    return "".join(text_pieces(document))


def text_pieces(document: Document) -> Iterator[str]:
    """The same in pieces of whole lines; those that many messages have in common are made once."""
    yield f"{document.title}\n"
    told = False
    for block in document.blocks:
        if isinstance(block, Changes) and not told and _has_marks(block):
            yield f"\n{_about_marks(document.language)}\n"
            told = True
        yield _shown(block)


def _has_marks(block: Changes) -> bool:
    return any(piece.mark is not Mark.SAME for line in block.lines for piece in line)


def _about_marks(language: str) -> str:
    gone, new = (_marked(Piece(mark=mark, text="…")) for mark in (Mark.REMOVED, Mark.ADDED))
    return TONGUES[language].say(MARKS, gone=gone, new=new)


@lru_cache(maxsize=256)
def _shown(block: Block) -> str:
    """An empty line and the block; nothing where it has nothing to say."""
    text = _block(block)
    return f"\n{text}\n" if text else ""


def _block(block: Block) -> str:  # noqa: PLR0911 -- one for each block
    match block:
        case Greeting(text) | Paragraph(text):
            return text
        case Heading(text):
            return f"{text}\n{'-' * min(len(text), _WIDEST)}"
        case Quote(text):
            return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
        case Facts(rows):
            wide = max(len(label) for label, _ in rows) + 1
            return "\n".join(f"{label + ':':{wide}} {value}" for label, value in rows)
        case Listing(items):
            return "\n".join(f"- {item}" for item in items)
        case Changes(title, lines):
            return "\n".join([title, *(f"- {''.join(map(_marked, line))}" for line in lines)])
        case Table(head, rows):
            return _table(head, rows)
        case Button(label, url):
            return f"{label}: {url}"
        case Signature(close, name):
            return f"{close}\n{name}"
        case Small(why, reply, stop):
            end = f"{stop[0]} {stop[1]}: {stop[2]}" if stop else ""
            return "\n".join(["-- ", *filter(None, (why, reply, end))])


def _marked(piece: Piece) -> str:
    """What went between `[-` and `-]`, what came between `{+` and `+}`."""
    match piece.mark:
        case Mark.REMOVED:
            return f"[-{piece.text}-]"
        case Mark.ADDED:
            return f"{{+{piece.text}+}}"
    return piece.text


def _table(head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    lines = (head, *rows)
    wide = [min(max(len(line[column]) for line in lines), _WIDEST) for column in range(len(head))]
    *left, last = range(len(head))
    return "\n".join(
        "  ".join([*(f"{line[column]:{wide[column]}}" for column in left), f"{line[last]:>{wide[last]}}"])
        for line in lines
    )
