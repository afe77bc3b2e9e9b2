"""What a missing result does to the total."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings

from aarshjul.core.contract import Contract, Goal, Indicator
from aarshjul.core.ranges import leaf_shares, reaches
from aarshjul.core.rules import Assessed, AtLeast, YesNo
from aarshjul.core.scoring import score
from tests.core.contracts import contracts


def leaf(name: str, actual: int | None = None, **facts: object) -> Indicator:
    known = None if actual is None else Decimal(actual)
    return Indicator(id=name, rule=AtLeast(target=Decimal(100)), actual=known, **facts)  # type: ignore[arg-type]


def contract(*goals: Goal) -> Contract:
    return Contract(id="k", title="K", year=2024, holder="H", council="C", goals=goals)


def goal(name: str, *indicators: Indicator, **facts: object) -> Goal:
    return Goal(id=name, title=name, indicators=indicators, **facts)  # type: ignore[arg-type]


def by_hand(found: Contract) -> dict[str, tuple[Fraction, Fraction]]:
    return {each.indicator: (each.low, each.high) for each in reaches(found, score(found))}


def test_one_missing_of_two_goals_is_the_whole_range() -> None:
    found = contract(goal("1", leaf("1a"), leaf("1b", 60)), goal("2", leaf("2a", 100)))
    assert by_hand(found) == {"1a": (Fraction(65), Fraction(90))}
    assert (score(found).total.low, score(found).total.high) == (Fraction(65), Fraction(90))


def test_of_two_missing_each_is_told_alone_with_the_other_at_its_highest() -> None:
    found = contract(
        goal("1", leaf("1a"), leaf("1b", 60)), goal("2", leaf("2a"), leaf("2b"), leaf("2c", 100))
    )
    assert by_hand(found) == {
        "1a": (Fraction(65), Fraction(90)),
        "2a": (90 - Fraction(50, 3), Fraction(90)),
        "2b": (90 - Fraction(50, 3), Fraction(90)),
    }


def test_what_counts_nothing_does_nothing() -> None:
    found = contract(goal("1", leaf("1a", weight=Decimal(0)), leaf("1b", 60)))
    assert by_hand(found) == {"1a": (Fraction(60), Fraction(60))}


def test_a_goal_that_others_copy_counts_for_those_too() -> None:
    copies = (goal("2", same_as="3"), goal("3", same_as="1"))
    found = contract(goal("1", leaf("1a")), *copies, goal("4", leaf("4a", 100)))
    assert by_hand(found) == {"1a": (Fraction(25), Fraction(100))}


def test_a_cap_above_a_hundred_is_the_highest() -> None:
    high = Indicator(id="1a", rule=Assessed(cap=Decimal(120)))
    assert by_hand(contract(goal("1", high), goal("2", leaf("2a", 100)))) == {
        "1a": (Fraction(50), Fraction(110))
    }


def test_nothing_missing_gives_nothing() -> None:
    assert by_hand(contract(goal("1", leaf("1a", 4)))) == {}


@settings(max_examples=60, deadline=None)
@given(contracts())
def test_the_widths_together_are_the_whole_range(found: Contract) -> None:
    scores = score(found)
    alone = reaches(found, scores)
    assert sum((each.width for each in alone), Fraction(0)) == scores.total.high - scores.total.low
    assert all(scores.total.low <= each.low <= each.high == scores.total.high for each in alone)
    assert sum((share for *_, share in leaf_shares(found)), Fraction(0)) == 1


def _with_yes(nodes: tuple[Indicator, ...], answers: dict[str, bool]) -> tuple[Indicator, ...]:
    return tuple(
        replace(each, rule=YesNo(), actual=answers.get(each.id))
        if each.rule is not None
        else replace(each, indicators=_with_yes(each.indicators, answers))
        for each in nodes
    )


@settings(max_examples=40, deadline=None)
@given(contracts())
def test_the_low_end_is_what_scoring_gives_with_that_one_at_its_lowest(found: Contract) -> None:
    names = [each.id for _, each in found.leaves()]

    def answered(answers: dict[str, bool]) -> Contract:
        goals = [replace(each, indicators=_with_yes(each.indicators, answers)) for each in found.goals]
        return replace(found, goals=tuple(goals))

    unknown = answered({})
    for each in reaches(unknown, score(unknown)):
        worst = score(answered({name: name != each.indicator for name in names})).total
        assert worst.exact == each.low


@pytest.mark.parametrize("count", [1000])
def test_a_thousand_indicators_take_no_time(count: int) -> None:
    found = contract(goal("1", *[leaf(f"i{number}") for number in range(count)]))
    assert len(reaches(found, score(found))) == count
