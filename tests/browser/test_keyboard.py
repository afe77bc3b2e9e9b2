"""What people do without a mouse."""

from playwright.sync_api import Browser

from tests.browser.keyboard import keyboard_faults
from tests.browser.town import Town
from tests.browser.visitor import visiting


def test_somebody_logs_in_and_out_with_keys_alone(browser: Browser, town: Town) -> None:
    with visiting(browser, town.base) as visitor:
        visitor.open(town.login("koordinator"))
        assert keyboard_faults(visitor) == []
        visitor.page.get_by_role("button", name="Log ind").focus()
        with visitor.page.expect_navigation():
            visitor.page.keyboard.press("Enter")
        assert visitor.sees("Mine forløb")
        assert keyboard_faults(visitor) == []


def test_the_first_key_leads_past_the_head_of_the_page(browser: Browser, town: Town) -> None:
    with visiting(browser, town.base) as visitor:
        visitor.open("/login")
        visitor.page.keyboard.press("Tab")
        visitor.page.keyboard.press("Enter")
        assert visitor.page.evaluate("document.activeElement.id") == "content"
