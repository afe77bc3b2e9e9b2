"""What calendars say of a cycle in Danish and in English: roles, short sentences; and their colours."""

from collections.abc import Mapping

from aarshjul.core.cycle import Kind, Phase
from aarshjul.core.cycle_words import Words

ROLES: Mapping[str, Words] = {
    "da": {
        "coordinator": "koordinatorerne",
        "holder": "{holder}",
        "board": "bestyrelsen for {holder}",
        "board-chair": "bestyrelsens formand",
        "board-deputy-chair": "bestyrelsens næstformand",
        "council": "{council}",
        "council-chair": "formanden for {council}",
        "council-deputy-chair": "næstformanden for {council}",
        "working-group": "arbejdsgruppen",
        "subscriber": "abonnenter",
    },
    "en": {
        "coordinator": "the coordinators",
        "holder": "{holder}",
        "board": "the board of {holder}",
        "board-chair": "the chair of the board",
        "board-deputy-chair": "the deputy chair of the board",
        "council": "{council}",
        "council-chair": "the chair of {council}",
        "council-deputy-chair": "the deputy chair of {council}",
        "working-group": "the working group",
        "subscriber": "subscribers",
    },
}
"""A role that is not here is a cycle's own, and called what that cycle calls it."""
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


def role_in_words(role: str, language: str, *, holder: str, council: str) -> str:
    """What those with a role are called."""
    words = ROLES[language].get(role)
    return role if words is None else words.format(holder=holder, council=council)
