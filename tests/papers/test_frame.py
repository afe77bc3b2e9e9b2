"""The frame of all papers: whole, fetching nothing, and the same bytes each time."""

import re
from pathlib import Path

import pytest
from markupsafe import Markup

from aarshjul.papers.frame import as_pdf, paper
from aarshjul.papers.markdown import safe_html

PAGE = paper(
    'Dag"sorden </title><script>',
    "da",
    Markup("<h2>Mål</h2>"),
    subtitle="<b>\u202e18. november",
    foot="abc & æ",
).html


def test_what_is_given_as_text_is_text() -> None:
    assert "<script" not in PAGE
    assert "<b>" not in PAGE
    assert "\u202e" not in PAGE
    assert "<h2>Mål</h2>" in PAGE
    assert "abc &amp; æ" in PAGE


def test_page_fetches_nothing() -> None:
    assert not re.search(r"(?i)\b(src|href|action)=|url\(|@import|<link", PAGE)
    assert "default-src 'none'" in PAGE


def test_page_says_its_language_and_has_one_heading_of_the_first_level() -> None:
    assert '<html lang="da">' in PAGE
    assert PAGE.count("<h1") == 1
    assert PAGE.count("<main>") == 1


def test_pdf_is_the_same_each_time() -> None:
    page = paper("Mål", "en", safe_html("# A\n\n- b\n\n|c|\n|-|\n|d|\n\n[e](https://example.org)"))
    first = as_pdf(page)
    assert first.startswith(b"%PDF-")
    assert first == as_pdf(page)


def test_pdf_reads_no_file_and_asks_nobody(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("main::before { content: 'x' }", encoding="utf-8")
    body = Markup('<link rel="stylesheet" href="{}"><img alt="" src="http://127.0.0.1:9/x.png">')
    plain = as_pdf(paper("A", "da", Markup("<p>b</p>")))
    made = as_pdf(paper("A", "da", body.format(secret.as_uri()) + Markup("<p>b</p>")))
    assert abs(len(made) - len(plain)) < 400
