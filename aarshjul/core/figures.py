"""Exact numbers as people read them: rounded half up, and only when shown."""

from decimal import Decimal
from fractions import Fraction

from aarshjul.core.languages import Language

_WHOLE = Decimal(1)


def half_up(value: Fraction, decimals: int = 0) -> int:
    """The value times 10^decimals as a whole number, halves going up."""
    up, down = value.as_integer_ratio()
    scale: int = 10**decimals
    return (2 * scale * up + down) // (2 * down)


def four_decimals(value: Fraction) -> str:
    """The value as files carry it: `96.7857`, with a point in every language."""
    return _with_decimals(half_up(value, 4), 4)


def percent(value: Fraction, language: Language) -> str:
    """The value with one decimal and a per cent sign: `92.1 %`, in Danish `92,1 %`."""
    text = f"{_with_decimals(half_up(value, 1), 1)} %"
    return text.replace(".", ",") if language == "da" else text


def short_percent(value: Fraction, language: Language) -> str:
    """The value with a per cent sign, without a decimal where it is whole: `100 %`, `62.5 %`."""
    return f"{value.numerator} %" if value.denominator == 1 else percent(value, language)


def written(number: Decimal, language: Language) -> str:
    """A number of the contract with the decimals that it was written with: `36`, `7.80`."""
    text = f"{number:f}"
    return text.replace(".", ",") if language == "da" else text


def same_when_rounded(value: Fraction, stated: Decimal) -> bool:
    """Whether the value, rounded to the decimals that somebody stated, is what they stated."""
    if stated.same_quantum(_WHOLE):
        return half_up(value) == stated
    decimals = decimals_of(stated)
    return half_up(value, decimals) == stated.scaleb(decimals)


def decimals_of(number: Decimal) -> int:
    """How many decimals a number was written with."""
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _with_decimals(scaled: int, decimals: int) -> str:
    whole, rest = divmod(abs(scaled), 10**decimals)
    return f"{'-' if scaled < 0 else ''}{whole}.{rest:0{decimals}d}"
