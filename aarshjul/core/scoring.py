"""Attainment: from measurements to per cents, exactly, from the leaves of the contract up to its total."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from aarshjul.core.contract import Contract, Goal, Indicator
from aarshjul.core.figures import half_up
from aarshjul.core.rules import FULL, HUNDRED, NOTHING, Rule, highest, raw_score

RULES_VERSION = "1"
"""Stands on every scoring run; it rises when the same contract would give another score."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """Per cents of one node: `exact` is None while a measurement is missing, else equal to `low` and `high`.

    `raw` is what a leaf's rule gave before floor and cap; `parts` are the scores of a node's children.
    """

    exact: Fraction | None
    low: Fraction
    high: Fraction
    raw: Fraction | None = None
    parts: tuple["Score", ...] = ()

    @property
    def provisional(self) -> bool:
        """Whether a measurement that counts is still missing."""
        return self.exact is None

    @property
    def shown(self) -> int | None:
        """The whole per cent that people see, rounded half up from the exact value."""
        return None if self.exact is None else half_up(self.exact)


@dataclass(frozen=True, kw_only=True, slots=True)
class Scores:
    """The scores of a contract: its goals by id, in the contract's order, and their mean."""

    contract: str
    goals: dict[str, Score]
    total: Score


def score(contract: Contract) -> Scores:
    """Scores every goal and the whole; nothing is rounded on the way."""
    found = {goal.id: score_goal(goal) for goal in contract.goals if goal.same_as is None}
    copies = {goal.id: goal.same_as for goal in contract.goals if goal.same_as is not None}
    for name in copies:
        _copy(name, copies, found)
    goals = {goal.id: found[goal.id] for goal in contract.goals}
    return Scores(contract=contract.id, goals=goals, total=_mean(contract.goals, tuple(goals.values())))


def _copy(name: str, copies: dict[str, str], found: dict[str, Score]) -> None:
    """Gives a goal, and those between, the score at the end of its chain of `same_as`."""
    passed = []
    while name not in found:
        passed.append(name)
        name = copies[name]
    found.update(dict.fromkeys(passed, found[name]))


def score_goal(goal: Goal) -> Score:
    """The mean of a goal's own indicators."""
    return _mean(goal.indicators, tuple([score_indicator(each) for each in goal.indicators]))


def score_indicator(indicator: Indicator) -> Score:
    """The score of a measurement, or the mean of the *direct* children."""
    if indicator.rule is None:
        parts = tuple([score_indicator(each) for each in indicator.indicators])
        return _mean(indicator.indicators, parts)
    if indicator.actual is None:
        return Score(exact=None, low=NOTHING, high=highest(indicator.rule))
    raw = raw_score(indicator.rule, indicator.actual)
    exact = _within(raw, indicator.rule)
    return Score(exact=exact, low=exact, high=exact, raw=raw)


def _within(raw: Fraction, rule: Rule) -> Fraction:
    if raw.numerator < 0:
        return NOTHING
    cap = FULL if rule.cap is HUNDRED else Fraction(rule.cap)
    return min(raw, cap)


def _mean(nodes: Sequence[Goal | Indicator], parts: tuple[Score, ...]) -> Score:
    if all(node.weight == 1 for node in nodes):
        counted = parts
        low = sum([part.low for part in parts], NOTHING) / len(parts)
        high = low if _known(parts) else sum([part.high for part in parts], NOTHING) / len(parts)
    else:
        weights = [Fraction(node.weight) for node in nodes]
        counted = tuple([part for part, weight in zip(parts, weights, strict=True) if weight])
        low = _weighted([part.low for part in parts], weights)
        high = low if _known(counted) else _weighted([part.high for part in parts], weights)
    return Score(exact=low if _known(counted) else None, low=low, high=high, parts=parts)


def _known(parts: Sequence[Score]) -> bool:
    return all(part.exact is not None for part in parts)


def _weighted(values: list[Fraction], weights: list[Fraction]) -> Fraction:
    weighed = [value * weight for value, weight in zip(values, weights, strict=True)]
    return sum(weighed, NOTHING) / sum(weights, NOTHING)
