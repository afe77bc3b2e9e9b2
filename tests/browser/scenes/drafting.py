"""From the director's first draft to the version that answers the working group."""

from tests.browser.steps import COORDINATOR, DIRECTOR, MEMBER, Cast, own
from tests.browser.visitor import Visitor

WISH = "Opgør tallet for hver kommune."


def written(story: Cast) -> None:
    """The director adds a goal with an indicator, is told what is wrong, and hands in the first version."""
    story.town.others("2022-08-12", "2022-08-25")
    story.town.round("2022-09-16")
    director = story.comes(DIRECTOR, "2022-09-16 09:00", "Første udkast til de regionale mål")
    own(director).follow("Skriv på udkastet")
    director.press("Tilføj et mål")
    director.write(title="Iværksættere", focus="Iværksættere", text="Vejledning tæt på virksomheden.")
    director.press("Tilføj et delmål")
    director.write(title="Vejledte iværksættere")
    director.page.locator("select[name$='.rule']:visible").last.select_option("at_least")
    director.press("Gem", exact=True)
    director.follow("Videre til indsendelse")
    assert director.sees("Skal rettes, før udkastet kan indsendes")  # no target yet
    assert director.page.get_by_role("button", name="Indsend version 1").count() == 0
    director.page.go_back()
    director.write(target="120", unit="virksomheder", source="Husets sagssystem")
    story.picture(DIRECTOR, "draft")
    director.press("Gem", exact=True)
    nobody_sees(story, "Vejledte iværksættere")
    _handed_in(director, 1, "Første udkast til de regionale mål")
    story.picture(DIRECTOR, "versions")


def nobody_sees(story: Cast, words: str) -> None:
    """What is written and not handed in is the director's own."""
    coordinator = story.coordinate("2022-09-16 09:30", "draft")
    assert not coordinator.sees(words)


def commented(story: Cast, goal: str = "13") -> None:
    """Somebody of the working group comments on a goal, on a telephone, and says where they stand."""
    story.town.round("2022-10-07")
    member = story.comes(MEMBER, "2022-10-07 10:00", "Arbejdsgruppens bemærkninger til udkastet")
    member.follow("Skriv bemærkninger")
    member.choose("about", f"goal:{goal}")
    member.fill(text=WISH)
    member.press("Send bemærkningen")
    assert member.sees("Det er gjort.")
    member.follow("Høring", exact=True)
    member.choose("position", "agrees-with-remarks")
    member.press("Gem min holdning")
    assert member.sees("Det blev ikke gjort")  # remarks are missing
    assert member.page.locator("[name='position'][value='agrees-with-remarks']").first.is_checked()
    member.fill(remarks="Når tallet opgøres for hver kommune.")
    member.press("Gem min holdning")
    story.picture(MEMBER, "position")
    assert not member.scrolls_sideways()
    own(member)
    assert not member.sees("Vi mangler dine bemærkninger")


def settled(story: Cast) -> None:
    """The coordinator sees who has answered, and accepts the comment; who made it sees that."""
    coordinator = story.coordinate("2022-10-07 11:00", "consultation")
    assert coordinator.sees("1 af 6, som er spurgt, har svaret")
    coordinator.for_guide("consultation", "h1", 560)
    coordinator.follow("Bemærkninger", exact=True)
    coordinator.unfold("Afgør bemærkning 1")
    coordinator.choose("outcome", "accepted")
    coordinator.press("Gem afgørelsen")
    story.picture(COORDINATOR, "comment")
    member = own(story.people[MEMBER], "/comments?goal=13")
    assert member.sees("Imødekommet af Koordinator i KKR-sekretariatet")


def written_anew(story: Cast) -> None:
    """The others of the working group comment; the director hands in a second version, with its differences."""
    story.town.others("2022-10-10", "2022-10-17", lambda act: "11b" in str(act.form))
    story.town.act(
        "2022-10-14 15:00", "kommunaldirektoer-b", "comment", text="Please state who collects each figure."
    )
    story.town.round("2022-10-24")
    director = own(story.comes(DIRECTOR, "2022-10-24 10:00", "Første udkast til de regionale mål"))
    director.follow("Skriv på udkastet")
    director.follow("Mål 13: Iværksættere")
    director.page.locator("[name$='.note']:visible").first.fill("Tallet opgøres for hver kommune.")
    director.press("Gem", exact=True)
    _handed_in(director, 2, "Tallet opgøres for hver kommune")
    member = own(story.people[MEMBER], "/consultation")
    assert member.sees("Høringen er om version 2. En ny version spørger forfra.")


def _handed_in(director: Visitor, version: int, message: str) -> None:
    director.follow("Videre til indsendelse")
    director.fill(message=message)
    director.press(f"Indsend version {version}")
    assert director.sees("Det er gjort.")
    assert director.sees(message)
    assert director.page.get_by_role("link", name=f"Hent version {version} som PDF").count() == 1
