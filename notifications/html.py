"""A document as HTML that Outlook, phones and dark screens show as it was meant."""

from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from notifications.document import Block, Document

_FOLDER = Path(__file__).parent / "words"


def as_html(document: Document) -> str:
    """The whole message: tables and inline styles, nothing fetched from anywhere, every value escaped."""
    return _template("layout").render(document=document, blocks=map(_shown, document.blocks))


@lru_cache(maxsize=256)
def _shown(block: Block) -> Markup:
    """One block; kept, as a reminder's many readers get the same ones but for the greeting."""
    return Markup(_template("block").render(block=block))  # noqa: S704 -- the template has escaped its values


@cache
def _template(name: str) -> Template:
    return _environment().get_template(f"{name}.html.j2")


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
