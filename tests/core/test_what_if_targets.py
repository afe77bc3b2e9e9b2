"""A draft's targets tried on another year's measurements."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings

from aarshjul.core.contract import Contract, Goal, Indicator
from aarshjul.core.rules import AtLeast, YesNo
from aarshjul.core.scoring import score
from aarshjul.core.targets import targets_on
from tests.core.contracts import contracts

D = Decimal


def _contract(name: str, *goals: Goal) -> Contract:
    return Contract(id=name, title=name, year=2021, holder="H", council="K", goals=goals)


def _goal(name: str, *leaves: Indicator) -> Goal:
    return Goal(id=name, title=name, indicators=leaves)


ACTUALS = _contract(
    "was",
    _goal("1", Indicator(id="1a", rule=AtLeast(target=D(40)), actual=D(36), unit="%")),
    _goal("2", Indicator(id="2a", rule=YesNo(), actual=True)),
    _goal("3", Indicator(id="3a", rule=AtLeast(target=D(4)), actual=D(1))),
    _goal("4", Indicator(id="4a", rule=AtLeast(target=D(4)))),
)


def test_measurements_meet_the_new_targets_by_indicator() -> None:
    draft = _contract("new", _goal("1", Indicator(id="1a", rule=AtLeast(target=D(72)), unit="%")))
    tried = targets_on(draft, ACTUALS)
    assert tried.scores.total.exact == 50
    assert tried.before["1"].exact == 90
    assert tried.total_before.provisional
    assert (tried.no_actual, tried.no_target) == ((), ("2a", "3a"))


def test_what_was_not_measured_is_missing_even_where_the_draft_has_an_actual() -> None:
    leaf = Indicator(id="1a", rule=AtLeast(target=D(72)))
    new = Indicator(id="9", rule=AtLeast(target=D(1)), actual=D(1))
    late = Indicator(id="4a", rule=AtLeast(target=D(1)), actual=D(1))
    tried = targets_on(_contract("new", _goal("1", leaf, new, late)), ACTUALS)
    assert tried.no_actual == ("9", "4a")
    assert (tried.scores.total.low, tried.scores.total.high) == (Fraction(50, 3), Fraction(250, 3))


def test_what_the_new_rule_refuses_is_missing_and_said() -> None:
    draft = _contract("new", _goal("2", Indicator(id="2a", rule=AtLeast(target=D(1)))))
    tried = targets_on(draft, ACTUALS)
    assert tried.unsuited == (("2a", "`actual` is true; this rule needs a number"),)
    assert tried.scores.total.provisional
    assert tried.no_actual == ()


def test_another_unit_is_said_and_tried() -> None:
    draft = _contract("new", _goal("1", Indicator(id="1a", rule=AtLeast(target=D(36)), unit="point")))
    tried = targets_on(draft, ACTUALS)
    assert tried.other_unit == ("1a",)
    assert tried.scores.total.exact == 100


def test_goal_of_the_same_number_and_other_content_has_no_before() -> None:
    draft = _contract(
        "new",
        _goal("1", Indicator(id="3a", rule=AtLeast(target=D(1)))),
        Goal(id="2", title="copy", same_as="3"),
        _goal("3", Indicator(id="2a", rule=YesNo())),
    )
    assert set(targets_on(draft, ACTUALS).before) == {"2"}


@given(contracts())
@settings(max_examples=30, deadline=None)
def test_contract_tried_on_itself_is_itself(contract: Contract) -> None:
    tried = targets_on(contract, contract)
    assert tried.contract == contract
    assert tried.scores == score(contract)
    assert tried.before == tried.scores.goals
    assert (tried.no_target, tried.unsuited, tried.other_unit) == ((), (), ())
