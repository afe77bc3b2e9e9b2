"""What each missing result does to the total: how much of its uncertainty is that one's alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from aarshjul.core.contract import Contract, Goal, Indicator
from aarshjul.core.rules import highest
from aarshjul.core.scoring import Scores


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """A missing result of an indicator: where the total lies because of it alone.

    `high` is the total with every missing result at its highest, `low` the same with this one at its lowest. So the
    widths of all reaches together are that of the whole range. `share` is the part of the total that it makes up.
    """

    indicator: str
    goal: str
    share: Fraction
    low: Fraction
    high: Fraction

    @property
    def width(self) -> Fraction:
        """How many per cent of the total hang on it."""
        return self.high - self.low


def reaches(contract: Contract, scores: Scores) -> tuple[Reach, ...]:
    """What each missing result does, in the contract's order; none where all is known."""
    top = scores.total.high
    found = []
    for goal, leaf, share in leaf_shares(contract):
        if leaf.actual is None and leaf.rule is not None:
            low = top - share * highest(leaf.rule)
            found.append(Reach(indicator=leaf.id, goal=goal.id, share=share, low=low, high=top))
    return tuple(found)


def leaf_shares(contract: Contract) -> Iterator[tuple[Goal, Indicator, Fraction]]:
    """How much of the total each measured indicator makes up; a goal that others copy counts for those as well."""
    shares = _goal_shares(contract)
    for goal in contract.goals:
        for leaf, share in _below(goal.indicators, shares[goal.id]):
            yield goal, leaf, share


def _goal_shares(contract: Contract) -> dict[str, Fraction]:
    own = dict(zip([goal.id for goal in contract.goals], _parts(contract.goals), strict=True))
    copies = {goal.id: goal.same_as for goal in contract.goals if goal.same_as is not None}
    found = dict(own)
    for goal in copies:
        source = goal
        while source in copies:
            source = copies[source]
        found[source] += own[goal]
    return found


def _below(indicators: Sequence[Indicator], share: Fraction) -> Iterator[tuple[Indicator, Fraction]]:
    for indicator, part in zip(indicators, _parts(indicators), strict=True):
        if indicator.rule is not None:
            yield indicator, share * part
        else:
            yield from _below(indicator.indicators, share * part)


def _parts(nodes: Sequence[Goal | Indicator]) -> list[Fraction]:
    """The parts of a mean, which together are 1."""
    weights = [Fraction(node.weight) for node in nodes]
    whole = sum(weights, Fraction(0))
    return [weight / whole for weight in weights]
