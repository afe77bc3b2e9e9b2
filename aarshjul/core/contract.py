"""A performance contract as the rules see it: goals, each a tree of indicators, and what was achieved.

Four values of a goal stand apart for ever: computed (by `scoring`), reported, recommended and decided.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from aarshjul.core.errors import Invalid
from aarshjul.core.rules import Actual, Rule, actual_problem

DEEPEST = 20
ONE = Decimal(1)


class ContractError(Invalid):
    """The parts of a contract do not fit together."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reported:
    """An attainment in per cent that somebody wrote down, and in which place of the report."""

    value: Decimal
    where: str | None = None

    def __post_init__(self) -> None:
        _raise(_not_finite(self.value), "reported")


@dataclass(frozen=True, kw_only=True, slots=True)
class Indicator:
    """What is measured (with a rule) or what has indicators of its own; never both.

    `actual` is None until it is known; `baseline` is where the measure stood when the target was set, and is not
    scored. `owner` is a person or a role of the cycle that collects the result.
    `other_measurements` are recorded and not scored.
    """

    id: str
    title: str | None = None
    rule: Rule | None = None
    baseline: Decimal | None = None
    actual: Actual | None = None
    weight: Decimal = ONE
    unit: str | None = None
    reported: tuple[Reported, ...] = ()
    source: str | None = None
    evidence: str | None = None
    owner: str | None = None
    note: str | None = None
    other_measurements: tuple[Decimal, ...] = ()
    indicators: tuple["Indicator", ...] = ()

    def __post_init__(self) -> None:
        _raise(self._problem(), f"indicator {self.id}")

    def _problem(self) -> str | None:
        if (problem := _not_finite(self.baseline)) is not None:
            return problem
        if self.rule is None:
            if not self.indicators:
                return "has neither `rule` nor `indicators`"
            if self.baseline is not None:
                return "has `baseline` beside `indicators`"
            return (
                "has `actual` beside `indicators`"
                if self.actual is not None
                else siblings_problem(self.indicators)
            )
        if self.indicators:
            return "has both `rule` and `indicators`"
        return None if self.actual is None else actual_problem(self.rule, self.actual)

    def leaves(self) -> Iterator["Indicator"]:
        """The indicators with a rule at or below this one, in their order."""
        if self.rule is not None:
            yield self
        for child in self.indicators:
            yield from child.leaves()


@dataclass(frozen=True, kw_only=True, slots=True)
class Goal:
    """A goal with indicators, or one that copies the score of another and still counts as its own.

    `text` says in Markdown what is wanted, and `focus` to which focus area the goal belongs; neither is scored.
    """

    id: str
    title: str
    level: str | None = None
    focus: str | None = None
    text: str | None = None
    weight: Decimal = ONE
    same_as: str | None = None
    reported: tuple[Reported, ...] = ()
    recommended: Decimal | None = None
    decided: Decimal | None = None
    note: str | None = None
    indicators: tuple[Indicator, ...] = ()

    def __post_init__(self) -> None:
        if (self.same_as is None) != bool(self.indicators):
            _raise("needs either `indicators` or `same_as`", f"goal {self.id}")
        _raise(siblings_problem(self.indicators), f"goal {self.id}")
        _raise(_not_finite(self.recommended, self.decided), f"goal {self.id}")

    def leaves(self) -> Iterator[Indicator]:
        """The indicators with a rule, in their order."""
        for indicator in self.indicators:
            yield from indicator.leaves()


@dataclass(frozen=True, kw_only=True, slots=True)
class Contract:
    """A year's contract between a house (`holder`) and a council; its goals are scored in their order."""

    id: str
    title: str
    year: int
    holder: str
    council: str
    goals: tuple[Goal, ...]
    note: str | None = None

    def __post_init__(self) -> None:
        if not self.goals:
            _raise("has no goals", f"contract {self.id}")
        _raise(repeated([goal.id for goal in self.goals]), "goals")
        _raise(repeated([each.id for goal in self.goals for each in _walk(goal.indicators)]), "indicators")
        _raise(siblings_problem(self.goals), f"contract {self.id}")
        same_as = {goal.id: goal.same_as for goal in self.goals if goal.same_as is not None}
        known = {goal.id for goal in self.goals}
        for goal, other in same_as.items():
            if other not in known:
                _raise(f"`same_as` names {other}, which is not a goal", f"goal {goal}")
        circle = circle_in(same_as)
        _raise(
            f"`same_as` goes in a circle: {' -> '.join(circle)}" if circle else None, f"contract {self.id}"
        )

    def leaves(self) -> Iterator[tuple[Goal, Indicator]]:
        """Every indicator with a rule, beside its goal."""
        for goal in self.goals:
            for leaf in goal.leaves():
                yield goal, leaf


def siblings_problem(siblings: Sequence[Goal | Indicator]) -> str | None:
    """Why the weights of siblings cannot give a mean."""
    return weights_problem([sibling.weight for sibling in siblings])


def weights_problem(weights: Sequence[Decimal]) -> str | None:
    """Why these weights cannot give a mean; None where they can (or where there is nothing to weigh)."""
    if any(not weight.is_finite() or weight < 0 for weight in weights):
        return "has a negative `weight`; weights are 0 or more"
    if weights and not any(weights):
        return "has only parts with `weight: 0`; at least one must count"
    return None


def circle_in(follows: Mapping[str, str]) -> list[str] | None:
    """A circle among names that each follow one other, closed by its first name again: `2 -> 10 -> 2`."""
    clear: set[str] = set()
    for start in follows:
        path: dict[str, None] = {}
        name = start
        while name in follows and name not in clear:
            if name in path:
                names = list(path)
                return [*names[names.index(name) :], name]
            path[name] = None
            name = follows[name]
        clear.update(path)
    return None


def repeated(ids: Sequence[str]) -> str | None:
    """The first id that stands twice, as a sentence."""
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            return f"the id {each} is used twice"
        seen.add(each)
    return None


def _walk(indicators: Sequence[Indicator]) -> Iterator[Indicator]:
    for indicator in indicators:
        yield indicator
        yield from _walk(indicator.indicators)


def _not_finite(*numbers: Decimal | None) -> str | None:
    bad = [number for number in numbers if number is not None and not number.is_finite()]
    return f"has the number {bad[0]}; it must be finite" if bad else None


def _raise(problem: str | None, where: str) -> None:
    if problem is not None:
        raise ContractError(f"{where}: {problem}")
