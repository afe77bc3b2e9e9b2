"""What an act holds while it is done: its cycle, and those of which real meetings carry milestones with its own."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.acts.acting import ActRefused
from aarshjul.files.act_forms import NO_ONE, ActForm
from models.cycle import Cycle
from models.sharing import cycles_at, lock_meetings, meetings_of

_ABOUT_ONE = frozenset({"confirm", "move", "anchor", "cancel", "hold", "answer"})
_ABOUT_ALL = frozenset({"activate", "close", "join", "leave", "submit-draft", "decide"})
"""Acts that can change who is invited to a meeting, or which of its points stand."""


def locked(session: Session, cycle_id: str, name: str, form: ActForm) -> dict[str, Cycle]:
    """The cycles that an act touches, locked in one order, so that two acts never wait for each other.

    Acts wait for each other; a delivery, whose rows only point to the cycle, does not wait for them.

    Raises:
        ActRefused: where somebody ties its milestones to other meetings at this very moment.
    """
    meetings = _meetings(session, cycle_id, name, form)
    rows = _hold(session, cycle_id, meetings)
    if _meetings(session, cycle_id, name, form) - meetings:
        raise ActRefused(f"somebody else is changing the meetings of {cycle_id} at this moment: try again")
    return rows


def hold_for_all(session: Session, cycle_id: str, acts: Iterable[tuple[str, ActForm]]) -> None:
    """Lock what several acts of one transaction will touch, before the first: one by one would break the one order."""
    _hold(session, cycle_id, set().union(*(_meetings(session, cycle_id, name, form) for name, form in acts)))


def _hold(session: Session, cycle_id: str, meetings: set[str]) -> dict[str, Cycle]:
    if meetings:
        lock_meetings(session, meetings)
    ids = {cycle_id, *(cycles_at(session, meetings) if meetings else ())}
    query = select(Cycle).where(col(Cycle.id).in_(ids)).order_by(col(Cycle.id))
    return {row.id: row for row in session.scalars(query.with_for_update(key_share=True))}


def _meetings(session: Session, cycle_id: str, name: str, form: ActForm) -> set[str]:
    """The meetings that an act can be about; `anchor` has one that it leaves and one that it comes to."""
    if name in _ABOUT_ALL:
        return meetings_of(session, cycle_id)
    if name not in _ABOUT_ONE:
        return set()
    found = meetings_of(session, cycle_id, getattr(form, "milestone", None))
    return found | ({getattr(form, "meeting", NO_ONE)} - {NO_ONE})
