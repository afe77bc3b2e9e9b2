"""The accessibility statement, in the order of the model that the European Commission has given (2018/1523)."""

from collections.abc import Mapping
from datetime import date

from aarshjul.settings import Settings
from aarshjul.web.duties.section import Section, contacts
from notifications.dates import day_in_words

ASSESSED = date(2026, 11, 23)
"""When these pages were last looked through for it; it moves with a new look, never by itself."""
ENFORCER = "https://www.digst.dk"
_WORDS: Mapping[str, Mapping[str, str]] = {
    "da": {
        "title": "Tilgængelighedserklæring",
        "intro": "{body} vil gøre disse sider tilgængelige efter lov om tilgængelighed af offentlige organers "
        "websteder og mobilapplikationer. Erklæringen gælder for alle sider på denne adresse.",
        "nobody": "Den myndighed, der driver disse sider,",
        "status_title": "Hvor tilgængelige siderne er",
        "status": "Siderne er delvist i overensstemmelse med EN 301 549 og WCAG 2.1 på niveau AA, "
        "på grund af det, der står herunder.",
        "not_title": "Det, der ikke er tilgængeligt",
        "not_why": "Det her opfylder ikke kravene, eller det er ikke undersøgt, om det gør:",
        "screen_readers": "Siderne er ikke prøvet af mennesker, der bruger skærmlæser, forstørrelse eller talestyring.",
        "documents": "Bilag og referater, som deltagerne selv lægger op, vises, som de er. De kan mangle overskrifter, "
        "tekst til billeder og rækkefølge.",
        "papers": "Papirer, der hentes som PDF, er mærket op med overskrifter og tabeller, men ikke prøvet med skærmlæser.",
        "others": "Indstillinger i Outlook, Google og Apple Kalender hører til dem og er ikke undersøgt.",
        "made_title": "Hvordan erklæringen er lavet",
        "made": "Siderne er gennemgået {day} af dem, der har lavet dem: en selvvurdering.",
        "made_how": "Et program (axe-core) prøver siderne på dansk og engelsk mod WCAG 2.2 A og AA, hver gang de "
        "ændres. Det prøves også, at de kan betjenes med tastaturet alene, og at de kan læses i 400 % uden at rulle "
        "til siden. Et program finder kun en del af de fejl, der kan være.",
        "contact_title": "Sig til, hvis noget ikke virker for dig",
        "contact": "Skriv, hvad du ville gøre, og hvor det gik galt. Bed om at få det på en anden måde, hvis du har "
        "brug for det.",
        "contact_not_set": "Myndigheden har endnu ikke skrevet her, hvem du kan skrive til. Svar på en af de mails, "
        "du har fået: så når det koordinatoren.",
        "contact_how": "Til koordinatorer: den, der driver systemet, sætter AARSHJUL_ACCESSIBILITY_CONTACT og "
        "AARSHJUL_BODY_NAME.",
        "enforce_title": "Hvis du ikke får et svar, du kan bruge",
        "enforce": "Digitaliseringsstyrelsen fører tilsyn med loven. Du kan skrive til den, hvis myndigheden ikke "
        "svarer, eller svaret ikke hjælper.",
    },
    "en": {
        "title": "Accessibility statement",
        "intro": "{body} is committed to making these pages accessible, in accordance with the Danish act on the "
        "accessibility of public bodies' websites and mobile applications. This statement applies to all pages at this "
        "address.",
        "nobody": "The public body that runs these pages",
        "status_title": "How accessible the pages are",
        "status": "The pages are partially compliant with EN 301 549 and WCAG 2.1 at level AA, due to what is listed "
        "below.",
        "not_title": "What is not accessible",
        "not_why": "This does not meet the requirements, or nobody has examined whether it does:",
        "screen_readers": "The pages have not been tried by people who use a screen reader, magnification or voice "
        "control.",
        "documents": "Documents and minutes that participants upload are shown as they are. They may lack headings, "
        "texts for pictures and a reading order.",
        "papers": "Papers that are downloaded as PDF are tagged with headings and tables, but not tried with a screen "
        "reader.",
        "others": "The settings of Outlook, Google and Apple Calendar are theirs and were not examined.",
        "made_title": "How this statement was prepared",
        "made": "The pages were examined on {day} by those who made them: a self-assessment.",
        "made_how": "A program (axe-core) tests the pages in Danish and English against WCAG 2.2 A and AA whenever "
        "they change. It is also tested that they work with the keyboard alone, and can be read at 400 % without "
        "scrolling sideways. A program finds only a part of the faults that there can be.",
        "contact_title": "Tell us what does not work for you",
        "contact": "Write what you wanted to do, and where it went wrong. Ask for it in another form if you need it.",
        "contact_not_set": "The body has not yet written here whom you can write to. Answer one of the mails that you "
        "got: the answer reaches the coordinator.",
        "contact_how": "For coordinators: whoever runs the system sets AARSHJUL_ACCESSIBILITY_CONTACT and "
        "AARSHJUL_BODY_NAME.",
        "enforce_title": "Where the answer does not help",
        "enforce": "The Danish Agency for Digital Government (Digitaliseringsstyrelsen) monitors the act. You can "
        "write to it where the body does not answer, or the answer does not help.",
    },
}
_NOT_ACCESSIBLE = ("screen_readers", "documents", "papers", "others")


def accessibility(
    settings: Settings, language: str, coordinates: bool
) -> tuple[str, str, tuple[Section, ...]]:
    """Its heading, first sentence and sections; `coordinates` is told how what is missing is set."""
    say = _WORDS[language]
    write_to = contacts(settings.accessibility_contact or settings.body_contact)
    asked = [say["contact"]] if write_to else [say["contact"], say["contact_not_set"]]
    if coordinates and not (settings.accessibility_contact and settings.body_name):
        asked.append(say["contact_how"])
    sections = (
        Section(id="status", title=say["status_title"], sentences=(say["status"],)),
        Section(
            id="not",
            title=say["not_title"],
            sentences=(say["not_why"],),
            items=tuple(say[name] for name in _NOT_ACCESSIBLE),
        ),
        Section(
            id="made",
            title=say["made_title"],
            sentences=(say["made"].format(day=day_in_words(ASSESSED, language)), say["made_how"]),
        ),
        Section(id="contact", title=say["contact_title"], sentences=tuple(asked), contacts=write_to),
        Section(
            id="enforce", title=say["enforce_title"], sentences=(say["enforce"],), contacts=contacts(ENFORCER)
        ),
    )
    return say["title"], say["intro"].format(body=settings.body_name or say["nobody"]), sections
