"""What phases, kinds of milestones and roles are called in Danish and in English, wherever they stand by themselves."""

from collections.abc import Mapping

from aarshjul.core.cycle import Kind, Phase

Words = Mapping[str, str]

PHASES: Mapping[str, Words] = {
    "da": {
        Phase.DATA_COLLECTION: "Dataindsamling",
        Phase.SCORING: "Målopfyldelse",
        Phase.DRAFTING: "Udarbejdelse",
        Phase.DIALOGUE: "Dialog",
        Phase.APPROVAL: "Godkendelse",
        Phase.IN_FORCE: "I kraft",
    },
    "en": {
        Phase.DATA_COLLECTION: "Data collection",
        Phase.SCORING: "Scoring",
        Phase.DRAFTING: "Drafting",
        Phase.DIALOGUE: "Dialogue",
        Phase.APPROVAL: "Approval",
        Phase.IN_FORCE: "In force",
    },
}
KINDS: Mapping[str, Words] = {
    "da": {Kind.DEADLINE: "Frist", Kind.MEETING: "Møde", Kind.DECISION: "Beslutning"},
    "en": {Kind.DEADLINE: "Deadline", Kind.MEETING: "Meeting", Kind.DECISION: "Decision"},
}
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


def role_in_words(role: str, language: str, *, holder: str, council: str) -> str:
    """What those with a role are called."""
    words = ROLES[language].get(role)
    return role if words is None else words.format(holder=holder, council=council)
