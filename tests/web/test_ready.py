"""Whether an installation can be worked with, as a monitor asks."""

from pathlib import Path

from sqlalchemy import text

from aarshjul.web.app import readiness
from models.cycle import Cycle
from models.engine import open_engine, writing
from tests.builders import at
from tests.web.conftest import Site


def test_ready_says_when_a_round_last_ran(site: Site) -> None:
    assert site.client.get("/readyz").json() == {"ready": True, "database": "present", "last_round": None}
    with writing(site.engine) as session:
        session.get_one(Cycle, "c").last_round_at = at("2022-05-02")
    assert site.client.get("/readyz").json()["last_round"] == "2022-05-02T05:00:00+00:00"
    assert site.client.head("/readyz").status_code == site.client.head("/healthz").status_code == 200


def test_a_database_of_another_version_is_not_ready(site: Site) -> None:
    with writing(site.engine) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    answer = site.client.get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, "newer")
    assert site.client.get("/healthz").json() == {"status": "ok"}


def test_a_database_that_does_not_answer_is_not_ready(tmp_path: Path) -> None:
    (tmp_path / "aarshjul.db").write_bytes(b"not a database, and long enough to be looked at" * 100)
    engine = open_engine(f"sqlite:///{tmp_path / 'aarshjul.db'}")
    assert readiness(engine) == {"ready": False, "database": "unreachable", "last_round": None}
    engine.dispose()


def test_a_click_while_the_database_does_not_answer_is_to_be_repeated(site: Site) -> None:
    with writing(site.engine) as session:
        session.execute(text("ALTER TABLE membership RENAME TO elsewhere"))
    answer = site.client.post(site.path("ob"), data={"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    assert "elsewhere" not in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_an_address_that_leads_nowhere_is_a_page_under_the_policy(site: Site) -> None:
    answer = site.client.get("/nowhere/at/all")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
