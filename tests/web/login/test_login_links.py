"""Links and sessions in the record, on both databases: what opens something, how often, and until when."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from models.engine import reading, writing
from models.login import LoginLink, LoginSession
from models.logins import (
    IDLE_FOR,
    LASTS,
    LINK_LASTS,
    MOST_MAILED,
    anybody_logged_in,
    coordinators_at,
    cycles_coordinated,
    end_session,
    find_link,
    find_session,
    mailed_enough,
    make_link,
    note_use,
    sweep,
    use_link,
)
from tests.builders import at
from tests.world import World

NOW = at("2022-05-02")
SECOND = timedelta(seconds=1)


@pytest.fixture
def world(engine: Engine, tmp_path: Path) -> World:
    return World(engine=engine, folder=tmp_path)


def linked(world: World, person: str = "co") -> str:
    with writing(world.engine) as session:
        return make_link(session, person, NOW)[1]


def pressed(world: World, secret: str, now: object = None) -> str | None:
    moment = NOW if now is None else now
    with writing(world.engine) as session:
        used = use_link(session, secret, moment)  # type: ignore[arg-type]
    return used[1] if used else None


def test_only_who_coordinates_a_cycle_now_is_found_by_an_address(world: World) -> None:
    with reading(world.engine) as session:
        found = {
            address: [person.id for person in coordinators_at(session, address)]
            for address in (
                "co@example.org",
                "CO@Example.ORG",
                "bc@example.org",
                "nobody@example.org",
                "%",
                "c_@example.org",
            )
        }
    assert found == {
        "co@example.org": ["co"],
        "CO@Example.ORG": ["co"],
        "bc@example.org": [],
        "nobody@example.org": [],
        "%": [],
        "c_@example.org": [],
    }


def test_who_left_coordinates_nothing(world: World) -> None:
    world.act("2022-04-19", "co", "activate")
    secret = linked(world, "gone")
    world.act("2022-05-01", "co", "leave", person="gone")
    with reading(world.engine) as session:
        assert cycles_coordinated(session, "gone") == ()
        assert coordinators_at(session, "gone@example.org") == []
    assert pressed(world, secret) is None


@pytest.mark.parametrize(
    ("later", "works"), [(timedelta(0), True), (LINK_LASTS - SECOND, True), (LINK_LASTS, False)]
)
def test_a_link_works_for_a_quarter_of_an_hour(world: World, later: timedelta, works: bool) -> None:
    assert (pressed(world, linked(world), NOW + later) is not None) == works


def test_a_link_works_once_and_takes_the_others_of_its_person_with_it(world: World) -> None:
    first, second, foreign = linked(world), linked(world), linked(world, "gone")
    assert pressed(world, second)
    assert [pressed(world, each) for each in (second, first)] == [None, None]
    assert pressed(world, foreign)


def test_of_many_presses_at_once_one_logs_in(world: World) -> None:
    secret = linked(world)
    with ThreadPoolExecutor(6) as pool:
        opened = list(pool.map(lambda _number: pressed(world, secret), range(6)))
    assert sum(each is not None for each in opened) == 1
    with reading(world.engine) as session:
        assert len(session.exec(select(LoginSession)).all()) == 1


def test_a_secret_is_good_for_its_own_purpose_alone(world: World) -> None:
    link = linked(world)
    opened = pressed(world, link)
    assert opened
    with reading(world.engine) as session:
        assert find_session(session, link, NOW) is None
        assert find_link(session, opened, NOW) is None
        assert find_session(session, opened, NOW)


@pytest.mark.parametrize("secret", ["", "x", "\0", "é" * 300, "A" * 10**6, "' OR 1=1 --"])
def test_any_text_opens_nothing(world: World, secret: str) -> None:
    linked(world)
    with reading(world.engine) as session:
        assert find_link(session, secret, NOW) is None
        assert find_session(session, secret, NOW) is None


def test_no_secret_is_in_the_record(world: World) -> None:
    link = linked(world)
    opened = pressed(world, link)
    assert opened
    kept = repr(world.snapshot())
    assert link not in kept
    assert opened not in kept


def test_a_session_ends_when_idle_when_old_and_when_revoked(world: World) -> None:
    opened = pressed(world, linked(world))
    assert opened
    with writing(world.engine) as session:
        found = find_session(session, opened, NOW + IDLE_FOR - SECOND)
        assert found
        assert found.id
        assert find_session(session, opened, NOW + IDLE_FOR) is None
        note_use(session, found.id, NOW + LASTS - SECOND)
        session.expire_all()
        assert find_session(session, opened, NOW + LASTS - SECOND)
        assert find_session(session, opened, NOW + LASTS) is None
        end_session(session, opened, NOW)
        session.expire_all()
        assert find_session(session, opened, NOW) is None


def test_no_more_than_some_links_go_to_one_person_in_an_hour(world: World) -> None:
    with writing(world.engine) as session:
        for _ in range(MOST_MAILED):
            assert not mailed_enough(session, "co", NOW)
            make_link(session, "co", NOW, mailed=True)
        assert mailed_enough(session, "co", NOW)
        assert not mailed_enough(session, "gone", NOW)
        assert not mailed_enough(session, "co", NOW + timedelta(hours=1))


def test_what_ended_long_ago_is_forgotten(world: World) -> None:
    with reading(world.engine) as session:
        assert not anybody_logged_in(session)
    assert pressed(world, linked(world))
    with writing(world.engine) as session:
        assert anybody_logged_in(session)
        assert sweep(session, NOW + LINK_LASTS) == []
        assert len(sweep(session, NOW + timedelta(hours=2))) == 1
        assert session.exec(select(LoginLink)).all() == []
        sweep(session, NOW + timedelta(days=60))
        assert session.exec(select(LoginSession)).all() == []
