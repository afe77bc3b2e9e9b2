"""What something said about the draft may be about: a goal or an indicator that it has."""

from collections.abc import Iterator

from aarshjul.acts.acting import Acting, ActRefused
from aarshjul.core.contract import Contract, Indicator
from aarshjul.files.problems import clipped, did_you_mean
from models.draft_text import present_goals

MOST = 20
"""How many ids a message names."""


def known_goal(acting: Acting, goal: str | None, indicator: str | None = None) -> str | None:
    """The goal that something is about, which an indicator alone tells as well; None for the whole draft.

    The present version says which there are; where that is prose, or there is none yet, the contract that the
    cycle begins with.

    Raises:
        ActRefused: where there is no such goal or indicator, or the one is not in the other.
    """
    if goal is None and indicator is None:
        return None
    contract = present_goals(acting.session, acting.cycle)
    if contract is None:
        raise ActRefused("the draft is prose and names no goals: leave `goal` and `indicator` out")
    holders = _goals_by_indicator(contract)
    if goal is not None and goal not in {each.id for each in contract.goals}:
        raise ActRefused(
            f"the draft has no goal {clipped(goal)}; {_hint(goal, [each.id for each in contract.goals])}"
        )
    if indicator is None:
        return goal
    if indicator not in holders:
        raise ActRefused(
            f"the draft has no indicator {clipped(indicator)}; {_hint(indicator, list(holders))}"
        )
    if goal not in (None, holders[indicator]):
        raise ActRefused(f"indicator {indicator} belongs to goal {holders[indicator]}, not to {goal}")
    return holders[indicator]


def _hint(name: str, known: list[str]) -> str:
    """The one that was meant, or all that there are; there can be too many to name them."""
    hint = did_you_mean(name, known)
    return (
        hint if hint.startswith("did") or len(known) <= MOST else "`aarshjul draft show CYCLE` has them all"
    )


def _goals_by_indicator(contract: Contract) -> dict[str, str]:
    return {each.id: goal.id for goal in contract.goals for each in _walk(goal.indicators)}


def _walk(indicators: tuple[Indicator, ...]) -> Iterator[Indicator]:
    for each in indicators:
        yield each
        yield from _walk(each.indicators)
