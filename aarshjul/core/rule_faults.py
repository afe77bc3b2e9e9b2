"""What a rule says of itself before there is any result: whether a value meets it, and whether its bands make sense."""

from decimal import Decimal, localcontext
from itertools import combinations, pairwise

from aarshjul.core.rules import FULL, Band, Bands, Rule, YesNo

EXACT = 80
"""Digits in which the middle between two bounds of a file is exact."""


def is_met_by(rule: Rule, value: Decimal) -> bool:
    """Whether a measurement would score 100 or more."""
    if isinstance(rule, YesNo):
        return False
    return rule.raw(value) >= FULL


def band_fault(rule: Bands) -> tuple[str, *tuple[Decimal | str, ...]] | None:
    """The worst that is wrong with bands: its code and what its sentence names; bands are counted from 1."""
    probes = _probes(rule)
    reached = {_first(rule, value) for value in probes}
    for number in range(1, len(rule.bands) + 1):
        if number not in reached:
            return "unreachable-band", str(number)
    best = max(band.score for band in rule.bands)
    if best < FULL:
        return "no-full-score", best
    for (one, earlier), (two, later) in combinations(enumerate(rule.bands, 1), 2):
        shared = any(earlier.holds(value) and later.holds(value) for value in probes)
        if shared and earlier.score != later.score and _means_to_be_apart(earlier, later):
            return "overlapping-bands", str(one), str(two)
    return None


def _first(rule: Bands, value: Decimal) -> int | None:
    return next((number for number, band in enumerate(rule.bands, 1) if band.holds(value)), None)


def _probes(rule: Bands) -> list[Decimal]:
    """A value for every bound, every stretch between two bounds, and both ends."""
    bounds = sorted({bound for band in rule.bands for bound in _bounds(band)})
    with localcontext(prec=EXACT):
        between = [(low + high) / 2 for low, high in pairwise(bounds)]
        return [bounds[0] - 1, *bounds, *between, bounds[-1] + 1]


def _bounds(band: Band) -> list[Decimal]:
    return [bound for bound in (_lower(band), _upper(band)) if bound is not None]


def _means_to_be_apart(earlier: Band, later: Band) -> bool:
    """Whether a later band that shares values with an earlier one begins or ends within it.

    One that reaches further on each side that it bounds, as `to: 10` after `to: 5`, leaves it to the order which of the
    two counts, as is usual.
    """
    low, high = _lower(earlier), _upper(earlier)
    begins, ends = _lower(later), _upper(later)
    starts_within = begins is not None and (low is None or low <= begins)
    ends_within = ends is not None and (high is None or ends <= high)
    return starts_within or ends_within


def _lower(band: Band) -> Decimal | None:
    return max((bound for bound in (band.from_, band.above) if bound is not None), default=None)


def _upper(band: Band) -> Decimal | None:
    return min((bound for bound in (band.to, band.below) if bound is not None), default=None)
