"""How far a measurement can be slid: from below what is measured or asked for to above it, in the steps it is written in."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from aarshjul.core.figures import decimals_of
from aarshjul.core.inverse import decimals_in, measure
from aarshjul.core.rules import Assessed, AtMost, LessThan, Linear, MoreThan, Rule

_MOST_DECIMALS = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Slide:
    """The ends, and the width of a step, with a point as HTML wants them."""

    low: str
    high: str
    step: str


def slide(rule: Rule, actual: Decimal | None) -> Slide:
    """The slider of a measurement that is a number; it holds the actual and what is asked for."""
    decimals = max(decimals_in(rule), 0 if actual is None else decimals_of(actual))
    decimals = min(decimals, _MOST_DECIMALS)
    low, high = _ends(rule, None if actual is None else Fraction(actual))
    step = Fraction(1, 10**decimals)
    return Slide(
        low=_written(low // step, decimals),
        high=_written(-(-high // step), decimals),
        step=_written(1, decimals),
    )


def _ends(rule: Rule, actual: Fraction | None) -> tuple[Fraction, Fraction]:
    if isinstance(rule, Assessed):
        return Fraction(0), Fraction(rule.cap)
    points = [Fraction(0), *_asked(rule), *(() if actual is None else (actual,))]
    low, high = min(points), max(points)
    more = (high - low) / 4 or Fraction(1)
    below = low < 0 or isinstance(rule, MoreThan | LessThan)
    return low - more if below else low, high + more


def _asked(rule: Rule) -> tuple[Fraction, ...]:
    """The values of the rule that a slider should reach."""
    match rule:
        case Linear(zero_at=zero, full_at=full):
            return Fraction(zero), Fraction(full)
        case MoreThan(limit=limit) | LessThan(limit=limit) | AtMost(limit=limit):
            return (Fraction(limit),)
        case _:
            return (measure(rule) * Fraction(rule.cap) / 100,)


def _written(steps: int, decimals: int) -> str:
    return f"{Decimal(steps).scaleb(-decimals):f}"
