"""Who knows of a meeting from one cycle knows of it in every other: the rows of all say the same."""

from collections.abc import Iterable

from sqlmodel import Session

from aarshjul.core import cycle as core
from aarshjul.core.cycle import Invited, Milestone
from models.json_values import told_json
from models.milestone import Invitation


def know_together(session: Session, cycles: Iterable[core.Cycle]) -> None:
    """Whoever has the entry of a meeting, and is wanted by another of its points now, has been told of that one, too."""
    for cycle in cycles:
        for milestone in cycle.milestones:
            if milestone.shares and cycle.active and milestone.state is core.State.OPEN:
                for member in cycle.people(milestone.invitees):
                    _know(session, milestone, member.person)
    session.flush()


def _know(session: Session, milestone: Milestone, person: str) -> None:
    invited = milestone.invited.get(person)
    source = _told_elsewhere(milestone, person)
    if source is None or (invited is not None and invited.told is not None):
        return
    other, known = source
    theirs = session.get_one(Invitation, (other.row, person))
    row = session.get(Invitation, (milestone.row, person))
    if row is None:
        row = Invitation(milestone_id=milestone.row, person_id=person, told_on=theirs.told_on, sequence=-1)
        session.add(row)
    told = milestone.telling if known.told == other.telling else known.told
    row.told = told_json(told) if told is not None else None
    row.told_on, row.sequence = theirs.told_on, theirs.sequence
    row.withdrawn = max(row.withdrawn, theirs.withdrawn)
    row.partstat, row.answered_at = theirs.partstat, theirs.answered_at
    row.answered_by, row.answered_through = theirs.answered_by, theirs.answered_through


def _told_elsewhere(milestone: Milestone, person: str) -> tuple[Milestone, Invited] | None:
    for _, other in milestone.shares:
        invited = other.invited.get(person)
        if other is not milestone and invited is not None and invited.told is not None:
            return other, invited
    return None
