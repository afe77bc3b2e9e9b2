"""Where that is done which a milestone waits for: a page of its own leads on to it."""

from aarshjul.acts.falling import is_signature_deadline
from aarshjul.core.cycle import Kind, Phase
from models.milestone import Milestone
from notifications.facts import Owed

_PAGES = {Owed.RESULTS: "goals", Owed.DRAFT: "draft", Owed.COMMENT: "consultation"}


def onward(row: Milestone) -> tuple[str, ...]:
    """The path below the cycle's own; none where the milestone's page does all of it itself."""
    about, _, number = (row.about or "").partition(":")
    if about == "condition":
        return ("conditions",)
    if about == "request":
        return ("results", number)
    if is_signature_deadline(row):
        return ("approval",)
    owed = Owed.at(Kind(row.kind), row.done_when)
    if owed is Owed.DECISION:
        return ("approval",) if row.phase == Phase.APPROVAL else ("goals",)
    return (_PAGES[owed],) if owed in _PAGES else ()
