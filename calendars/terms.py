"""What calendars say of a cycle in Danish and in English, in short sentences; and their colours."""

from collections.abc import Mapping

from aarshjul.core.cycle import Kind, Phase
from aarshjul.core.cycle_words import Words

SENTENCES: Mapping[str, Words] = {
    "da": {
        "phase": "Fase",
        "for": "Vedrører",
        "results": "Resultater ventes fra",
        "draft": "Udkast ventes fra",
        "comment": "Bemærkninger ventes fra",
        "done": "Opgaven ligger hos",
        "decision": "Beslutning træffes af",
        "answer": "Svar på invitationen ventes fra",
        "elsewhere": "Andre indkalder til dette møde.",
        "tentative": "Datoen er foreløbig: reservér den.",
        "cancelled": "Aflyst.",
        "milestones": "{holder} og {council}: årshjulets milepæle",
        "person": "Årshjul: mine datoer",
        "about-person": "Det, du inviteres til, skal levere eller er med til at beslutte, i alle årshjul",
        "organisation": "Årshjul: {organisation}",
        "about-organisation": "Det, der vedrører {organisation}, i alle årshjul",
        "wheel": "Årshjul",
    },
    "en": {
        "phase": "Phase",
        "for": "Concerns",
        "results": "Results are due from",
        "draft": "A draft is due from",
        "comment": "Comments are due from",
        "done": "The task lies with",
        "decision": "Decided by",
        "answer": "An answer to the invitation is due from",
        "elsewhere": "Others invite to this meeting.",
        "tentative": "The date is tentative: save it.",
        "cancelled": "Cancelled.",
        "milestones": "{holder} and {council}: the milestones of the year",
        "person": "Annual wheel: my dates",
        "about-person": "What you are invited to, have to hand in or help to decide, in all annual wheels",
        "organisation": "Annual wheel: {organisation}",
        "about-organisation": "What concerns {organisation}, in all annual wheels",
        "wheel": "Annual wheel",
    },
}
COLOURS: Mapping[str, str] = {Kind.DEADLINE: "sienna", Kind.MEETING: "steelblue", Kind.DECISION: "indigo"}
"""A kind's colour in calendars that paint entries: the CSS3 name (RFC 7986) nearest to the wheel's."""
PHASE_COLOURS: Mapping[str, str] = {
    Phase.DATA_COLLECTION: "lightblue",
    Phase.SCORING: "paleturquoise",
    Phase.DRAFTING: "palegoldenrod",
    Phase.DIALOGUE: "moccasin",
    Phase.APPROVAL: "peachpuff",
    Phase.IN_FORCE: "lavender",
}
"""The same of a phase."""
