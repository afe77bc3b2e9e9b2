"""Whether the contract in force is the text that was approved, and the national goals are those that were imported."""

import hashlib
from collections.abc import Iterator
from dataclasses import fields, replace

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core.contract import Contract, Goal, Indicator
from aarshjul.core.errors import AarshjulError
from models.contract_rows import load_contract
from models.cycle import Cycle
from models.draft_text import contract_in_draft, present_draft
from models.national import NationalGoals


def contract_problems(session: Session, cycle: Cycle) -> Iterator[str]:
    """What is wrong with the contracts of a cycle that its history does not tell row by row, a sentence each."""
    yield from _in_force(session, cycle)
    sets = select(NationalGoals).where(
        col(NationalGoals.first_year) <= cycle.contract_year,
        col(NationalGoals.last_year) >= cycle.contract_year,
    )
    for row in session.scalars(sets.order_by(col(NationalGoals.id), col(NationalGoals.version))):
        if hashlib.sha256(row.text.encode()).hexdigest() != row.hash:
            yield f"national goals {row.id}/{row.version}: the text was changed; it has another SHA-256 than it says"


def _in_force(session: Session, cycle: Cycle) -> Iterator[str]:
    """Where the contract differs from the version that became it; results, which come later, are other cycles'."""
    draft = present_draft(session, cycle)
    if (
        cycle.became_id is None
        or draft is None
        or hashlib.sha256(draft.text.encode()).hexdigest() != draft.hash
    ):
        return  # a text that was changed is told of by itself
    try:
        approved, known = contract_in_draft(draft), load_contract(session, cycle.became_id)
    except (AarshjulError, ValueError, TypeError, KeyError):
        yield f"contract {cycle.became_id} cannot be read: its rows are no contract"
        return
    if approved is None or known is None:
        yield f"contract {cycle.became_id} is gone from the record"
        return
    for what in _differing(_as_approved(approved), _as_approved(known)):
        yield f"contract {known.id}: {what} is another than in version {draft.version}, which came into force"


def _differing(approved: Contract, known: Contract) -> Iterator[str]:
    for each in fields(Contract):
        if each.name != "goals" and getattr(approved, each.name) != getattr(known, each.name):
            yield each.name
    ours, theirs = ({goal.id: goal for goal in one.goals} for one in (known, approved))
    for goal in [*theirs, *(each for each in ours if each not in theirs)]:
        if ours.get(goal) != theirs.get(goal):
            yield f"goal {goal}"
    if ours == theirs and list(ours) != list(theirs):
        yield "the order of goals"


def _as_approved(contract: Contract) -> Contract:
    """Without what comes in while it is in force."""
    return replace(contract, goals=tuple(_goal(each) for each in contract.goals))


def _goal(goal: Goal) -> Goal:
    return replace(
        goal, recommended=None, decided=None, indicators=tuple(_indicator(each) for each in goal.indicators)
    )


def _indicator(each: Indicator) -> Indicator:
    parts = tuple(_indicator(part) for part in each.indicators)
    return replace(each, actual=None, source=None, evidence=None, indicators=parts)
