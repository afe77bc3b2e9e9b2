"""The targets of one contract, tried on what was measured for another: with these, that year would have given."""

from dataclasses import dataclass

from aarshjul.core.contract import Contract
from aarshjul.core.rules import actual_problem
from aarshjul.core.scoring import Score, Scores, score
from aarshjul.core.what_if import sources, with_actuals


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """A draft with another contract's measurements, indicator by indicator of the same id.

    Attributes:
        contract: the draft, its own actuals replaced.
        scores: what it gives; a range where measurements are missing.
        before: what the measurements gave under their own contract, for each goal of the draft that has the
            same id there and shares an indicator with it.
        total_before: and their own total.
        no_actual: indicators of the draft that nothing was measured for.
        no_target: what was measured, and the draft does not ask for.
        unsuited: measurements that the draft's rule refuses, with why; they count as missing.
        other_unit: indicators whose unit is another now; they are tried all the same.
    """

    contract: Contract
    scores: Scores
    before: dict[str, Score]
    total_before: Score
    no_actual: tuple[str, ...]
    no_target: tuple[str, ...]
    unsuited: tuple[tuple[str, str], ...]
    other_unit: tuple[str, ...]


def targets_on(draft: Contract, actuals: Contract) -> Tried:
    """Try the targets of a draft on another contract's measurements."""
    measured = {leaf.id: leaf for _, leaf in actuals.leaves() if leaf.actual is not None}
    leaves = {leaf.id: leaf for _, leaf in draft.leaves()}
    unsuited: list[tuple[str, str]] = []
    for name, leaf in leaves.items():
        actual = measured[name].actual if name in measured else None
        problem = actual_problem(leaf.rule, actual) if leaf.rule and actual is not None else None
        if problem is not None:
            unsuited.append((name, problem))
    refused = dict(unsuited)
    given = {name: measured[name].actual for name in leaves if name in measured and name not in refused}
    tried = with_actuals(draft, dict.fromkeys(leaves) | given)
    own = score(actuals)
    return Tried(
        contract=tried,
        scores=score(tried),
        before=_before(draft, actuals, own),
        total_before=own.total,
        no_actual=tuple(name for name in leaves if name not in measured),
        no_target=tuple(name for name in measured if name not in leaves),
        unsuited=tuple(unsuited),
        other_unit=tuple(name for name in given if _differs(leaves[name].unit, measured[name].unit)),
    )


def _differs(unit: str | None, other: str | None) -> bool:
    return unit is not None and other is not None and unit.casefold() != other.casefold()


def _before(draft: Contract, actuals: Contract, own: Scores) -> dict[str, Score]:
    mine, theirs = _measures(draft), _measures(actuals)
    return {name: own.goals[name] for name in mine if mine[name] & theirs.get(name, frozenset())}


def _measures(contract: Contract) -> dict[str, frozenset[str]]:
    """The indicators that each goal is scored by."""
    ends = sources(contract)
    own = {goal.id: frozenset(leaf.id for leaf in goal.leaves()) for goal in contract.goals}
    return {name: own[end] for name, end in ends.items()}
