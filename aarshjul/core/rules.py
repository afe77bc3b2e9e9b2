"""The rules by which one measurement becomes a per cent; each gives it before the floor and the cap.

`cap` is 100, or more where the contract lets an indicator count for more than full attainment.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from aarshjul.core.errors import Invalid

HUNDRED = Decimal(100)
FULL = Fraction(100)
NOTHING = Fraction(0)
Actual = Decimal | bool


class RuleError(Invalid):
    """A rule of the contract asks for something that cannot be scored."""


def _check_finite(*numbers: Decimal | None) -> None:
    for number in numbers:
        if number is not None and not number.is_finite():
            raise RuleError(f"a rule has the number {number}; it must be finite")


def _check_cap(cap: Decimal) -> None:
    if not cap.is_finite() or cap < HUNDRED:
        raise RuleError(f"`cap` is {cap:f}; it must be a number from 100")


@dataclass(frozen=True, kw_only=True, slots=True)
class AtLeast:
    """100 x actual / target; the target may be a baseline and an increase, kept apart to be shown."""

    target: Decimal
    baseline: Decimal | None = None
    plus: Decimal | None = None
    cap: Decimal = HUNDRED

    def __post_init__(self) -> None:
        _check_finite(self.target, self.baseline, self.plus)
        if self.target <= 0:
            raise RuleError(f"the target of `at_least` is {self.target:f}; it must be above 0")
        if (self.baseline is None) != (self.plus is None):
            raise RuleError("`baseline` and `plus` belong together")
        if self.baseline is not None and self.plus is not None and self.baseline + self.plus != self.target:
            raise RuleError("the target of `at_least` must be its baseline plus the increase")
        _check_cap(self.cap)

    @classmethod
    def rising(cls, baseline: Decimal, plus: Decimal, cap: Decimal = HUNDRED) -> "AtLeast":
        """The rule 'at least so much more than it was'."""
        return cls(target=baseline + plus, baseline=baseline, plus=plus, cap=cap)

    def raw(self, actual: Decimal) -> Fraction:
        """Per cent of the target, unbounded."""
        up, down = actual.as_integer_ratio()
        target_up, target_down = self.target.as_integer_ratio()
        return Fraction(100 * up * target_down, down * target_up)


@dataclass(frozen=True, kw_only=True, slots=True)
class AtMost:
    """Full up to the limit, above it 100 x limit / actual; with a cap that ratio counts below it too."""

    limit: Decimal
    cap: Decimal = HUNDRED

    def __post_init__(self) -> None:
        _check_finite(self.limit)
        if self.limit < 0:
            raise RuleError(f"the limit of `at_most` is {self.limit:f}; it must be 0 or more")
        _check_cap(self.cap)

    def raw(self, actual: Decimal) -> Fraction:
        """Per cent; what is at or below nothing earns all that can be earned."""
        if self.limit == 0:
            return FULL if actual <= 0 else NOTHING
        if actual <= 0:
            return Fraction(self.cap)
        ratio = 100 * Fraction(self.limit) / Fraction(actual)
        return ratio if actual > self.limit else min(ratio, Fraction(self.cap))


@dataclass(frozen=True, kw_only=True, slots=True)
class MoreThan:
    """Met or not met; the limit itself is not met."""

    limit: Decimal
    cap: Decimal = HUNDRED

    def __post_init__(self) -> None:
        _check_finite(self.limit)

    def raw(self, actual: Decimal) -> Fraction:
        """100 or 0."""
        return FULL if actual > self.limit else NOTHING


@dataclass(frozen=True, kw_only=True, slots=True)
class LessThan:
    """Met or not met; the limit itself is not met."""

    limit: Decimal
    cap: Decimal = HUNDRED

    def __post_init__(self) -> None:
        _check_finite(self.limit)

    def raw(self, actual: Decimal) -> Fraction:
        """100 or 0."""
        return FULL if actual < self.limit else NOTHING


@dataclass(frozen=True, kw_only=True, slots=True)
class YesNo:
    """The actual is true or false."""

    cap: Decimal = HUNDRED

    def raw(self, actual: Actual) -> Fraction:
        """100 or 0."""
        return FULL if actual else NOTHING


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessed:
    """Somebody judged the per cent, which is the actual; the indicator's evidence says why."""

    cap: Decimal = HUNDRED

    def __post_init__(self) -> None:
        _check_cap(self.cap)

    def raw(self, actual: Decimal) -> Fraction:
        """The assessed per cent itself."""
        return Fraction(actual)


@dataclass(frozen=True, kw_only=True, slots=True)
class Linear:
    """0 at one value and 100 at another, either of which may be the higher, and on their line elsewhere."""

    zero_at: Decimal
    full_at: Decimal
    cap: Decimal = HUNDRED

    def __post_init__(self) -> None:
        _check_finite(self.zero_at, self.full_at)
        if self.zero_at == self.full_at:
            raise RuleError(f"`zero_at` and `full_at` are both {self.zero_at:f}; they must differ")
        _check_cap(self.cap)

    def raw(self, actual: Decimal) -> Fraction:
        """Per cent on the line, unbounded."""
        zero = Fraction(self.zero_at)
        return 100 * (Fraction(actual) - zero) / (Fraction(self.full_at) - zero)


@dataclass(frozen=True, kw_only=True, slots=True)
class Band:
    """A stretch of values worth one score: `from_` and `to` belong to it, `above` and `below` do not."""

    score: Decimal
    from_: Decimal | None = None
    to: Decimal | None = None
    below: Decimal | None = None
    above: Decimal | None = None

    def __post_init__(self) -> None:
        _check_finite(self.score, self.from_, self.to, self.below, self.above)
        lower = [bound for bound in (self.from_, self.above) if bound is not None]
        upper = [bound for bound in (self.to, self.below) if bound is not None]
        if not lower and not upper:
            raise RuleError("a band needs at least one of `to`, `from`, `below`, `above`")
        if lower and upper and self._is_empty(max(lower), min(upper)):
            raise RuleError(f"a band from {max(lower):f} to {min(upper):f} holds no value; swap the bounds")

    def _is_empty(self, low: Decimal, high: Decimal) -> bool:
        return low > high or (low == high and not self.holds(low))

    def holds(self, actual: Decimal) -> bool:
        """Whether a value lies in the band."""
        return (
            (self.to is None or actual <= self.to)
            and (self.from_ is None or actual >= self.from_)
            and (self.below is None or actual < self.below)
            and (self.above is None or actual > self.above)
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Bands:
    """Steps: the first band that holds the value gives its score, and a value in none gives 0."""

    bands: tuple[Band, ...]
    cap: Decimal = HUNDRED

    def __post_init__(self) -> None:
        _check_cap(self.cap)
        if not self.bands:
            raise RuleError("`bands` is empty; it needs at least one band")
        for band in self.bands:
            if not 0 <= band.score <= self.cap:
                raise RuleError(f"a band's `score` is {band.score:f}; it must be from 0 to {self.cap:f}")

    def band_of(self, actual: Decimal) -> Band | None:
        """The first band that holds the value."""
        return next((band for band in self.bands if band.holds(actual)), None)

    def raw(self, actual: Decimal) -> Fraction:
        """The score of the band, or 0."""
        band = self.band_of(actual)
        return NOTHING if band is None else Fraction(band.score)


Rule = AtLeast | AtMost | MoreThan | LessThan | YesNo | Assessed | Linear | Bands


def highest(rule: Rule) -> Fraction:
    """The most that a measurement still missing can give."""
    if isinstance(rule, Bands):
        return max(Fraction(band.score) for band in rule.bands)
    return Fraction(rule.cap)


def actual_problem(rule: Rule, actual: Actual) -> str | None:
    """Why a measurement does not suit the rule, in the words of the contract file; None where it does."""
    if isinstance(rule, YesNo):
        return None if isinstance(actual, bool) else "`actual` of a yes_no rule must be true or false"
    if isinstance(actual, bool):
        return f"`actual` is {str(actual).lower()}; this rule needs a number"
    if not actual.is_finite():
        return f"`actual` is {actual}; it must be finite"
    if isinstance(rule, Assessed) and not 0 <= actual <= rule.cap:
        return f"`actual` of an assessed rule is {actual:f}; it must be from 0 to {rule.cap:f}"
    return None


def raw_score(rule: Rule, actual: Actual) -> Fraction:
    """What the rule gives for a measurement that suits it, before floor and cap."""
    if isinstance(actual, bool):
        return FULL if actual else NOTHING
    return rule.raw(actual)
