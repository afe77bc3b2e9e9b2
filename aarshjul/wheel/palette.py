"""The wheel's colours: on its own white ground, so that pages may be dark; all text at 4.5 to 1 or more.

The tints of the phases differ in lightness little and in hue clearly: names and gaps tell them apart in grey, and the
phase of the moment stands out by being dark.
"""

from aarshjul.core.cycle import Kind, Phase

PAPER = "#ffffff"
INK = "#14202e"
MUTED = "#566474"
LINE = "#7a8796"
MONTH = "#e8edf2"
OTHER_MONTH = "#f4f6f9"
NIGHT = "#17364f"
ALERT = "#b3162b"
KINDS = {Kind.DEADLINE: "#a34b00", Kind.MEETING: "#0b5a9e", Kind.DECISION: "#5b2d8e"}
PHASES = {
    Phase.DATA_COLLECTION: "#d3e4f2",
    Phase.SCORING: "#cbe8e2",
    Phase.DRAFTING: "#e3ebc4",
    Phase.DIALOGUE: "#f7e3b4",
    Phase.APPROVAL: "#f3d3c6",
    Phase.IN_FORCE: "#dfd6ea",
}
ROLES = {"text": INK, "date": INK, "muted": MUTED, "alert": ALERT}
