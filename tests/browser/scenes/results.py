"""From the activation to the attainment that the council decides."""

from playwright.sync_api import FilePayload

from tests.browser.steps import COORDINATOR, COUNCIL_CHAIR, DIRECTOR, MEMBER, SUBSCRIBER, Cast, own
from tests.browser.town import CYCLE

FILE = FilePayload(
    name="forloeb-2021.csv", mimeType="text/csv", buffer=b"forloeb,antal\nvaekst og drift,507\n"
)


def activated(story: Cast) -> None:
    """The coordinator sees whom it tells, and ends the silence; they get their invitations in the next round."""
    coordinator = story.coordinate("2022-04-19 09:00")
    coordinator.follow("Sæt forløbet i gang")
    assert coordinator.sees(
        "Indtil nu har ingen fået noget om det. Det her får de at vide, i dag: 25 personer."
    )
    story.picture(COORDINATOR, "activate")
    assert story.town.subjects(DIRECTOR) == []
    coordinator.press("Sæt forløbet i gang")
    assert coordinator.sees("Det er gjort.")
    assert coordinator.sees("Send det ikke")

    story.town.round("2022-04-20")
    assert [each.partition(":")[0] for each in story.town.subjects(MEMBER)] == [
        "Reservér datoen",
        "Invitation",
    ]
    assert story.town.subjects(SUBSCRIBER) == []


def handed_in(story: Cast) -> None:
    """The director gives a result with what proves it, of which the coordinator knows at once."""
    story.town.others(
        "2022-04-20",
        "2022-05-24",
        lambda act: act.form.model_dump().get("indicator") == "12a" and act.by == DIRECTOR,
    )
    story.town.round("2022-05-25")
    director = story.comes(DIRECTOR, "2022-05-25 09:00", "Foreløbig målopfyldelse for Resultatkontrakt 2021")
    assert director.page.url.endswith("/goals")
    assert director.sees("foreløbig")
    director.follow("Aflever resultatet")
    assert director.sees("Resultat for 12a: Vækst- og driftsforløb")
    director.press("Aflever resultatet")
    assert director.sees("Skriv et tal, for eksempel 45,5.")
    director.fill(actual="507")
    director.page.locator("form [name='file']").first.set_input_files(FILE)
    story.picture(DIRECTOR, "result")
    director.press("Aflever resultatet")
    assert director.sees("507 forløb")
    assert director.sees("forloeb-2021.csv")

    coordinator = story.coordinate("2022-05-25 10:00", "goals")
    assert coordinator.sees("Samlet målopfyldelse, beregnet: 97 %")
    assert not coordinator.sees("foreløbig")
    coordinator.for_guide("goals", "h1", 560)
    story.picture(COORDINATOR, "goals")


def recommended(story: Cast) -> None:
    """The director recommends an attainment for the last goal, and says that all of them are there."""
    story.town.others("2022-06-07", "2022-06-07", lambda act: act.form.model_dump().get("goal") == "12")
    story.town.round("2022-06-08")
    director = story.comes(DIRECTOR, "2022-06-08 09:00", "Erhvervshusets indstilling")
    own(director, "/goals/12").unfold("Indstil målopfyldelsen")
    director.fill(value="101")
    director.press("Indstil", exact=True)
    assert director.page.locator("[name='value']").first.input_value() == "101"  # refused, and kept as typed
    director.fill(value="100")
    director.press("Indstil", exact=True)
    assert director.sees("Det er gjort.")
    own(director).press("Det er gjort")
    assert not director.sees("Det mangler vi fra dig Erhvervshusets indstilling")
    story.picture(DIRECTOR, "recommended")


def decided(story: Cast) -> None:
    """The council has decided; the coordinator writes it down, and the council's chair and subscribers hear of it."""
    story.town.round("2022-06-24")
    coordinator = story.coordinate("2022-06-24 13:00", "goals")
    assert not coordinator.sees("Samlet målopfyldelse, besluttet")
    coordinator.unfold("Registrér, at alle mål er besluttet som indstillet")
    coordinator.fill(minutes="Referat af KKR-mødet den 24. juni 2022, punkt 5")
    coordinator.press("Gem beslutningen")
    assert coordinator.sees("Samlet målopfyldelse, besluttet: 97 %")
    story.picture(COORDINATOR, "decided")

    story.town.round("2022-06-27")
    for person in (COUNCIL_CHAIR, SUBSCRIBER):
        reader = story.comes(
            person, "2022-06-27 09:00", "har fastsat målopfyldelsen for Resultatkontrakt 2021: 97 %"
        )
        assert reader.page.url.endswith("/goals")
        assert reader.sees("97 %")
        assert reader.page.get_by_role("link", name="Ret resultatet").count() == 0
    assert CYCLE not in story.people[SUBSCRIBER].text()
    story.picture(SUBSCRIBER, "attainment")
