"""Those who act in the story, each with a browser of their own, and the steps that come up again and again."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser

from tests.browser.town import CYCLE, Town
from tests.browser.visitor import Visitor, visiting

COORDINATOR, DIRECTOR, MEMBER = "koordinator", "direktoer", "erhvervschef-vest"
BOARD_CHAIR, COUNCIL_CHAIR, SUBSCRIBER = "bestyrelsesformand", "kkr-formand", "abonnent"
WIDTHS = {
    COORDINATOR: 1440, DIRECTOR: 1440, MEMBER: 360, BOARD_CHAIR: 768, COUNCIL_CHAIR: 360, SUBSCRIBER: 1440,
}  # fmt: skip
_OWN = re.compile(r"(.*?/p/[^/?#]+)")


@dataclass(kw_only=True)
class Cast:
    """The people, by their ids in the example, and where they live."""

    town: Town
    people: dict[str, Visitor]
    pictures: int = 0

    def coordinate(self, when: str, *path: str) -> Visitor:
        """The coordinator logs in at a moment, and opens a page of the cycle."""
        self.town.at(when)
        visitor = self.people[COORDINATOR]
        log_in(visitor, self.town)
        visitor.open("/".join(("/cycles", CYCLE, *path)))
        return visitor

    def comes(self, person: str, when: str, about: str) -> Visitor:
        """Somebody follows the link of the mail that came last, which is about this."""
        self.town.at(when)
        subjects = self.town.subjects(person)
        assert about in subjects[-1], subjects
        visitor = self.people[person]
        assert visitor.open(self.town.link(f"{person}@example.org")) == 200
        if not visitor.page.url.endswith("/draft"):  # a paper, which is the same for all who may read it
            assert visitor.page.locator("header").get_by_text("Du handler som").count() == 1
        return visitor

    def binds(self, person: str, button: str) -> None:
        """Somebody who acts by link presses what binds, and confirms it with the code that is mailed to them."""
        visitor = self.people[person]
        visitor.press(button)
        assert visitor.sees("Skriv koden fra din mail")
        visitor.fill(code=self.town.code(person))
        visitor.press("Bekræft")
        assert visitor.sees("Det er gjort.")

    def picture(self, person: str, name: str) -> None:
        """Keep what somebody sees, in the order in which it was seen."""
        self.pictures += 1
        self.people[person].picture(f"story-{self.pictures:02d}-{name}")


def log_in(visitor: Visitor, town: Town) -> None:
    """The coordinator's way in."""
    visitor.open(town.login(COORDINATOR))
    visitor.press("Log ind")
    assert visitor.sees("Mine forløb")


def own(visitor: Visitor, path: str = "") -> Visitor:
    """Another of the pages behind the link that somebody came by."""
    here = _OWN.match(visitor.page.url)
    assert here, visitor.page.url
    assert visitor.open(f"{here[1]}{path}") == 200
    return visitor


@contextmanager
def cast(browser: Browser, town: Town, **more: Any) -> Iterator[Cast]:
    """Everybody, each at the width of the screen that they have; `more` is what browsers are told beside it."""
    with ExitStack() as open_browsers:
        people = {
            person: open_browsers.enter_context(visiting(browser, town.base, width, **more))
            for person, width in WIDTHS.items()
        }
        yield Cast(town=town, people=people)
