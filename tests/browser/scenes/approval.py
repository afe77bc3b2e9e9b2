"""Both bodies approve one text, both chairs sign it, and it is in force for everybody."""

from sqlalchemy import select
from sqlmodel import col

from models.cycle import Cycle
from models.draft import Decision, Draft, Signature
from models.engine import reading
from tests.browser.steps import BOARD_CHAIR, COORDINATOR, COUNCIL_CHAIR, DIRECTOR, SUBSCRIBER, Cast, own
from tests.browser.town import CYCLE, Town

WRONG = "0000 0000"


def board_approved(story: Cast) -> None:
    """The board's chair reads what is new and the exact hash, and approves."""
    for day in ("2023-02-03", "2023-02-09"):
        story.town.round(day)
    chair = story.comes(BOARD_CHAIR, "2023-02-10 09:20", "Bestyrelsens godkendelse af resultatkontrakt 2023")
    text = text_of(story.town, 3)
    assert chair.sees(text)
    assert chair.page.locator("del", has_text="120").count() == 1
    assert chair.page.locator("ins", has_text="150").count() == 1
    chair.for_guide("approval", "h1", 600)
    story.picture(BOARD_CHAIR, "approval")
    mistyped_and_approved(story, text)


def mistyped_and_approved(story: Cast, text: str) -> None:
    """A wrong code does nothing, the right one does it."""
    chair = story.people[BOARD_CHAIR]
    chair.choose("outcome", "approved")
    chair.press("Gem beslutningen")
    assert chair.sees(f"kontrolkode {text[:12]}")
    chair.fill(code=WRONG)
    chair.press("Bekræft")
    assert chair.sees("Koden passer ikke.")
    assert facts(story.town)[1] == []
    story.picture(BOARD_CHAIR, "wrong-code")
    chair.fill(code=story.town.code(BOARD_CHAIR))
    chair.press("Bekræft")
    assert chair.sees("Bestyrelsen har godkendt.")


def council_approved(story: Cast) -> None:
    """The council's chair approves the same text; the director hears of both."""
    chair = story.comes(
        COUNCIL_CHAIR, "2023-02-10 11:45", "KKR Nordjyllands godkendelse af resultatkontrakt 2023"
    )
    assert chair.sees("Bestyrelsen har godkendt.")
    assert chair.sees(text_of(story.town, 3))
    assert not chair.scrolls_sideways()
    chair.choose("outcome", "approved")
    story.binds(COUNCIL_CHAIR, "Gem beslutningen")
    story.picture(COUNCIL_CHAIR, "approved")
    story.town.round("2023-02-13")
    assert [each for each in story.town.subjects(DIRECTOR) if "har godkendt udkastet" in each] == [
        "Bestyrelsen for Erhvervshus Nordjylland har godkendt udkastet til Resultatkontrakt 2023",
        "KKR Nordjylland har godkendt udkastet til Resultatkontrakt 2023",
    ]


def signed(story: Cast) -> None:
    """Two signatures with a code each; the second puts the contract in force."""
    for person, when in ((BOARD_CHAIR, "2023-02-14 10:00"), (COUNCIL_CHAIR, "2023-02-16 14:20")):
        chair = own(story.comes(person, when, "har godkendt udkastet"))
        chair.follow("Læs kontrakten, og skriv under")
        assert chair.sees(text_of(story.town, 3))
        assert facts(story.town)[0] == "council-approved"
        story.binds(person, "Skriv under")
        story.picture(person, "signed")
    assert chair.sees("Kontrakten er i kraft.")


def published(story: Cast) -> None:
    """Who follows comes from the mail to the text, and the coordinator sees that the year is there."""
    reader = story.comes(SUBSCRIBER, "2023-02-17 09:00", "KKR Nordjylland har godkendt")
    assert reader.sees("Vejledte iværksættere")
    assert reader.sees("150")
    story.picture(SUBSCRIBER, "contract")
    own(reader).follow("Læs kontrakten")
    assert reader.sees("Vejledte iværksættere")
    coordinator = story.coordinate("2023-02-17 10:00")
    assert coordinator.sees("I kraft")
    story.picture(COORDINATOR, "in-force")


def text_of(town: Town, version: int) -> str:
    """The hash of a version."""
    with reading(town.engine) as session:
        return session.get_one(Draft, (CYCLE, version)).hash


def facts(town: Town) -> tuple[str, list[tuple[str, str]], list[tuple[str, str]]]:
    """The stage; who approved which text; who signed which."""
    with reading(town.engine) as session:
        decisions = session.scalars(select(Decision).order_by(col(Decision.id)))
        signatures = session.scalars(select(Signature).order_by(col(Signature.id)))
        return (
            session.get_one(Cycle, CYCLE).stage,
            [(each.body, each.draft_hash) for each in decisions],
            [(each.person_id, each.draft_hash) for each in signatures],
        )
