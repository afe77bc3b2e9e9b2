"""Rules the other way round: which measurements are worth at least so many per cent, and the nearest of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

from aarshjul.core.figures import decimals_of
from aarshjul.core.rules import (
    FULL,
    NOTHING,
    Assessed,
    AtLeast,
    AtMost,
    Bands,
    LessThan,
    Linear,
    MoreThan,
    Rule,
    YesNo,
    raw_score,
)

FINEST = 12
"""The most decimals that a contract file can write."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """Neighbouring values; a bound that is None is at no end, one that is not `in` is left out itself."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_in: bool = True
    high_in: bool = True

    def first(self, decimals: int) -> Fraction | None:
        """The lowest value with that many decimals, where there is a lowest and it lies in the stretch."""
        if self.low is None:
            return None
        scaled = self.low * 10**decimals
        up = -(-scaled.numerator // scaled.denominator)
        value = Fraction(up + (not self.low_in and up == scaled), 10**decimals)
        return value if self._ends_after(value) else None

    def last(self, decimals: int) -> Fraction | None:
        """The highest value with that many decimals, where there is a highest and it lies in the stretch."""
        mirrored = Stretch(
            low=None if self.high is None else -self.high,
            high=None if self.low is None else -self.low,
            low_in=self.high_in,
            high_in=self.low_in,
        )
        found = mirrored.first(decimals)
        return None if found is None else -found

    def _ends_after(self, value: Fraction) -> bool:
        return self.high is None or value < self.high or (value == self.high and self.high_in)


def best_score(rule: Rule) -> Fraction:
    """The most that any measurement can give, which is below `highest` where a band hides behind another."""
    match rule:
        case Bands():
            return max(score for _, score in _steps(rule))
        case AtMost(limit=limit) if limit == 0:
            return FULL
        case _:
            return Fraction(rule.cap)


def enough(rule: Rule, per_cent: Fraction) -> tuple[Stretch, ...]:
    """All numbers that the rule gives at least so many per cent, which must be above 0; of yes_no none."""
    if per_cent > best_score(rule):
        return ()
    match rule:
        case AtLeast(target=target):
            found = [Stretch(low=Fraction(target) * per_cent / 100)]
        case AtMost(limit=limit):
            found = [Stretch(high=Fraction(limit) * 100 / per_cent)]
        case MoreThan(limit=limit):
            found = [Stretch(low=Fraction(limit), low_in=False)]
        case LessThan(limit=limit):
            found = [Stretch(high=Fraction(limit), high_in=False)]
        case Assessed(cap=cap):
            found = [Stretch(low=per_cent, high=Fraction(cap))]
        case Linear():
            found = [_on_the_line(rule, per_cent)]
        case Bands():
            found = [stretch for stretch, score in _steps(rule) if score >= per_cent]
        case YesNo():
            found = []
    return tuple(found)


def _on_the_line(rule: Linear, per_cent: Fraction) -> Stretch:
    zero, full = Fraction(rule.zero_at), Fraction(rule.full_at)
    value = zero + (full - zero) * per_cent / 100
    return Stretch(low=value) if full > zero else Stretch(high=value)


def _steps(rule: Bands) -> Iterator[tuple[Stretch, Fraction]]:
    """Each bound, and each gap between two that a file can write a value of, with its score."""
    named = [(band.from_, band.to, band.below, band.above) for band in rule.bands]
    bounds = sorted({bound for band in named for bound in band if bound is not None})
    with localcontext(prec=60):
        yield Stretch(high=Fraction(bounds[0]), high_in=False), raw_score(rule, bounds[0] - 1)
        yield Stretch(low=Fraction(bounds[-1]), low_in=False), raw_score(rule, bounds[-1] + 1)
        for bound in bounds:
            yield Stretch(low=Fraction(bound), high=Fraction(bound)), raw_score(rule, bound)
        for low, high in pairwise(bounds):
            gap = Stretch(low=Fraction(low), high=Fraction(high), low_in=False, high_in=False)
            if gap.first(FINEST) is not None:
                yield gap, raw_score(rule, (low + high) / 2)


def nearest(stretches: Sequence[Stretch], actual: Decimal | None, decimals: int) -> Decimal | None:
    """The value in one of the stretches that is nearest to the actual, with as few decimals as will do.

    Without an actual it is the one nearest to 0 among the ends of the stretches.

    Args:
        stretches: none of them holds the actual.
        actual: what was measured.
        decimals: how many it has at least.
    """
    start = NOTHING if actual is None else Fraction(actual)
    for places in range(decimals, FINEST + 1):
        ends = [end for each in stretches for end in (each.first(places), each.last(places))]
        found = [end for end in ends if end is not None]
        if found:
            return _written(min(found, key=lambda end: (abs(end - start), end)), places)
    return None


def _written(value: Fraction, decimals: int) -> Decimal:
    """A value that has so many decimals, as somebody would write it."""
    return Decimal(int(value * 10**decimals)).scaleb(-decimals)


def decimals_in(rule: Rule) -> int:
    """The most decimals with which the rule itself is written."""
    match rule:
        case AtLeast(target=target):
            numbers = [target]
        case AtMost(limit=limit) | MoreThan(limit=limit) | LessThan(limit=limit):
            numbers = [limit]
        case Linear(zero_at=zero, full_at=full):
            numbers = [zero, full]
        case Bands(bands=bands):
            named = [bound for band in bands for bound in (band.from_, band.to, band.below, band.above)]
            numbers = [bound for bound in named if bound is not None]
        case Assessed(cap=cap):
            numbers = [cap]
        case YesNo():
            numbers = []
    return max([decimals_of(number) for number in numbers], default=0)


def measure(rule: Rule) -> Fraction:
    """What a change is compared with: the target, on a line the way from 0 to 100 per cent; 1 for lack of it."""
    match rule:
        case AtLeast(target=number) | AtMost(limit=number) | MoreThan(limit=number) | LessThan(limit=number):
            size = abs(Fraction(number))
        case Linear(zero_at=zero, full_at=full):
            size = abs(Fraction(full) - Fraction(zero))
        case Assessed():
            size = FULL
        case Bands():
            size = max(abs(stretch.low or stretch.high or NOTHING) for stretch, _ in _steps(rule))
        case YesNo():
            size = Fraction(1)
    return size or Fraction(1)
