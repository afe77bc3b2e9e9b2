"""What a rule says of itself before there is any result: whether a value meets it, and whether its bands make sense."""

from decimal import Decimal, localcontext
from itertools import combinations, pairwise

from aarshjul.core.rules import FULL, Band, Bands, Rule, YesNo

MOST = 500
"""Bands of one rule that are looked through."""
EXACT = 80
"""Digits in which the middle between two bounds of a file is exact."""


def is_met_by(rule: Rule, value: Decimal) -> bool:
    """Whether a measurement would score 100 or more."""
    if isinstance(rule, YesNo):
        return False
    return rule.raw(value) >= FULL


def band_fault(rule: Bands) -> tuple[str, *tuple[Decimal | str, ...]] | None:
    """The worst that is wrong with bands: its code and what its sentence names; bands are counted from 1.

    A table that is longer than any that people write is not looked through.
    """
    if len(rule.bands) > MOST:
        return None
    probes = _probes(rule)
    held = [_held(band, probes) for band in rule.bands]
    before = 0
    for number, mine in enumerate(held, 1):
        if not mine & ~before:
            return "unreachable-band", str(number)
        before |= mine
    best = max(band.score for band in rule.bands)
    if best < FULL:
        return "no-full-score", best
    for (one, earlier), (two, later) in combinations(enumerate(held), 2):
        if rule.bands[one].score != rule.bands[two].score and _cuts(later, earlier):
            return "overlapping-bands", str(one + 1), str(two + 1)
    return None


def _held(band: Band, probes: list[Decimal]) -> int:
    """Which of the probes a band holds, a bit for each."""
    return sum(1 << place for place, value in enumerate(probes) if band.holds(value))


def _cuts(later: int, earlier: int) -> bool:
    """Whether a later band shares values with an earlier one, and begins or ends within it.

    One that holds all of the earlier one's values and more, as `to: 10` after `to: 5`, leaves it to the order which of
    the two counts, as is usual.
    """
    return bool(later & earlier) and bool(earlier & ~later)


def _probes(rule: Bands) -> list[Decimal]:
    """A value for every bound, every stretch between two bounds, and both ends."""
    bounds = sorted({bound for band in rule.bands for bound in _bounds(band)})
    with localcontext(prec=EXACT):
        between = [(low + high) / 2 for low, high in pairwise(bounds)]
        return [bounds[0] - 1, *bounds, *between, bounds[-1] + 1]


def _bounds(band: Band) -> list[Decimal]:
    return [bound for bound in (band.from_, band.to, band.below, band.above) if bound is not None]
