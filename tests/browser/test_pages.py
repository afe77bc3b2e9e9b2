"""Every page that a link leads to, in both languages: nothing that axe-core objects to, nothing that scrolls sideways."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute
from playwright.sync_api import Browser

from aarshjul.files.script import read_script
from aarshjul.web.app import AREAS
from aarshjul.web.desk import desk_over
from models.engine import open_engine
from notifications.personal_links import make_link
from tests.browser.conftest import EXAMPLE
from tests.browser.crawling import Crawl
from tests.browser.keyboard import keyboard_faults
from tests.browser.town import Town, town_over
from tests.browser.visitor import Visitor, visiting
from tests.story.plain import play
from tests.web.serving import SECRET

CYCLE, DAY = "nordjylland-2023", "2022-12-05"
WIDTHS = (320, 768, 1440)  # 320 is 1280 at 400 %
LEAST_KINDS = 10
"""What a coordinator comes to at the very least: a crawl that finds next to nothing finds no fault either."""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The example year after the dialogue meeting: drafts, comments, minutes, tasks, results."""
    home = tmp_path_factory.mktemp("town")
    script = read_script(EXAMPLE / f"{CYCLE}.cycle.yaml", EXAMPLE / f"{CYCLE}.acts.yaml")
    play(script, home, last=date.fromisoformat(DAY))
    engine = open_engine(f"sqlite:///{home / 'aarshjul.db'}")
    try:
        with town_over(engine, home, DAY) as found:
            yield found
    finally:
        engine.dispose()


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_coordinators_pages(browser: Browser, town: Town, language: str) -> None:
    with visiting(browser, town.base) as visitor:
        visitor.open(town.login("koordinator"))
        visitor.press("Log ind")
        crawl = _looked_through(visitor, town, "/cycles", language, "coordinator")
    assert len(crawl.kinds) >= LEAST_KINDS, sorted(crawl.kinds)


@pytest.mark.parametrize("person", ["direktoer", "kkr-formand", "bestyrelsesformand"])
def test_a_members_pages(browser: Browser, town: Town, person: str) -> None:
    token = make_link(SECRET.encode(), CYCLE, person, town.clock())
    with visiting(browser, town.base, width=360) as visitor:
        _looked_through(visitor, town, f"/p/{token}", "da", person)


def _looked_through(visitor: Visitor, town: Town, start: str, language: str, name: str) -> Crawl:
    """Go through all pages, and say of all of them at once what is wrong."""
    crawl = Crawl(visitor=visitor, start=start, language=language, fixed=_words(town))
    wrong: list[str] = []
    for number, address in enumerate(crawl.pages()):
        wrong += [f"{address}: {each}" for each in visitor.violations()]
        wrong += [f"{address}: {each}" for each in _outline(visitor, language)]
        wrong += [f"{address}: {each}" for each in keyboard_faults(visitor)]
        for width in WIDTHS:
            visitor.page.set_viewport_size({"width": width, "height": 900})
            if visitor.scrolls_sideways():
                wrong.append(f"{address}: scrolls sideways at {width}")
        visitor.picture(f"{name}-{language}-{number:02d}-{re.sub(r'[^a-z0-9]+', '-', address[-40:])}")
    assert not wrong, "\n".join(wrong)
    return crawl


def _outline(visitor: Visitor, language: str) -> Iterator[str]:
    page = visitor.page
    if page.locator("html").get_attribute("lang") != language:
        yield "is in another language"
    if page.locator("h1").count() != 1:
        yield "has not one first heading"
    for way in ("accessibility", "privacy"):
        if not page.locator(f"footer a[href*='{way}'], a[href*='{way}']").count():
            yield f"leads not to {way}"


def _words(town: Town) -> frozenset[str]:
    """The words of our addresses: all that stands in a route and is no parameter."""
    desk = desk_over(town.settings, town.engine, town.clock, town.postman)
    paths = [path for area in AREAS for path in _paths(area(desk))]
    words = {word for path in paths for word in path.strip("/").split("/") if not word.startswith("{")}
    assert {"milestones", "goals", "approval", "comments"} <= words
    return frozenset(words | {"cycles", "p"})


def _paths(router: APIRouter) -> Iterator[str]:
    for route in router.routes:
        if isinstance(route, APIRoute):
            yield route.path
        elif (inner := getattr(route, "original_router", None)) is not None:
            yield from _paths(inner)
