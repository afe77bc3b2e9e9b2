"""What the page about personal data says, in the two languages that we speak."""

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "da": {
        "title": "Hvad vi gemmer om dig",
        "intro": "Her står, hvad systemet gemmer om dem, der deltager i et forløb: hvad, hvorfor, hvem der ser det, og "
        "hvor længe.",
        "who_title": "Hvem har ansvaret",
        "who": "{body} er dataansvarlig.",
        "who_not_set": "Den myndighed, der driver disse sider, er dataansvarlig. Den har endnu ikke skrevet sit navn her.",
        "officer": "Spørgsmål om dine oplysninger:",
        "officer_not_set": "Det er endnu ikke skrevet her, hvem du kan spørge. Svar på en af de mails, du har fået: så "
        "når det koordinatoren.",
        "how_set": "Til koordinatorer: den, der driver systemet, sætter AARSHJUL_BODY_NAME, AARSHJUL_BODY_CONTACT og "
        "AARSHJUL_PRIVACY_CONTACT.",
        "why_title": "Hvorfor",
        "why": "Oplysningerne bruges til at føre forløbet om resultatkontrakten: at minde om frister, indkalde til "
        "møder, og kunne vise, hvem der besluttede hvad. Myndigheden fastlægger det retlige grundlag og svarer på "
        "spørgsmål om det.",
        "kept_title": "Hvad, hvem ser det, og hvor længe",
        "kept": "Af adgangskoder og hemmelige links gemmes kun et aftryk, som ingen kan regne tilbage.",
        "what": "Hvad",
        "why_column": "Til hvad",
        "seen_column": "Hvem ser det på siderne",
        "ends_column": "Hvor længe",
        "stays": "Så længe myndigheden gemmer forløbet",
        "after": "Slettes {time} efter, at det er slut",
        "rights_title": "Dine rettigheder, og hvordan du bruger dem",
        "rights": "Din egen side, som linket i dine mails fører til, har en side med dine data.",
        "see": "Se det, der er gemt om dig, og hent det som fil.",
        "correct": "Få det rettet: dine ønsker retter du selv; navn og rolle retter koordinatoren.",
        "stop": "Sig nej til mails til orientering og luk dine kalendere.",
        "ask": "Bed om at få noget slettet eller begrænset, eller gør indsigelse: skriv til myndigheden. Noget skal den "
        "gemme.",
        "complain_title": "Klage",
        "complain": "Du kan klage til Datatilsynet, hvis du er utilfreds med, hvordan dine oplysninger bliver brugt.",
        "elsewhere_title": "Hvad der ikke sker",
        "no_third": "Siderne henter intet fra andre, og ingen andre får besked om, at du besøger dem.",
        "cookies": "Der er én cookie: den, der holder koordinatorer logget ind. Personlige links bruger ingen.",
        "sent": "Mails og kalendere går gennem de systemer, som du og myndigheden bruger, for eksempel Microsoft.",
    },
    "en": {
        "title": "What we keep about you",
        "intro": "This says what the system keeps about those who take part in a cycle: what, why, who sees it, and how "
        "long.",
        "who_title": "Who is responsible",
        "who": "{body} is the data controller.",
        "who_not_set": "The public body that runs these pages is the data controller. It has not yet written its name "
        "here.",
        "officer": "Questions about your data:",
        "officer_not_set": "It is not yet written here whom you can ask. Answer one of the mails that you got: the "
        "answer reaches the coordinator.",
        "how_set": "For coordinators: whoever runs the system sets AARSHJUL_BODY_NAME, AARSHJUL_BODY_CONTACT and "
        "AARSHJUL_PRIVACY_CONTACT.",
        "why_title": "Why",
        "why": "The data are used to run the process of the performance contract: to remind of deadlines, to call "
        "meetings, and to be able to show who decided what. The body determines the legal basis and answers questions "
        "about it.",
        "kept_title": "What, who sees it, and how long",
        "kept": "Of codes and secret links only a fingerprint is kept, which nobody can turn back.",
        "what": "What",
        "why_column": "What for",
        "seen_column": "Who sees it in the pages",
        "ends_column": "How long",
        "stays": "As long as the body keeps the cycle",
        "after": "Deleted {time} after it has ended",
        "rights_title": "Your rights, and how to use them",
        "rights": "Your own page, which the link in your mails leads to, has a page with your data.",
        "see": "See what is kept about you, and download it.",
        "correct": "Have it corrected: your wishes you correct yourself; your name and role the coordinator does.",
        "stop": "Say no to mail for information, and close your calendars.",
        "ask": "Ask for something to be deleted or restricted, or object: write to the body. Some of it, it has to keep.",
        "complain_title": "Complaints",
        "complain": "You can complain to the Danish Data Protection Agency (Datatilsynet) if you are dissatisfied with "
        "how your data are used.",
        "elsewhere_title": "What does not happen",
        "no_third": "The pages fetch nothing from others, and nobody else is told that you visit them.",
        "cookies": "There is one cookie: the one that keeps coordinators logged in. Personal links use none.",
        "sent": "Mail and calendars go through the systems that you and the body use, Microsoft's for example.",
    },
}
PURPOSES: Mapping[str, Mapping[str, str]] = {
    "da": {
        "person": "At vide, hvem du er, og skrive til dig",
        "part": "Din del i forløbet",
        "attendance": "Møder: hvem der kommer",
        "work": "Arbejdet med kontrakten, og hvem der gjorde hvad",
        "messages": "At kunne se, hvad du har fået besked om",
        "calendars": "Din kalender",
        "access": "At ingen andre handler i dit navn",
        "history": "At kunne bevise, hvad der skete",
    },
    "en": {
        "person": "To know who you are, and to write to you",
        "part": "Your part in the cycle",
        "attendance": "Meetings: who comes",
        "work": "The work on the contract, and who did what",
        "messages": "To see what you were told",
        "calendars": "Your calendar",
        "access": "That nobody else acts in your name",
        "history": "To prove what happened",
    },
}
SEEN: Mapping[str, Mapping[str, str]] = {
    "da": {
        "members": "Forløbets deltagere, men ikke abonnenter",
        "coordinators": "Du og forløbets koordinatorer",
        "self": "Kun du",
    },
    "en": {
        "members": "Those who take part in the cycle, but not subscribers",
        "coordinators": "You and the cycle's coordinators",
        "self": "You alone",
    },
}
