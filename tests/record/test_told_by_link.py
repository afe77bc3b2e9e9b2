"""Which calendars end with a personal link, in both kinds of database; and what is taken of those from before."""

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, text
from sqlmodel import Session

from aarshjul.web.personal.stopping import still_works, stop
from models.engine import MIGRATIONS, open_engine, reading, upgrade, writing
from models.subscription import Subscription
from models.subscriptions import listed, make_own_calendar, renew, revoke_told_by_link
from notifications.personal_links import PersonalLink
from tests.builders import at
from tests.world import World

NOW = at("2022-05-02")
LINK = PersonalLink(cycle="c", person="b1", made_at=at("2022-05-01"))


def made(session: Session, person: str, *, by_link: bool) -> Subscription:
    return make_own_calendar(session, person, "meetings", NOW, by_link=by_link)[0]


def gone(engine: Engine) -> list[int | None]:
    with reading(engine) as session:
        return [each.id for each in listed(session) if each.revoked_at is not None]


def test_the_last_who_was_told_counts(engine: Engine, tmp_path: Path) -> None:
    World(engine=engine, folder=tmp_path)
    with writing(engine) as session:
        rows = [made(session, "b1", by_link=way) for way in (True, False, True, False)]
        made(session, "w1", by_link=True)
        renew(session, rows[2], NOW)
        renew(session, rows[3], NOW, by_link=True)
    with writing(engine) as session:
        assert revoke_told_by_link(session, "b1", NOW) == (1, 4)
        assert revoke_told_by_link(session, "b1", NOW) == ()
    assert gone(engine) == [1, 4]


def test_a_link_is_stopped_once(engine: Engine, tmp_path: Path) -> None:
    World(engine=engine, folder=tmp_path)
    with writing(engine) as session:
        made(session, "b1", by_link=True)
        assert still_works(session, LINK, NOW)
        first, second = (stop(session, LINK, NOW) for _ in range(2))
        assert (first.calendars if first else None, second) == ((1,), None)
    with writing(engine) as session:
        assert not still_works(session, LINK, NOW)
        assert stop(session, PersonalLink(cycle="c", person="nobody", made_at=NOW), NOW) is None


def _upgraded_from_before(address: str) -> list[tuple[str, bool]]:
    engine, config = open_engine(address), Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "0006")
            for statement in _FEEDS:
                connection.execute(text(statement))
        upgrade(engine)
        with engine.connect() as connection:
            query = "SELECT secret_hash, told_by_link FROM subscription ORDER BY secret_hash"
            return [(name, bool(told)) for name, told in connection.execute(text(query))]
    finally:
        engine.dispose()


def test_of_those_from_before_peoples_own_count_as_told_by_link(tmp_path: Path) -> None:
    assert _upgraded_from_before(f"sqlite:///{tmp_path / 'before.db'}") == _TOLD


@pytest.mark.postgres
def test_so_they_do_in_the_other_database(postgres_server: str) -> None:
    admin = create_engine(postgres_server.format("postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE before"))
    assert _upgraded_from_before(postgres_server.format("before")) == _TOLD
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE before WITH (FORCE)"))
    admin.dispose()


_TOLD = [("own", True), ("shared", False)]
_FEEDS = (
    (
        "INSERT INTO person (id, name, email, channels, digest, quiet)"
        " VALUES ('p', 'P', 'p@example.org', '[]', false, '[]')"
    ),
    "INSERT INTO organisation (id, name) VALUES (1, 'O')",
    (
        "INSERT INTO subscription (secret_hash, scope, person_id, shows, made_at)"
        " VALUES ('own', 'person', 'p', 'meetings', '2022-05-13 05:00:00')"
    ),
    (
        "INSERT INTO subscription (secret_hash, scope, organisation_id, shows, made_at)"
        " VALUES ('shared', 'organisation', 1, 'meetings', '2022-05-13 05:00:00')"
    ),
)
