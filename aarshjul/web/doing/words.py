"""What every form says around its fields, in the two languages that we speak."""

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "da": {
        "problem": "Det blev ikke gjort",
        "optional": "valgfrit",
        "choose": "Vælg",
        "held": "Det, som andre får at vide om det, sendes kl. {time}. Indtil da kan det tages tilbage.",
        "take_back": "Send det ikke",
    },
    "en": {
        "problem": "It was not done",
        "optional": "optional",
        "choose": "Choose",
        "held": "What others are told of it goes out at {time}. Until then it can be taken back.",
        "take_back": "Do not send it",
    },
}
