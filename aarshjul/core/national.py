"""The national goals: one set for all houses and several years, with levels of each house's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from aarshjul.core.contract import ContractError, Goal, Indicator, repeated
from aarshjul.core.rules import Rule

NATIONAL = "national"


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """What one house is measured by at an indicator, in place of the rule (and the baseline) that holds for all."""

    rule: Rule
    baseline: Decimal | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NationalGoals:
    """A version of the set; it holds for contracts of the years `first_year` to `last_year`, both counted.

    Attributes:
        goals: as they are for a house that has no levels of its own. One may copy a regional goal of the house.
        levels: by the house's name, then by the indicator's id.
    """

    id: str
    title: str
    first_year: int
    last_year: int
    goals: tuple[Goal, ...]
    levels: Mapping[str, Mapping[str, Level]] = field(default_factory=dict)
    note: str | None = None

    def __post_init__(self) -> None:
        if self.first_year > self.last_year:
            raise ContractError(f"national goals {self.id}: the years {self.first_year} to {self.last_year}")
        ids = [goal.id for goal in self.goals]
        if not ids or (problem := repeated(ids)):
            raise ContractError(f"national goals {self.id}: {problem if ids else 'has no goals'}")
        leaves = {leaf.id for goal in self.goals for leaf in goal.leaves()}
        for house, levels in self.levels.items():
            if unknown := sorted(levels.keys() - leaves):
                raise ContractError(
                    f"national goals {self.id}: {house} has a level for {unknown[0]}, which is no indicator"
                )

    def covers(self, year: int) -> bool:
        """Whether the set holds for contracts of a year."""
        return self.first_year <= year <= self.last_year

    def overlaps(self, other: "NationalGoals") -> bool:
        """Whether some year would have both sets."""
        return self.first_year <= other.last_year and other.first_year <= self.last_year

    def goals_for(self, house: str) -> tuple[Goal, ...]:
        """The goals with that house's levels."""
        levels = self.levels.get(house, {})
        return tuple(
            replace(goal, indicators=tuple(_levelled(each, levels) for each in goal.indicators))
            for goal in self.goals
        )


def _levelled(indicator: Indicator, levels: Mapping[str, Level]) -> Indicator:
    level = levels.get(indicator.id)
    if level is None:
        return replace(indicator, indicators=tuple(_levelled(each, levels) for each in indicator.indicators))
    baseline = indicator.baseline if level.baseline is None else level.baseline
    return replace(indicator, rule=level.rule, baseline=baseline)
