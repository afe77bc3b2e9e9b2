"""Dates, times and names in both languages, against a table written by hand."""

from datetime import date

import pytest

from aarshjul.core.cycle import Kind, Telling
from aarshjul.core.duties import DutyKind
from notifications import terms
from notifications.dates import megabytes
from notifications.facts import Owed
from notifications.tongue import TONGUES

DANISH, ENGLISH = TONGUES["da"], TONGUES["en"]
FRIDAY = date(2022, 11, 18)


@pytest.mark.parametrize(
    ("telling", "danish", "english"),
    [
        (
            Telling(on=FRIDAY, at="10:00", ends="12:00"),
            "fredag den 18. november 2022 kl. 10.00-12.00",
            "Friday 18 November 2022 at 10:00-12:00",
        ),
        (
            Telling(on=FRIDAY, at="09:30"),
            "fredag den 18. november 2022 kl. 09.30",
            "Friday 18 November 2022 at 09:30",
        ),
        (Telling(on=date(2024, 2, 29)), "torsdag den 29. februar 2024", "Thursday 29 February 2024"),
        (Telling(on=date(2023, 1, 1)), "søndag den 1. januar 2023", "Sunday 1 January 2023"),
        (Telling(on=None), "dato følger", "date to follow"),
    ],
)
def test_when(telling: Telling, danish: str, english: str) -> None:
    assert (DANISH.when(telling), ENGLISH.when(telling)) == (danish, english)


@pytest.mark.parametrize(
    ("days", "danish", "english"),
    [
        (0, "i dag", "today"),
        (1, "i morgen", "tomorrow"),
        (2, "om 2 dage", "in 2 days"),
        (-1, "i går", "yesterday"),
        (-3, "for 3 dage siden", "3 days ago"),
    ],
)
def test_how_long_is_left(days: int, danish: str, english: str) -> None:
    assert (DANISH.left(days), ENGLISH.left(days)) == (danish, english)


def test_names_in_a_row() -> None:
    names = ["A", "B", "C"]
    assert [DANISH.joined(names[:count]) for count in range(4)] == ["", "A", "A og B", "A, B og C"]
    assert ENGLISH.joined(names) == "A, B and C"


def test_per_cent_and_ranges() -> None:
    assert (DANISH.share(97, 97), DANISH.share(72, 99)) == ("97 %", "72-99 %")
    assert (ENGLISH.share(97, 97), ENGLISH.share(72, 99)) == ("97%", "72-99%")


@pytest.mark.parametrize(
    ("octets", "danish", "english"),
    [
        (0, "0 kB", "0 kB"),
        (1, "1 kB", "1 kB"),
        (999_999, "1.000 kB", "1,000 kB"),
        (1_000_000, "1,0 MB", "1.0 MB"),
        (31_457_280, "31,5 MB", "31.5 MB"),
    ],
)
def test_sizes(octets: int, danish: str, english: str) -> None:
    assert (megabytes(octets, "da"), megabytes(octets, "en")) == (danish, english)


def test_there_is_a_term_for_everything() -> None:
    assert set(terms.KINDS) == set(Kind)
    assert set(terms.ASKS) == set(terms.ASKS_OF_OTHERS) == set(Owed)
    assert set(terms.MESSAGES) == set(DutyKind)
    assert set(terms.BODIES) == {"board", "council"}


def test_roles_and_bodies_are_named_after_house_and_council() -> None:
    names = {"holder": "Huset {x}", "council": "Rådet"}
    assert DANISH.role("board-chair", **names) == "formand for bestyrelsen for Huset {x}"
    assert ENGLISH.role("jury {holder}", **names) == "a participant (role: jury {holder})"
    assert DANISH.body("council", **names) == "Rådet"
    assert ENGLISH.body("jury", **names) == "jury"


def test_there_is_a_template_for_each_kind_and_no_other() -> None:
    from notifications.wording import _FOLDER

    kinds = {kind.value for kind in DutyKind} - {"welcome", "publish"}
    assert {path.stem for path in _FOLDER.glob("[!_]*.j2")} == kinds | {
        "layout.html",
        "block.html",
        "follow_up",
    }
