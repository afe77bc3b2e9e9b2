"""A contract file: its form, and the contract that it stands for."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Tag, model_validator

from aarshjul.core.contract import ONE, Contract, Goal, Indicator, Reported, weights_problem
from aarshjul.core.rules import Rule, actual_problem
from aarshjul.files.fields import ActualField, Id, Line, Number, Text, one_of, whole
from aarshjul.files.forms import Form, wrong
from aarshjul.files.rule_forms import RuleForm

FORMAT = "aarshjul/contract@1"


class ReportedForm(Form):
    """What was reported, and where."""

    value: Number
    where: Line | None = None


def _one_or_many(value: Any) -> str:
    return "~many" if isinstance(value, list | tuple) else "~one"


ReportedField = Annotated[
    Annotated[Number, Tag("~one")] | Annotated[tuple[ReportedForm, ...], Tag("~many")],
    Discriminator(_one_or_many),
]


class IndicatorForm(Form):
    """A measurement with its rule, or a part with indicators of its own."""

    id: Id
    title: Line | None = None
    rule: RuleForm | None = None
    cap: Number | None = None
    weight: Number = ONE
    unit: Line | None = None
    baseline: Number | None = None
    actual: ActualField | None = None
    reported: ReportedField | None = None
    source: Text | None = None
    evidence: Text | None = None
    owner: Id | None = None
    note: Text | None = None
    other_measurements: tuple[Number, ...] = ()
    indicators: tuple["IndicatorForm", ...] = ()

    @model_validator(mode="after")
    def _fits_together(self) -> "IndicatorForm":
        if self.rule is None:
            self._check_parent()
        elif self.indicators:
            raise wrong("has both `rule` and `indicators`; keep one", "indicators")
        else:
            self._check_leaf(self.rule)
        return self

    def _check_parent(self) -> None:
        if not self.indicators:
            raise wrong("has neither `rule` nor `indicators`; add one of them")
        if self.actual is not None:
            raise wrong("`actual` belongs to the indicators below; remove it here", "actual")
        if self.cap is not None:
            raise wrong("`cap` belongs beside a `rule`; remove it here", "cap")
        if self.baseline is not None:
            raise wrong("`baseline` belongs to the indicators below; remove it here", "baseline")
        check_weights(self.indicators)

    def _check_leaf(self, rule: RuleForm) -> None:
        core_rule = rule.rule(self.cap)
        problem = None if self.actual is None else actual_problem(core_rule, self.actual)
        if problem is not None:
            raise wrong(problem, "actual")

    def indicator(self) -> Indicator:
        """The indicator, with all below it."""
        rule: Rule | None = None if self.rule is None else self.rule.rule(self.cap)
        return Indicator(
            id=self.id,
            title=self.title,
            rule=rule,
            baseline=self.baseline,
            actual=self.actual,
            weight=self.weight,
            unit=self.unit,
            reported=_reported(self.reported),
            source=self.source,
            evidence=self.evidence,
            owner=self.owner,
            note=self.note,
            other_measurements=self.other_measurements,
            indicators=tuple(each.indicator() for each in self.indicators),
        )


class GoalForm(Form):
    """A goal with indicators, or the same as another goal."""

    id: Id
    title: Line
    level: Line | None = None
    focus: Line | None = None
    text: Text | None = None
    weight: Number = ONE
    same_as: Id | None = None
    reported: ReportedField | None = None
    recommended: Number | None = None
    decided: Number | None = None
    note: Text | None = None
    indicators: tuple[IndicatorForm, ...] = ()

    @model_validator(mode="after")
    def _fits_together(self) -> "GoalForm":
        if self.same_as is not None and self.indicators:
            raise wrong("has both `same_as` and `indicators`; keep one", "same_as")
        if self.same_as is None and not self.indicators:
            raise wrong("has neither `indicators` nor `same_as`; add one of them")
        check_weights(self.indicators)
        return self

    def goal(self) -> Goal:
        """The goal, with all below it."""
        return Goal(
            id=self.id,
            title=self.title,
            level=self.level,
            focus=self.focus,
            text=self.text,
            weight=self.weight,
            same_as=self.same_as,
            reported=_reported(self.reported),
            recommended=self.recommended,
            decided=self.decided,
            note=self.note,
            indicators=tuple(each.indicator() for each in self.indicators),
        )


class ContractForm(Form):
    """A whole contract file."""

    format: Annotated[Literal["aarshjul/contract@1"], one_of(FORMAT)]
    id: Id
    title: Line
    year: Annotated[int, whole(1900, 2200)]
    holder: Line
    council: Line
    note: Text | None = None
    goals: tuple[GoalForm, ...]

    @model_validator(mode="after")
    def _has_goals(self) -> "ContractForm":
        if not self.goals:
            raise wrong("`goals` is empty; add at least one goal", "goals")
        check_weights(self.goals, "goals")
        return self

    def contract(self) -> Contract:
        """The contract that the file stands for."""
        return Contract(
            id=self.id,
            title=self.title,
            year=self.year,
            holder=self.holder,
            council=self.council,
            note=self.note,
            goals=tuple(each.goal() for each in self.goals),
        )


def check_weights(siblings: Sequence[GoalForm | IndicatorForm], key: str = "indicators") -> None:
    """Refuses weights that are negative (at the one that is) or that sum to nothing (at the list)."""
    for position, sibling in enumerate(siblings):
        if sibling.weight < 0:
            raise wrong(f"`weight` is {sibling.weight:f}; must be 0 or more", key, position, "weight")
    if problem := weights_problem([sibling.weight for sibling in siblings]):
        raise wrong(problem, key)


def _reported(field: Decimal | tuple[ReportedForm, ...] | None) -> tuple[Reported, ...]:
    if field is None:
        return ()
    if isinstance(field, Decimal):
        return (Reported(value=field),)
    return tuple(Reported(value=each.value, where=each.where) for each in field)
