"""A document as HTML that Outlook, phones and dark screens show as it was meant."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from notifications.document import Document

_FOLDER = Path(__file__).parent / "words"


def as_html(document: Document) -> str:
    """The whole message: tables and inline styles, nothing fetched from anywhere, every value escaped."""
    return _layout().render(document=document)


@cache
def _layout() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    return environment.get_template("layout.html.j2")
