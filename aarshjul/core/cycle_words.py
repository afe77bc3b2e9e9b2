"""What phases and kinds of milestones are called in Danish and in English, wherever they stand by themselves."""

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
