"""What an act changed, from what to what, into the history: the same for every act, so that none forgets it."""

from aarshjul.acts.acting import Acting
from models.vouching import Rows, changes, standing


def note_changes(acting: Acting, before: Rows) -> None:
    """Add to an act's first entry in a cycle what the record says otherwise now."""
    changed = changes(before, standing(acting.session, acting.cycle.id))
    if changed and not acting.events:
        acting.happened("changed")  # by what somebody did to a meeting that several cycles share
    if changed:
        acting.events[0].facts["changed"] = changed
