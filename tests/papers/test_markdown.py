"""Other people's Markdown: what it says is there, and it can do nothing."""

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.papers.markdown import DEEPEST, LONGEST, one_line, safe_html

TAGS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em"}
TAGS |= {"strong", "a", "hr", "br", "table", "thead", "tbody", "tr", "th", "td", "div"}
ATTRIBUTES = {"dir", "rel", "href", "title", "class", "start", "tabindex", "style"}
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\x00\x1b\x85"


class Looking(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(str(html))  # a Markup would escape what the parser takes apart
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def harmless(markdown: str) -> Looking:
    found = Looking(safe_html(markdown))
    assert set(found.tags) <= TAGS
    assert {name for name, _ in found.attributes} <= ATTRIBUTES
    for name, value in found.attributes:
        if name == "href":
            assert re.match(r"(?i)(https?://|mailto:)", value or "")
        if name == "style":
            assert re.fullmatch(r"text-align:(left|right|center)", value or "")
    assert not set(found.text) & set(TURNING)
    return found


ATTACKS = """
<script>alert(1)</script>
<img src=x onerror=alert(1)>
<svg/onload=alert(1)>
<style>*{display:none}</style>
<a href="javascript:alert(1)">x</a>
</main></body><script src=//evil.example></script>
<!-- <p> -->
<![CDATA[<script>]]>
<?php echo 1 ?>
[x](javascript:alert(1))
[x](JaVaScRiPt:alert(1))
[x](javascript&colon;alert(1))
[x](&#x6A;avascript:alert(1))
[x](java%73cript:alert(1))
[x](vbscript:msgbox)
[x](data:text/html;base64,PHNjcmlwdD4=)
[x](file:///etc/passwd)
[x](//evil.example/a)
[x](/relative)
[x](https://ok.example "a\\" onmouseover=alert(1) b")
[x](https://ok.example/"onmouseover=alert(1))
![x](https://evil.example/pixel.png)
![x](data:image/svg+xml,<svg onload=alert(1)>)
<javascript:alert(1)>
<https://ok.example/"onclick=alert(1)>
[x][y]
```"><script>alert(1)</script>
# <b onclick=alert(1)>
| <script> | "onclick= |
&lt;script&gt;alert(1)&lt;/script&gt;
&#x202e;gnp.exe
&#8238;&#x2066;
"""


@pytest.mark.parametrize("attack", ATTACKS.strip().splitlines())
def test_attack_is_text(attack: str) -> None:
    harmless(attack)
    harmless(f"- a\n\n    > {attack}\n\n{attack}\n===\n")
    harmless(f"a | b\n-|-\n{attack} | {attack}\n")


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("[]()<>!*_`#-+|&;:\"' \n\t\\/=ax1~^{}%" + "\u202e\u0627"), max_size=120))
def test_no_text_of_marks_does_anything(markdown: str) -> None:
    harmless(markdown)
    harmless("[x](" + markdown + ")")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.from_regex(r"[a-zæøå0-9]{1,8}", fullmatch=True), max_size=30), st.data())
def test_no_word_is_lost(words: list[str], data: st.DataObject) -> None:
    marks = st.sampled_from(
        [" ", "\n", "\n\n", "\n- ", "\n> ", "\n# ", " ![", "](", ")", " | ", " <", "> ", " **"]
    )
    text = "".join(data.draw(marks) + word for word in words)
    found = harmless(text)
    there = found.text + "".join(value or "" for _, value in found.attributes)
    assert [word for word in words if word not in there] == []


def test_headings_come_below_the_papers_own_and_leave_no_gap() -> None:
    text = "# A\n\n### B\n\n###### C\n\n### D\n\nE\n---\n"
    assert re.findall(r"<(h\d)", safe_html(text, below=2)) == ["h3", "h5", "h6", "h5", "h4"]
    assert re.findall(r"<(h\d)", safe_html(text, below=5)) == ["h6"] * 5


def test_links_to_the_web_and_to_people_work() -> None:
    found = harmless("[a](https://example.org/?a=1&b=2) <http://example.org> [c](mailto:a@example.org)")
    wanted = ["https://example.org/?a=1&b=2", "http://example.org", "mailto:a@example.org"]
    assert [value for name, value in found.attributes if name == "href"] == wanted


def test_a_definition_of_a_link_is_not_hidden() -> None:
    assert "[secret]: https://example.org" in harmless("a\n\n[secret]: https://example.org\n").text


@pytest.mark.parametrize("opening", ["> ", "- ", "1. ", ">- "])
def test_what_is_too_deep_is_shown_as_it_was_written(opening: str) -> None:
    assert opening in harmless(opening * DEEPEST + "inside").text
    assert "inside" in harmless(opening * 3 + "inside").text
    assert opening not in harmless(opening * 3 + "inside").text


SLOW = {
    "brackets": "[",
    "pictures": "![",
    "links": "[a](",
    "quotations": "> ",
    "lists": "- a ",
    "deep lists": "* a\n  ",
    "stars": "*a **b",
    "ticks": "` `` ",
    "entities": "&#x",
    "references": "[a]: b\n[",
    "angles": "<a ",
    "cells": "|a",
    "backslashes": "\\",
    "titles": '[a](b "',
}


@pytest.mark.parametrize("piece", SLOW.values(), ids=SLOW)
@pytest.mark.parametrize("length", [LONGEST, 1_000_000])
def test_a_megabyte_of_marks_takes_seconds(piece: str, length: int) -> None:
    text = piece * (length // len(piece))
    before = time.perf_counter()
    found = safe_html(text)
    assert time.perf_counter() - before < 20  # a machine that others use as well; quadratic would be minutes
    assert len(found) >= len(text.rstrip()) // 2


def test_a_table_that_would_become_a_hundred_times_as_large_is_bounded() -> None:
    text = "|a" * 50_000 + "\n" + "|-" * 50_000 + "\n" + "|b\n" * 200
    assert len(safe_html(text)) < 100 * len(text)


def test_letters_of_other_directions_stay_and_marks_of_direction_go() -> None:
    assert "שלום" in harmless("שלום \u202eabc").text
    assert one_line(" a\u202e\n b\x00\tc ") == "a b c"
