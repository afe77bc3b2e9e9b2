"""Widths are those of the font that we bring, and what is cut to a width has it."""

from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from aarshjul.wheel.lettering import ELLIPSIS, clean, has_all_letters, shorten, width_of, wrap
from aarshjul.wheel.page import FACES, FONTS
from aarshjul.wheel.spread import spread

TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs", "Mn")), max_size=120)


@pytest.mark.parametrize(("weight", "name"), FACES.items())
def test_widths_are_those_of_the_font(weight: int, name: str) -> None:
    font = TTFont(FONTS / name)
    names, widths = font.getBestCmap(), font["hmtx"]
    assert font["head"].unitsPerEm == 1000
    for code, glyph in names.items():
        if code >= 32:
            assert width_of(chr(code), 1000, bold=weight == 600) == pytest.approx(widths[glyph][0])
    assert len(names) > 800


def test_the_fonts_come_with_their_licence() -> None:
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


def test_letters_of_the_font_are_known() -> None:
    assert has_all_letters("Årshjulets ærlige øer – ‘så’ … é ł ß Ω Ж")
    assert not has_all_letters("漢字")
    assert not has_all_letters("\U0001f382")


@given(TEXTS, st.floats(60, 600))
def test_shortened_text_fits_and_is_the_beginning(text: str, width: float) -> None:
    text = clean(text)
    short = shorten(text, width, 20)
    assert width_of(short, 20) <= width + 1e-6
    assert short == text or (short.endswith(ELLIPSIS) and text.startswith(short[:-1]))


@given(TEXTS, st.floats(60, 600), st.integers(1, 3))
def test_wrapped_lines_fit_and_lose_nothing_but_the_end(text: str, width: float, lines: int) -> None:
    text = clean(text)
    found = wrap(text, width, 20, lines=lines)
    assert 1 <= len(found) <= lines
    assert all(width_of(line, 20) <= width + 1e-6 for line in found)
    said = "".join(found).removesuffix(ELLIPSIS).replace(" ", "")
    assert text.replace(" ", "").startswith(said)


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("Dialogmøde", 400, "Dialogmøde"),
        ("Dialogmøde mellem KKR Nordjylland og bestyrelsen", 300, "Dialogmøde mellem KKR…"),
        ("Ti bestyrelsesmedlemmernesfællesmødedage", 200, "Ti bestyrelsesmedle…"),
        ("Møde, som er langt, og", 130, "Møde, som…"),
    ],
)
def test_shortening_keeps_words_where_that_costs_little(text: str, width: float, short: str) -> None:
    assert shorten(text, width, 20) == short


def test_a_letter_keeps_its_accents_and_a_family_stays_together() -> None:
    assert shorten("a\u0301" * 50, 100, 20).removesuffix(ELLIPSIS).count("\u0301") * 2 == (
        len(shorten("a\u0301" * 50, 100, 20)) - 1
    )
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert shorten(family * 9, 160, 20).removesuffix(ELLIPSIS) in {family * count for count in range(1, 9)}


@pytest.mark.parametrize(
    ("dirty", "text"),
    [
        ("a\r\nb\tc", "a b c"),
        ("a\x00\x1b[31mb", "a[31mb"),
        ("a\u202eb\u2066c\ufeffd", "abcd"),
        ("\ud800a\uffff\ufdd0", "a"),
        ("  to   ord  ", "to ord"),
        ("\u200b", ""),
    ],
)
def test_clean_text_can_stand_anywhere(dirty: str, text: str) -> None:
    assert clean(dirty) == text


PLACES = st.lists(st.floats(-500, 500), min_size=1, max_size=40).map(sorted)


@given(PLACES, st.floats(1, 20))
def test_spread_keeps_order_gaps_and_bounds(wanted: list[float], gap: float) -> None:
    places = spread(wanted, [gap] * (len(wanted) - 1), -900, 900)
    assert all(after - before >= gap - 1e-6 for before, after in pairwise(places))
    assert places[0] >= -900 - 1e-6
    assert places[-1] <= 900 + 1e-6


def test_spread_moves_only_what_must_and_evenly() -> None:
    assert spread([0, 100, 200], [10, 10], -900, 900) == [0, 100, 200]
    assert spread([50, 50], [10], -900, 900) == [45, 55]
    assert spread([0, 0], [10], 0, 900) == [0, 10]
    assert spread([900, 900], [10], 0, 900) == [890, 900]
    assert spread([], [], 0, 1) == []
