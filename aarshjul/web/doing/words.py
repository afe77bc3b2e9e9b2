"""What every form says around its fields, in the two languages that we speak."""

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "da": {
        "problem": "Det blev ikke gjort",
        "sent_otherwise": (
            "Formularen er sendt før, med noget andet i. Det blev gjort. Det, der står her nu, er ikke gjort: "
            "tryk igen, hvis det også skal gøres."
        ),
        "held_up": "Der bliver arbejdet i årshjulet lige nu. Intet er ændret: vent et øjeblik, og tryk igen.",
        "optional": "valgfrit",
        "choose": "Vælg",
        "held": "Det, som andre får at vide om det, sendes kl. {time}. Indtil da kan det tages tilbage.",
        "take_back": "Send det ikke",
    },
    "en": {
        "problem": "It was not done",
        "sent_otherwise": (
            "This form was sent before, with something else in it. That was done. What stands here now has not been "
            "done: press again if it is to be done as well."
        ),
        "held_up": "The record is being worked on just now. Nothing has changed: wait a moment, and press again.",
        "optional": "optional",
        "choose": "Choose",
        "held": "What others are told of it goes out at {time}. Until then it can be taken back.",
        "take_back": "Do not send it",
    },
}
