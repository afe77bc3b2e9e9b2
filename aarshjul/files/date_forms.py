"""The `on` of a milestone: a date, or a rule for one."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, Discriminator, Tag, model_validator

from aarshjul.core.date_rules import WEEKDAYS, AfterRule, BeforeRule, DayRule
from aarshjul.files.fields import Date, Id, one_of, whole
from aarshjul.files.forms import Form, wrong

MOST_WORKING_DAYS = 250


class DayRuleForm(Form):
    """A day of the year, or the weekday nearest to it."""

    day: Annotated[int, whole(1, 31)]
    month: Annotated[int, whole(1, 12)]
    weekday: Annotated[str, one_of(*WEEKDAYS)] | None = None
    year: Annotated[int, whole(1900, 2200)] | None = None

    @model_validator(mode="after")
    def _exists(self) -> "DayRuleForm":
        try:
            self.rule()
        except ValueError:
            year = f" of {self.year}" if self.year else ""
            raise wrong(f"is day {self.day} of month {self.month}{year}; must be a day that exists") from None
        return self

    def rule(self) -> DayRule:
        """The rule that this writes."""
        return DayRule(day=self.day, month=self.month, weekday=self.weekday, year=self.year)


class BeforeForm(Form):
    """Working days before a milestone."""

    before: Id
    working_days: Annotated[int, whole(0, MOST_WORKING_DAYS)]

    def rule(self) -> BeforeRule:
        """The rule that this writes."""
        return BeforeRule(before=self.before, working_days=self.working_days)


class AfterForm(Form):
    """Working days after a milestone."""

    after: Id
    working_days: Annotated[int, whole(0, MOST_WORKING_DAYS)]

    def rule(self) -> AfterRule:
        """The rule that this writes."""
        return AfterRule(after=self.after, working_days=self.working_days)


def _kind_of(value: Any) -> str:
    if isinstance(value, DayRule | BeforeRule | AfterRule):
        return "~rule"
    if not isinstance(value, dict):
        return "~date"
    return "~before" if "before" in value else "~after" if "after" in value else "~day"


def _rule(form: DayRuleForm | BeforeForm | AfterForm) -> DayRule | BeforeRule | AfterRule:
    return form.rule()


OnDate = date | DayRule | BeforeRule | AfterRule
if TYPE_CHECKING:
    On = OnDate
else:
    On = Annotated[
        Annotated[Date, Tag("~date")]
        | Annotated[DayRule | BeforeRule | AfterRule, Tag("~rule")]
        | Annotated[DayRuleForm, AfterValidator(_rule), Tag("~day")]
        | Annotated[BeforeForm, AfterValidator(_rule), Tag("~before")]
        | Annotated[AfterForm, AfterValidator(_rule), Tag("~after")],
        Discriminator(_kind_of),
    ]
