"""Which milestones stand in which feed, and what a feed never holds."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, event
from sqlmodel import col, select

from aarshjul.core.cycle import Phase
from calendars.choice import NAMES, Choice
from calendars.cycle_feed import cycle_feed
from calendars.scope import Scope
from calendars.subscription_feed import feed_for, scope_feed
from models.cycle import Cycle
from models.engine import reading, writing
from models.milestone import Milestone
from models.person import Organisation
from models.subscription import Subscription
from tests.builders import at
from tests.calendars.records import EVERYTHING, MILESTONES, PEOPLE, URL, act, bring, entries, shown, small


def slugs(engine: Engine, scope: str, choice: str = "") -> set[str]:
    return {uid.partition(".")[2] for uid in entries(shown(engine, scope, choice))}


def organisation(engine: Engine, name: str) -> str:
    with writing(engine) as session:
        row = session.exec(select(Organisation).where(col(Organisation.name) == name)).one_or_none()
        if row is None:
            row = Organisation(name=name)
            session.add(row)
            session.flush()
        return f"organisation {row.id}"


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("cycle c", {"open-house", "papers", "panel-day", "vote"}),
        ("role c board", {"open-house"}),
        ("role c board-chair", set()),
        ("role c panel", {"panel-day"}),
        ("role c holder", {"papers"}),
        ("role c subscriber", {"papers", "vote"}),
        ("public c", {"papers"}),
        ("person ann", {"open-house", "panel-day"}),
        ("person bo", {"papers"}),
        ("person c-k", set()),
        ("person nobody", set()),
        ("cycle nothing", set()),
        ("organisation 4711", set()),
    ],
)
def test_a_scope_shows_its_milestones_alone(record: Engine, scope: str, expected: set[str]) -> None:
    assert slugs(record, scope) == expected


def test_an_organisation_sees_what_concerns_or_binds_its_people(record: Engine) -> None:
    assert slugs(record, organisation(record, "Kommunen")) == {"open-house", "panel-day", "papers"}


@pytest.mark.parametrize("name", ["Hus", "KKR"])
def test_the_holder_and_the_council_see_their_cycle_whole(record: Engine, name: str) -> None:
    assert len(slugs(record, organisation(record, name))) == len(MILESTONES)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("meetings", {"open-house", "panel-day"}),
        ("deadlines", {"papers"}),
        ("decisions", {"vote"}),
        ("deadlines,decisions,alarms", {"papers", "vote"}),
        ("phases", {"drafting.phase", "dialogue.phase", "approval.phase"}),
        ("tasks", set()),
    ],
)
def test_a_choice_holds_what_it_names(record: Engine, choice: str, expected: set[str]) -> None:
    assert slugs(record, "cycle c", choice) == expected


def test_phases_stand_only_where_something_of_the_cycle_is_shown(record: Engine) -> None:
    assert slugs(record, "role c board-chair", "phases") == set()


@pytest.mark.parametrize("scope", ["cycle c", "role c board", "public c", "person ann"])
def test_nothing_of_a_draft_leaves(sqlite: Engine, tmp_path: Path, scope: str) -> None:
    bring(sqlite, tmp_path, small(*MILESTONES, people=PEOPLE, title="Hemmelig kontrakt", holder="Skjult hus"))
    raw = shown(sqlite, scope, EVERYTHING)
    assert not entries(raw)
    assert b"Hemmelig" not in raw
    assert b"Skjult" not in raw


def test_a_holder_sees_nothing_of_a_draft(sqlite: Engine, tmp_path: Path) -> None:
    bring(sqlite, tmp_path, small(*MILESTONES, people=PEOPLE))
    assert slugs(sqlite, organisation(sqlite, "Hus")) == set()


def test_who_left_sees_nothing_of_the_cycle_and_neither_does_their_organisation(record: Engine) -> None:
    act(record, "c", "2022-05-03", "c-k", "leave", person="ann")
    assert not entries(shown(record, "person ann", EVERYTHING))
    assert slugs(record, organisation(record, "Kommunen")) == {"papers"}
    act(record, "c", "2022-05-04", "c-k", "join", person="ann", roles="panel")
    assert slugs(record, "person ann") == {"panel-day"}


def test_a_person_sees_all_their_cycles(record: Engine, tmp_path: Path) -> None:
    bring(record, tmp_path, small(*MILESTONES, people=PEOPLE[:1], id="d"))
    act(record, "d", "2022-05-02", "d-k", "activate")
    found = set(entries(shown(record, "person ann")))
    assert found == {f"{cycle}.{slug}" for cycle in "cd" for slug in ("open-house", "panel-day")}


def test_a_closed_cycle_stays(record: Engine) -> None:
    act(record, "c", "2022-05-03", "c-k", "close", reason="Slut")
    found = entries(shown(record, "cycle c"))
    assert set(found) == {"c.open-house", "c.papers", "c.panel-day", "c.vote"}
    assert found["c.open-house"]["status"] == "CANCELLED"


def test_what_waits_for_a_date_is_left_out_until_it_has_one(record: Engine) -> None:
    with writing(record) as session:
        row = session.exec(select(Milestone).where(col(Milestone.slug) == "papers")).one()
        row.on = None
    assert "papers" not in slugs(record, "cycle c")
    assert "c.drafting.phase" in entries(shown(record, "cycle c", "phases"))


@pytest.mark.parametrize("year", [1995, 2200])
def test_a_year_that_calendars_cannot_show_keeps_nothing_else_out(record: Engine, year: int) -> None:
    with writing(record) as session:
        row = session.exec(select(Milestone).where(col(Milestone.slug) == "papers")).one()
        row.on = row.last_on = at(f"{year}-06-01").date()
    assert slugs(record, "cycle c", "meetings,deadlines,decisions,phases") >= {
        "open-house",
        "panel-day",
        "vote",
    }


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kathmandu", "Europe/Helsinki", "UTC"])
def test_a_cycle_on_any_clock_has_the_right_instants(sqlite: Engine, tmp_path: Path, zone: str) -> None:
    bring(sqlite, tmp_path, small(*MILESTONES, people=PEOPLE, zone=zone))
    act(sqlite, "c", "2022-05-02", "c-k", "activate")
    start = entries(shown(sqlite, "cycle c", "meetings,alarms"))["c.open-house"].start
    assert start.astimezone(UTC) == datetime(2022, 6, 1, 10, tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("day", "at_", "ends", "starts_utc", "ends_utc"),
    [
        ("2022-03-27", "02:30", "03:00", "01:30", "02:30"),  # both name one moment: the end is not given
        ("2022-03-27", "01:30", "03:30", "00:30", "01:30"),
        ("2022-10-30", "02:30", "03:30", "00:30", "02:30"),
    ],
)
def test_the_nights_on_which_clocks_change(
    sqlite: Engine, tmp_path: Path, day: str, at_: str, ends: str, starts_utc: str, ends_utc: str
) -> None:
    night = f'id: n, title: N, phase: drafting, kind: meeting, on: {day}, at: "{at_}", ends: "{ends}", for: [board]'
    bring(sqlite, tmp_path, small(night))
    act(sqlite, "c", "2022-01-02", "c-k", "activate")
    found = entries(shown(sqlite, "cycle c", "meetings,alarms"))["c.n"]
    assert [f"{when.astimezone(UTC):%H:%M}" for when in (found.start, found.end)] == [starts_utc, ends_utc]


def test_what_others_convene_says_so_and_asks_nobody_for_an_answer(record: Engine) -> None:
    assert "Svar på invitationen" in entries(shown(record, "cycle c"))["c.open-house"]["description"]
    with writing(record) as session:
        session.exec(
            select(Milestone).where(col(Milestone.slug) == "open-house")
        ).one().invited_elsewhere = True
    about = entries(shown(record, "cycle c"))["c.open-house"]["description"]
    assert "Andre indkalder til dette møde." in about
    assert "Svar på invitationen" not in about


@pytest.mark.parametrize("scope", ["cycle", "role", "public", "person", "organisation"])
def test_a_subscription_has_the_bytes_of_its_scope(record: Engine, scope: str) -> None:
    every: dict[str, dict[str, Any]] = {
        "cycle": {"cycle_id": "c"},
        "role": {"cycle_id": "c", "role": "board"},
        "public": {"cycle_id": "c"},
        "person": {"person_id": "ann"},
        "organisation": {"organisation_id": 1},
    }
    named = every[scope]
    asked = Subscription(secret_hash="x", scope=scope, shows="meetings", made_at=at("2022-05-01"), **named)
    with reading(record) as session:
        for choice in (Choice(), EVERYTHING):
            raw = feed_for(session, asked, choice, None, URL)
            assert raw == scope_feed(session, Scope(of=scope, **named), choice, None, URL)
            assert raw == feed_for(session, asked, choice, None, URL)
            if scope in ("cycle", "role"):
                assert raw == cycle_feed(session, "c", asked.role, URL, choice=choice)


def test_the_subscriptions_language_comes_before_the_persons_and_what_is_asked_for_before_both(
    record: Engine,
) -> None:
    act(record, "c", "2022-05-03", "ann", "prefer", language="en")
    asked = Subscription(
        secret_hash="x", scope="person", person_id="ann", shows="meetings", made_at=at("2022-05-01")
    )
    with reading(record) as session:
        assert b"Annual wheel: my dates" in feed_for(session, asked, Choice())
        asked.language = "da"
        assert "Årshjul: mine datoer".encode() in feed_for(session, asked, Choice())
        assert b"Annual wheel: my dates" in feed_for(session, asked, Choice(), "en")


@pytest.mark.parametrize(
    "named",
    [
        {"of": "cycle"},
        {"of": "cycle", "cycle_id": "c", "role": "board"},
        {"of": "role", "cycle_id": "c"},
        {"of": "person", "organisation_id": 1},
        {"of": "else", "cycle_id": "c"},
    ],
)
def test_a_scope_that_names_too_little_or_too_much_is_refused(named: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="cannot be told"):
        Scope(**named)  # type: ignore[arg-type]


@pytest.mark.parametrize("scope", ["cycle c", "person ann", "organisation 1"])
def test_many_cycles_take_as_many_queries_as_one(record: Engine, tmp_path: Path, scope: str) -> None:
    def asked() -> int:
        count = 0

        def counted(*_: object) -> None:
            nonlocal count
            count += 1

        event.listen(record, "before_cursor_execute", counted)
        shown(record, scope, EVERYTHING)
        event.remove(record, "before_cursor_execute", counted)
        return count

    once = asked()
    for name in ("d", "e", "f"):
        bring(record, tmp_path, small(*MILESTONES, people=PEOPLE, id=name))
        act(record, name, "2022-05-02", f"{name}-k", "activate")
    assert asked() == once <= 8


def test_a_thousand_milestones_are_a_thousand_entries(sqlite: Engine, tmp_path: Path) -> None:
    many = [
        f"id: m{number}, title: M, phase: {tuple(Phase)[number % 6]}, kind: deadline, on: 2022-06-{1 + number % 30:02}, "
        "owed_by: [holder]"
        for number in range(1000)
    ]
    bring(sqlite, tmp_path, small(*many, people=PEOPLE))
    act(sqlite, "c", "2022-05-02", "c-k", "activate")
    raw = shown(sqlite, "person bo", ",".join(NAMES))
    assert raw.count(b"BEGIN:VEVENT") == 1000 + len(Phase)
    assert raw.count(b"BEGIN:VTODO") == raw.count(b"BEGIN:VALARM") == 1000


def test_a_feed_holds_no_method_and_names_nobody(record: Engine) -> None:
    raw = shown(record, "person ann", EVERYTHING).replace(b"\r\n ", b"")
    assert not [
        line
        for line in raw.split(b"\r\n")
        if line.startswith((b"METHOD", b"ORGANIZER", b"ATTENDEE", b"SOURCE"))
    ]
    assert b"@example.org" not in raw
    assert b"Ann" not in raw.replace(b"Annual", b"")


def test_the_cycles_row_is_all_that_a_language_needs(record: Engine) -> None:
    with writing(record) as session:
        session.get_one(Cycle, "c").language = "en"
    assert b"Concerns" in shown(record, "cycle c")
