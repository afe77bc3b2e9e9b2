"""Acting in a member's place: who may, when, and that the member's own act ends it for that case."""

from aarshjul.acts.acting import Acting, ActRefused
from aarshjul.core import cycle as core


def may_act_for(acting: Acting, person: str, already_by: str | None) -> None:
    """Refuse an act in the place of somebody for whom one does not stand in, or who has acted already.

    Args:
        acting: the act; whoever does it may always act for themselves.
        person: whose act it is.
        already_by: who did the same before in this case, if anybody did: the person, or somebody for them.

    Raises:
        ActRefused: with what ended or has not begun, or who stands in instead.
    """
    if person == acting.by:
        return
    if person not in acting.stands_in_for:
        raise ActRefused(why_not_for(acting, person))
    if already_by == person:
        raise ActRefused(
            f"{person} has done this themselves: that ended it for {acting.by}, who stands in for them"
        )


def why_not_for(acting: Acting, person: str) -> str:
    """Why somebody may not act in a person's place today: a sentence with the dates of what there is."""
    member = acting.view.by_person.get(person)
    if member is None or member.left:
        return f"{person} is not a member of {acting.cycle.id}"
    if member.delegate == acting.by and member.delegate_on(acting.today) is None:
        return f"{acting.by} stands in for {person} {_dates(member)} only, and today is {acting.today}"
    if member.deputy == acting.by:
        return (
            f"{acting.by} is {person}'s deputy, but {member.delegate} stands in for {person} {_dates(member)}"
        )
    return f"{acting.by} does not stand in for {person}"


def _dates(member: core.Member) -> str:
    since = f"from {member.delegate_from}" if member.delegate_from else ""
    until = f"until {member.delegate_until}" if member.delegate_until else ""
    return " ".join(part for part in (since, until) if part) or "for now"
