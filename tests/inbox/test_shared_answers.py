"""An answer by mail to a meeting that carries milestones of two cycles."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from aarshjul.inbox.handling import Handled, handler
from aarshjul.inbox.reading import read_mail
from aarshjul.settings import Settings
from models.engine import reading
from models.milestone import Invitation
from tests.inbox.mails import ics, reply
from tests.rounds.houses import FIRST, SECOND, Houses
from tests.world import moment_of

UID = "east.approval@aarshjul"
STAMP = "20230109T110000Z"


@pytest.fixture
def houses(engine: Engine, tmp_path: Path) -> Houses:
    found = Houses(engine=engine, folder=tmp_path)
    found.activate("2023-01-02")
    return found


def answer(houses: Houses, person: str, partstat: str, sequence: int = 1) -> Handled:
    """Hand in the mail that a mail program makes of somebody's answer."""
    email = f"{person}@example.org"
    raw = reply(f"{person} <{email}>", ics(UID, email, partstat, sequence=sequence, stamp=STAMP))
    take = handler(houses.engine, Settings(home=houses.folder))
    return take.handle(read_mail(raw), raw, moment_of("2023-01-09", "12:05"))


def through(houses: Houses, cycle: str, person: str) -> str | None:
    with reading(houses.engine) as session:
        return session.get_one(Invitation, (houses.milestone(cycle).id, person)).answered_through


def test_it_counts_for_both(houses: Houses) -> None:
    assert answer(houses, "both", "ACCEPTED").outcome == "answered"
    for cycle in (FIRST, SECOND):
        assert houses.answer(cycle, "both") == "accepted"
        assert through(houses, cycle, "both") == "mail"
    assert houses.holds()


def test_of_who_is_in_the_second_alone_it_goes_there(houses: Houses) -> None:
    assert answer(houses, "only-west", "DECLINED").outcome == "answered"
    assert houses.answer(SECOND, "only-west") == "declined"


def test_of_who_left_the_first_it_goes_to_the_second(houses: Houses) -> None:
    houses.act("2023-01-03", "co", "leave", FIRST, person="both")
    assert answer(houses, "both", "TENTATIVE").outcome == "answered"
    assert houses.answer(SECOND, "both") == "tentative"


def test_where_the_first_took_its_point_off_it_goes_to_the_second(houses: Houses) -> None:
    houses.act("2023-01-03", "co", "cancel", FIRST)
    houses.round("2023-01-03")
    assert answer(houses, "both", "ACCEPTED").outcome == "answered"
    assert houses.answer(SECOND, "both") == "accepted"


def test_one_to_the_date_before_a_move_from_the_other_side_is_out_of_date(houses: Houses) -> None:
    houses.act("2023-01-03", "co", "move", SECOND, to="2023-02-24")
    houses.round("2023-01-03")
    assert answer(houses, "both", "ACCEPTED").outcome == "outdated"
    assert houses.answer(FIRST, "both") == "needs-action"
    assert answer(houses, "only-west", "ACCEPTED", sequence=2).outcome == "answered"


def test_once_it_was_called_off_in_both_nobody_can_answer(houses: Houses) -> None:
    for cycle in (FIRST, SECOND):
        houses.act("2023-01-03", "co", "cancel", cycle)
    houses.round("2023-01-03")
    assert answer(houses, "both", "ACCEPTED").outcome in ("forwarded", "kept")
