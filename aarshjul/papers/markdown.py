"""Markdown of other people as HTML that can do nothing: no HTML of theirs, no pictures, links to the web and mail alone."""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

LONGEST = 100_000
"""Characters: a longer text is shown as it was written, as the time that its marks would take has no bound."""
DEEPEST = 32
"""Elements within each other (a list is two): what is deeper would be dropped, so such a text is shown as it was written."""
_TURNING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
"""Controls, and marks that turn the reading direction: a page can do without them, and they can lie about a text."""
_LINK = re.compile(r"(?:https?://|mailto:)[^\s]+", re.IGNORECASE)
_TURNS_ITSELF = frozenset({"paragraph_open", "heading_open", "list_item_open", "th_open", "td_open"})


def safe_html(markdown: str, *, below: int = 2) -> Markup:
    """A text in Markdown as HTML, nothing of it left out.

    Args:
        markdown: CommonMark and tables; HTML in it is shown and not followed.
        below: the level of the heading that it stands under: its own headings come after that, without gaps.
    """
    if len(markdown) > LONGEST:
        return as_written(markdown)
    tokens = _parser().parse(markdown)
    if any(token.level >= DEEPEST - 1 for token in tokens):
        return as_written(markdown)
    _lower_headings(tokens, below)
    for token in tokens:
        if token.type in _TURNS_ITSELF:
            token.attrSet("dir", "auto")
    html = _parser().renderer.render(tokens, _parser().options, {})
    return Markup(straight(html))  # noqa: S704 -- made by a renderer that escapes all text


def as_written(text: str) -> Markup:
    """A text without any of its marks, line by line."""
    return Markup(f'<div class="text" dir="auto">{escape(straight(text))}</div>\n')  # noqa: S704 -- escaped here


def straight(text: str) -> str:
    """A text without controls and marks that turn its direction; line feeds and tabs stay."""
    return _TURNING.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """A text on one line, as titles and names stand in a paper."""
    return " ".join(straight(text).split())


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST})
    # A definition of a link is no text of a page, and would be left out.
    parser.enable("table").disable(["image", "reference"])
    parser.validateLink = _may_lead_there  # type: ignore[method-assign, assignment]
    parser.add_render_rule("link_open", _link)
    parser.add_render_rule("table_open", _table)
    parser.add_render_rule("table_close", _table_end)
    return parser


def _may_lead_there(address: str) -> bool:
    return _LINK.fullmatch(address) is not None


def _link(self: Any, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    if not tokens[idx].attrGet("href"):
        tokens[idx].attrs = {}  # it would lead to the page itself
    tokens[idx].attrSet("rel", "noopener noreferrer nofollow")
    return str(self.renderToken(tokens, idx, options, env))


def _table(self: Any, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:  # noqa: ARG001 -- its rules
    return '<div class="table" tabindex="0">\n<table>\n'


def _table_end(self: Any, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:  # noqa: ARG001 -- its rules
    return "</table>\n</div>\n"


def _lower_headings(tokens: Sequence[Token], below: int) -> None:
    """The levels that a text uses, in their order, come right below that of its page."""
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    levels = sorted({token.tag for token in headings})
    for token in headings:
        token.tag = f"h{min(6, below + 1 + levels.index(token.tag))}"
