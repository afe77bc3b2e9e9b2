"""At which milestones people meet, and whose such a meeting is: who may read its papers, and what others answered."""

from datetime import date

from aarshjul.core.cycle import COORDINATOR, Cycle, Kind, Milestone


def meets(milestone: Milestone) -> bool:
    """Whether people meet at a milestone: at every one that is no deadline, and at a deadline to which some are invited."""
    return milestone.kind is not Kind.DEADLINE or bool(milestone.invitees)


def is_of(view: Cycle, milestone: Milestone, person: str, today: date) -> bool:
    """Whether somebody is of those whom it concerns, stands in for one, or coordinates the cycle."""
    member = view.by_person.get(person)
    if member is not None and COORDINATOR in member.roles:
        return True
    concerned = view.people((*milestone.for_, *milestone.owed_by))
    return any(person in (each.person, each.stand_in_on(today)) for each in concerned)
