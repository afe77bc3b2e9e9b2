"""Dates, times and names in both languages, against a table written by hand."""

from datetime import date

import pytest

from aarshjul.core.cycle import Kind, Telling
from aarshjul.core.duties import DutyKind
from notifications.danish import DANISH
from notifications.english import ENGLISH
from notifications.facts import Owed
from notifications.wording import TONGUES

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


@pytest.mark.parametrize("tongue", TONGUES.values(), ids=TONGUES.keys())
def test_a_tongue_has_a_word_for_everything(tongue: object) -> None:
    assert isinstance(tongue, type(DANISH))
    assert (len(tongue.weekdays), len(tongue.months)) == (7, 12)
    assert set(tongue.kinds) == set(Kind)
    assert set(tongue.asks) == set(tongue.asks_of_others) == set(Owed)
    assert tongue.labels.keys() == DANISH.labels.keys()
    assert tongue.roles.keys() == DANISH.roles.keys()
    assert tongue.bodies.keys() == {"board", "council"}


def test_there_is_a_template_for_each_kind_in_each_language() -> None:
    from notifications.wording import _FOLDER

    kinds = {kind.value for kind in DutyKind} - {"welcome", "publish"}
    for tongue in TONGUES:
        names = {path.stem for path in (_FOLDER / tongue).glob("[!_]*.j2")}
        assert names == kinds
