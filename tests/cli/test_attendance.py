"""`aarshjul attendance`: the table, JSON and the opening of minutes, and what cannot be asked for."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.cli.running import ID


def test_the_table_and_the_minutes_of_the_example(played: Path, run: Run) -> None:
    said = run("attendance", ID, "dialogue-meeting")
    assert said.code == 0
    for words in ("15 present", "1 represented", "9 absent", "council (KKR Nordjylland): 11 of 13 present"):
        assert words in said.out
    danish, english = (
        run("attendance", ID, "dialogue-meeting", "--minutes", *more) for more in ((), ("--lang", "en"))
    )
    assert "\nTil stede\n" in danish.out
    assert "\nPresent\n" in english.out
    assert danish.out.index("Vesthimmerlands Kommune") < danish.out.index("Aalborg Kommune")


def test_json_holds_what_the_table_holds(played: Path, run: Run) -> None:
    found: dict[str, Any] = run("attendance", ID, "dialogue-meeting", "--json").json
    assert found["recorded"]
    assert len(found["people"]) == 25
    standing = next(each for each in found["people"] if each["person"] == "kkr-morsoe")
    assert (standing["group"], standing["stands_for"]) == ("present", ["kkr-thisted"])
    assert {(each["role"], each["members"], each["present"]) for each in found["bodies"]} >= {
        ("board", 4, 3),
        ("council", 13, 11),
    }


def test_a_decision_that_people_are_invited_to_says_that_nobody_wrote_down_who_came(
    played: Path, run: Run
) -> None:
    said = run("attendance", ID, "kkr-june")
    assert "13 no answer" in said.out
    assert "Who was present is not on record." in said.out


REFUSED = [
    (
        ("results",),
        1,
        "results is a deadline: nobody meets at it; meetings here are board-approval, council-",
    ),
    (("dialogue",), 1, "did you mean `dialogue-meeting`?"),
    (("dialogue-meeting", "--lang", "da"), 2, "add --minutes"),
    (("dialogue-meeting", "--minutes", "--lang", "sv"), 2, "'sv' is not one of 'da', 'en'"),
    (("dialogue-meeting", "--minutes", "--json"), 2, "leave --json out"),
]


@pytest.mark.parametrize(("words", "code", "why"), REFUSED)
def test_what_cannot_be_asked_is_said(
    imported: Path, run: Run, words: tuple[str, ...], code: int, why: str
) -> None:
    said = run("attendance", ID, *words)
    assert (said.code, said.out) == (code, "")
    assert why in said.err


def test_a_cancelled_meeting_has_a_table_and_no_minutes(imported: Path, run: Run) -> None:
    run("act", ID, "--by", "koordinator", "--do", "cancel", "--milestone", "working-group-start")
    assert "cancelled" in run("attendance", ID, "working-group-start").out
    said = run("attendance", ID, "working-group-start", "--minutes")
    assert (said.code, said.out) == (1, "")
    assert "was cancelled" in said.err
