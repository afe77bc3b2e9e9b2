"""One point of a shared meeting is called off: who stays invited for another one hears of it once, in words."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from sqlalchemy import Engine

from flows.rehearsing import plain_round
from tests.rounds.houses import CYCLE, DECISIONS, FIRST, SECOND, Houses
from tests.world import moment_of

ORDERS = [(FIRST, SECOND), (SECOND, FIRST)]


@pytest.mark.parametrize(("off", "stays"), ORDERS)
def test_it_is_told_in_words_and_the_entry_stays(running: Houses, off: str, stays: str) -> None:
    before = running.shows("both")
    running.act("2023-01-09", "co", "cancel", off, reason="Udsat til efteråret")
    assert f"both cancel {off}" in running.round("2023-01-09")
    (words,) = [each for each in running.words if "Et punkt er aflyst" in each]
    assert f"»Godkendelse i {off}«, planlagt til fredag den 10. februar 2023" in words
    assert f"Kontrakt {stays}: Godkendelse i {stays}" in words
    assert "Udsat til efteråret" in words
    assert running.shows("both") == before
    assert running.round("2023-01-10") == []


@pytest.mark.parametrize(("off", "later"), ORDERS)
def test_what_is_called_off_by_both_is_taken_back_after_all(running: Houses, off: str, later: str) -> None:
    running.act("2023-01-09", "co", "cancel", off)
    running.round("2023-01-09")
    running.act("2023-01-10", "co", "cancel", later)
    running.round("2023-01-10")
    assert running.who_has_it() == []
    assert running.round("2023-01-11") == []
    assert running.holds()


@pytest.mark.parametrize(("off", "later"), ORDERS)
def test_once_all_of_it_is_off_the_point_is_not_told_as_well(running: Houses, off: str, later: str) -> None:
    running.act("2023-01-09 06:00", "co", "cancel", off)
    plain_round(running.engine, moment_of("2023-01-09", "07:00"))  # and the mail server is down
    running.act("2023-01-09 08:00", "co", "cancel", later)
    told = [line for line in running.round("2023-01-09 09:00") if line.startswith("both")]
    assert len(told) == 1
    assert running.who_has_it() == []


@pytest.mark.parametrize("off", [FIRST, SECOND])
def test_who_never_heard_of_the_point_is_invited_without_it(houses: Houses, off: str) -> None:
    for cycle in (FIRST, SECOND):
        houses.act("2023-01-02 06:00", "co", "activate", cycle)
    plain_round(houses.engine, moment_of("2023-01-02", "07:00"))  # and the mail server is down
    houses.act("2023-01-02 08:00", "co", "cancel", off)
    told = [line.split()[:2] for line in houses.round("2023-01-02 09:00") if line.startswith("both")]
    assert told == [["both", "invite"]]
    assert "flere punkter" not in "".join(houses.words)


def test_of_a_meeting_that_is_over_no_point_is_called_off(sqlite: Engine, tmp_path: Path) -> None:
    houses = Houses(engine=sqlite, folder=tmp_path, text=DECISIONS)
    houses.activate("2023-01-02")
    houses.act("2023-02-10 13:05", "co", "cancel", SECOND)
    assert houses.round("2023-02-13") == []


def test_who_comes_back_to_a_point_that_is_off_hears_of_it_no_second_time(running: Houses) -> None:
    running.act("2023-01-09", "co", "cancel", SECOND)
    running.round("2023-01-09")
    now = moment_of("2023-01-10", "06:00")
    for do in ("leave", "join"):
        now += timedelta(hours=1)
        running.act(now.strftime("%Y-%m-%d %H:%M"), "co", do, SECOND, person="both")
    assert running.round("2023-01-11") == []


@pytest.mark.parametrize(("text", "rsvp"), [(CYCLE, "TRUE"), (DECISIONS, "FALSE")])
def test_a_calendar_asks_for_an_answer_where_one_is_owed(
    sqlite: Engine, tmp_path: Path, text: str, rsvp: str
) -> None:
    Houses(engine=sqlite, folder=tmp_path, text=text).activate("2023-01-02")
    calendars = [
        part.get_content().replace("\r\n ", "")
        for file in sorted(tmp_path.glob("mail/*.eml"))
        for part in message_from_bytes(file.read_bytes(), policy=default).walk()
        if part.get_content_type() == "text/calendar"
    ]
    assert len(calendars) == 3
    assert all(f";RSVP={rsvp}:mailto" in calendar for calendar in calendars)
