"""What to look at in a draft contract while it is written: what is missing, what cannot be scored, what is met already."""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from aarshjul.core.contract import Contract, Goal, Indicator
from aarshjul.core.draft_words import WORDS
from aarshjul.core.figures import written
from aarshjul.core.findings import Finding
from aarshjul.core.languages import Language
from aarshjul.core.rule_faults import band_fault, is_met_by
from aarshjul.core.rules import Actual, Assessed, AtLeast, Bands, YesNo, actual_problem
from aarshjul.core.weights import odd_sum

WORST_FIRST = (
    "unreachable-band",
    "no-full-score",
    "overlapping-bands",
    "weights-differ",
    "baseline-meets-target",
    "target-met",
    "baseline-differs",
    "no-assessor",
    "unknown-owner",
    "no-owner",
    "no-source",
    "no-text",
)
"""The codes, what is wrong whatever anybody thinks of it before what is missing."""
ALL_GOALS = "all"
"""Stands in a finding's id for the goal, where the finding is about the goals together."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """What a draft is checked against.

    Attributes:
        before: the actuals of the last contract that has them, by the indicator's id; the unit beside each.
        owners: the people and roles who can own an indicator; None where that is not known.
        language: in which the findings speak.
    """

    before: Mapping[str, tuple[Actual, str | None]] = field(default_factory=dict)
    owners: Container[str] | None = None
    language: Language = "en"


def measured(contract: Contract | None) -> dict[str, tuple[Actual, str | None]]:
    """The actuals of a contract, as `Surroundings.before` wants them."""
    if contract is None:
        return {}
    return {leaf.id: (leaf.actual, leaf.unit) for _, leaf in contract.leaves() if leaf.actual is not None}


def draft_findings(contract: Contract, around: Surroundings) -> tuple[Finding, ...]:
    """The findings, worst first and then in the contract's order."""
    found: list[Finding] = []
    if (total := odd_sum([goal.weight for goal in contract.goals])) is not None:
        found.append(_finding("weights-differ", ALL_GOALS, None, around, total))
    for goal in contract.goals:
        found += _of_goal(goal, around)
    return tuple(sorted(found, key=lambda each: WORST_FIRST.index(each.code)))


def _of_goal(goal: Goal, around: Surroundings) -> Iterator[Finding]:
    if goal.same_as is None and not goal.text:
        yield _finding("no-text", goal.id, None, around)
    if (total := odd_sum([each.weight for each in goal.indicators])) is not None:
        yield _finding("weights-differ", goal.id, None, around, total)
    for indicator in goal.indicators:
        yield from _of_part(goal.id, indicator, around)


def _of_part(goal: str, part: Indicator, around: Surroundings) -> Iterator[Finding]:
    if part.rule is not None:
        for check in _CHECKS:
            for code, *numbers in check(part, around):
                yield _finding(code, goal, part.id, around, *numbers)
        return
    if (total := odd_sum([each.weight for each in part.indicators])) is not None:
        yield _finding("weights-differ", goal, part.id, around, total)
    for child in part.indicators:
        yield from _of_part(goal, child, around)


Found = Iterator[tuple[str, *tuple[Decimal | str, ...]]]


def _scale(part: Indicator, _around: Surroundings) -> Found:
    if isinstance(part.rule, Bands) and (fault := band_fault(part.rule)) is not None:
        yield fault


def _target(part: Indicator, around: Surroundings) -> Found:
    rule = part.rule
    if rule is None or isinstance(rule, Assessed | YesNo):
        return
    rising_from = rule.baseline if isinstance(rule, AtLeast) else None
    baseline = rising_from if part.baseline is None else part.baseline
    if baseline is not None and is_met_by(rule, baseline):
        yield "baseline-meets-target", baseline
    if part.baseline is not None and rising_from is not None and part.baseline != rising_from:
        yield "baseline-differs", part.baseline, rising_from
    last, unit = around.before.get(part.id, (None, None))
    if last is None or isinstance(last, bool) or unit != part.unit or actual_problem(rule, last) is not None:
        return
    if is_met_by(rule, last):
        yield "target-met", last


def _owner(part: Indicator, around: Surroundings) -> Found:
    if part.owner is None:
        yield ("no-assessor" if isinstance(part.rule, Assessed) else "no-owner",)
    elif around.owners is not None and part.owner not in around.owners:
        yield "unknown-owner", part.owner


def _source(part: Indicator, _around: Surroundings) -> Found:
    if not part.source:
        yield ("no-source",)


_CHECKS: tuple[Callable[[Indicator, Surroundings], Found], ...] = (_scale, _target, _owner, _source)


def _finding(
    code: str, goal: str, indicator: str | None, around: Surroundings, *values: Decimal | str
) -> Finding:
    said = [written(each, around.language) if isinstance(each, Decimal) else each for each in values]
    return Finding(
        code=code, goal=goal, indicator=indicator, message=WORDS[code][around.language].format(*said)
    )
