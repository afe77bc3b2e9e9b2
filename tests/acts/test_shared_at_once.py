"""Acts from both sides of one real meeting at the same moment, on both databases: no deadlock, no second invitation."""

from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from aarshjul.acts.locking import hold_for_all
from aarshjul.acts.perform import act
from aarshjul.core.real_meeting import RealMeeting
from aarshjul.files.act_arguments import parse_act
from flows.rehearsing import plain_round
from models.engine import writing
from models.meetings import store_meetings
from tests.acts.at_once import at_once
from tests.acts.meetings import hold_meeting
from tests.rounds.houses import CYCLE, FIRST, MEETING, SECOND, Houses
from tests.world import moment_of


def test_two_moves_from_both_sides_are_one_after_the_other(engine: Engine, tmp_path: Path) -> None:
    houses = Houses(engine=engine, folder=tmp_path)
    houses.activate("2023-01-02")
    said = at_once(
        lambda: houses.act("2023-01-09", "co", "move", FIRST, to="2023-02-23"),
        lambda: houses.act("2023-01-09", "co", "move", SECOND, to="2023-02-24"),
        lambda: houses.act("2023-01-09", "co", "leave", SECOND, person="both"),
        lambda: houses.act("2023-01-09", "both", "answer", FIRST, reply="accepted"),
        lambda: houses.act("2023-01-09", "co", "join", FIRST, person="only-west", roles="council"),
    )
    assert said == [None] * 5
    east, west = houses.milestone(FIRST), houses.milestone(SECOND)
    assert (east.on, east.revision) == (west.on, west.revision)
    houses.round("2023-01-10")
    assert houses.who_has_it() == ["both", "only-east", "only-west"]
    assert houses.holds()


def test_two_that_are_tied_to_a_meeting_at_once_share_one_entry(engine: Engine, tmp_path: Path) -> None:
    houses = Houses(engine=engine, folder=tmp_path, tied=())
    said = at_once(
        lambda: houses.act("2022-12-01", "co", "anchor", FIRST, milestone="approval", meeting=MEETING),
        lambda: houses.act("2022-12-01", "co", "anchor", SECOND, milestone="approval", meeting=MEETING),
    )
    assert said == [None, None]
    assert houses.entry(FIRST).uid == houses.entry(SECOND).uid
    assert houses.entry(FIRST).sequence == houses.entry(SECOND).sequence


def test_two_rounds_at_once_invite_once(engine: Engine, tmp_path: Path) -> None:
    houses = Houses(engine=engine, folder=tmp_path)
    for cycle in (FIRST, SECOND):
        houses.act("2023-01-02 06:00", "co", "activate", cycle)
    now = moment_of("2023-01-02", "07:00")
    said = at_once(*[lambda: plain_round(engine, now)] * 3)
    assert said == [None] * 3
    assert houses.deliver(now) == ["both invite east", "only-east invite east", "only-west invite west"]
    assert houses.holds()


def test_a_round_and_an_act_at_once_leave_the_right_calendars(engine: Engine, tmp_path: Path) -> None:
    houses = Houses(engine=engine, folder=tmp_path)
    for cycle in (FIRST, SECOND):
        houses.act("2023-01-02 06:00", "co", "activate", cycle)
    now = moment_of("2023-01-02", "07:00")
    said = at_once(
        lambda: plain_round(engine, now),
        lambda: houses.act("2023-01-02 07:00", "co", "leave", FIRST, person="both"),
        lambda: houses.act("2023-01-02 07:00", "co", "cancel", SECOND),
    )
    assert said == [None] * 3
    houses.deliver(now)
    houses.round("2023-01-02 08:00")
    assert houses.who_has_it() == ["only-east"]
    assert houses.round("2023-01-03") == []
    assert houses.holds()


def test_several_acts_of_one_transaction_and_a_move_never_wait_for_each_other(
    engine: Engine, tmp_path: Path
) -> None:
    more = "  - {{id: more, title: Mere, phase: approval, kind: meeting, on: 2023-02-18, at: '10:00', for: [board]}}\n"
    houses = Houses(engine=engine, folder=tmp_path, tied=(FIRST,), text=CYCLE + more)
    hold_meeting(engine, "other", "2023-02-20", at="10:00")
    houses.act("2022-12-01", "co", "anchor", SECOND, milestone="more", meeting=MEETING)
    fields = [{"milestone": "approval", "meeting": "other"}, {"milestone": "more", "meeting": "none"}]
    plan = [("anchor", parse_act("anchor", each)) for each in fields]

    def all_of_it() -> None:
        with writing(engine) as session:
            hold_for_all(session, SECOND, plan)
            for name, form in plan:
                act(session, SECOND, "co", name, form, moment_of("2022-12-02"))

    said = at_once(all_of_it, lambda: houses.act("2022-12-02", "co", "move", FIRST, at="13:00"))
    assert said == [None, None]
    assert houses.milestone(SECOND).meeting_id == "other"


def test_a_meeting_is_tied_and_its_calendar_loses_it_at_once(engine: Engine, tmp_path: Path) -> None:
    houses = Houses(engine=engine, folder=tmp_path, tied=())
    around = [RealMeeting(body="KKR", title="Andet", on=date(2023, 2, day)) for day in (9, 11)]

    def imported() -> None:
        with writing(engine) as session:
            store_meetings(session, around, moment_of("2022-12-01"))

    tie = {"milestone": "approval", "meeting": MEETING}
    refusal, said = at_once(lambda: houses.act("2022-12-01", "co", "anchor", FIRST, **tie), imported)
    assert said is None
    assert (houses.milestone(FIRST).meeting_id == MEETING) is (refusal is None)
