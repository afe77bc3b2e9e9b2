"""What the frame of the pages says, in the two languages that we speak."""

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "da": {
        "name": "Årshjul",
        "skip": "Gå til indholdet",
        "logged_in": "Du er logget ind som {name}",
        "log_out": "Log ud",
        "other_language": "In English",
        "you_are_here": "Du er her",
        "cycles": "Mine forløb",
        "done": "Det er gjort.",
        "done_already": "Det var allerede gjort. Det er kun gjort én gang.",
        "acting_as": "Du handler som {name}.",
        "not_me": "Jeg er ikke {name}",
        "accessibility": "Tilgængelighed",
        "privacy": "Hvad vi gemmer om dig",
    },
    "en": {
        "name": "Annual wheel",
        "skip": "Skip to the content",
        "logged_in": "You are logged in as {name}",
        "log_out": "Log out",
        "other_language": "På dansk",
        "you_are_here": "You are here",
        "cycles": "My cycles",
        "done": "It is done.",
        "done_already": "It was done already. It has been done once.",
        "acting_as": "You act as {name}.",
        "not_me": "I am not {name}",
        "accessibility": "Accessibility",
        "privacy": "What we keep about you",
    },
}
