"""The year's story by clicking: a coordinator, the director, the working group, the two chairs, and who follows."""

from playwright.sync_api import Browser

from models.engine import reading
from models.proof import verify
from tests.browser.scenes import approval, drafting, meeting, results
from tests.browser.steps import BOARD_CHAIR, COUNCIL_CHAIR, Cast, cast
from tests.browser.town import CYCLE, Town
from tests.browser.visitor import GUIDE

SCENES = (
    results.activated,
    results.handed_in,
    results.recommended,
    results.decided,
    drafting.written,
    drafting.commented,
    drafting.settled,
    drafting.written_anew,
    meeting.confirmed,
    meeting.moved_and_back,
    meeting.accepted,
    meeting.minuted,
    meeting.changed,
    approval.board_approved,
    approval.council_approved,
    approval.signed,
    approval.published,
)


def test_the_year_from_the_first_press_to_the_contract_in_force(browser: Browser, town: Town) -> None:
    with cast(browser, town) as story:
        for scene in SCENES:
            scene(story)
        _stands(story)


def _stands(story: Cast) -> None:
    """What is on record in the end: one text, approved by both bodies and signed by both chairs, and all of it whole."""
    stage, approvals, signatures = approval.facts(story.town)
    text = approval.text_of(story.town, 3)
    assert stage == "in-force"
    assert approvals == [("board", text), ("council", text)]
    assert signatures == [(BOARD_CHAIR, text), (COUNCIL_CHAIR, text)]
    with reading(story.town.engine) as session:
        assert verify(session, CYCLE) == []
    taken = [name for visitor in story.people.values() for name in visitor.pictured]
    assert sorted(taken) == sorted(GUIDE)
