"""While somebody else writes to the record for long (SQLite: one at a time), pages are read, and a press says so."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import text

from models.engine import writing
from tests.web.logged_in import Site
from tests.web.milestones.pressing import AS_IT_IS, PAGE, hidden, offered


@pytest.fixture
def hurried(logins: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site that waits a moment for the record and no longer."""
    monkeypatch.setattr("models.engine.BUSY_SECONDS", 0.05)
    logins.world.engine.dispose()  # connections from now on
    logins.log_in()
    return logins


@contextmanager
def written_to(site: Site) -> Iterator[None]:
    """Another transaction holds the record."""
    with writing(site.world.engine) as session:
        session.execute(text("SELECT 1"))
        yield


def test_a_milestones_page_is_read_at_once(hurried: Site) -> None:
    hurried.clock.moment += timedelta(hours=1)  # it would be noted that they are here
    with written_to(hurried):
        answers = [hurried.client.get(path) for path in (PAGE, f"{PAGE}/move", f"{PAGE}/hold")]

    assert [each.status_code for each in answers] == [200] * 3
    assert "move" in offered(answers[0].text)


def test_a_look_ahead_says_that_it_was_held_up_and_keeps_what_was_typed(hurried: Site) -> None:
    typed = {**AS_IT_IS, "place": "Hobro", "once": "a"}
    with written_to(hurried):
        answer = hurried.post(f"{PAGE}/move/preview", typed)

    assert answer.status_code == 409
    assert "Der bliver arbejdet i årshjulet lige nu" in answer.text
    assert 'value="Hobro"' in answer.text
    shown = hurried.post(f"{PAGE}/move/preview", typed)
    assert shown.status_code == 200
    with written_to(hurried):
        assert hurried.post(f"{PAGE}/move", hidden(shown.text)).status_code == 409
    assert hurried.post(f"{PAGE}/move", hidden(shown.text)).status_code == 303


def test_so_does_a_press_without_a_look_ahead(hurried: Site) -> None:
    with written_to(hurried):
        answer = hurried.post("/cycles/c/milestones/notes/done", {"person": "w1", "once": "a"})

    assert answer.status_code == 409
    assert "Der bliver arbejdet i årshjulet lige nu" in answer.text
    assert hurried.post("/cycles/c/milestones/notes/done", {"person": "w1", "once": "a"}).status_code == 303
