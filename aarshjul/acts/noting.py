"""What an act changed, from what to what, into the history: the same for every act, so that none forgets it."""

from aarshjul.acts.acting import Acting
from models.vouching import Rows, changes, standing, written


def note_changes(acting: Acting, before: Rows) -> None:
    """Add to an act's first entry in a cycle what the record says otherwise now.

    With its activation a cycle's history also says how everything stood: from there on it can be replayed.
    """
    after = standing(acting.session, acting.cycle.id)
    changed = changes(before, after)
    if changed and not acting.events:
        acting.happened("changed")  # by what somebody did to a meeting that several cycles share
    if changed:
        acting.events[0].facts["changed"] = changed
    if before["cycle"]["state"] == "draft" and after["cycle"]["state"] != "draft":
        acting.events[0].facts["stands"] = {name: written(name, values) for name, values in after.items()}
