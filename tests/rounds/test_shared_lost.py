"""One point of a shared meeting loses its date while the other cycle takes its own back: what mail programs make of it."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from flows.rehearsing import plain_round
from tests.rounds.houses import DECISIONS, FIRST, SECOND, Houses
from tests.world import moment_of


@pytest.fixture
def deciding(sqlite: Engine, tmp_path: Path) -> Houses:
    """A board that is invited to decide about two drafts at one meeting."""
    houses = Houses(engine=sqlite, folder=tmp_path, text=DECISIONS)
    houses.activate("2023-01-02")
    for cycle in (FIRST, SECOND):
        houses.act("2023-01-03", "co", "submit-draft", cycle, text="Mål")
    return houses


ENDS = {
    "closed": ("close", {"reason": "Nyt"}),
    "called off": ("cancel", {}),
}
LOSSES = ("postponed", "returned")


def lose(houses: Houses, when: str, cycle: str, outcome: str) -> None:
    """The board's point has no date, or another one."""
    fields = {"reason": "Ikke klar"} if outcome == "returned" else {}
    houses.act(when, "co", "decide", cycle, body="board", outcome=outcome, minutes="P4", **fields)


@pytest.mark.parametrize("outcome", LOSSES)
@pytest.mark.parametrize(("ending", "losing"), [(FIRST, SECOND), (SECOND, FIRST)])
@pytest.mark.parametrize("outage", [False, True])
def test_a_date_is_lost_while_the_sibling_is_taken_back(
    deciding: Houses, outcome: str, ending: str, losing: str, *, outage: bool
) -> None:
    deciding.act("2023-01-09 06:00", "co", "close", ending, reason="Nyt")
    if outage:
        plain_round(deciding.engine, moment_of("2023-01-09", "06:30"))
    lose(deciding, "2023-01-09 08:00", losing, outcome)
    if outage:
        plain_round(deciding.engine, moment_of("2023-01-09", "08:30"))
    deciding.act("2023-01-09 09:00", "co", "move", losing, to="2023-03-10")
    deciding.round("2023-01-09 10:00")
    mine = ["both", f"only-{losing}"]
    assert deciding.who_has_it() == mine
    assert {str(shown.starts.date()) for who in mine for shown in deciding.shows(who)} == {"2023-03-10"}
    assert deciding.round("2023-01-09 11:00") == []
    assert deciding.holds()


@pytest.mark.parametrize("outcome", LOSSES)
@pytest.mark.parametrize(("ending", "losing"), [(FIRST, SECOND), (SECOND, FIRST)])
def test_who_was_the_siblings_alone_may_join_while_theirs_is_taken_back(
    deciding: Houses, outcome: str, ending: str, losing: str
) -> None:
    deciding.act("2023-01-09 06:00", "co", "close", ending, reason="Nyt")
    lose(deciding, "2023-01-09 08:00", losing, outcome)
    plain_round(deciding.engine, moment_of("2023-01-09", "08:15"))  # and the mail server is down
    deciding.act("2023-01-09 08:30", "co", "join", losing, person=f"only-{ending}", roles="board")
    deciding.act("2023-01-09 09:00", "co", "move", losing, to="2023-03-10")
    deciding.round("2023-01-09 10:00")
    assert deciding.who_has_it() == ["both", "only-east", "only-west"]
    assert deciding.round("2023-01-09 11:00") == []


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize(("ending", "losing"), [(FIRST, SECOND), (SECOND, FIRST)])
def test_a_lost_date_is_taken_back_once_and_asked_anew_later(
    deciding: Houses, end: str, ending: str, losing: str
) -> None:
    do, fields = ENDS[end]
    deciding.act("2023-01-09 06:00", "co", do, ending, **fields)
    lose(deciding, "2023-01-09 08:00", losing, "postponed")
    sent = deciding.round("2023-01-09 10:00")
    assert sorted(line.split()[0] for line in sent) == ["both", "only-east", "only-west"]
    assert {line.split()[1] for line in sent} == {"cancel"}
    assert deciding.who_has_it() == []
    deciding.act("2023-01-10", "co", "move", losing, to="2023-03-10")
    deciding.round("2023-01-10 10:00")
    assert deciding.who_has_it() == ["both", f"only-{losing}"]
    assert deciding.holds()
