"""Means, weights, copies and ranges: by hand, and as properties of any contract."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.core.contract import Contract, ContractError, Goal, Indicator, circle_in
from aarshjul.core.figures import four_decimals, half_up, percent
from aarshjul.core.rules import Assessed, AtLeast, YesNo
from aarshjul.core.scoring import score
from tests.core.contracts import contracts

D = Decimal
FULL = AtLeast(target=D(10))


def _leaf(name: str, actual: Decimal | None, weight: str = "1") -> Indicator:
    return Indicator(id=name, rule=FULL, actual=actual, weight=D(weight))


def _contract(*goals: Goal) -> Contract:
    return Contract(id="c", title="C", year=2024, holder="H", council="K", goals=goals)


def _goal(name: str, *indicators: Indicator, weight: str = "1", same_as: str | None = None) -> Goal:
    return Goal(id=name, title=name, weight=D(weight), same_as=same_as, indicators=indicators)


def test_weights_count_on_every_level() -> None:
    part = Indicator(id="p", weight=D(3), indicators=(_leaf("p1", D(10), "1.5"), _leaf("p2", D(0), "0.5")))
    scored = score(
        _contract(_goal("a", part, _leaf("q", D(0)), weight="2"), _goal("b", _leaf("r", D(10)), weight="1"))
    )
    assert scored.goals["a"].parts[0].exact == 75
    assert scored.goals["a"].exact == Fraction(225, 4)
    assert scored.total.exact == (2 * Fraction(225, 4) + 100) / 3


def test_weight_0_counts_nothing_even_while_it_is_missing() -> None:
    scored = score(_contract(_goal("a", _leaf("x", D(5)), _leaf("y", None, "0"))))
    assert (scored.total.exact, scored.total.provisional) == (Fraction(50), False)


def test_a_goal_that_is_the_same_through_others_counts_as_its_own() -> None:
    copies = _goal("a", same_as="b"), _goal("b", same_as="c")
    scored = score(_contract(*copies, _goal("c", _leaf("x", D(4))), _goal("d", _leaf("y", D(10)))))
    assert [scored.goals[name].exact for name in "abcd"] == [40, 40, 40, 100]
    assert scored.total.exact == 55


def test_a_mean_above_100_is_not_capped_again() -> None:
    above = Indicator(id="x", rule=Assessed(cap=D(150)), actual=D(150))
    scored = score(_contract(_goal("a", above, Indicator(id="y", rule=Assessed(cap=D(150)), actual=D(110)))))
    assert scored.total.exact == 130


def test_one_missing_result_makes_all_above_it_provisional() -> None:
    scored = score(_contract(_goal("a", _leaf("x", D(5)), _leaf("y", None)), _goal("b", _leaf("z", D(10)))))
    assert (scored.goals["a"].low, scored.goals["a"].high) == (Fraction(25), Fraction(75))
    assert (scored.total.exact, scored.total.low, scored.total.high) == (
        None,
        Fraction(125, 2),
        Fraction(175, 2),
    )
    assert scored.goals["b"].exact == 100


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction("79.65"), 80),
        (Fraction("79.5"), 80),
        (Fraction("79.49999"), 79),
        (Fraction(159, 2), 80),
        (Fraction(0), 0),
    ],
)
def test_halves_go_up(value: Fraction, shown: int) -> None:
    assert half_up(value) == shown


def test_shown_comes_from_the_exact_value_and_not_from_four_decimals() -> None:
    value = Fraction("79.49996")
    assert (four_decimals(value), half_up(value)) == ("79.5000", 79)


def test_figures_have_the_point_or_comma_of_their_language() -> None:
    assert (percent(Fraction("-46.6"), "en"), percent(Fraction("92.125"), "da")) == ("-46.6 %", "92,1 %")
    assert four_decimals(Fraction("-0.00004")) == "0.0000"


@pytest.mark.parametrize(
    ("follows", "circle"),
    [
        ({"2": "10", "10": "2"}, ["2", "10", "2"]),
        ({"1": "1"}, ["1", "1"]),
        ({"a": "b", "b": "c", "c": "b"}, ["b", "c", "b"]),
        ({"a": "b", "b": "c"}, None),
        ({}, None),
    ],
)
def test_circles_are_named_by_who_follows_whom(follows: dict[str, str], circle: list[str] | None) -> None:
    assert circle_in(follows) == circle


def test_parts_that_do_not_fit_together_are_refused() -> None:
    good = _goal("a", _leaf("x", D(1)))
    bad: list[Callable[[], object]] = [
        lambda: _contract(*()),
        lambda: _contract(good, good),
        lambda: _contract(good, _goal("b", _leaf("x", D(1)))),
        lambda: _contract(_goal("a", same_as="b"), _goal("b", same_as="a")),
        lambda: _contract(_goal("a", same_as="z"), good),
        lambda: _contract(replace(good, weight=D(0))),
        lambda: _goal("a"),
        lambda: _goal("a", _leaf("x", D(1)), same_as="b"),
        lambda: _goal("a", _leaf("x", D(1), "0")),
        lambda: _goal("a", _leaf("x", D(1), "-1"), _leaf("y", D(1))),
        lambda: Indicator(id="x"),
        lambda: Indicator(id="x", rule=FULL, indicators=(_leaf("y", D(1)),)),
        lambda: Indicator(id="x", actual=D(1), indicators=(_leaf("y", D(1)),)),
        lambda: Indicator(id="x", rule=FULL, actual=True),
    ]
    for make in bad:
        with pytest.raises(ContractError):
            make()


@settings(max_examples=30, deadline=None)
@given(contracts())
def test_exact_lies_between_low_and_high_and_never_below_nothing(contract: Contract) -> None:
    scored = score(contract)
    for each in (scored.total, *scored.goals.values()):
        assert 0 <= each.low <= each.high
        assert each.exact is None or each.exact == each.low == each.high
    assert scored.total.provisional == any(
        scored.goals[goal.id].provisional for goal in contract.goals if goal.weight
    )


@settings(max_examples=30, deadline=None)
@given(contracts(), st.randoms(use_true_random=False))
def test_filling_in_a_missing_result_stays_within_the_range_said_before(
    contract: Contract, random: Random
) -> None:
    before = score(contract)
    filled = score(_filled(contract, D(random.randint(-50, 150))))
    assert before.total.low <= (filled.total.exact or 0) <= before.total.high
    assert filled.total.exact is not None


def _filled(contract: Contract, actual: Decimal) -> Contract:
    def indicator(each: Indicator) -> Indicator:
        if each.indicators:
            return replace(each, indicators=tuple(indicator(child) for child in each.indicators))
        return each if each.actual is not None else replace(each, actual=_fitting(each, actual))

    return replace(
        contract,
        goals=tuple(
            replace(goal, indicators=tuple(indicator(each) for each in goal.indicators))
            for goal in contract.goals
        ),
    )


def _fitting(leaf: Indicator, actual: Decimal) -> Decimal | bool:
    if isinstance(leaf.rule, YesNo):
        return actual > 50
    if isinstance(leaf.rule, Assessed):
        return min(max(actual, D(0)), leaf.rule.cap)
    return actual
