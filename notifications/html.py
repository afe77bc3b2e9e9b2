"""A document as HTML that Outlook, phones and dark screens show as it was meant."""

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from notifications.document import Block, Document

_FOLDER = Path(__file__).parent / "words"
_BLOCKS = "\0"  # where the layout has them; no text of a document holds this character


def as_html(document: Document) -> str:
    """The whole message: tables and inline styles, nothing fetched from anywhere, every value escaped."""
    return "".join(html_pieces(document))


def html_pieces(document: Document) -> Iterator[str]:
    """The same in pieces of whole lines; those that many messages have in common are made once."""
    head, tail = _layout(document.language, document.subject, document.title)
    yield head
    yield from map(_shown, document.blocks)
    yield tail


@lru_cache(maxsize=64)
def _layout(language: str, subject: str, title: str) -> tuple[str, str]:
    """What stands before the blocks and after them."""
    layout = _environment().get_template("layout.html.j2")
    frame = layout.render(language=language, subject=subject, title=title, blocks=[_BLOCKS])
    head, tail = frame.split(_BLOCKS)
    return head, tail


@lru_cache(maxsize=256)
def _shown(block: Block) -> str:
    """One block; kept, as a reminder's many readers get the same ones but for the greeting."""
    return str(_macros()[block.kind](block))


@cache
def _macros() -> dict[str, Callable[[Block], str]]:
    return vars(_environment().get_template("block.html.j2").module)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
