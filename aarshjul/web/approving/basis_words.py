"""What the page of the approval says of the version that it compares with, in the two languages that we speak."""

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "da": {
        "stale": "Ændringer, siden du åbnede siden: den viste version {version}.",
        "responded": "Ændringer siden version {version}, som du sidst sagde din holdning til {day}.",
        "voted": "Ændringer siden version {version}, som du sidst stemte om {day}.",
        "signed": "Ændringer siden version {version}, som du skrev under på {day}.",
        "decided": "Ændringer siden version {version}, som {body} sidst besluttede om {day}: {outcome}.",
        "before": "Du har ikke taget stilling til en tidligere version. Her er ændringerne siden version {version}.",
        "first": "Det er den første version: der er ikke noget at sammenligne med.",
        "same_responded": "Du har sagt din holdning til netop denne tekst {day}. Den er ikke ændret siden.",
        "same_voted": "Du har stemt om netop denne tekst {day}. Den er ikke ændret siden.",
        "same_signed": "Du har skrevet under på netop denne tekst {day}. Den er ikke ændret siden.",
        "same_decided": "{body} har besluttet om netop denne tekst {day}: {outcome}. Den er ikke ændret siden.",
        "same_before": "Ændringer siden version {version}",
        "board": "bestyrelsen",
    },
    "en": {
        "stale": "Changes since you opened the page: it showed version {version}.",
        "responded": "Changes since version {version}, on which you last said where you stand, on {day}.",
        "voted": "Changes since version {version}, on which you last voted, on {day}.",
        "signed": "Changes since version {version}, which you signed on {day}.",
        "decided": "Changes since version {version}, about which {body} last decided, on {day}: {outcome}.",
        "before": "You have not taken a stand on an earlier version. These are the changes since version {version}.",
        "first": "This is the first version: there is nothing to compare it with.",
        "same_responded": "You said where you stand on this very text on {day}. It has not changed since.",
        "same_voted": "You voted on this very text on {day}. It has not changed since.",
        "same_signed": "You signed this very text on {day}. It has not changed since.",
        "same_decided": "{body} decided about this very text on {day}: {outcome}. It has not changed since.",
        "same_before": "Changes since version {version}",
        "board": "the board",
    },
}
