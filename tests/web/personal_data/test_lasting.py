"""What has ended is forgotten after its time, and nothing earlier."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import SQLModel, select

from models import lasting
from models.codes import sweep_codes
from models.engine import reading, writing
from models.login import LoginSession
from models.logins import sweep
from models.webuse import ApiToken, DraftEdit, FormPress, OneTimeCode
from notifications.forgetting import FOLDER, forget
from tests.web.logged_in import Site

DAY = timedelta(days=1)


@pytest.fixture
def kept(logins: Site) -> Site:
    now = logins.clock()
    with writing(logins.world.engine) as session:
        made = now - DAY
        session.add(FormPress(once="a", person_id="b1", cycle_id="c", act="prefer", pressed_at=now))
        session.add(DraftEdit(cycle_id="c", person_id="b1", saved_at=now))
        session.add(
            OneTimeCode(
                person_id="b1", cycle_id="c", purpose="p", code_hash="h", made_at=made, expires_at=now
            )
        )
        session.add(ApiToken(person_id="b1", secret_hash="h", name="R", made_at=made, expires_at=now))
        session.add(LoginSession(person_id="b1", secret_hash="h", made_at=made, seen_at=now, expires_at=now))
    return logins


@pytest.mark.parametrize(
    ("table", "time"),
    [
        (FormPress, lasting.PRESS),
        (DraftEdit, lasting.EDIT),
        (OneTimeCode, lasting.CODE),
        (ApiToken, lasting.TOKEN),
        (LoginSession, lasting.SESSION),
    ],
)
def test_after_its_time(kept: Site, table: type[SQLModel], time: timedelta) -> None:
    for after, left in ((time, 1), (time + timedelta(seconds=1), 0)):
        with writing(kept.world.engine) as session:
            sweep(session, kept.clock() + after)
            sweep_codes(session, kept.clock() + after)
        with reading(kept.world.engine) as session:
            assert len(session.exec(select(table)).all()) == left


def test_what_was_taken_back_is_forgotten_though_it_would_have_lasted(kept: Site) -> None:
    with writing(kept.world.engine) as session:
        for row in session.exec(select(ApiToken)):
            row.expires_at, row.revoked_at = kept.clock() + 400 * DAY, kept.clock()
        sweep(session, kept.clock() + lasting.TOKEN + DAY)
        assert session.exec(select(ApiToken)).all() == []


def test_what_a_round_forgets_needs_nobody_who_asks_for_a_link(kept: Site, tmp_path: Path) -> None:
    mail = tmp_path / FOLDER / "00001.code.eml"
    mail.parent.mkdir(exist_ok=True)
    mail.touch()
    for after, left in ((lasting.CODE, 1), (lasting.CODE + timedelta(seconds=1), 0)):
        forget(kept.world.engine, tmp_path, kept.clock() + after)
        with reading(kept.world.engine) as session:
            assert len(session.exec(select(OneTimeCode)).all()) == left
            assert len(session.exec(select(LoginSession)).all()) == 1
        assert mail.exists() is bool(left)
    forget(kept.world.engine, tmp_path, kept.clock() + lasting.EDIT + timedelta(seconds=1))
    with reading(kept.world.engine) as session:
        assert session.exec(select(DraftEdit)).all() == []
