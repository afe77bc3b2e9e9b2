"""The forms of a draft file and of a file of national goals; goals are in the contract's own form."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from aarshjul.core.national import NATIONAL, Level, NationalGoals
from aarshjul.files.contract_form import GoalForm, check_weights
from aarshjul.files.fields import Id, Line, Number, Text, one_of, whole
from aarshjul.files.forms import Form, wrong
from aarshjul.files.rule_forms import RuleForm

DRAFT = "aarshjul/draft@1"
NATIONAL_GOALS = "aarshjul/national-goals@1"
Year = Annotated[int, whole(1900, 2200)]


class DraftForm(Form):
    """What the author of a draft writes: the house's own goals, and which version they were made from."""

    format: Annotated[Literal["aarshjul/draft@1"], one_of(DRAFT)]
    id: Id | None = None
    title: Line | None = None
    based_on: Annotated[int, whole(1, 999_999_999)] | None = None
    message: Line | None = None
    note: Text | None = None
    goals: tuple[GoalForm, ...] = ()

    @model_validator(mode="after")
    def _can_be_weighed(self) -> "DraftForm":
        check_weights(self.goals, "goals")
        return self


class LevelForm(Form):
    """The rule by which one house is measured at an indicator."""

    rule: RuleForm
    cap: Number | None = None
    baseline: Number | None = None

    @model_validator(mode="after")
    def _can_be_scored(self) -> "LevelForm":
        self.rule.rule(self.cap)
        return self

    def level(self) -> Level:
        """The level that it stands for."""
        return Level(rule=self.rule.rule(self.cap), baseline=self.baseline)


class NationalForm(Form):
    """A version of the national goals."""

    format: Annotated[Literal["aarshjul/national-goals@1"], one_of(NATIONAL_GOALS)]
    id: Id
    title: Line
    years: tuple[Year, ...]
    note: Text | None = None
    goals: tuple[GoalForm, ...]
    levels: dict[Line, dict[Id, LevelForm]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _fits_together(self) -> "NationalForm":
        if len(self.years) != 2 or self.years[0] > self.years[1]:
            raise wrong("`years` must be the first and the last year, as [2023, 2026]", "years")
        if not self.goals:
            raise wrong("`goals` is empty; add at least one goal", "goals")
        check_weights(self.goals, "goals")
        for position, goal in enumerate(self.goals):
            if goal.level not in (None, NATIONAL):
                raise wrong(f"`level` is {goal.level}; must be {NATIONAL}", "goals", position, "level")
        return self

    def national_goals(self) -> NationalGoals:
        """The set that the file stands for."""
        return NationalGoals(
            id=self.id,
            title=self.title,
            first_year=self.years[0],
            last_year=self.years[1],
            note=self.note,
            goals=tuple(each.model_copy(update={"level": NATIONAL}).goal() for each in self.goals),
            levels={
                house: {indicator: each.level() for indicator, each in levels.items()}
                for house, levels in self.levels.items()
            },
        )
