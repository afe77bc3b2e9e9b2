"""What a cycle's people, milestones and roles are called, by the ids that rules name them by."""

from sqlalchemy import Engine, select
from sqlmodel import col

from aarshjul.core.cycle_words import ROLES, role_in_words
from models.cycle import Cycle, Membership
from models.engine import reading
from models.milestone import Milestone
from models.person import Person


def names_in(engine: Engine, cycle_id: str, language: str) -> dict[str, str]:
    """Names of people, titles of milestones, and roles in words; an id that is several of them is the last."""
    people = (
        select(col(Person.id), col(Person.name))
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(col(Membership.cycle_id) == cycle_id)
    )
    milestones = select(col(Milestone.slug), col(Milestone.title)).where(col(Milestone.cycle_id) == cycle_id)
    with reading(engine) as session:
        cycle = session.get_one(Cycle, cycle_id)
        named = [*session.execute(people).tuples(), *session.execute(milestones).tuples()]
    roles = {
        role: role_in_words(role, language, holder=cycle.holder, council=cycle.council)
        for role in ROLES[language]
    }
    return roles | dict(named)
