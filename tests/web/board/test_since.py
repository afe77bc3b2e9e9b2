"""What happened since somebody was last here: until when that was, and what others did after it."""

import re
from datetime import timedelta

import pytest
from sqlmodel import col, select

from models.engine import reading
from models.login import LoginSession
from tests.builders import at
from tests.web.logged_in import Site


def since(site: Site, query: str = "") -> str:
    found = re.search(
        r'<details class="since".*?</details>', site.client.get(f"/cycles{query}").text, re.DOTALL
    )
    assert found is not None
    return re.sub(r"<[^>]+>", "|", found[0])


def last_here(site: Site) -> str | None:
    with reading(site.world.engine) as session:
        query = select(LoginSession).order_by(col(LoginSession.id).desc())
        found = session.exec(query).first()
    assert found is not None
    return None if found.last_here is None else found.last_here.strftime("%d %H:%M")


def test_a_first_visit_is_welcomed(logins: Site) -> None:
    logins.log_in()
    assert "Næste gang står her" in since(logins)
    assert "Next time this says" in since(logins, "?lang=en")
    assert last_here(logins) is None


def test_logging_in_again_shows_what_others_did_since_the_last_use_and_not_ones_own(logins: Site) -> None:
    logins.clock.moment = at("2022-05-02", "09:00")
    logins.log_in()
    logins.clock.moment = at("2022-05-02", "09:10")
    logins.client.get("/cycles")
    logins.world.act("2022-05-02 09:05", "b1", "answer", milestone="dialogue", reply="declined")
    logins.world.act("2022-05-02 10:00", "b1", "answer", milestone="dialogue", reply="accepted")
    logins.world.act("2022-05-02 10:01", "co", "confirm", milestone="dialogue")
    logins.clock.moment = at("2022-05-03", "09:00")
    logins.log_in()

    said = since(logins)

    assert "Kontrakt 2023|: 1 hændelse" in said
    assert said.count("Bestyrelsesmedlem svarede på invitationen") == 1
    assert "Koordinator" not in said
    assert 'href="./cycles/c/history"' in logins.client.get("/cycles").text


@pytest.mark.parametrize(
    ("minutes", "kept"),
    [((10, 29), None), ((10, 30), "02 09:10"), ((30,), "02 09:00"), ((5, 40, 10), "02 09:05")],
)
def test_a_pause_of_half_an_hour_begins_a_new_visit(
    logins: Site, minutes: tuple[int, ...], kept: str | None
) -> None:
    logins.clock.moment = at("2022-05-02", "09:00")
    logins.log_in()
    for each in minutes:
        logins.clock.moment += timedelta(minutes=each)
        logins.client.get("/cycles")
    local = last_here(logins)
    assert local == (None if kept is None else f"02 {int(kept[3:5]) - 2:02}:{kept[6:]}")  # UTC in summer


def test_the_look_that_ends_a_pause_shows_what_happened_in_it(logins: Site) -> None:
    logins.clock.moment = at("2022-05-02", "09:00")
    logins.log_in()
    logins.world.act("2022-05-02 09:20", "b1", "answer", milestone="dialogue", reply="declined")
    logins.clock.moment = at("2022-05-02", "09:31")
    assert "1 hændelse" in since(logins)
    assert "1 hændelse" in since(logins)


def test_another_cycles_doings_are_not_shown(logins: Site) -> None:
    logins.log_in("co2")
    logins.clock.moment += timedelta(hours=1)
    logins.world.act("2022-05-02 12:00", "co", "confirm", milestone="dialogue")
    logins.clock.moment += timedelta(hours=20)
    logins.log_in("co2")
    assert "Kontrakt 2023" not in since(logins)


def test_of_many_happenings_the_newest_three_are_told(logins: Site) -> None:
    logins.log_in()
    for minute in range(10, 20):
        logins.world.act(f"2022-05-03 09:{minute}", "b1", "answer", milestone="dialogue", reply="accepted")
    logins.world.act("2022-05-03 10:19", "b1", "answer", milestone="dialogue", reply="declined")
    logins.clock.moment = at("2022-05-04")
    logins.log_in()
    said = since(logins)
    assert "11 hændelser" in said
    assert said.count("svarede på invitationen") == 3
    assert said.index("10.19") < said.index("09.19")
