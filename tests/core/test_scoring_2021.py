"""The contract of 2021, goal by goal as the domain's table has it, and the ways of computing it wrongly."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from aarshjul.core.contract import Contract, Goal
from aarshjul.core.figures import half_up
from aarshjul.core.findings import findings
from aarshjul.core.scoring import Scores, score
from aarshjul.files.read import read_contract

EXAMPLES = Path(__file__).parents[2] / "examples"

GOALS = [
    ("1", Fraction(90), 90),
    ("2", Fraction(100), 100),
    ("3", Fraction("96.0625"), 96),
    ("4", Fraction(100), 100),
    ("5", Fraction(100), 100),
    ("6", Fraction(100), 100),
    ("7", Fraction("79.65"), 80),
    ("8", Fraction(6700, 70), 96),
    ("9", Fraction(100), 100),
    ("10", Fraction(100), 100),
    ("11", Fraction(100), 100),
    ("12", Fraction(100), 100),
]


@pytest.fixture(scope="module", name="contract")
def _contract() -> Contract:
    return read_contract(EXAMPLES / "nordjylland-2021.contract.yaml")


@pytest.fixture(scope="module", name="scores")
def _scores(contract: Contract) -> Scores:
    return score(contract)


@pytest.mark.parametrize(("goal", "exact", "shown"), GOALS)
def test_goal_is_as_in_the_table(scores: Scores, goal: str, exact: Fraction, shown: int) -> None:
    assert (scores.goals[goal].exact, scores.goals[goal].shown) == (exact, shown)


def test_total_is_97(scores: Scores) -> None:
    assert list(scores.goals) == [goal for goal, _, _ in GOALS]
    assert scores.total.exact == sum(exact for _, exact, _ in GOALS) / 12
    assert scores.total.shown == 97


def _goal(contract: Contract, name: str) -> Goal:
    return next(goal for goal in contract.goals if goal.id == name)


def test_flattening_goal_7_would_give_69(contract: Contract, scores: Scores) -> None:
    leaves = tuple(_goal(contract, "7").leaves())
    flat = replace(contract, goals=(replace(_goal(contract, "7"), indicators=leaves),))
    assert score(flat).goals["7"].shown == 69
    assert scores.goals["7"].shown != 69


def test_goal_7_without_a_floor_would_give_72(scores: Scores) -> None:
    part_1, part_2 = scores.goals["7"].parts
    unfloored = sum((part.raw or 0) if (part.raw or 0) < 0 else part.low for part in part_2.parts) / Fraction(
        3
    )
    assert half_up((part_1.low + unfloored) / 2) == 72
    assert [part.raw for part in part_2.parts] == [Fraction("77.9"), Fraction("-46.6"), Fraction(100)]


def test_goal_1_uncapped_would_give_117(scores: Scores) -> None:
    raws = [part.raw or Fraction(0) for part in scores.goals["1"].parts]
    assert half_up(sum(raws, Fraction(0)) / 2) == 117


def test_halves_for_national_and_regional_goals_would_give_98(contract: Contract, scores: Scores) -> None:
    def half(level: str) -> Fraction:
        mine = [scores.goals[goal.id].low for goal in contract.goals if goal.level == level]
        return sum(mine, Fraction(0)) / len(mine)

    assert half_up((half("national") + half("regional")) / 2) == 98


def test_without_goal_2_it_would_give_96(contract: Contract) -> None:
    without = replace(contract, goals=tuple(goal for goal in contract.goals if goal.id != "2"))
    assert score(without).total.shown == 96


def test_goal_8_is_where_the_report_disagrees_with_itself(contract: Contract, scores: Scores) -> None:
    found = {finding.id: finding.message for finding in findings(contract, scores)}
    assert found == {
        "reported-differs:8": "reported as 98 % in detail, computed as 95.7 %",
        "reported-contradicts:8": "reported with different values: 96 % in overview, 98 % in detail",
        "reported-differs:8/8a": "reported as 98 %, computed as 95.7 %",
    }


def test_targets_alone_score_from_nothing_to_all(contract: Contract) -> None:
    targets = read_contract(EXAMPLES / "nordjylland-2021-targets.contract.yaml")
    scored = score(targets)
    assert (scored.total.exact, scored.total.low, scored.total.high) == (None, Fraction(0), Fraction(100))
    rules = [(leaf.id, leaf.rule, leaf.title) for _, leaf in contract.leaves()]
    assert [(leaf.id, leaf.rule, leaf.title) for _, leaf in targets.leaves()] == rules
    assert all(leaf.owner and leaf.actual is None and not leaf.reported for _, leaf in targets.leaves())
    codes = {finding.code for finding in findings(targets, scored)}
    assert codes == {"missing-actual"}
