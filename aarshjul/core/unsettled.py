"""What has changed in a cycle and has not been told yet, so that messages about it wait for the round that tells it."""

from datetime import datetime

from aarshjul.core.cycle import Cycle, Milestone
from aarshjul.core.duties import Duty, DutyKind
from aarshjul.core.tellings import invitations

_OF_A_DATE = frozenset({DutyKind.MOVED, DutyKind.CANCEL, DutyKind.REOPENED})


def has_notice(cycle: Cycle, milestone: str) -> bool:
    """Whether a round has still to say of a milestone's date that it changed."""
    kinds = {DutyKind(notice.kind) for notice in cycle.notices if notice.milestone == milestone}
    return cycle.active and not kinds.isdisjoint(_OF_A_DATE)


def untold(cycle: Cycle, milestone: Milestone, now: datetime) -> dict[str, Duty]:
    """Whom a round has still to tell that their invitation is no longer true, by id, with what it owes them.

    An invitation that somebody never had is none of these: nothing told before is wrong because of it. Of an entry
    that several milestones share, any of them may be the one that tells.
    """
    if not cycle.active or not milestone.invited:
        return {}
    return {
        duty.person: duty
        for where, each in milestone.shares or ((cycle, milestone),)
        for duty in invitations(where, each, now)
        if duty.person is not None and duty.kind is not DutyKind.INVITE
    }
