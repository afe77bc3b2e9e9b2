"""Other measurements, and the smallest change that is enough, held against scoring itself."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from time import process_time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aarshjul.core.contract import Contract, ContractError, Goal, Indicator
from aarshjul.core.figures import decimals_of
from aarshjul.core.inverse import decimals_in
from aarshjul.core.rules import (
    Actual,
    Assessed,
    AtLeast,
    AtMost,
    Band,
    Bands,
    LessThan,
    Linear,
    MoreThan,
    Rule,
    YesNo,
    actual_problem,
)
from aarshjul.core.scoring import score, score_indicator
from aarshjul.core.what_if import WhatIfError, lifts, with_actuals
from tests.core.contracts import contracts

D = Decimal
RANKS = Bands(bands=(Band(score=D(100), to=D(5)), Band(score=D(50), to=D(10)), Band(score=D(25), to=D(15))))
COUNTS = Bands(bands=(Band(score=D(100), from_=D(3)), Band(score=D(50), from_=D(2))))
HIDDEN = Bands(bands=(Band(score=D(50), to=D(10)), Band(score=D(100), to=D(5))))
NARROW = Bands(bands=(Band(score=D(100), above=D("1.1"), below=D("1.2")),))

TABLE: list[tuple[Rule, Actual | None, str, Actual | None]] = [
    # rule, actual, threshold, the value that is enough and nearest
    (AtLeast(target=D(45)), D(36), "90", D(41)),  # 40.5
    (AtLeast(target=D(45)), D("36.0"), "90", D("40.5")),
    (AtLeast(target=D("45.0")), D(36), "90", D("40.5")),
    (AtLeast(target=D(5)), D("-2.33"), "100", D("5.00")),
    (AtLeast(target=D(5)), None, "100", D(5)),
    (AtLeast(target=D(5)), D(4), "101", None),
    (AtLeast(target=D(5), cap=D(120)), D(4), "101", D(6)),
    (AtLeast(target=D(5), cap=D(120)), D("4.00"), "101", D("5.05")),
    (AtMost(limit=D(10)), D(20), "75", D(13)),  # 13.33
    (AtMost(limit=D(10)), D("20.0"), "100", D("10.0")),
    (AtMost(limit=D(10)), None, "75", D(13)),
    (AtMost(limit=D(10), cap=D(120)), D(20), "110", D(9)),  # 9.09
    (AtMost(limit=D(0)), D(3), "1", D(0)),
    (AtMost(limit=D(0), cap=D(120)), D(3), "101", None),  # at 0 there is 100 or nothing
    (MoreThan(limit=D(0)), D(-2), "100", D(1)),
    (MoreThan(limit=D(0)), D("-0.5"), "1", D("0.1")),
    (MoreThan(limit=D("0.5")), D(0), "1", D("0.6")),
    (MoreThan(limit=D(7)), None, "1", D(8)),
    (LessThan(limit=D(7)), D(7), "50", D(6)),
    (LessThan(limit=D("7.00")), D(9), "50", D("6.99")),
    (YesNo(), False, "50", True),
    (YesNo(), None, "100", True),
    (YesNo(), False, "100.1", None),
    (Assessed(), D(50), "90.5", D(91)),
    (Assessed(), D("50.0"), "90.5", D("90.5")),
    (Assessed(cap=D("112.5")), D(50), "112.5", D("112.5")),
    (Linear(zero_at=D(0), full_at=D(30)), D(10), "50", D(15)),
    (Linear(zero_at=D(30), full_at=D(0)), D(29), "50", D(15)),
    (Linear(zero_at=D(30), full_at=D(0)), None, "60", D(12)),
    (Linear(zero_at=D(30), full_at=D(0), cap=D(120)), D(29), "120", D(-6)),
    (RANKS, D(12), "50", D(10)),
    (RANKS, D(12), "51", D(5)),
    (RANKS, D(12), "26", D(10)),
    (COUNTS, D(1), "50", D(2)),
    (COUNTS, D(1), "50.0001", D(3)),
    (COUNTS, None, "100", D(3)),
    (HIDDEN, D(12), "51", None),
    (NARROW, D(0), "100", D("1.11")),
    (NARROW, D(9), "100", D("1.19")),
]


def only(rule: Rule, actual: Actual | None) -> Contract:
    """A contract that is scored by one indicator."""
    leaf = Indicator(id="1a", rule=rule, actual=actual)
    goal = Goal(id="1", title="One", indicators=(leaf,))
    return Contract(id="c", title="C", year=2021, holder="H", council="K", goals=(goal,))


@pytest.mark.parametrize(("rule", "actual", "over", "to"), TABLE)
def test_nearest_value_that_is_enough(
    rule: Rule, actual: Actual | None, over: str, to: Actual | None
) -> None:
    (lift,) = lifts(only(rule, actual), D(over)).lifts
    assert str(lift.to) == str(to)  # its decimals as well


def test_what_cannot_be_reached_says_how_far_it_goes() -> None:
    assert lifts(only(HIDDEN, D(12)), D(51)).lifts[0].gives == 50
    assert lifts(only(AtMost(limit=D(0), cap=D(120)), D(3)), D(101)).lifts[0].gives == 100


def test_sorted_by_change_against_the_target_then_missing_then_hopeless() -> None:
    parts = (
        Indicator(id="half", rule=AtLeast(target=D(10)), actual=D(2)),
        Indicator(id="near", rule=AtLeast(target=D(1000)), actual=D(500)),
        Indicator(id="met", rule=AtLeast(target=D(1)), actual=D(1)),
        Indicator(id="idle", rule=AtLeast(target=D(1)), actual=D(0), weight=D(0)),
        Indicator(id="none", rule=AtLeast(target=D(1))),
    )
    contract = replace(only(YesNo(), None), goals=(Goal(id="1", title="T", indicators=parts),))
    found = lifts(contract, D(44))
    assert [lift.indicator.id for lift in found.lifts] == ["near", "half", "none", "met", "idle"]
    assert [lift.to for lift in found.lifts] == [D(560), D(3), D(1), None, None]
    assert found.now.provisional
    assert found.now.low == Fraction(170, 4)
    assert [lift.gives for lift in found.lifts[3:]] == [found.now.low, found.now.low]


def test_nothing_is_changed_where_the_threshold_is_reached() -> None:
    found = lifts(only(AtLeast(target=D(10)), D(9)), D(90))
    assert found.reached
    assert found.lifts == ()


def test_copies_of_a_goal_count_in_the_total_and_lead_to_its_source() -> None:
    one = only(AtLeast(target=D(100)), D(40)).goals[0]
    copies = (Goal(id="2", title="T", same_as="3"), Goal(id="3", title="T", same_as="1"))
    other = Goal(id="4", title="T", indicators=(Indicator(id="4a", rule=YesNo(), actual=True),))
    contract = replace(only(YesNo(), None), goals=(copies[0], one, copies[1], other))
    assert lifts(contract, D(70)).lifts[0].to == D(60)  # three of four goals
    assert [(lift.goal, lift.to) for lift in lifts(contract, D(41), "2").lifts] == [("1", D(41))]


def test_measurements_are_given_taken_and_refused() -> None:
    contract = only(AtLeast(target=D(45)), D(36))
    assert score(with_actuals(contract, {"1a": D(45)})).total.exact == 100
    assert score(with_actuals(contract, {"1a": None})).total.provisional
    with pytest.raises(WhatIfError, match="no indicator 1b"):
        with_actuals(contract, {"1b": D(1)})
    with pytest.raises(ContractError, match="this rule needs a number"):
        with_actuals(contract, {"1a": True})
    assert contract.goals[0].indicators[0].actual == 36


# --- any contract ------------------------------------------------------------------------------------------------


def _low(contract: Contract, goal: str | None) -> Fraction:
    scores = score(contract)
    return (scores.total if goal is None else scores.goals[goal]).low


def _nearer(rule: Rule, actual: Decimal, to: Decimal) -> Iterator[Decimal]:
    """Some values between the two, with the decimals of the one that was found: the next one first."""
    step = D(1).scaleb(-decimals_of(to)) * (1 if actual > to else -1)
    way = int(abs(actual - to) / abs(step))
    for steps in {1, 2, way // 2, way - 1} - {0, -1}:
        value = to + steps * step
        if abs(value - actual) < abs(to - actual) and actual_problem(rule, value) is None:
            yield value


@given(contracts(), st.decimals(min_value=1, max_value=115, places=2), st.data())
@settings(max_examples=60, deadline=None)
def test_found_value_is_enough_and_nothing_nearer_is(
    contract: Contract, over: Decimal, data: st.DataObject
) -> None:
    goal = data.draw(st.sampled_from([None, *[goal.id for goal in contract.goals]]))
    found = lifts(contract, over, goal)
    assume(not found.reached)
    for lift in found.lifts:
        leaf = lift.indicator
        if lift.to is None:
            assert lift.gives < over
            continue
        changed = with_actuals(contract, {leaf.id: lift.to})
        assert _low(changed, goal) == lift.gives >= over
        if isinstance(lift.to, bool) or leaf.actual is None or leaf.rule is None:
            continue
        assert decimals_of(lift.to) >= max(decimals_of(D(leaf.actual)), decimals_in(leaf.rule))
        for value in _nearer(leaf.rule, D(leaf.actual), lift.to):
            assert _low(with_actuals(contract, {leaf.id: value}), goal) < over


@given(contracts(), st.decimals(min_value=1, max_value=115, places=1))
@settings(max_examples=30, deadline=None)
def test_hopeless_is_hopeless_for_every_value_tried(contract: Contract, over: Decimal) -> None:
    tried = [D(each) for each in (-10000, -100, -1, 0, 1, 5, 50, 100, 120, 1000, 10000)]
    for lift in lifts(contract, over).lifts:
        rule = lift.indicator.rule
        if lift.to is not None or rule is None:
            continue
        values: list[Actual] = [True] if isinstance(rule, YesNo) else [*tried]
        for value in values:
            if actual_problem(rule, value) is None:
                assert _low(with_actuals(contract, {lift.indicator.id: value}), None) <= lift.gives < over


@given(contracts())
@settings(max_examples=60, deadline=None)
def test_every_leaf_that_the_total_may_hang_on_is_answered(contract: Contract) -> None:
    found = lifts(contract, D(1000))
    assert {lift.indicator.id for lift in found.lifts} == {leaf.id for _, leaf in contract.leaves()}
    assert all(score_indicator(lift.indicator).low >= 0 for lift in found.lifts)


def test_three_hundred_indicators_take_less_than_a_second() -> None:
    goals = tuple(
        Goal(
            id=f"g{place}",
            title="T",
            indicators=tuple(
                Indicator(id=f"g{place}.{each}", rule=AtLeast(target=D(100)), actual=D(50))
                for each in range(10)
            ),
        )
        for place in range(30)
    )
    contract = replace(only(YesNo(), None), goals=goals)
    start = process_time()
    assert len(lifts(contract, D("50.1")).lifts) == 300
    assert process_time() - start < 1
