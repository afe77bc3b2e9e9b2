"""What a draft is told while it is written: each finding by hand, and none where nothing is wrong."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.core.contract import Contract, Goal, Indicator
from aarshjul.core.draft_findings import WORST_FIRST, Surroundings, draft_findings, measured
from aarshjul.core.draft_words import WORDS
from aarshjul.core.languages import LANGUAGES
from aarshjul.core.rules import Assessed, AtLeast, AtMost, Bands, Linear, Rule, YesNo
from aarshjul.core.weights import odd_sum
from aarshjul.files.draft_file import draft_alone
from tests.core.contracts import contracts

D = Decimal


def found_in(goals: str, **around: object) -> list[str]:
    """The ids of the findings about a draft file with these goals."""
    contract = draft_alone(f"format: aarshjul/draft@1\ngoals:\n{goals}", "draft.yaml")
    return [each.id for each in draft_findings(contract, Surroundings(**around))]  # type: ignore[arg-type]


def indicator(rule: str, more: str = "source: S, owner: holder") -> str:
    return f'  - {{id: "1", title: T, text: X, indicators: [{{id: 1a, rule: {rule}, {more}}}]}}\n'


BY_HAND = [
    ("{at_least: 10}", "source: S, owner: holder", {}, []),
    ("{at_least: 10}", "owner: holder", {}, ["no-source:1/1a"]),
    ("{at_least: 10}", "source: S", {}, ["no-owner:1/1a"]),
    ("{assessed: true}", "source: S", {}, ["no-assessor:1/1a"]),
    ("{at_least: 10}", "unit: t", {}, ["no-owner:1/1a", "no-source:1/1a"]),
    ("{at_least: 10}", "source: S, owner: nobody", {"owners": {"holder"}}, ["unknown-owner:1/1a"]),
    ("{at_least: 10}", "source: S, owner: holder", {"owners": {"holder"}}, []),
    ("{at_least: 10}", "source: S, owner: o", {"before": {"1a": (D(10), None)}}, ["target-met:1/1a"]),
    ("{at_least: 10}", "source: S, owner: o", {"before": {"1a": (D("9.99"), None)}}, []),
    ("{at_least: 10}", "source: S, owner: o, unit: t", {"before": {"1a": (D(10), "kg")}}, []),
    ("{at_least: 10}", "source: S, owner: o", {"before": {"1a": (True, None)}}, []),
    ("{at_most: 10}", "source: S, owner: o", {"before": {"1a": (D(9), None)}}, ["target-met:1/1a"]),
    ("{at_most: 10}", "source: S, owner: o", {"before": {"1a": (D(11), None)}}, []),
    ("{assessed: true}", "source: S, owner: o", {"before": {"1a": (D(100), None)}}, []),
    ("{yes_no: true}", "source: S, owner: o", {"before": {"1a": (True, None)}}, []),
    ("{more_than: 0}", "source: S, owner: o", {"before": {"1a": (D(0), None)}}, []),
    ("{at_least: 10}", "source: S, owner: o, baseline: 10", {}, ["baseline-meets-target:1/1a"]),
    ("{at_least: 10}", "source: S, owner: o, baseline: 9", {}, []),
    ("{at_most: 10}", "source: S, owner: o, baseline: 12", {}, []),
    ("{at_most: 10}", "source: S, owner: o, baseline: 8", {}, ["baseline-meets-target:1/1a"]),
    ("{linear: {zero_at: 30, full_at: 10}}", "source: S, owner: o, baseline: 20", {}, []),
    ("{linear: {zero_at: 30, full_at: 10}}", "source: S, owner: o, baseline: 5", {}, ["baseline-meets-target:1/1a"]),
    ("{at_least: {baseline: 61, plus: 0}}", "source: S, owner: o", {}, ["baseline-meets-target:1/1a"]),
    ("{at_least: {baseline: 61, plus: 5}}", "source: S, owner: o, baseline: 60", {}, ["baseline-differs:1/1a"]),
    ("{at_least: {baseline: 61, plus: 5}}", "source: S, owner: o, baseline: 61", {}, []),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "more", "around", "ids"), BY_HAND)
def test_an_indicator_is_told(rule: str, more: str, around: dict[str, object], ids: list[str]) -> None:
    assert found_in(indicator(rule, more), **around) == ids


BANDS = [
    ("{to: 5, score: 100}, {to: 10, score: 50}", None),
    ("{from: 3, score: 100}, {from: 2, score: 50}", None),
    ("{from: 4, to: 6, score: 100}, {from: 2, to: 8, score: 50}", None),
    ("{to: 5, score: 100}, {above: 5, to: 10, score: 50}", None),
    ("{to: 10, score: 100}, {to: 5, score: 50}", "unreachable-band"),
    ("{to: 5, score: 100}, {from: 5, score: 50}, {from: 3, to: 8, score: 10}", "unreachable-band"),
    ("{to: 5, score: 100}, {to: 5, score: 50}", "unreachable-band"),
    ("{below: 5, score: 100}, {to: 5, score: 50}", None),
    ("{to: 5, score: 90}, {to: 10, score: 50}", "no-full-score"),
    ("{to: 5, score: 100}, {from: 5, to: 10, score: 50}", "overlapping-bands"),
    ("{to: 5, score: 100}, {from: 4, score: 50}", "overlapping-bands"),
    ("{from: 1, to: 5, score: 100}, {from: 3, to: 8, score: 50}", "overlapping-bands"),
    ("{from: 1, to: 5, score: 100}, {from: 5, to: 8, score: 100}", None),
    ("{to: 0.000000000001, score: 100}, {above: 0.000000000001, score: 50}", None),
]


@pytest.mark.parametrize(("bands", "code"), BANDS)
def test_bands_are_told_where_their_order_hides_something(bands: str, code: str | None) -> None:
    assert found_in(indicator(f"{{bands: [{bands}]}}")) == ([] if code is None else [f"{code}:1/1a"])


def test_a_table_of_hundreds_of_bands_is_looked_through_in_a_moment() -> None:
    bands = ", ".join(f"{{to: {top}, score: {top % 2}}}" for top in range(500)) + ", {to: 250, score: 100}"
    assert found_in(indicator(f"{{bands: [{bands}]}}")) == []
    assert found_in(indicator(f"{{bands: [{bands.replace('{to: 0, score: 0}, ', '')}]}}")) == [
        "unreachable-band:1/1a"
    ]


WEIGHTS = [
    ([], None),
    ([1], None),
    ([1, 1, 1], None),
    ([2, 1, 1], None),
    ([40, 60], None),
    ([40, 50], 90),
    ([40, 60, 1], 101),
    ([100, 0], None),
    ([5, 3, 2], None),
    (["0.5", "0.5"], None),
    (["0.5", "0.3"], "0.8"),
    (["0.5", "0.5", 1], 2),
    (["0.5", 1, 1], None),
    ([0, 1], None),
    (["33.3", "33.3", "33.4"], None),
    (["33.3", "33.3", "33.3"], "99.9"),
]


@pytest.mark.parametrize(("weights", "total"), WEIGHTS)
def test_weights_that_look_like_parts_of_a_whole_add_up(
    weights: list[int | str], total: int | str | None
) -> None:
    assert odd_sum([D(weight) for weight in weights]) == (None if total is None else D(total))


def test_weights_are_told_of_at_every_level() -> None:
    leaf = "rule: {yes_no: true}, source: S, owner: o"
    goals = f"""
  - id: "1"
    title: T
    text: X
    weight: 50
    indicators:
      - id: 1a
        weight: 0.6
        indicators: [{{id: 1b, weight: 70, {leaf}}}, {{id: 1c, weight: 20, {leaf}}}]
      - {{id: 1d, weight: 0.6, {leaf}}}
  - {{id: "2", title: U, text: X, weight: 40, indicators: [{{id: 2a, {leaf}}}]}}
"""
    assert found_in(goals) == ["weights-differ:all", "weights-differ:1", "weights-differ:1/1a"]


def test_the_worst_comes_first_and_a_copy_needs_no_text() -> None:
    goals = """
  - {id: "1", title: A, same_as: "2"}
  - {id: "2", title: B, indicators: [{id: 2a, rule: {at_least: 5}, baseline: 6}]}
  - {id: "3", title: C, text: X, indicators: [{id: 3a, rule: {bands: [{to: 5, score: 50}]}, source: S, owner: o}]}
"""
    assert found_in(goals) == [
        "no-full-score:3/3a",
        "baseline-meets-target:2/2a",
        "no-owner:2/2a",
        "no-source:2/2a",
        "no-text:2",
    ]


def test_every_code_has_words_in_every_language() -> None:
    assert set(WORDS) == set(WORST_FIRST)
    assert all(set(said) == set(LANGUAGES) for said in WORDS.values())


def test_danish_numbers_have_a_comma() -> None:
    goal = Goal(
        id="1",
        title="T",
        text="X",
        indicators=(
            Indicator(id="1a", rule=AtLeast(target=D("2.5")), source="S", owner="o", baseline=D("2.75")),
        ),
    )
    contract = Contract(id="c", title="T", year=2024, holder="H", council="K", goals=(goal,))
    said = draft_findings(contract, Surroundings(language="da"))[0].message
    assert said == "udgangspunktet 2,75 opfylder allerede målet"


@settings(max_examples=40, deadline=None)
@given(contracts(), st.sampled_from(LANGUAGES))
def test_any_contract_can_be_checked_against_itself(contract: Contract, language: str) -> None:
    around = Surroundings(before=measured(contract), owners=set(), language=language)  # type: ignore[arg-type]
    found = draft_findings(contract, around)
    assert len({each.id for each in found}) == len(found)
    ranks = [WORST_FIRST.index(each.code) for each in found]
    assert ranks == sorted(ranks)
    leaves = {leaf.id: leaf for _, leaf in contract.leaves()}
    for each in found:
        if each.code == "target-met":
            _is_met(leaves[each.indicator or ""])


def _is_met(leaf: Indicator) -> None:
    rule: Rule | None = leaf.rule
    assert rule is not None
    assert not isinstance(rule, Assessed | YesNo)
    assert isinstance(leaf.actual, Decimal)
    assert rule.raw(leaf.actual) >= 100
    assert isinstance(rule, AtLeast | AtMost | Linear | Bands) or leaf.actual is not None
