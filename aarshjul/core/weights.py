"""Weights of siblings that look as if they were meant to be parts of a whole, and are not."""

from collections.abc import Sequence
from decimal import Decimal

ONE, HUNDRED = Decimal(1), Decimal(100)
PER_CENT_FROM = Decimal(10)
"""A weight from here on is read as a per cent; below it, as 'counts so many times'."""


def odd_sum(weights: Sequence[Decimal]) -> Decimal | None:
    """The sum of weights that do not add up; None where they do, or where they only compare the siblings.

    Any weights give a mean, so none is wrong. But weights of 10 and more are written as per cents, which add up to
    100, and weights that are all below 1 as shares, which add up to 1. A weight of 1 may be one that nobody wrote:
    beside per cents it adds to them, and beside shares that make up the whole by themselves it is one too many.
    """
    total = sum(weights, Decimal(0))
    if max(weights, default=ONE) >= PER_CENT_FROM:
        return None if total == HUNDRED else total
    shares = [weight for weight in weights if weight < ONE]
    if not any(shares):
        return None
    if len(shares) == len(weights):
        return None if total == ONE else total
    return total if sum(shares) == ONE and max(weights) == ONE else None
