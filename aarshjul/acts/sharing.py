"""Calendar entries that milestones share: who shares one, how a milestone comes to it and leaves it, who knows of it."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.acts.acting import Acting, ActRefused, keep_revision
from aarshjul.acts.unheard import leave_the_telling_to
from aarshjul.core import cycle as core
from aarshjul.core.duties import DutyKind
from aarshjul.core.owing import is_over
from aarshjul.core.sharing import points
from aarshjul.core.tellings import ENTRY
from calendars.item import milestone_uid
from models.json_values import told_as, told_json
from models.meeting import Meeting
from models.milestone import CalendarEntry, Invitation, Milestone, Notice
from models.sharing import highest_revision, sharers

Carried = tuple[Acting, Milestone]


def others_at_the_meeting(acting: Acting, row: Milestone) -> list[Carried]:
    """What else the real meeting carries that goes with it: the open milestones of cycles that are not closed."""
    return others_at(acting, row, row.meeting_id) if row.meeting_id is not None else []


def others_at(acting: Acting, row: Milestone, meeting: str) -> list[Carried]:
    """The same of a meeting that may carry it."""
    query = (
        select(Milestone)
        .where(
            col(Milestone.meeting_id) == meeting,
            col(Milestone.id) != row.id,
            col(Milestone.state) == core.State.OPEN,
        )
        .order_by(col(Milestone.cycle_id), col(Milestone.position))
    )
    all_of_it = {**acting.beside, acting.cycle.id: acting}
    found = [(all_of_it[each.cycle_id], each) for each in acting.session.scalars(query)]
    return [(other, each) for other, each in found if other.cycle.state != "closed"]


def may_change_all(acting: Acting, row: Milestone, others: list[Carried]) -> None:
    """Refuse a change of a meeting to who is no coordinator in one of the cycles that it is a meeting of."""
    for other, theirs in others:
        if not other.is_coordinator:
            raise ActRefused(
                f"{row.slug} is one meeting with {theirs.slug} of {other.cycle.id}, where {acting.by} is no "
                f"coordinator: let somebody do it who coordinates both, or join {other.cycle.id} as one"
            )


def take_entry(session: Session, row: Milestone, meeting: Meeting) -> None:
    """The entry of a milestone's meeting: the first one's, for all; but a UID that people have stays as it is."""
    session.flush()
    entry = session.get_one(CalendarEntry, row.id)
    if meeting.uid is None:
        meeting.uid = entry.uid
    elif entry.uid != meeting.uid and not went_out(session, row):
        entry.uid = meeting.uid
    session.flush()


def shares_entry(session: Session, row: Milestone, other: Milestone) -> bool:
    """Whether two milestones have one calendar entry: then they have their revisions together."""
    return other.id in sharers(session, row.id or 0)


def went_out(session: Session, row: Milestone) -> bool:
    """Whether anybody was ever invited to a milestone."""
    query = select(col(Invitation.milestone_id)).where(
        col(Invitation.milestone_id) == row.id, col(Invitation.sequence) >= 0
    )
    return session.scalars(query.limit(1)).first() is not None


def part(acting: Acting, row: Milestone) -> None:
    """A milestone is carried by its meeting no more: where others share its entry, it has one of its own from now on.

    Who has the shared one keeps it as the others have it, where those want them: else it is taken back in a message
    of its own, which names it. Nobody knows the new one yet.
    """
    session, meeting = acting.session, acting.session.get_one(Meeting, row.meeting_id)
    session.flush()
    together = sharers(session, row.id or 0)
    highest, entry = highest_revision(session, together), session.get_one(CalendarEntry, row.id)
    others = [session.get_one(Milestone, each) for each in together if each != row.id]
    row.meeting_id = None
    if any(other.state != core.State.CANCELLED for other in others):
        _take_back(acting, row, entry)
        leave_the_telling_to(acting, row, others)
        entry.uid, entry.sequence = _fresh_uid(session, row), row.revision - 1
        for invitation in session.scalars(select(Invitation).where(col(Invitation.milestone_id) == row.id)):
            invitation.told = None
            invitation.withdrawn += invitation.sequence >= 0
        _raise_to(acting, others[0], highest)  # SEQUENCE stays what it was, whoever had raised it
    else:
        for other in others:  # they are called off: the entry is this one's alone
            other.meeting_id = None
            _leave_to(session, row, other)
        _raise_to(acting, row, highest)
        meeting.uid = None if meeting.uid == entry.uid else meeting.uid
    session.flush()


def _take_back(acting: Acting, row: Milestone, entry: CalendarEntry) -> None:
    """A notice to those whom no other point keeps at the meeting: the entry that they have is not theirs any more.

    Its stamp is this moment: whoever is asked to the meeting anew, even before the notice goes, is asked later.
    """
    before = acting.view.by_id[row.slug]
    alone = [
        each
        for each in _told(acting.session, row)
        if all(point.row == row.id for _, point in points(before, each.person_id))
        and not is_over(acting.view, told_as(each.told) or before.telling, acting.now)
    ]
    if not alone or acting.cycle.state != "active":
        return
    shown = {"uid": entry.uid, "sequence": entry.sequence, "stamp": acting.now.isoformat()}
    acting.session.add(
        Notice(
            cycle_id=acting.cycle.id,
            milestone_id=row.id or 0,
            kind=DutyKind.CANCEL,
            revision=row.revision,
            roles=[each.person_id for each in alone],
            number=1 + max(each.withdrawn for each in alone),
            was=alone[0].told,
            facts={ENTRY: shown},
        )
    )


def _leave_to(session: Session, row: Milestone, other: Milestone) -> None:
    """Whoever was told by both of two hears of their entry from the one that goes on with it.

    The other's CANCEL may be still to come, with a SEQUENCE that the one which goes on has passed by then.
    """
    told = {each.person_id for each in _told(session, row)}
    for invitation in _told(session, other):
        if invitation.person_id in told:
            invitation.told, invitation.sequence = None, -1  # as for who was never asked by the other


def _told(session: Session, row: Milestone) -> list[Invitation]:
    """The invitations of those who know of a milestone, and were not told that it is off."""
    found = session.scalars(select(Invitation).where(col(Invitation.milestone_id) == row.id))
    return [each for each in found if each.told is not None]


def _fresh_uid(session: Session, row: Milestone) -> str:
    """A UID that no calendar has seen."""
    wanted, count = milestone_uid(row.cycle_id, row.slug), row.revision
    while session.scalars(
        select(col(CalendarEntry.milestone_id)).where(col(CalendarEntry.uid) == wanted)
    ).first():
        count += 1
        wanted = milestone_uid(row.cycle_id, f"{row.slug}/{count}")
    return wanted


def _raise_to(acting: Acting, row: Milestone, revision: int) -> None:
    if row.revision < revision:
        row.revision = revision
        keep_revision(acting.session, row, "part", acting.now)


def know_together(session: Session, cycles: Iterable[core.Cycle]) -> None:
    """Whoever has the entry of a meeting, and is wanted by another of its points now, has been told of that one, too."""
    for cycle in cycles:
        for milestone in cycle.milestones:
            if milestone.shares and cycle.active and milestone.state is core.State.OPEN:
                for member in cycle.people(milestone.invitees):
                    _know(session, milestone, member.person)
    session.flush()


def _know(session: Session, milestone: core.Milestone, person: str) -> None:
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


def _told_elsewhere(milestone: core.Milestone, person: str) -> tuple[core.Milestone, core.Invited] | None:
    for _, other in milestone.shares:
        invited = other.invited.get(person)
        if other is not milestone and invited is not None and invited.told is not None:
            return other, invited
    return None
