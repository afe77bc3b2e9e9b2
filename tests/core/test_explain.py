"""Explanations: what each rule says of itself, in both languages."""

from decimal import Decimal

import pytest

from aarshjul.core.contract import Goal, Indicator
from aarshjul.core.explain import explain_goal
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
    YesNo,
)
from aarshjul.core.scoring import score_goal

D = Decimal
BANDS = Bands(bands=(Band(from_=D(1), to=D(5), score=D(100)), Band(above=D(5), score=D("12.5"))))

SAID: list[tuple[Rule, Decimal | bool | None, str, str]] = [
    (AtLeast(target=D(45)), D(36), "36 of 45 = 80.0 %", "36 af 45 = 80,0 %"),
    (
        AtLeast(target=D(50), cap=D("112.5")),
        D("76.9"),
        "76.9 of 50 = 153.8 %, capped at 112.5 %",
        "76,9 af 50 = 153,8 %, tæller højst 112,5 %",
    ),
    (
        AtLeast(target=D(5)),
        D("-2.33"),
        "-2.33 of 5 = -46.6 %, floored at 0 %",
        "-2,33 af 5 = -46,6 %, tæller mindst 0 %",
    ),
    (AtLeast.rising(D(61), D(5)), D(33), "33 of 66 (61 + 5) = 50.0 %", "33 af 66 (61 + 5) = 50,0 %"),
    (AtMost(limit=D(10)), D(8), "8 against at most 10: 100 %", "8 mod højst 10: 100 %"),
    (
        AtMost(limit=D(10)),
        D(16),
        "16 against at most 10, 10 of 16 = 62.5 %",
        "16 mod højst 10, 10 af 16 = 62,5 %",
    ),
    (AtMost(limit=D(0)), D(2), "2 against at most 0: 0 %", "2 mod højst 0: 0 %"),
    (MoreThan(limit=D(0)), D("7.80"), "7.80 is more than 0: 100 %", "7,80 er over 0: 100 %"),
    (LessThan(limit=D(3)), D(3), "3 is not less than 3: 0 %", "3 er ikke under 3: 0 %"),
    (YesNo(), True, "met: 100 %", "opfyldt: 100 %"),
    (YesNo(), False, "not met: 0 %", "ikke opfyldt: 0 %"),
    (Assessed(), D("87.5"), "assessed at 87.5 %", "vurderet til 87,5 %"),
    (
        Linear(zero_at=D(30), full_at=D(10)),
        D(25),
        "25 on the line from 30 (0 %) to 10 (100 %) = 25.0 %",
        "25 på linjen fra 30 (0 %) til 10 (100 %) = 25,0 %",
    ),
    (
        BANDS,
        D(3),
        "3 falls in the band from 1 and up to 5: 100 %",
        "3 falder i trinnet fra 1 og op til 5: 100 %",
    ),
    (BANDS, D(9), "9 falls in the band above 5: 12.5 %", "9 falder i trinnet over 5: 12,5 %"),
    (BANDS, D(0), "0 falls in no band: 0 %", "0 falder uden for alle trin: 0 %"),
    (
        AtLeast(target=D(1), cap=D(120)),
        None,
        "no result yet: between 0 % and 120 %",
        "intet resultat endnu: mellem 0 % og 120 %",
    ),
]


@pytest.mark.parametrize(("rule", "actual", "english", "danish"), SAID)
def test_each_rule_says_how_it_came_to_its_score(
    rule: Rule, actual: Decimal | bool | None, english: str, danish: str
) -> None:
    goal = Goal(id="1", title="G", indicators=(Indicator(id="1a", rule=rule, actual=actual),))
    scored = score_goal(goal)
    assert explain_goal(goal, scored, "en") == f"1a: {english}"
    assert explain_goal(goal, scored, "da") == f"1a: {danish}"


def test_weights_and_nesting_are_said() -> None:
    yes = Indicator(id="b", rule=YesNo(), actual=True, weight=D("0.5"))
    uncounted = Indicator(id="c", rule=YesNo(), actual=False, weight=D(0))
    part = Indicator(id="d", indicators=(Indicator(id="e", rule=Assessed(), actual=D(40)),))
    goal = Goal(id="1", title="G", indicators=(yes, uncounted, part))
    assert explain_goal(goal, score_goal(goal)) == (
        "Weighted mean of b, weight 0.5 (met: 100 %), c, weight 0, not counted (not met: 0 %) "
        "and d, weight 1 (e: assessed at 40 %) = 60.0 %"
    )
