"""Every rule, on values around each of its edges, against results worked out by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest

from aarshjul.core.contract import Indicator
from aarshjul.core.rules import (
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
    actual_problem,
)
from aarshjul.core.scoring import score_indicator

D = Decimal
RANKS = Bands(
    bands=(
        Band(from_=D(1), to=D(5), score=D(100)),
        Band(from_=D(6), to=D(10), score=D(50)),
        Band(from_=D(11), to=D(15), score=D(25)),
    )
)
STEPS = Bands(
    bands=(
        Band(from_=D(3), score=D(100)),
        Band(above=D(1), below=D(3), score=D(50)),
        Band(to=D(1), score=D(25)),
    )
)

TABLE: list[tuple[Rule, Decimal | bool, Fraction]] = [
    (AtLeast(target=D(45)), D(36), Fraction(80)),
    (AtLeast(target=D(45)), D(45), Fraction(100)),
    (AtLeast(target=D(50)), D("76.9"), Fraction(100)),
    (AtLeast(target=D(50), cap=D(120)), D(55), Fraction(110)),
    (AtLeast(target=D(50), cap=D(120)), D("76.9"), Fraction(120)),
    (AtLeast(target=D(5)), D("-2.33"), Fraction(0)),
    (AtLeast(target=D(70)), D(67), Fraction(6700, 70)),
    (AtLeast(target=D("0.3")), D("0.1"), Fraction(100, 3)),
    (AtLeast.rising(D(61), D(5)), D(33), Fraction(50)),
    (AtLeast.rising(D(61), D(5)), D(72), Fraction(100)),
    (AtMost(limit=D(10)), D(10), Fraction(100)),
    (AtMost(limit=D(10)), D(2), Fraction(100)),
    (AtMost(limit=D(10)), D(16), Fraction(125, 2)),
    (AtMost(limit=D(10)), D(0), Fraction(100)),
    (AtMost(limit=D(10)), D(-1), Fraction(100)),
    (AtMost(limit=D(0)), D(0), Fraction(100)),
    (AtMost(limit=D(0)), D("0.01"), Fraction(0)),
    (AtMost(limit=D(10), cap=D(120)), D(9), Fraction(1000, 9)),
    (AtMost(limit=D(10), cap=D(120)), D(5), Fraction(120)),
    (AtMost(limit=D(10), cap=D(120)), D(0), Fraction(120)),
    (AtMost(limit=D(10), cap=D(120)), D(20), Fraction(50)),
    (MoreThan(limit=D(0)), D("7.80"), Fraction(100)),
    (MoreThan(limit=D(0)), D(0), Fraction(0)),
    (MoreThan(limit=D(-5)), D(-6), Fraction(0)),
    (LessThan(limit=D("12.5")), D("12.5"), Fraction(0)),
    (LessThan(limit=D("12.5")), D("12.49"), Fraction(100)),
    (YesNo(), True, Fraction(100)),
    (YesNo(), False, Fraction(0)),
    (Assessed(), D("87.5"), Fraction(175, 2)),
    (Assessed(cap=D(120)), D(120), Fraction(120)),
    (Linear(zero_at=D(10), full_at=D(30)), D(15), Fraction(25)),
    (Linear(zero_at=D(10), full_at=D(30)), D(9), Fraction(0)),
    (Linear(zero_at=D(10), full_at=D(30)), D(31), Fraction(100)),
    (Linear(zero_at=D(10), full_at=D(30), cap=D(110)), D(31), Fraction(105)),
    (Linear(zero_at=D(30), full_at=D(10)), D(25), Fraction(25)),
    (Linear(zero_at=D(30), full_at=D(10)), D(5), Fraction(100)),
    (Linear(zero_at=D(30), full_at=D(10)), D(31), Fraction(0)),
    (RANKS, D(1), Fraction(100)),
    (RANKS, D(5), Fraction(100)),
    (RANKS, D("5.5"), Fraction(0)),
    (RANKS, D(6), Fraction(50)),
    (RANKS, D(15), Fraction(25)),
    (RANKS, D(16), Fraction(0)),
    (STEPS, D(3), Fraction(100)),
    (STEPS, D(2), Fraction(50)),
    (STEPS, D(1), Fraction(25)),
]


@pytest.mark.parametrize(("rule", "actual", "expected"), TABLE)
def test_score_is_what_the_hand_says(rule: Rule, actual: Decimal | bool, expected: Fraction) -> None:
    scored = score_indicator(Indicator(id="x", rule=rule, actual=actual))
    assert (scored.exact, scored.low, scored.high) == (expected, expected, expected)


MISSING: list[tuple[Rule, int]] = [
    (AtLeast(target=D(45)), 100),
    (AtLeast(target=D(45), cap=D(120)), 120),
    (AtMost(limit=D(0)), 100),
    (MoreThan(limit=D(0)), 100),
    (LessThan(limit=D(0)), 100),
    (YesNo(), 100),
    (Assessed(cap=D(150)), 150),
    (Linear(zero_at=D(0), full_at=D(1), cap=D(110)), 110),
    (Bands(bands=(Band(to=D(1), score=D(40)), Band(to=D(2), score=D(60))), cap=D(120)), 60),
]


@pytest.mark.parametrize(("rule", "high"), MISSING)
def test_missing_actual_is_a_range_and_not_zero(rule: Rule, high: int) -> None:
    scored = score_indicator(Indicator(id="x", rule=rule))
    assert (scored.exact, scored.low, scored.high, scored.shown) == (None, Fraction(0), Fraction(high), None)
    assert scored.provisional


def test_first_band_that_fits_wins_where_bands_overlap() -> None:
    overlapping = Bands(bands=(Band(to=D(10), score=D(50)), Band(to=D(5), score=D(100))))
    assert score_indicator(Indicator(id="x", rule=overlapping, actual=D(3))).exact == 50


def _impossible(kind: type, **fields: Decimal | tuple[Band, ...]) -> None:
    with pytest.raises(RuleError):
        kind(**fields)


@pytest.mark.parametrize("target", [D(0), D(-1), D("NaN"), D("Infinity")])
def test_at_least_refuses_targets_that_cannot_be_divided_by(target: Decimal) -> None:
    _impossible(AtLeast, target=target)


def test_impossible_rules_are_refused_at_construction() -> None:
    _impossible(AtLeast, target=D(66), baseline=D(61))
    _impossible(AtLeast, target=D(67), baseline=D(61), plus=D(5))
    _impossible(AtLeast, target=D(66), cap=D(99))
    _impossible(AtMost, limit=D("-0.1"))
    _impossible(AtMost, limit=D("NaN"))
    _impossible(MoreThan, limit=D("NaN"))
    _impossible(LessThan, limit=D("Infinity"))
    _impossible(Linear, zero_at=D(3), full_at=D(3))
    _impossible(Bands, bands=())
    _impossible(Bands, bands=(Band(to=D(1), score=D(101)),))
    _impossible(Bands, bands=(Band(to=D(1), score=D(-1)),))
    _impossible(Band, score=D(100))
    _impossible(Band, score=D(100), from_=D(5), to=D(4))
    _impossible(Band, score=D(100), above=D(5), to=D(5))


@pytest.mark.parametrize(
    ("rule", "actual"),
    [
        (AtLeast(target=D(1)), True),
        (YesNo(), D(1)),
        (Assessed(), D(101)),
        (Assessed(), D(-1)),
        (Assessed(cap=D(120)), D("120.1")),
        (AtLeast(target=D(1)), D("NaN")),
    ],
)
def test_actual_that_does_not_suit_its_rule_has_a_problem(rule: Rule, actual: Decimal | bool) -> None:
    assert actual_problem(rule, actual) is not None
