"""What is found to disagree or be missing, and what is only rounding."""

from decimal import Decimal

import pytest

from aarshjul.core.contract import Contract, Goal, Indicator, Reported
from aarshjul.core.findings import Finding, findings
from aarshjul.core.rules import AtLeast, YesNo
from aarshjul.core.score_json import as_json
from aarshjul.core.scoring import score

D = Decimal


def _contract(actual: str | None = "73.7", **goal: object) -> Contract:
    leaf = Indicator(
        id="3a", rule=AtLeast(target=D(80)), actual=None if actual is None else D(actual), source="survey"
    )
    return _of(Goal(id="3", title="Quality", indicators=(leaf,), **goal))  # type: ignore[arg-type]


def _of(*goals: Goal) -> Contract:
    return Contract(id="c", title="C", year=2024, holder="H", council="K", goals=goals)


def _found(contract: Contract, resolved: dict[str, str] | None = None) -> tuple[Finding, ...]:
    return findings(contract, score(contract), resolved or {})


def _ids(contract: Contract) -> list[str]:
    return [finding.id for finding in _found(contract)]


def _reported(*values: str) -> tuple[Reported, ...]:
    return tuple(Reported(value=D(value), where=f"page {page}") for page, value in enumerate(values, 1))


@pytest.mark.parametrize("value", ["92", "92.1", "92.13", "92.125", "92.1250"])
def test_reported_value_that_is_only_rounded_is_no_finding(value: str) -> None:
    assert _ids(_contract(reported=_reported(value))) == []


@pytest.mark.parametrize("value", ["93", "92.0", "92.12", "92.2", "92.1249", "-92"])
def test_reported_value_that_no_rounding_gives_is_a_finding(value: str) -> None:
    assert _ids(_contract(reported=_reported(value))) == ["reported-differs:3"]


@pytest.mark.parametrize("values", [("92", "92.1"), ("92.1", "92"), ("92.125", "92.13", "92")])
def test_two_reported_values_that_agree_when_rounded_do_not_contradict(values: tuple[str, ...]) -> None:
    assert _ids(_contract(reported=_reported(*values))) == []


def test_reported_values_contradict_even_while_nothing_can_be_computed() -> None:
    found = _found(_contract(None, reported=_reported("92", "95"), recommended=D(92), decided=D(92)))
    assert [finding.id for finding in found] == ["reported-contradicts:3", "missing-actual:3/3a"]
    assert found[0].message == "reported with different values: 92 % in page 1, 95 % in page 2"


def test_recommendation_that_differs_from_what_is_computed_is_a_finding() -> None:
    (found,) = _found(_contract(recommended=D(95)))
    assert (found.id, found.message) == ("recommended-differs:3", "recommended as 95 %, computed as 92.1 %")
    assert _ids(_contract(recommended=D(92))) == []


@pytest.mark.parametrize(
    ("recommended", "decided", "message"),
    [
        ("92", "92", None),
        (None, "92", None),
        ("92", "90", "decided as 90 %; recommended was 92 %, computed now is 92.1 %"),
        (None, "90", "decided as 90 %; computed now is 92.1 %"),
        ("92.1", "92", None),
    ],
)
def test_decision_is_held_against_recommendation_and_computation(
    recommended: str | None, decided: str, message: str | None
) -> None:
    contract = _contract(recommended=None if recommended is None else D(recommended), decided=D(decided))
    found = {finding.code: finding.message for finding in _found(contract)}
    assert found == ({} if message is None else {"decided-differs": message})


def test_decision_as_recommended_but_not_as_computed_is_a_finding_of_its_own() -> None:
    contract = _contract(recommended=D(95), decided=D(95))
    assert _ids(contract) == ["recommended-differs:3", "decided-differs:3"]


def test_actual_without_source_and_evidence_is_a_finding_at_any_depth() -> None:
    bare = Indicator(id="y", rule=YesNo(), actual=False)
    proven = Indicator(id="x", rule=YesNo(), actual=True, evidence="seen")
    part = Indicator(id="p", indicators=(proven, bare))
    (found,) = _found(_of(Goal(id="1", title="G", indicators=(part,))))
    assert (found.id, found.goal, found.indicator) == ("no-source:1/y", "1", "y")
    assert found.message == "the actual false has neither source nor evidence"


def test_reported_value_of_a_part_is_held_against_its_mean() -> None:
    part = Indicator(
        id="p",
        reported=_reported("50"),
        indicators=(
            Indicator(id="x", rule=YesNo(), actual=True, source="s"),
            Indicator(id="y", rule=YesNo(), actual=True, source="s"),
        ),
    )
    assert _ids(_of(Goal(id="1", title="G", indicators=(part,)))) == ["reported-differs:1/p"]


def test_goal_that_copies_another_is_held_against_the_copied_score() -> None:
    (goal,) = _contract().goals
    copy = Goal(id="4", title="Copy", same_as="3", reported=_reported("100"))
    assert _ids(_of(goal, copy)) == ["reported-differs:4"]


def test_resolved_findings_are_left_out() -> None:
    contract = _contract(reported=_reported("95"), recommended=D(95))
    (left,) = _found(contract, {"reported-differs:3": "a slip of the pen"})
    assert left.id == "recommended-differs:3"


def test_findings_speak_danish_with_a_comma() -> None:
    contract = _contract(reported=_reported("95.5"))
    (found,) = findings(contract, score(contract), language="da")
    assert found.message == "afrapporteret som 95,5 % i page 1, beregnet til 92,1 %"


def test_json_has_null_for_what_is_provisional_and_four_decimals_for_the_rest() -> None:
    contract = _contract(None)
    scores = score(contract)
    value = as_json(contract, scores, findings(contract, scores))
    assert value["total"] == {
        "exact": None,
        "shown": None,
        "low": "0.0000",
        "high": "100.0000",
        "provisional": True,
    }
    assert value["goals"][0]["id"] == "3"
    assert value["findings"][0] == {
        "id": "missing-actual:3/3a",
        "code": "missing-actual",
        "goal": "3",
        "message": "no result yet",
    }
