"""Every page in every size and language: nothing that axe-core objects to, nothing that scrolls sideways."""

from playwright.sync_api import Browser

from tests.browser.town import Town
from tests.browser.visitor import visiting


def test_logging_in(browser: Browser, town: Town) -> None:
    with visiting(browser, town.base) as visitor:
        visitor.open(town.login("koordinator"))
        visitor.press("Log ind")
        assert visitor.sees("Mine forløb")
        assert visitor.violations() == []
