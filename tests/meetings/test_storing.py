"""How a meeting is known again when its body's calendar comes in once more."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Engine

from aarshjul.core.real_meeting import RealMeeting
from models.engine import reading, writing
from models.meetings import Stored, load_meetings, store_meetings
from tests.builders import at, d

NOW = at("2026-03-02")
SEEN = RealMeeting(body="KKR", title="KKR-møde", on=d("2026-06-19"), at="10:00", source="a")
PLAIN = RealMeeting(body="KKR", title="KKR-møde", on=d("2026-09-11"), at="10:00")


def store(engine: Engine, *meetings: RealMeeting, partial: bool = False) -> Stored:
    with writing(engine) as session:
        return store_meetings(session, meetings, NOW, partial=partial)


def ids(meetings: Iterable[RealMeeting]) -> list[str]:
    return [each.id for each in meetings]


def test_a_moved_meeting_keeps_its_id_by_what_its_calendar_calls_it(engine: Engine) -> None:
    store(engine, SEEN, PLAIN)
    told = store(engine, replace(SEEN, on=d("2026-06-26"), title="Andet"), PLAIN)
    assert [(each.was.on, each.now.on, each.now.id) for each in told.changed] == [
        (d("2026-06-19"), d("2026-06-26"), "kkr-2026-06-19")
    ]
    with reading(engine) as session:
        assert ids(load_meetings(session, ["KKR"])) == ["kkr-2026-06-19", "kkr-2026-09-11"]


def test_without_a_name_of_its_own_body_day_and_title_say_which_it_is(engine: Engine) -> None:
    store(engine, SEEN, PLAIN)
    told = store(engine, replace(SEEN, source=None, at="11:00"), replace(PLAIN, source="b"))
    assert (ids(each.now for each in told.changed), told.same, told.gone) == (["kkr-2026-06-19"], 1, ())
    again = store(engine, replace(PLAIN, source="b", on=d("2026-10-09")))
    assert ids(each.now for each in again.changed) == ["kkr-2026-09-11"]


def test_only_what_lies_between_the_first_and_last_day_of_that_body_is_gone(engine: Engine) -> None:
    days = ("2026-01-09", "2026-03-13", "2026-06-19", "2027-02-05")
    store(engine, *[replace(PLAIN, on=d(day)) for day in days], replace(PLAIN, body="Bestyrelsen"))
    told = store(engine, replace(PLAIN, on=d("2026-03-02")), replace(PLAIN, on=d("2026-12-04")))
    assert ids(each.was for each in told.gone) == ["kkr-2026-03-13", "kkr-2026-06-19"]
    assert not store(
        engine, replace(PLAIN, on=d("2026-01-02")), replace(PLAIN, on=d("2027-12-03")), partial=True
    ).gone
    with reading(engine) as session:
        assert len(load_meetings(session)) == 7


def test_the_same_twice_on_a_day_stays_two_meetings(engine: Engine) -> None:
    pair = (PLAIN, replace(PLAIN, at="14:00"))
    assert ids(store(engine, *pair).new) == ["kkr-2026-09-11", "kkr-2026-09-11-2"]
    assert store(engine, *pair) == Stored(same=2)


def test_two_bodies_may_share_an_entry_of_a_calendar(engine: Engine) -> None:
    told = store(engine, SEEN, replace(SEEN, body="Bestyrelsen"))
    assert ids(told.new) == ["kkr-2026-06-19", "bestyrelsen-2026-06-19"]
    assert store(engine, SEEN, replace(SEEN, body="Bestyrelsen")) == Stored(same=2)


def test_a_name_that_a_calendar_gives_to_several_does_not_mix_them_up(engine: Engine) -> None:
    pair = (SEEN, replace(SEEN, on=d("2026-08-21")))
    store(engine, *pair)
    assert store(engine, *pair) == Stored(same=2)
    told = store(engine, *pair, replace(SEEN, on=d("2026-07-10")))
    assert (ids(told.new), told.changed, told.gone, told.same) == (["kkr-2026-07-10"], (), (), 2)
