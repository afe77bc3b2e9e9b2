"""A paragraph reads on over the ends of its lines; what is a block of its own in Markdown stays one."""

import pytest

from aarshjul.cli.difference_lines import plain
from aarshjul.core.difference_report import report_of_texts
from aarshjul.core.text_differences import unwrapped


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Aftalerne fornyes\npr. kommune.", "Aftalerne fornyes pr. kommune."),
        ("Et afsnit\nover to linjer.\n\nEt til.\n", "Et afsnit over to linjer.\n\nEt til.\n"),
        ("- en\n- to\n  som går videre", "- en\n- to som går videre"),
        ("1. en\n2. to", "1. en\n2. to"),
        ("Som følger:\n- en\n* to", "Som følger:\n- en\n* to"),
        ("# Titel\ntekst\nvidere", "# Titel\ntekst videre"),
        ("Titel\n=====\ntekst", "Titel\n=====\ntekst"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |"),
        ("a | b\n--- | ---\n1 | 2", "a | b\n--- | ---\n1 | 2"),
        ("> citat\n> videre", "> citat\n> videre"),
        ("hårdt  \nbrud\\\nher", "hårdt  \nbrud\\\nher"),
        ("```\na\nb\n```\nefter\ndet", "```\na\nb\n```\nefter det"),
        ("    kode\n    mere", "    kode\n    mere"),
        ("", ""),
    ],
)
def test_lines_of_one_paragraph_are_one(text: str, wanted: str) -> None:
    assert unwrapped(text) == wanted


def test_a_paragraph_that_was_broken_elsewhere_shows_only_its_new_word() -> None:
    before = "Virksomheder i alle\n11 kommuner får vejledning."
    after = "Virksomheder i alle 11\nkommuner får god vejledning."
    assert plain(report_of_texts(before, after, "da"), "da") == (
        "Teksten\n  Virksomheder i alle 11 kommuner får {+god +}vejledning.\n"
    )


def test_where_nothing_but_line_ends_changed_that_is_shown() -> None:
    (section,) = report_of_texts("to linjer\nher", "to linjer her", "da")
    assert any("\n" in piece.text for piece in section.lines[0].pieces)
