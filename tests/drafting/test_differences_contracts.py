"""Differences of contracts: by id, goal for goal."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from aarshjul.core.contract import Contract, Indicator
from aarshjul.core.difference_json import contracts_json
from aarshjul.core.difference_report import report_of_contracts
from aarshjul.core.differences import contract_differences
from aarshjul.core.languages import LANGUAGES
from aarshjul.core.rules import (
    AtLeast,
    AtMost,
)
from tests.core.contracts import contracts
from tests.drafting.goals import BASE, D, goal, indicator, said, with_leaf, with_nine

NINE, LEAF = "Goal 9: Mål 9", "  Indicator 9a"
TABLE: dict[str, tuple[Contract, Contract, list[str]]] = {
    "nothing": (BASE, BASE, []),
    "a target": (
        BASE,
        with_leaf(rule=AtLeast(target=D(75))),
        [NINE, LEAF, "    target (at least): 60 -> 75"],
    ),
    "a target with a decimal more": (
        BASE,
        with_leaf(rule=AtLeast(target=D("60.0"))),
        [NINE, LEAF, "    target (at least): 60 -> 60.0"],
    ),
    "a rule": (
        BASE,
        with_leaf(rule=AtMost(limit=D(5))),
        [NINE, LEAF, "    rule: at least 60 -> at most 5"],
    ),
    "a target that became a rise": (
        BASE,
        with_leaf(rule=AtLeast.rising(D(50), D(10))),
        [NINE, LEAF, "    rule: at least 60 -> at least 60 (50 + 10)"],
    ),
    "a cap": (
        BASE,
        with_leaf(rule=AtLeast(target=D(60), cap=D(120))),
        [NINE, LEAF, "    rule: at least 60 -> at least 60, counts up to 120 %"],
    ),
    "a weight of its own": (BASE, with_leaf(weight=D(2)), [NINE, LEAF, "    weight: {+2+}"]),
    "a baseline": (
        with_leaf(baseline=D(40)),
        with_leaf(baseline=D("41.5")),
        [NINE, LEAF, "    baseline: 40 -> 41.5"],
    ),
    "no source any more": (with_leaf(source="ERST"), BASE, [NINE, LEAF, "    source: [-ERST-]"]),
    "another owner": (
        with_leaf(owner="holder"),
        with_leaf(owner="council"),
        [NINE, LEAF, "    owner: Huset -> Rådet"],
    ),
    "a name of a goal": (
        BASE,
        with_nine(title="Mål ni"),
        ["Goal 9: Mål ni", "  title: Mål [-9-]{+ni+}"],
    ),
    "the contract's own": (BASE, replace(BASE, year=2024), ["The contract", "  year: 2023 -> 2024"]),
    "the contract's id": (BASE, replace(BASE, id="d"), ["The contract", "  id: c -> d"]),
    "a goal that came": (
        BASE,
        replace(BASE, goals=(*BASE.goals, goal("12", focus="Vækst"))),
        [
            "Goal 12: Mål 12 (new)",
            "  focus area: {+Vækst+}",
            "  Indicator 12a (new)",
            "    rule: {+at least 60+}",
        ],
    ),
    "a goal that went": (
        BASE,
        replace(BASE, goals=(BASE.goals[0], BASE.goals[2])),
        ["Goal 10: Mål 10 (removed)", "  Indicator 10a (removed)", "    rule: [-at least 60-]"],
    ),
    "a goal that went to the front": (
        BASE,
        replace(BASE, goals=(BASE.goals[2], *BASE.goals[:2])),
        ["Goal 11: Mål 11 (moved from place 3 to place 1)"],
    ),
    "an indicator that moved to another goal": (
        BASE,
        replace(
            BASE,
            goals=(
                replace(BASE.goals[0], indicators=BASE.goals[0].indicators[:1]),
                replace(BASE.goals[1], indicators=(*BASE.goals[1].indicators, indicator("9b", 61))),
                BASE.goals[2],
            ),
        ),
        [
            "Goal 10: Mål 10",
            "  Indicator 9b (moved from 9 to 10)",
            "    target (at least): 60 -> 61",
        ],
    ),
    "indicators in another order": (
        BASE,
        with_nine(indicators=BASE.goals[0].indicators[::-1]),
        [NINE, "  Indicator 9a (moved from place 1 to place 2)"],
    ),
    "one that became a part with its own": (
        BASE,
        with_nine(
            indicators=(
                Indicator(id="9a", indicators=(indicator("9a1"),)),
                BASE.goals[0].indicators[1],
            )
        ),
        [NINE, LEAF, "    rule: [-at least 60-]", "  Indicator 9a1 (new)", "    rule: {+at least 60+}"],
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_what_changed_is_told_by_goal_indicator_and_field(name: str) -> None:
    before, after, lines = TABLE[name]
    got = said(before, after)
    if name == "indicators in another order":  # which of two is said to have moved is free
        assert len(got) == 2
        assert "moved from place" in got[1]
    else:
        assert got == lines


def test_what_went_stands_where_it_was() -> None:
    after = replace(BASE, goals=(goal("8"), BASE.goals[0], BASE.goals[2]))
    assert [change.id for change in contract_differences(BASE, after)] == ["8", "10"]


@given(contract=contracts())
@settings(max_examples=10, deadline=None)
def test_a_contract_is_the_same_as_itself(contract: Contract) -> None:
    assert contract_differences(contract, contract) == ()


@given(before=contracts(), after=contracts())
@settings(max_examples=20, deadline=None)
def test_any_two_contracts_can_be_compared_and_only_equals_are_the_same(
    before: Contract, after: Contract
) -> None:
    changes = contract_differences(before, after)
    assert bool(changes) == (repr(before) != repr(after))
    came = {change.id for change in changes if change.change == "added"}
    went = {change.id for change in changes if change.change == "removed"}
    ours, theirs = ({each.id for each in side.goals} for side in (before, after))
    assert (came, went) == (theirs - ours, ours - theirs)
    for language in LANGUAGES:
        report = report_of_contracts(before, after, language)
        assert sum(section.level == 1 for section in report) == len(changes)
    contracts_json(before, after)
