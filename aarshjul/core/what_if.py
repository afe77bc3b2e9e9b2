"""What would have been: other measurements in a contract, and the smallest change that lifts it over a threshold."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from aarshjul.core.contract import Contract, Indicator
from aarshjul.core.errors import Invalid
from aarshjul.core.figures import decimals_of
from aarshjul.core.inverse import best_score, decimals_in, enough, measure, nearest
from aarshjul.core.rules import FULL, NOTHING, Actual, Rule, YesNo, raw_score
from aarshjul.core.scoring import Score, score, score_indicator


class WhatIfError(Invalid):
    """What is asked for cannot be in this contract."""


def with_actuals(contract: Contract, actuals: Mapping[str, Actual | None]) -> Contract:
    """The contract with other measurements; None takes one away.

    Args:
        contract: stays as it is.
        actuals: by id of an indicator that has a rule.

    Raises:
        WhatIfError: where an id is none of those.
        Invalid: where a rule refuses a measurement, with why.
    """
    known = {leaf.id for _, leaf in contract.leaves()}
    if unknown := [name for name in actuals if name not in known]:
        raise WhatIfError(f"{contract.id} has no indicator {unknown[0]} that takes a result")
    goals = [replace(goal, indicators=_given(goal.indicators, actuals)) for goal in contract.goals]
    return replace(contract, goals=tuple(goals))


def _given(indicators: Sequence[Indicator], actuals: Mapping[str, Actual | None]) -> tuple[Indicator, ...]:
    return tuple(
        [
            replace(each, indicators=_given(each.indicators, actuals))
            if each.rule is None
            else replace(each, actual=actuals[each.id])
            if each.id in actuals
            else each
            for each in indicators
        ]
    )


def sources(contract: Contract) -> dict[str, str]:
    """For each goal the one whose indicators give its score: itself, or the end of its chain of `same_as`."""
    follows = {goal.id: goal.same_as for goal in contract.goals}
    found: dict[str, str] = {}
    for goal in contract.goals:
        passed, name = [goal.id], goal.id
        while name not in found and (onward := follows[name]) is not None:
            name = onward
            passed.append(name)
        found |= dict.fromkeys(passed, found.get(name, name))
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Lift:
    """What one indicator alone would take to reach a threshold.

    Attributes:
        goal: the goal that the indicator stands in.
        indicator: it, with the actual that it has.
        to: the measurement that is enough; None where no measurement is.
        size: the change as a share of the target; None where there is no actual, or no change that is enough.
        gives: what is lifted then stands at (its low end), or at most where nothing is enough.
    """

    goal: str
    indicator: Indicator
    to: Actual | None
    size: Fraction | None
    gives: Fraction


@dataclass(frozen=True, kw_only=True, slots=True)
class Lifts:
    """Every indicator that a goal or the total depends on, the smallest change first, the hopeless last."""

    now: Score
    over: Fraction
    lifts: tuple[Lift, ...]

    @property
    def reached(self) -> bool:
        """Whether the threshold is reached without any change."""
        return self.now.low >= self.over


def lifts(contract: Contract, over: Decimal, goal: str | None = None) -> Lifts:
    """For each indicator the smallest change of its actual that lifts a goal, or the total, to the threshold.

    What is missing counts as nothing, both in where the score stands now and in where the changes lead.
    """
    scores = score(contract)
    now = scores.total if goal is None else scores.goals[goal]
    shares = _shares_of_total(contract) if goal is None else {sources(contract)[goal]: Fraction(1)}
    threshold = Fraction(over)
    found: list[Lift] = []
    if now.low < threshold:
        for each in contract.goals:
            for leaf, share in _leaf_shares(each.indicators, shares.get(each.id, NOTHING)):
                if each.id in shares:
                    found.append(_lift(each.id, leaf, share, now.low, threshold))
    return Lifts(now=now, over=threshold, lifts=tuple(sorted(found, key=_order)))


def _shares_of_total(contract: Contract) -> dict[str, Fraction]:
    """How much of the total hangs on each goal with indicators, those counted that copy it."""
    whole = sum((Fraction(goal.weight) for goal in contract.goals), NOTHING)
    shares: dict[str, Fraction] = {}
    ends = sources(contract)
    for goal in contract.goals:
        source = ends[goal.id]
        shares[source] = shares.get(source, NOTHING) + Fraction(goal.weight) / whole
    return shares


def _leaf_shares(indicators: Sequence[Indicator], share: Fraction) -> Iterator[tuple[Indicator, Fraction]]:
    """Each leaf, and how much of the whole one per cent of it is worth."""
    whole = sum((Fraction(each.weight) for each in indicators), NOTHING)
    for each in indicators:
        part = share * Fraction(each.weight) / whole
        if each.rule is not None:
            yield each, part
        else:
            yield from _leaf_shares(each.indicators, part)


def _lift(goal: str, leaf: Indicator, share: Fraction, low: Fraction, over: Fraction) -> Lift:
    if leaf.rule is None:
        raise WhatIfError(f"indicator {leaf.id} has no rule")
    mine = score_indicator(leaf).low
    to = _smallest(leaf.rule, leaf.actual, mine + (over - low) / share) if share else None
    if to is None:
        return Lift(
            goal=goal,
            indicator=leaf,
            to=None,
            size=None,
            gives=low + share * (max(best_score(leaf.rule), mine) - mine),
        )
    reached = max(NOTHING, min(raw_score(leaf.rule, to), Fraction(leaf.rule.cap)))
    size = None if leaf.actual is None else _size(leaf.rule, leaf.actual, to)
    return Lift(goal=goal, indicator=leaf, to=to, size=size, gives=low + share * (reached - mine))


def _smallest(rule: Rule, actual: Actual | None, per_cent: Fraction) -> Actual | None:
    if isinstance(rule, YesNo) or isinstance(actual, bool):
        return True if per_cent <= FULL else None
    decimals = max(decimals_in(rule), 0 if actual is None else decimals_of(actual))
    return nearest(enough(rule, per_cent), actual, decimals)


def _size(rule: Rule, actual: Actual, to: Actual) -> Fraction:
    return abs(Fraction(to) - Fraction(actual)) / measure(rule)


def _order(lift: Lift) -> tuple[int, Fraction]:
    if lift.to is None:
        return 2, -lift.gives
    return (1, NOTHING) if lift.size is None else (0, lift.size)
