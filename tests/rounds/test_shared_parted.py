"""One point of a shared meeting is postponed before it: whose entry it was alone hears that it is theirs no more."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update
from sqlmodel import col

from flows.rehearsing import plain_round
from models.engine import reading, writing
from models.message import Message
from notifications.claiming import release
from notifications.preparing import set_aside
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


@pytest.fixture
def unsent(engine: Engine, tmp_path: Path) -> Houses:
    """Both houses have invited, and no mail has gone yet; of who is in both, the first speaks."""
    houses = Houses(engine=engine, folder=tmp_path, text=DECISIONS)
    for cycle in (FIRST, SECOND):
        houses.act("2023-01-02 06:00", "co", "activate", cycle)
    plain_round(houses.engine, moment_of("2023-01-02", "07:00"))  # and the mail server is down
    for cycle in (FIRST, SECOND):
        houses.act("2023-01-03", "co", "submit-draft", cycle, text="Mål")
    return houses


@pytest.mark.parametrize(("off", "stays"), ORDERS)
def test_who_never_got_the_invitation_hears_of_none(unsent: Houses, off: str, stays: str) -> None:
    postpone(unsent, off)
    sent = unsent.round("2023-01-09 10:00")
    assert len(sent) == 2
    assert {line.split()[1] for line in sent} == {"invite"}
    assert dates(unsent) == {"both": ["2023-02-10"], f"only-{stays}": ["2023-02-10"]}
    assert unsent.round("2023-01-09 11:00") == []
    assert unsent.holds()


@pytest.mark.parametrize(("off", "stays"), ORDERS)
@pytest.mark.parametrize("outage", [False, True])
def test_who_never_got_the_invitation_is_asked_to_both_days(
    unsent: Houses, off: str, stays: str, *, outage: bool
) -> None:
    postpone(unsent, off)
    if outage:
        plain_round(unsent.engine, moment_of("2023-01-09", "08:30"))
    unsent.act("2023-01-09 09:00", "co", "move", off, to="2023-03-10")
    unsent.round("2023-01-09 10:00")
    assert dates(unsent) == {
        "both": ["2023-02-10", "2023-03-10"],
        f"only-{off}": ["2023-03-10"],
        f"only-{stays}": ["2023-02-10"],
    }
    assert unsent.round("2023-01-09 11:00") == []


@pytest.mark.parametrize(("off", "stays"), ORDERS)
def test_a_move_that_never_got_out_is_told_by_the_point_that_stays(
    deciding: Houses, off: str, stays: str
) -> None:
    deciding.act("2023-01-05 06:00", "co", "move", FIRST, to="2023-02-24")
    plain_round(deciding.engine, moment_of("2023-01-05", "07:00"))  # and the mail server is down
    postpone(deciding, off)
    deciding.round("2023-01-09 10:00")
    assert dates(deciding) == {"both": ["2023-02-24"], f"only-{off}": [], f"only-{stays}": ["2023-02-24"]}
    assert deciding.round("2023-01-09 11:00") == []


@pytest.mark.parametrize("state", ["uncertain", "sending", "sent"])
def test_an_invitation_that_may_have_arrived_did(unsent: Houses, state: str) -> None:
    mine = (col(Message.cycle_id) == FIRST, col(Message.person_id) == "both")
    with writing(unsent.engine) as session:
        session.execute(update(Message).where(*mine).values(state=state))
    postpone(unsent, FIRST)
    plain_round(unsent.engine, moment_of("2023-01-09", "10:00"))
    with reading(unsent.engine) as session:
        asked = select(col(Message.state)).where(*mine, col(Message.kind) == "invite")
        assert session.scalars(asked).all() == [state]
        by_the_other = select(Message).where(col(Message.cycle_id) == SECOND, mine[1])
        assert session.scalars(by_the_other).all() == []


def test_who_was_to_be_welcomed_by_what_goes_no_more_is_welcomed_by_the_next(unsent: Houses) -> None:
    with writing(unsent.engine) as session:  # it was tried once
        aside = set_aside(session, "email", moment_of("2023-01-02", "08:00"), 10)
        assert aside.messages
        release(session, {each.id or 0: "waiting" for each in aside.messages}, aside.by)
    postpone(unsent, FIRST)
    unsent.round("2023-01-09 10:00")
    with reading(unsent.engine) as session:
        mine = (col(Message.cycle_id) == FIRST, col(Message.person_id) == "both")
        told = session.scalars(select(Message).where(*mine, col(Message.state) == "sent")).all()
        assert [(each.facts or {})["also"] for each in told] == [["east/-/-/welcome/-/both"]]


@pytest.mark.parametrize("off", [FIRST, SECOND])
def test_who_left_meanwhile_hears_as_well(deciding: Houses, off: str) -> None:
    postpone(deciding, off)
    deciding.act("2023-01-09 08:20", "co", "leave", off, person=f"only-{off}")
    assert deciding.round("2023-01-09 10:00") == [f"only-{off} cancel {off}"]
    assert f"only-{off}" not in deciding.who_has_it()
