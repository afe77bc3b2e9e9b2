"""The feed of a cycle, of one role in it or of all."""

from sqlmodel import Session

from calendars.choice import Choice
from calendars.scope import Scope
from calendars.subscription_feed import scope_feed
from models.loading import load_cycle

MILESTONES = Choice()
"""What a feed holds of which nobody chose the contents."""


def cycle_feed(
    session: Session,
    cycle_id: str,
    role: str | None,
    web_url: str | None = None,
    *,
    choice: Choice = MILESTONES,
    language: str | None = None,
) -> bytes:
    """The feed of a cycle: the milestones whose `for` or `owed_by` name the role, or all of them.

    It is what a subscription to that gets, byte for byte. A draft's feed is empty: nothing about a cycle leaves the
    system before it is activated. What waits for a date is left out until it has one.
    """
    scope = Scope(of="cycle" if role is None else "role", cycle_id=cycle_id, role=role)
    return scope_feed(session, scope, choice, language, web_url)


def roles_of(session: Session, cycle_id: str) -> list[str]:
    """Every role that a milestone of the cycle names, or that somebody in it has."""
    view = load_cycle(session, cycle_id)
    plan = [milestone for milestone in view.milestones if milestone.about is None]
    named = {role for milestone in plan for role in (*milestone.for_, *milestone.owed_by)}
    return sorted(named | {role for member in view.members for role in member.roles})
