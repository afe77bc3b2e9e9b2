"""The contract whose attainment a cycle presents, as acts on its results need it."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import col

from aarshjul.acts.acting import Acting, ActRefused
from aarshjul.core import contract as core_contract
from aarshjul.core import cycle as core
from aarshjul.files.problems import did_you_mean
from models.contract import Goal, Indicator
from models.contract_rows import load_contract
from models.evidence import DataRequest

MOST_NAMES = 20
IN_CHARGE = (core.COORDINATOR, core.HOLDER)
"""Who sees to results: asks for them, recommends, settles findings."""


def presented(acting: Acting) -> core_contract.Contract:
    """The contract.

    Raises:
        ActRefused: where the cycle presents none.
    """
    contract = load_contract(acting.session, acting.cycle.contract_id) if acting.cycle.contract_id else None
    if contract is None:
        raise ActRefused(f"{acting.cycle.id} presents no contract (scores: in its file)")
    return contract


def measured(contract: core_contract.Contract, indicator: str) -> core_contract.Indicator:
    """The indicator of that id, which takes a result.

    Raises:
        ActRefused: where there is none, or it has only parts that do.
    """
    leaves = {leaf.id: leaf for _, leaf in contract.leaves()}
    if indicator not in leaves:
        hint = hint_of(indicator, list(leaves))
        raise ActRefused(f"{contract.id} has no indicator {indicator} that takes a result; {hint}")
    return leaves[indicator]


def hint_of(word: str, known: list[str]) -> str:
    """Which one was meant, perhaps; else the first of those that there are."""
    if not known:
        return "there are none"
    hint = did_you_mean(word, known)
    if hint.startswith("did"):
        return hint
    more = f" and {len(known) - MOST_NAMES} more" if len(known) > MOST_NAMES else ""
    return f"there are {', '.join(known[:MOST_NAMES])}{more}"


def indicator_row(acting: Acting, slug: str) -> Indicator:
    """The indicator's row."""
    query = select(Indicator).where(
        col(Indicator.contract_id) == acting.cycle.contract_id, col(Indicator.slug) == slug
    )
    return acting.session.scalars(query).one()


def goal_rows(acting: Acting) -> dict[str, Goal]:
    """The goals' rows by their ids, in the contract's order."""
    query = select(Goal).where(col(Goal.contract_id) == acting.cycle.contract_id).order_by(col(Goal.position))
    return {goal.slug: goal for goal in acting.session.scalars(query)}


def goal_row(acting: Acting, slug: str) -> Goal:
    """One goal's row.

    Raises:
        ActRefused: where the contract has none of that id.
    """
    goals = goal_rows(acting)
    if slug not in goals:
        hint = hint_of(slug, list(goals))
        raise ActRefused(f"there is no goal {slug} in {acting.cycle.contract_id}; {hint}")
    return goals[slug]


def request_for(acting: Acting, indicator: str) -> DataRequest | None:
    """What was asked for about an indicator, if anything was."""
    query = select(DataRequest).where(
        col(DataRequest.cycle_id) == acting.cycle.id, col(DataRequest.indicator) == indicator
    )
    return acting.session.scalars(query).one_or_none()


def request_of(indicator: str) -> str:
    """What the deadline for an indicator's result, once asked for, is `about`."""
    return f"request:{indicator}"


def gives(person: str, roles: Iterable[str], owner: str | None, asked: str | None) -> bool:
    """Whether a result is somebody's to give: of who is in charge, its owner, or who was asked for it."""
    mine = {person, *roles}
    return bool(mine & {*IN_CHARGE, *(each for each in (owner, asked) if each)})


def may_give(acting: Acting, leaf: core_contract.Indicator, what: str) -> None:
    """Refuse a result, or what proves it, of somebody who is neither in charge, nor its owner, nor asked for it."""
    asked = request_for(acting, leaf.id)
    if gives(acting.by, acting.roles, leaf.owner, asked.owner if asked else None):
        return
    owners = [owner for owner in (leaf.owner, asked and asked.owner) if owner]
    named = f" ({', '.join(dict.fromkeys(owners))})" if owners else ""
    raise ActRefused(
        f"{acting.by} may not {what} {leaf.id}: it is for a coordinator, the holder or its owner{named}"
    )
