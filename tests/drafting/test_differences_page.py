"""Differences as a page, in lines and in colours: whatever people wrote stays text, and the marks are heard as well."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.cli.difference_lines import coloured, plain
from aarshjul.core.difference_report import Report, report_of_texts
from aarshjul.core.languages import LANGUAGES, Language
from aarshjul.papers.differences_page import differences_page
from models.draft import Draft
from tests.drafting.goals import BASE, with_leaf, with_nine

ATTACKS = [
    "<script>alert(1)</script>",
    "</del><img src=x onerror=y>",
    '" onmouseover="x',
    "{{ 7 * 7 }} {word} {0.__class__} %s",
    "&lt;b&gt;",
    "\u202eetlatno\u202c",
    "]]> <!-- -->",
]

TAGS = {
    "header",
    "p",
    "h1",
    "h2",
    "h3",
    "span",
    "section",
    "div",
    "b",
    "del",
    "ins",
    "main",
    "footer",
    "body",
    "html",
}


def version(number: int, text: str = "") -> Draft:
    return Draft(
        cycle_id="c",
        version=number,
        round=1,
        text=text,
        hash=f"{number}" * 64,
        submitted_by="holder",
        submitted_at=datetime(2022, 9, 29, 22, 30, tzinfo=UTC),
    )


def page_of(report: Report, title: str = "Kontrakt", language: str = "da") -> str:
    spoken: Language = "en" if language == "en" else "da"
    return differences_page(title, version(1), version(2), report, spoken, UTC).html


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_people_wrote_is_text_on_the_page(attack: str) -> None:
    page = page_of(
        report_of_texts(f"# {attack}\n\nFør {attack}", f"# {attack}\n\nNu {attack}!", "da"), attack
    )
    assert not re.search(r"<(script|img|b>)|<[^>]*\son\w+=", page)
    assert "\u202e" not in page
    body = page.partition("<main>")[2]
    assert set(re.findall(r"</?(\w+)", body)) <= TAGS
    shown = unescape(re.sub(r"<[^>]*>", "", body))
    assert attack.replace("\u202e", "").replace("\u202c", "") in shown


@given(before=st.text(max_size=40), after=st.text(max_size=40))
@settings(max_examples=40, deadline=None)
def test_any_two_texts_make_a_page(before: str, after: str) -> None:
    report = report_of_texts(before, after, "en")
    page = page_of(report)
    assert page.count("<del>") - page.count("</del>") == page.count("<ins>") - page.count("</ins>") == 0
    plain(report, "en")
    list(coloured(report, "en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_hears_the_page_hears_what_went_and_what_came(language: str) -> None:
    report = report_of_texts("Mindst 60", "Mindst 75", "en" if language == "en" else "da")
    page = page_of(report, language=language)
    heard = re.findall(
        r'<(del|ins)><span class="heard"> \[([^<]*) </span>(\d+)<span class="heard"> (\w+)\]', page
    )
    gone, new, end = ("udgået:", "tilføjet:", "slut") if language == "da" else ("removed:", "added:", "end")
    assert heard == [("del", gone, "60", end), ("ins", new, "75", end)]
    assert f'<html lang="{language}">' in page


def test_the_page_says_which_versions_with_their_days_and_whole_hashes() -> None:
    page = page_of(())
    assert "Fra version 1 (29. september 2022) til version 2 (29. september 2022)" in page
    assert "1" * 64 in page
    assert "De to versioner siger det samme." in page


def test_two_zones_can_have_two_days() -> None:
    from zoneinfo import ZoneInfo

    page = differences_page("K", version(1), version(2), (), "en", ZoneInfo("Europe/Copenhagen")).html
    assert "version 1 (30 September 2022)" in page


def test_headings_go_down_by_one_level() -> None:
    from aarshjul.core.difference_report import report_of_contracts

    page = page_of(report_of_contracts(BASE, with_leaf(source="ERST"), "da"))
    assert re.findall(r"<h(\d)", page) == ["1", "2", "3"]


def test_lines_for_files_have_marks_and_no_colours() -> None:
    from aarshjul.core.difference_report import report_of_contracts

    after = with_nine(text="- Første.\n- Anden.", title="Mål ni")
    assert plain(report_of_contracts(BASE, after, "da"), "da") == (
        "Mål 9: Mål ni\n  titel: Mål [-9-]{+ni+}\n  tekst: {+- Første.\n  - Anden.+}\n"
    )
    assert plain((), "da") == ""


def test_a_terminal_gets_the_same_words_in_colours() -> None:
    report = report_of_texts("Mindst 60", "Mindst 75", "da")
    lines = list(coloured(report, "da"))
    assert [line.plain for line in lines] == ["Teksten", "  Mindst 6075"]
    assert {str(span.style) for span in lines[1].spans} == {"red strike", "green underline"}
