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
    },
    "en": {
        "name": "Annual wheel",
        "skip": "Skip to the content",
        "logged_in": "You are logged in as {name}",
        "log_out": "Log out",
        "other_language": "På dansk",
        "you_are_here": "You are here",
        "cycles": "My cycles",
    },
}
