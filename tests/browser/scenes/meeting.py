"""The dialogue meeting: confirmed, moved and moved back, answered, minuted, held; and what it wanted is done."""

from tests.browser.steps import BOARD_CHAIR, COORDINATOR, COUNCIL_CHAIR, DIRECTOR, Cast, own
from tests.browser.visitor import Visitor

MEETING = "dialogue-meeting"
PAGE = ("milestones", MEETING)


def confirmed(story: Cast) -> None:
    """The tentative date is confirmed; whoever was asked to reserve it hears so."""
    coordinator = story.coordinate("2022-10-25 09:00")
    coordinator.for_guide("cycle", "h1", 860)
    coordinator.follow("Dialogmøde mellem KKR Nordjylland og bestyrelsen")
    coordinator.unfold("Bekræft datoen")
    _looked_at(coordinator)
    assert coordinator.sees("Det får 25 at vide")
    coordinator.press("Bekræft", exact=True)
    assert coordinator.sees("Det er gjort.")
    story.town.round("2022-10-26")
    for person in (BOARD_CHAIR, COUNCIL_CHAIR):
        assert story.town.subjects(person)[-1].startswith("Bekræftet: Dialogmøde")


def moved_and_back(story: Cast) -> None:
    """The coordinator sees whom a move by a week tells, does it, and takes it back in time: nobody hears of it."""
    heard = story.town.subjects(BOARD_CHAIR)
    coordinator = story.coordinate("2022-10-26 09:00", *PAGE)
    coordinator.unfold("Flyt")
    coordinator.fill(to="2022-11-25", reason="Et andet møde falder samme dag.")
    _looked_at(coordinator)
    assert coordinator.sees("fredag den 18. november 2022, 10.00-12.00")
    assert coordinator.sees("fredag den 25. november 2022, 10.00-12.00")
    assert coordinator.sees("De, der har svaret på invitationen, bliver bedt om at svare igen.")
    coordinator.for_guide("move", "h1", 600)
    story.picture(COORDINATOR, "move")
    coordinator.press("Flyt", exact=True)
    chair = story.comes(BOARD_CHAIR, "2022-10-26 09:02", "Bekræftet: Dialogmøde")
    assert chair.sees("Fredag den 25. november 2022")  # on the page at once; in a mail five minutes later
    story.town.at("2022-10-26 09:03")
    coordinator.press("Fortryd")
    assert coordinator.sees("Det er taget tilbage.")
    story.town.round("2022-10-27")
    assert story.town.subjects(BOARD_CHAIR) == heard


def accepted(story: Cast) -> None:
    """Each chair answers by one press; the coordinator sees who comes."""
    for person in (BOARD_CHAIR, COUNCIL_CHAIR):
        chair = story.comes(person, "2022-10-27 09:00", "Bekræftet: Dialogmøde")
        if person == COUNCIL_CHAIR:
            own(chair).for_guide("own-page", "body", 660, width=500)
        chair.press("Ja, jeg kommer")
        assert chair.sees("Dit svar: Ja.")
        story.picture(person, "accepted")
    coordinator = story.coordinate("2022-10-27 10:00", *PAGE)
    assert coordinator.sees("Kommer (2)")


def minuted(story: Cast) -> None:
    """During the meeting the coordinator writes down what it wants changed, and then that it was held."""
    story.town.others("2022-11-07", "2022-11-16")
    story.town.round("2022-11-18")
    coordinator = story.coordinate("2022-11-18 10:30", *PAGE)
    coordinator.follow("Skriv referatet, punkt for punkt")
    item = coordinator.unfold("Punkt om Iværksættere")
    item.locator("[name='said']").fill("Rådet ønsker flere med; bestyrelsen finder 150 nåeligt.")
    item.locator("[name='goal']").select_option("13")
    item.locator("[name='change-1']").fill("Hæv måltallet fra 120 til 150.")
    coordinator.for_guide("minutes", "details[open]", 600)
    with coordinator.page.expect_navigation():
        item.get_by_role("button", name="Gem punktet").click()
    assert coordinator.sees("1. Hæv måltallet fra 120 til 150.")
    story.picture(COORDINATOR, "minutes")

    coordinator = story.coordinate("2022-11-18 12:30", *PAGE)
    coordinator.unfold("Mødet er holdt")
    coordinator.fill(minutes="Referat af dialogmødet den 18. november 2022")
    _looked_at(coordinator)
    assert coordinator.sees("Det kan ikke fortrydes.")
    coordinator.press("Luk mødet")
    assert coordinator.sees("Afsluttet")
    story.picture(COORDINATOR, "held")


def changed(story: Cast) -> None:
    """The board cannot approve while the change is open; the director makes it, and says so."""
    chair = own(story.people[BOARD_CHAIR], "/approval")
    assert chair.sees("Bestyrelsen kan ikke godkende, før")
    story.town.round("2023-01-13")
    director = own(story.comes(DIRECTOR, "2023-01-13 13:00", "Endeligt udkast til bestyrelsen og KKR"))
    director.follow("Skriv på udkastet")
    director.follow("Mål 13: Iværksættere")
    director.unfold("Delmål 13a")
    director.write(target="150")
    director.press("Gem", exact=True)
    director.follow("Videre til indsendelse")
    director.fill(message="Måltallet er hævet, som dialogmødet ønskede")
    director.press("Indsend version 3")
    own(director, "/tasks").unfold("Afgør ændring 1")
    director.choose("outcome", "done")
    director.press("Gem afgørelsen")
    assert director.sees("lavet i version 3")
    story.picture(DIRECTOR, "task")


def _looked_at(visitor: Visitor) -> None:
    """Press the button of the form that is open, and see what it would do."""
    with visitor.page.expect_navigation():
        visitor.page.locator("button:visible", has_text="Se, hvad der sker").first.click()
    assert visitor.sees("Det her vil ske")
