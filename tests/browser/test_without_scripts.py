"""The same pages in a browser that runs no scripts: everything is there, by forms alone."""

from playwright.sync_api import Browser

from tests.browser.scenes import approval, drafting
from tests.browser.steps import BOARD_CHAIR, COORDINATOR, DIRECTOR, MEMBER, cast, own
from tests.browser.town import Town


def test_the_parts_that_scripts_make_better_are_done_without_them(browser: Browser, town: Town) -> None:
    with cast(browser, town, java_script_enabled=False) as story:
        town.act("2022-04-19 09:00", COORDINATOR, "activate")
        town.round("2022-04-20")
        town.others("2022-08-25", "2022-09-29")  # the first draft is there
        drafting.commented(story, "12")

        coordinator = story.coordinate("2022-10-14 09:00", "milestones", "dialogue-meeting")
        coordinator.unfold("Flyt")
        coordinator.fill(to="2022-11-25")
        coordinator.press("Se, hvad der sker")
        assert coordinator.sees("fredag den 25. november 2022, 10.00-12.00")
        coordinator.press("Flyt", exact=True)
        assert coordinator.sees("Fortryd")
        town.round("2022-10-17")
        assert "fredag den 25. november 2022" in town.subjects(MEMBER)[-1]

        director = own(
            story.comes(DIRECTOR, "2022-10-17 10:00", "fredag den 25. november 2022"), "/draft/edit"
        )
        director.press("Tilføj et mål")
        director.write(title="Turisme")
        director.press("Gem", exact=True)
        assert director.page.locator("[name$='.title']").first.input_value() == "Turisme"

        town.act("2022-11-25 12:30", COORDINATOR, "hold", milestone="dialogue-meeting")
        town.round("2023-02-09")
        own(story.comes(BOARD_CHAIR, "2023-02-10 09:20", "Udkast til dialogmødet"), "/approval")
        approval.mistyped_and_approved(story, approval.text_of(town, 1))
        assert approval.facts(town)[1] == [("board", approval.text_of(town, 1))]
