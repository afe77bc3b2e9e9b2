"""PNG, PDF and page: of the asked size, with ink on them, readable by machines, made alike each time."""

import re
import struct
import sys
import zlib
from datetime import date
from html.parser import HTMLParser

import pytest

from aarshjul.wheel.errors import CannotDraw, WheelError
from aarshjul.wheel.images import wheel_pdf, wheel_png
from aarshjul.wheel.page import wheel_page
from aarshjul.wheel.rows import wheel_rows
from tests.wheel.wheels import STRANGE, milestone, wheel, wheel_named

TODAY = date(2022, 11, 18)
YEAR = wheel_named("nordjylland-2023")


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def ink(png: bytes) -> int:
    """How many different bytes the picture's own data has: one colour alone has next to none."""
    data, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += 12 + length
    return len(set(zlib.decompress(data)))


@pytest.mark.parametrize("width", [200, 400, 640, 1600])
def test_png_has_the_asked_width_and_ink(width: int) -> None:
    png = wheel_png(YEAR, language="da", today=TODAY, width=width)
    found, height = size_of(png)
    assert found == width
    assert (height > width) == (width < 640), "a narrow picture has its labels beneath the wheel"
    assert ink(png) > 100
    assert png == wheel_png(YEAR, language="da", today=TODAY, width=width)


@pytest.mark.parametrize("title", STRANGE)
def test_png_of_any_title(title: str) -> None:
    drawn = wheel(milestone("a", "2022-06-01", title=title), title=title)
    assert size_of(wheel_png(drawn, language="da", today=TODAY, width=300))[0] == 300


@pytest.mark.parametrize("width", [-1, 0, 199, 8001, 100_000])
def test_png_of_a_size_that_is_none_is_refused(width: int) -> None:
    with pytest.raises(WheelError, match="from 200 to 8000"):
        wheel_png(YEAR, language="da", today=TODAY, width=width)


def test_png_that_would_be_enormous_is_refused() -> None:
    many = wheel(*(milestone(f"m{number}", "2022-06-01") for number in range(900)))
    with pytest.raises(WheelError, match="too large: choose a smaller width"):
        wheel_png(many, language="da", today=TODAY, width=8000)


def test_pdf_is_tagged_in_its_language_and_the_same_each_time() -> None:
    pdf = wheel_pdf(YEAR, language="da", today=TODAY)
    assert pdf.startswith(b"%PDF-")
    assert pdf == wheel_pdf(YEAR, language="da", today=TODAY)
    streams = [inflated(part) for part in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)]
    text = pdf + b"\n".join(streams)
    assert b"pdfuaid:part" in text
    assert b"/MarkInfo" in text
    assert b"/Lang (da)" in text
    assert b"/Figure" in text
    assert len(re.findall(rb"/S\s*/TR\b", text)) == 1 + len(YEAR.milestones)
    assert len(re.findall(rb"/Type\s*/Page\b", text)) == 2, "the wheel on one page, the table on another"
    assert b"IBM-Plex-Sans" in text or b"IBMPlexSans" in text


def inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


def test_without_pango_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    class Missing:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "weasyprint":
                print("advice of the library's own")  # noqa: T201 -- as the library does
                raise OSError("cannot load library 'libpango-1.0-0'")

    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    with pytest.raises(CannotDraw, match="apt install libpango"):
        wheel_pdf(YEAR, language="da", today=TODAY)


class Reader(HTMLParser):
    """The table of a page, cell by cell, and all that it would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.fetched: list[str] = []
        self.language: str | None = None
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        if tag == "html":
            self.language = facts.get("lang")
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._in_cell = True
        assert tag != "script"
        self.fetched += [str(facts[name]) for name in ("src", "href") if name in facts]

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.rows[-1][-1] += data


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_has_the_table_and_fetches_nothing(language: str) -> None:
    titles = enumerate(STRANGE)
    drawn = wheel(*(milestone(f"m{number}", "2022-06-01", title=title) for number, title in titles))
    reader = Reader()
    page = wheel_page(drawn, language=language, today=TODAY)
    reader.feed(page)
    assert reader.language == language
    assert reader.fetched == []
    assert "@import" not in page
    assert "url(" not in page
    rows = wheel_rows(drawn, language=language, today=TODAY)
    assert [tuple(row) for row in reader.rows[1:]] == [row.cells for row in rows]
    assert page.count("<svg") == 2
