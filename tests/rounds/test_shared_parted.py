"""One point of a shared meeting is postponed before it: whose entry it was alone hears that it is theirs no more."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from flows.rehearsing import plain_round
from tests.rounds.houses import DECISIONS, FIRST, SECOND, Houses
from tests.world import moment_of

ORDERS = [(FIRST, SECOND), (SECOND, FIRST)]


@pytest.fixture
def deciding(engine: Engine, tmp_path: Path) -> Houses:
    """A board that is invited to decide about two drafts at one meeting."""
    houses = Houses(engine=engine, folder=tmp_path, text=DECISIONS)
    houses.activate("2023-01-02")
    for cycle in (FIRST, SECOND):
        houses.act("2023-01-03", "co", "submit-draft", cycle, text="Mål")
    return houses


def postpone(houses: Houses, cycle: str) -> None:
    fields = {"body": "board", "outcome": "postponed", "minutes": "P4"}
    houses.act("2023-01-09 08:00", "co", "decide", cycle, **fields)


def dates(houses: Houses) -> dict[str, list[str]]:
    """What stands in everybody's calendar."""
    return {who: sorted(str(shown.starts.date()) for shown in houses.shows(who)) for who in houses.calendars}


@pytest.mark.parametrize(("off", "stays"), ORDERS)
@pytest.mark.parametrize("outage", [False, True])
@pytest.mark.parametrize("moved", ["at once", "before the mail went", "later"])
def test_the_old_entry_is_taken_back_from_who_has_no_other_point(
    deciding: Houses, off: str, stays: str, moved: str, *, outage: bool
) -> None:
    postpone(deciding, off)
    if moved == "at once":
        deciding.act("2023-01-09 08:10", "co", "move", off, to="2023-03-10")
    if outage:
        plain_round(deciding.engine, moment_of("2023-01-09", "08:30"))
    if moved == "before the mail went":
        deciding.act("2023-01-09 09:00", "co", "move", off, to="2023-03-10")
    sent = deciding.round("2023-01-09 10:00")
    assert f"only-{off} cancel {off}" in sent
    assert not [line for line in sent if line.split()[1] == "cancel" and line.split()[0] != f"only-{off}"]
    (words,) = [each for each in deciding.words if f"»Godkendelse i {off}« finder ikke sted" in each]
    assert ("endnu ingen ny dato" in words) is (moved == "later")
    if moved == "later":
        assert deciding.who_has_it() == ["both", f"only-{stays}"]
        deciding.act("2023-01-11", "co", "move", off, to="2023-03-10")
        deciding.round("2023-01-11 13:00")
    assert dates(deciding) == {
        "both": ["2023-02-10", "2023-03-10"],
        f"only-{off}": ["2023-03-10"],
        f"only-{stays}": ["2023-02-10"],
    }
    assert deciding.round("2023-01-12") == []
    assert deciding.holds()


@pytest.mark.parametrize(("off", "stays"), ORDERS)
def test_who_comes_to_the_other_point_after_that_has_it_again(deciding: Houses, off: str, stays: str) -> None:
    postpone(deciding, off)
    deciding.round("2023-01-09 10:00")
    deciding.act("2023-01-10", "co", "join", stays, person=f"only-{off}", roles="board")
    deciding.round("2023-01-10 13:00")
    assert deciding.who_has_it() == ["both", "only-east", "only-west"]


def test_who_never_got_the_invitation_hears_of_none(sqlite: Engine, tmp_path: Path) -> None:
    houses = Houses(engine=sqlite, folder=tmp_path, text=DECISIONS)
    for cycle in (FIRST, SECOND):
        houses.act("2023-01-02 06:00", "co", "activate", cycle)
    plain_round(houses.engine, moment_of("2023-01-02", "07:00"))  # and the mail server is down
    houses.act("2023-01-03", "co", "submit-draft", SECOND, text="Mål")
    postpone(houses, SECOND)
    assert "only-west" not in {line.split()[0] for line in houses.round("2023-01-09 10:00")}
    assert houses.who_has_it() == ["both", "only-east"]


@pytest.mark.parametrize("off", [FIRST, SECOND])
def test_who_left_meanwhile_hears_as_well(deciding: Houses, off: str) -> None:
    postpone(deciding, off)
    deciding.act("2023-01-09 08:20", "co", "leave", off, person=f"only-{off}")
    assert deciding.round("2023-01-09 10:00") == [f"only-{off} cancel {off}"]
    assert f"only-{off}" not in deciding.who_has_it()
