"""Numbers as people type them, from a table written by hand: nothing that could be read in two ways is guessed."""

import pytest

from aarshjul.web.scores.numbers import typed_number

DANISH = {
    "45,5": "45.5",
    "45.5": "45.5",
    "45": "45",
    " 45,50 % ": "45.50",
    "-2,33": "-2.33",
    "\u22122,33": "-2.33",
    "+3": "+3",
    "0,125": "0.125",
    "1.234,5": "1234.5",
    "1 234,5": "1234.5",
    "1\u00a0234": "1234",
    "1.234.567": "1234567",
    "1.234": None,
    "1,234": "1.234",
    "1,234,567": None,
    "12.34,5": None,
    "1,5,5": None,
    "1.5.5": None,
    "": None,
    "x": None,
    "4e3": None,
    "nan": None,
    "inf": None,
    "true": None,
    "%": None,
    "--1": None,
    "9" * 61: None,
    "\u0663": None,
}


@pytest.mark.parametrize(("typed", "read"), DANISH.items())
def test_a_danish_number(typed: str, read: str | None) -> None:
    assert typed_number(typed, "da") == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("45.5", "45.5"),
        ("45,5", "45.5"),
        ("1,234.5", "1234.5"),
        ("1,234", None),
        ("1.234", "1.234"),
        ("1.234,5", None),
        ("1,234,567", "1234567"),
    ],
)
def test_an_english_number(typed: str, read: str | None) -> None:
    assert typed_number(typed, "en") == read
