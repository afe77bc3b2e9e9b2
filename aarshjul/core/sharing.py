"""Milestones of several cycles that one real meeting carries: one calendar entry, and one voice for each person."""

from collections.abc import Iterator
from datetime import datetime

from aarshjul.core.cycle import Action, Cycle, Kind, Milestone, State
from aarshjul.core.owing import answered, is_over


def wants(cycle: Cycle, milestone: Milestone, person: str) -> bool:
    """Whether somebody takes part in a cycle in a role that this milestone invites."""
    member = cycle.by_person.get(person)
    return member is not None and not member.left and not member.roles.isdisjoint(milestone.invitees)


def points(milestone: Milestone, person: str) -> Iterator[tuple[Cycle, Milestone]]:
    """What the meeting carries for one person: the milestones, not called off, of running cycles that want them."""
    for cycle, each in milestone.shares:
        stands = each.state is not State.CANCELLED and each.on is not None
        if stands and (cycle.active or cycle.closed) and wants(cycle, each, person):
            yield cycle, each


def keeps(milestone: Milestone, person: str) -> bool:
    """Whether the entry stays in somebody's calendar: any milestone that shares it still wants them."""
    return next(points(milestone, person), None) is not None


def inviter(milestone: Milestone, person: str, now: datetime) -> Milestone | None:
    """The one milestone that asks and updates somebody: the first, in an active cycle, that is still to come."""
    for cycle, each in points(milestone, person):
        if cycle.active and each.state is State.OPEN and not is_over(cycle, each, now):
            return each
    return None


def withdrawer(milestone: Milestone, person: str) -> Milestone | None:
    """The one that takes the entry back: the first, in a cycle that is no draft, whose people were told of it."""
    for cycle, each in milestone.shares:
        invited = each.invited.get(person)
        if (cycle.active or cycle.closed) and invited is not None and invited.told is not None:
            return each
    return None


def reminds(milestone: Milestone, person: str) -> bool:
    """Whether this one reminds somebody of the answer: they know the date, and no milestone before it reminds them.

    Once for all that the meeting carries: whoever answers, answers for all.
    """
    invited = milestone.invited.get(person)
    if invited is None or invited.told != milestone.telling:
        return False
    for cycle, each in milestone.shares:
        if each is milestone:
            return True
        asks = each.kind is Kind.MEETING and each.state is State.OPEN and Action.REMIND in each.actions
        if cycle.active and asks and each.remind and _owes(cycle, each, person):
            return False
    return True


def _owes(cycle: Cycle, milestone: Milestone, person: str) -> bool:
    member = cycle.by_person.get(person)
    owes = member is not None and not member.left and not member.roles.isdisjoint(milestone.owed_by)
    return owes and not answered(milestone, person)
