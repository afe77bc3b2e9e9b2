"""`aarshjul login`, and the first link that `aarshjul up` shows."""

from pathlib import Path

import pytest

from aarshjul.cli.login import first_link
from aarshjul.cli.record import record
from aarshjul.clock import now
from models.engine import reading, writing
from models.logins import find_link, use_link
from tests.cli.conftest import Run


def secret_in(link: str) -> str:
    return link.partition(" ")[0].rpartition("/login/")[2]


def test_the_link_opens_for_its_coordinator(run: Run, imported: Path) -> None:
    said = run("login", "--person", "koordinator")
    first, second = said.out.splitlines()
    assert first.startswith("http://127.0.0.1:8000/login/")
    assert second.startswith("It logs koordinator in, once, until ")
    with record(imported) as opened, reading(opened.engine) as session:
        link = find_link(session, secret_in(first), now())
    assert link is not None
    assert (link.person_id, link.mailed) == ("koordinator", False)


def test_it_begins_with_the_address_that_people_reach(
    run: Run, imported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AARSHJUL_WEB_URL", "https://wheel.example.org/aar/")
    said = run("login", "--person", "koordinator", "--json").json
    assert said["link"].startswith("https://wheel.example.org/aar/login/")
    assert said.keys() == {"person", "link", "until"}


@pytest.mark.parametrize(
    ("person", "why"),
    [
        ("direktoer", "direktoer coordinates no cycle: only coordinators log in"),
        ("koordinato", "did you mean `koordinator`?"),
    ],
)
def test_nobody_else_gets_one(run: Run, imported: Path, person: str, why: str) -> None:
    said = run("login", "--person", person)
    assert said.code == 1
    assert why in said.err
    assert said.out == ""


def test_the_first_start_shows_a_link_until_somebody_logged_in(imported: Path) -> None:
    with record(imported) as opened:
        link = first_link(opened, "http://127.0.0.1:9000")
        assert link is not None
        assert link.startswith("http://127.0.0.1:9000/login/")
        assert link.endswith("(as koordinator)")
        assert first_link(opened, "http://127.0.0.1:9000")
        with writing(opened.engine) as session:
            assert use_link(session, secret_in(link), now())
        assert first_link(opened, "http://127.0.0.1:9000") is None


def test_where_nobody_coordinates_there_is_no_first_link(home: Path) -> None:
    with record(home, begin=True) as opened:
        assert first_link(opened, "http://127.0.0.1:9000") is None
