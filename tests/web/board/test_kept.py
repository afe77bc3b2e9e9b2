"""Pages are kept for one reader while nothing changes, and no longer; what they cost does not grow with the cycles."""

from datetime import timedelta

import pytest
from sqlmodel import select

from aarshjul.acts.importing import import_cycle
from aarshjul.files.read import read_cycle
from aarshjul.web.board.present import Present
from models.cycle import Cycle
from models.engine import reading, writing
from models.person import Person
from models.standing import standing
from tests.builders import at
from tests.web.logged_in import Site
from tests.web.serving import Feeds, statements


def test_the_name_of_the_state_changes_with_every_write_and_with_nothing_else(feeds: Feeds) -> None:
    engine = feeds.world.engine
    present = Present(engine)
    first = present.state()
    assert first is not None
    with reading(engine) as session:
        session.exec(select(Cycle)).all()
    assert present.state() == first
    with writing(engine) as session:
        session.get_one(Person, "b1").name = "Another"
    second = present.state()
    assert second != first
    feeds.world.act("2022-05-02", "co", "confirm", milestone="dialogue")
    assert present.state() not in (first, second)


@pytest.mark.parametrize("path", ["/cycles", "/cycles/c"])
def test_a_page_is_made_once_and_anew_after_anything_was_written(logins: Site, path: str) -> None:
    logins.log_in()
    first = logins.client.get(path).text
    with statements(logins.world.engine) as said:
        assert logins.client.get(path).text == first
    kept = len(said)
    assert kept < 10  # who asks, and nothing else
    with writing(logins.world.engine) as session:
        session.get_one(Cycle, "c").title = "Another <title>"
    assert "Another &lt;title&gt;" in logins.client.get(path).text


def test_a_kept_page_is_its_readers_and_its_languages(logins: Site) -> None:
    with writing(logins.world.engine) as session:
        session.get_one(Person, "co2").name = "Somebody else"
    logins.log_in()
    mine = logins.client.get("/cycles").text
    logins.log_in("co2")
    theirs = logins.client.get("/cycles").text
    assert "Kontrakt 2023" in mine
    assert "Kontrakt 2023" not in theirs
    assert "Somebody else" in theirs
    assert "My cycles" in logins.client.get("/cycles?lang=en").text
    logins.client.cookies.clear()
    assert logins.client.get("/cycles").status_code == 303


def test_a_kept_page_follows_the_day(logins: Site) -> None:
    logins.clock.moment = at("2022-05-19", "10:00")
    logins.log_in()
    assert "Resultater: i morgen" in logins.client.get("/cycles").text.replace("<span>", "")
    logins.clock.moment += timedelta(hours=11)
    logins.client.get("/cycles")
    logins.clock.moment += timedelta(hours=11)
    assert "Resultater: i dag" in logins.client.get("/cycles").text


def test_a_kept_page_is_compressed_for_who_takes_it(logins: Site) -> None:
    logins.log_in()
    for encoding in ("gzip", "identity"):
        for _ in range(2):
            answer = logins.client.get("/cycles/c", headers={"accept-encoding": encoding})
            assert answer.headers.get("content-encoding", "identity") == encoding
            assert "Accept-Encoding" in answer.headers["vary"]
            assert "<h1>Kontrakt 2023</h1>" in answer.text


def test_twenty_cycles_are_asked_for_as_often_as_one(logins: Site) -> None:
    engine = logins.world.engine
    text = (logins.world.folder / "c.cycle.yaml").read_text(encoding="utf-8")
    for number in range(19):
        file = logins.world.folder / f"c{number}.cycle.yaml"
        file.write_text(
            text.replace("id: c\n", f"id: c{number}\n")
            .replace("scores: small.contract.yaml\n", "")
            .replace(", score]", "]"),
            encoding="utf-8",
        )
        with writing(engine) as session:
            import_cycle(session, read_cycle(str(file)), None, at("2022-04-01"))
    counts = []
    for ids in (["c"], ["c", *(f"c{number}" for number in range(19))]):
        with statements(engine) as said, reading(engine) as session:
            assert len(standing(session, ids, at("2022-05-02"))) == len(ids)
        counts.append(len(said))
    assert counts[0] == counts[1]
    logins.log_in()
    with statements(engine) as said:
        assert logins.client.get("/cycles").text.count("cycles/c1") > 1
    assert len(said) < 40
