"""How a contract file writes the rule of an indicator, and the rule that this stands for."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from aarshjul.core.rules import (
    HUNDRED,
    Assessed,
    AtLeast,
    AtMost,
    Band,
    Bands,
    LessThan,
    Linear,
    MoreThan,
    Rule,
    RuleError,
    YesNo,
)
from aarshjul.files.fields import Number, Truth
from aarshjul.files.forms import Form, wrong

WITH_CAP = ("at_least", "at_most", "assessed", "linear", "bands")


class RisingForm(Form):
    """A target that is what it was, and so much more."""

    baseline: Number
    plus: Number


class LinearForm(Form):
    """The values worth 0 and 100."""

    zero_at: Number
    full_at: Number


class BandForm(Form):
    """One step, and what it is worth."""

    score: Number
    to: Number | None = None
    from_: Number | None = Field(None, alias="from")
    below: Number | None = None
    above: Number | None = None


def _number_or_form(value: Any) -> str:
    return "~form" if isinstance(value, dict | Form) else "~number"


Target = Annotated[
    Annotated[Number, Tag("~number")] | Annotated[RisingForm, Tag("~form")], Discriminator(_number_or_form)
]


class RuleForm(Form):
    """One rule, and perhaps a cap in the same mapping."""

    at_least: Target | None = None
    at_most: Number | None = None
    more_than: Number | None = None
    less_than: Number | None = None
    yes_no: Truth | None = None
    assessed: Truth | None = None
    linear: LinearForm | None = None
    bands: tuple[BandForm, ...] | None = None
    cap: Number | None = None

    def rule(self, cap_beside: Decimal | None) -> Rule:
        """The rule, with the cap that stands beside it or in it.

        Raises:
            PydanticCustomError: what is wrong with it, and where below the indicator.
        """
        kinds = sorted(self.model_fields_set - {"cap"})
        if len(kinds) != 1:
            said = " and ".join(f"`{kind}`" for kind in kinds) or "no rule"
            raise wrong(f"`rule` has {said}; must have one rule", "rule")
        if self.cap is not None and cap_beside is not None:
            raise wrong("`cap` stands beside the rule and in it; keep one", "cap")
        cap = self.cap if cap_beside is None else cap_beside
        if cap is not None and kinds[0] not in WITH_CAP:
            raise wrong(f"`cap` does not go with {kinds[0]}; leave it out", *self._cap_at())
        try:
            return self._rule(HUNDRED if cap is None else cap)
        except RuleError as error:
            at = self._cap_at() if "`cap`" in str(error) else ("rule", kinds[0])
            raise wrong(f"`rule`: {error}", *at) from None

    def _cap_at(self) -> tuple[str, ...]:
        return ("cap",) if self.cap is None else ("rule", "cap")

    def _rule(self, cap: Decimal) -> Rule:
        if self.at_least is not None:
            if isinstance(self.at_least, RisingForm):
                return AtLeast.rising(self.at_least.baseline, self.at_least.plus, cap)
            return AtLeast(target=self.at_least, cap=cap)
        if self.at_most is not None:
            return AtMost(limit=self.at_most, cap=cap)
        if self.linear is not None:
            return Linear(zero_at=self.linear.zero_at, full_at=self.linear.full_at, cap=cap)
        if self.bands is not None:
            return Bands(bands=tuple(_band(each) for each in self.bands), cap=cap)
        return self._met_or_not(cap)

    def _met_or_not(self, cap: Decimal) -> Rule:
        if self.more_than is not None:
            return MoreThan(limit=self.more_than)
        if self.less_than is not None:
            return LessThan(limit=self.less_than)
        kind = "yes_no" if self.yes_no is not None else "assessed"
        if not (self.yes_no or self.assessed):
            raise RuleError(f"`{kind}` is false; must be true")
        return YesNo() if self.yes_no else Assessed(cap=cap)


def _band(form: BandForm) -> Band:
    return Band(score=form.score, to=form.to, from_=form.from_, below=form.below, above=form.above)


def form_of(rule: Rule) -> RuleForm:
    """The rule as a file writes it, without its cap."""
    match rule:
        case AtLeast(baseline=Decimal() as baseline, plus=Decimal() as plus):
            form = RuleForm(at_least=RisingForm(baseline=baseline, plus=plus))
        case AtLeast():
            form = RuleForm(at_least=rule.target)
        case AtMost():
            form = RuleForm(at_most=rule.limit)
        case MoreThan():
            form = RuleForm(more_than=rule.limit)
        case LessThan():
            form = RuleForm(less_than=rule.limit)
        case YesNo():
            form = RuleForm(yes_no=True)
        case Assessed():
            form = RuleForm(assessed=True)
        case Linear():
            form = RuleForm(linear=LinearForm(zero_at=rule.zero_at, full_at=rule.full_at))
        case Bands():
            form = RuleForm(bands=tuple(_band_form(band) for band in rule.bands))
    return form


def _band_form(band: Band) -> BandForm:
    bounds = {"to": band.to, "from": band.from_, "below": band.below, "above": band.above}
    return BandForm(score=band.score, **{name: at for name, at in bounds.items() if at is not None})
