"""Every page of scores for every kind of reader, from a table written by hand."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from aarshjul.files.read import read_contract
from models.contract import ScoringRun
from models.contract_rows import store_contract
from models.cycle import Cycle
from models.engine import reading, writing
from tests.web.logged_in import Site
from tests.web.scores.conftest import SMALL, linked

PAGES = ("goals", "goals/1", "findings", "what-if", "results/1a", "results/1b", "compare")
BY_LINK = {
    "co": (200, 200, 200, 200, 200, 200, 404),
    "holder": (200, 200, 200, 200, 200, 200, 404),
    "w1": (200, 200, 200, 200, 200, 403, 404),
    "w2": (200, 200, 200, 200, 403, 403, 404),
    "c1": (200, 200, 200, 200, 403, 403, 404),
    "b1": (200, 200, 200, 200, 403, 403, 404),
    "ob": (200, 200, 200, 200, 403, 403, 404),
    "sub": (404, 404, 403, 403, 403, 403, 404),
    "nobody": (404, 404, 404, 404, 404, 404, 404),
}
PRESSES = {
    "goals/1/recommend": ("co", "holder"),
    "goals/1/decide": ("co", "cc", "c1"),
    "attainment": ("co", "cc", "c1"),
    "findings": ("co", "holder"),
    "results/1a": ("co", "holder", "w1"),
    "results/1a/attach": ("co", "holder", "w1"),
    "results/1a/request": ("co", "holder"),
}
EVERYBODY = ("co", "holder", "bc", "b1", "cc", "c1", "w1", "w2", "ob", "sub")


@pytest.mark.parametrize(("person", "statuses"), BY_LINK.items())
def test_who_sees_what_by_link(logins: Site, person: str, statuses: tuple[int, ...]) -> None:
    assert tuple(logins.client.get(linked(person, page)).status_code for page in PAGES) == statuses


def test_a_coordinator_who_is_logged_in_sees_all_of_their_own_and_nothing_of_others(logins: Site) -> None:
    logins.log_in()
    assert [logins.client.get(f"/cycles/c/{page}").status_code for page in PAGES] == [200] * len(PAGES)

    logins.log_in("co2")
    assert [logins.client.get(f"/cycles/c/{page}").status_code for page in PAGES] == [404] * len(PAGES)
    logins.client.cookies.clear()
    closed = logins.client.get("/cycles/c/goals")
    assert "Kendskab" not in closed.text


@pytest.mark.parametrize("page", ["goals/none", "results/none", "results/1", "goals/1a"])
def test_what_is_not_there_is_not_found(logins: Site, page: str) -> None:
    assert logins.client.get(linked("co", page)).status_code == 404


@pytest.mark.parametrize(("path", "may"), PRESSES.items())
def test_who_may_press_what(logins: Site, path: str, may: tuple[str, ...]) -> None:
    """An empty form: whoever may is told what is missing, everybody else that it is not theirs; nothing changes."""
    before = logins.world.snapshot()

    found = {
        person: logins.post(linked(person, path), {"finding": "missing-actual:1/1a"}).status_code
        for person in EVERYBODY
    }

    assert {person for person, status in found.items() if status not in (403, 404)} == set(may)
    assert logins.world.snapshot() == before


@pytest.mark.parametrize(("path", "may"), PRESSES.items())
def test_a_form_is_offered_to_whoever_may_press_it(logins: Site, path: str, may: tuple[str, ...]) -> None:
    if path == "attainment":
        logins.world.act("2022-05-01", "holder", "recommend", goal="1", value="80")
    page = {"goals/1/recommend": "goals/1", "goals/1/decide": "goals/1", "attainment": "goals"}.get(path)
    page = page or ("findings" if path == "findings" else "results/1a")

    offered = {person for person in EVERYBODY if f'{path}"' in logins.client.get(linked(person, page)).text}

    assert offered == set(may)


def publish(site: Site) -> None:
    """The last scoring run becomes what everybody may see, as the action does."""
    for indicator, actual in (("1a", "25"), ("1b", "80")):
        site.world.act(
            "2022-05-03", "holder", "record-result", indicator=indicator, actual=actual, source="s"
        )
    site.world.until("2022-06-24")
    with reading(site.world.engine) as session:
        run = session.scalars(select(ScoringRun).order_by(col(ScoringRun.id).desc())).first()
    assert run is not None
    with writing(site.world.engine) as session:
        session.execute(update(Cycle).where(col(Cycle.id) == "c").values(published_run=run.id))


def test_a_subscriber_sees_what_was_published_and_nothing_that_was_said_or_changed_since(
    logins: Site,
) -> None:
    logins.world.act("2022-05-02", "holder", "recommend", goal="1", value="80", reason="En hemmelig grund")
    publish(logins)
    logins.clock.moment = logins.clock.moment.replace(month=6, day=27)
    logins.world.act("2022-06-26", "holder", "record-result", indicator="1a", actual="50", source="Hemmelig")

    page = logins.client.get(linked("sub", "goals", "2022-06-20"))
    goal = logins.client.get(linked("sub", "goals/1", "2022-06-20"))
    own = logins.client.get(linked("b1", "goals/1", "2022-06-20"))

    assert (page.status_code, goal.status_code) == (200, 200)
    assert '<data value="75,0000">75\u00a0%</data>' in goal.text
    assert '<data value="100,0000">100\u00a0%</data>' in own.text
    assert "emmelig" not in page.text + goal.text
    assert "Indstil" not in page.text + goal.text
    assert "emmelig" in own.text


def test_other_regions_stand_beside_ours_once_they_are_published(logins: Site) -> None:
    ours = read_contract(str(SMALL.with_name("small.contract.yaml")))
    with writing(logins.world.engine) as session:
        store_contract(session, replace(ours, id="theirs", holder="Det andet hus"))
        session.execute(update(Cycle).where(col(Cycle.id) == "other").values(contract_id="theirs"))
    logins.log_in("co2")
    alone = logins.client.get("/cycles/other/compare?lang=da")

    publish(logins)
    beside = logins.client.get("/cycles/other/compare?lang=da")

    assert "Der er ikke andre" in alone.text
    assert "Erhvervshus<" not in alone.text
    assert re.search(r">Erhvervshus <span[^>]*>offentliggjort<", beside.text)
    assert "75\u00a0%" in beside.text.replace(" %", "\u00a0%")


def test_in_a_closed_cycle_the_figures_are_read_and_nothing_is_offered(logins: Site) -> None:
    logins.world.act("2022-05-01", "co", "close", reason="Aflyst")

    statuses = [logins.client.get(linked("co", page)).status_code for page in PAGES[:6]]
    text = "".join(logins.client.get(linked("co", page)).text for page in PAGES[:4])
    pressed = logins.post(linked("co", "goals/1/recommend"), {"value": "80", "once": "a"})

    assert statuses == [200, 200, 200, 200, 403, 403]
    assert 'method="post"' not in text
    assert pressed.status_code == 403
    assert "Der kan ikke ændres noget nu" in pressed.text
