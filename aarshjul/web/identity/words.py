"""What the pages about logging in elsewhere say."""

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "da": {
        "failed_title": "Du blev ikke logget ind",
        "failed": "Der kom ikke et gyldigt svar fra {name}. Der er ikke ændret noget. "
        "Prøv igen, eller bed om et link i en mail.",
        "nobody_title": "Der er ikke adgang",
        "nobody": "Den konto, du loggede ind med hos {name}, giver ikke adgang til årshjulet. "
        "Er du koordinator, så bed om et link i en mail, eller spørg den, der driver årshjulet.",
        "again": "Til siden, hvor man logger ind",
        "many_title": "Det var mange forsøg",
        "many": "Vent et kvarter, og prøv igen.",
        "unsafe_title": "Her kan man ikke logge ind",
        "unsafe": "Forbindelsen er ikke krypteret. Åbn siden på dens adresse med https.",
    },
    "en": {
        "failed_title": "You were not logged in",
        "failed": "No valid answer came from {name}. Nothing has changed. Try again, or ask for a link by mail.",
        "nobody_title": "No access",
        "nobody": "The account that you logged in with at {name} gives no access to the annual wheel. "
        "If you are a coordinator, ask for a link by mail, or ask whoever runs the annual wheel.",
        "again": "To the page where one logs in",
        "many_title": "Those were many attempts",
        "many": "Wait a quarter of an hour, and try again.",
        "unsafe_title": "One cannot log in here",
        "unsafe": "The connection is not encrypted. Open the page at its address with https.",
    },
}
