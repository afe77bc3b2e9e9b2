"""A paper in Markdown does nothing, even in a program that would follow what people wrote in it."""

import re

import pytest
from markdown_it import MarkdownIt

from aarshjul.papers.sheet import Item, Items, Section, Sheet, Words
from aarshjul.papers.sheet_text import as_markdown, as_text

ATTACKS = (
    "<script>alert(1)</script>",
    "\\<script>alert(1)</script>",
    "\\\\<script>alert(1)</script>",
    "`\\`<script>alert(1)</script>",
    "Tal\n\n<img src=x onerror=alert(1)>\n\n<!-- skjult -->",
    "[klik](javascript:alert(1)) [klik]( javascript&colon;alert(1)) [k](<javascript:alert(1)>)",
    "[klik](\njavascript:alert(1))",
    "[klik][a]\n\n[a]: javascript:alert(1)",
    "[klik](data:text/html;base64,PHM+) <javascript:alert(1)>",
    "![p](https://firma.dk/spor.png) \\\\![p](https://firma.dk/spor.png)",
    "</li></ul><SVG onload=alert(1)>",
)


def trusting(markdown: str) -> str:
    """As a program shows it that lets everything through."""
    parser = MarkdownIt("commonmark", {"html": True})
    parser.validateLink = lambda _address: True  # type: ignore[method-assign, assignment]
    return str(parser.render(markdown))


def sheet(text: str) -> Sheet:
    items = Items(title="", items=(Item(text=text, number=1, of="Mål 1", because=text),))
    section = Section(title="Sagt", blocks=(Words(markdown=text), items))
    return Sheet(kind="Referat", title="Møde", subtitle="", language="da", sections=(section,))


@pytest.mark.parametrize("text", ATTACKS)
def test_what_people_wrote_neither_runs_nor_fetches_anything(text: str) -> None:
    html = trusting(as_markdown(sheet(text)))
    assert re.findall(r"<(?:script|img|svg|/?li\b[^>]*on|!--)", html, re.IGNORECASE) == []
    assert re.findall(r'(?:href|src)="(?!https?://|mailto:)[^"]*"', html) == []


def test_all_else_that_people_wrote_stays_as_it_was() -> None:
    said = "**Fed** [kilde](https://firma.dk/a_b) <https://firma.dk> 3 < 4, a<b> `x`\n\n- [ ] rest: ja!"
    assert said.replace("a<b>", "a\\<b>") in as_markdown(sheet(said))
    assert said in as_text(sheet(said))
