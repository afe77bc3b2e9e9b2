"""Pages of contracts of any shape: bars stay in their frames, texts stay texts, and what was frozen is read back."""

import json
import re
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.core.contract import Contract
from aarshjul.core.figures import four_decimals
from aarshjul.core.scoring import score
from aarshjul.core.what_if import with_actuals
from aarshjul.papers.results import GoalLine, Results
from aarshjul.web.doing.seat import Seat
from aarshjul.web.place import Place
from aarshjul.web.scores.compare import comparisons
from aarshjul.web.scores.comparing import Beside
from aarshjul.web.scores.goals import goal_page, goals_page
from aarshjul.web.scores.loading import Scored, best_of
from aarshjul.web.scores.trying import tried
from aarshjul.web.scores.what_if import _page as what_if_page
from models.contract_rows import contract_from_json, contract_json
from tests.builders import d
from tests.core.contracts import contracts

_BAR = re.compile(r'<svg class="bar".*?</svg>', re.DOTALL)
_SHARE = re.compile(r'(?:width|x|x1|x2)="(-?[0-9.]+)%"')


def seen(contract: Contract, language: str = "da") -> Scored:
    place = Place(path="/cycles/c/goals", own=language)
    roles = frozenset({"coordinator"})
    seat = Seat(
        person="co", name="n", cycle="c", title="t", zone="UTC", roles=roles, place=place, top=("cycles", "c")
    )
    scores = score(contract)
    goals = tuple(
        GoalLine(id=goal.id, title=goal.title, computed=scores.goals[goal.id], reported=goal.reported)
        for goal in contract.goals
    )
    values: dict[str, Any] = {"lines": (), "findings": (), "names": {}, "decided": None, "goals": goals}
    results = Results(
        cycle="c",
        contract=contract.id,
        title=contract.title,
        holder=contract.holder,
        council=contract.council,
        language="da" if language == "da" else "en",
        on=d("2022-05-02"),
        total=scores.total,
        **values,
    )
    return Scored(
        seat=seat,
        contract=contract,
        scores=scores,
        best=best_of(contract),
        results=results,
        language=results.language,
        documents={},
        present={},
    )


def pages(found: Scored) -> list[str]:
    answers = [
        goals_page(found),
        *(goal_page(found, goal) for goal in found.contract.goals),
        what_if_page(found, {}, only_outcome=False),
    ]
    return [bytes(each.body).decode() for each in answers]


@settings(max_examples=15, deadline=None)
@given(contract=contracts(), language=st.sampled_from(["da", "en"]))
def test_bars_stay_within_their_frames(contract: Contract, language: str) -> None:
    for text in pages(seen(contract, language)):
        for bar in _BAR.findall(text):
            shares = [Decimal(each) for each in _SHARE.findall(bar)]
            assert all(0 <= each <= 100 for each in shares), bar
            widths = dict(re.findall(r'class="bar-(got|open)"[^>]*width="([0-9.]+)%"', bar))
            assert sum(map(Decimal, widths.values())) <= Decimal("100.01"), bar


@settings(max_examples=15, deadline=None)
@given(contract=contracts())
def test_the_total_stands_on_the_page_as_it_is_computed(contract: Contract) -> None:
    total = score(contract).total
    exact = f"{four_decimals(total.low)}".replace(".", ",")

    text = pages(seen(contract))[0]

    assert f'<data value="{exact}' in text
    assert ("url(#hatch)" in text) == any(
        each.provisional and each.high > each.low
        for each in _every(score(contract).total, *score(contract).goals.values())
    )


def _every(*scores: Any) -> list[Any]:
    return [one for each in scores for one in (each, *_every(*each.parts))]


@settings(max_examples=15, deadline=None)
@given(contract=contracts())
def test_no_text_of_a_contract_is_markup(contract: Contract) -> None:
    from dataclasses import replace

    evil = '<script>alert("x")</script>&{{ 7*7 }}'
    goals = tuple(replace(goal, title=evil, text=evil, note=evil, level=evil) for goal in contract.goals)

    for text in pages(seen(replace(contract, title=evil, holder=evil, goals=goals))):
        assert "<script>alert" not in text
        assert "49" not in re.findall(r"&amp;(\d\d)", text)


@settings(max_examples=30, deadline=None)
@given(contract=contracts())
def test_a_frozen_contract_is_read_back_with_the_same_scores(contract: Contract) -> None:
    frozen = contract_from_json(json.loads(json.dumps(contract_json(contract))))

    assert contract_json(frozen) == contract_json(contract)
    assert score(frozen) == score(contract)


@settings(max_examples=30, deadline=None)
@given(contract=contracts(), data=st.data())
def test_whatever_is_typed_in_what_if_gives_a_contract(contract: Contract, data: st.DataObject) -> None:
    names = [f"i-{leaf.id}" for _, leaf in contract.leaves()]
    texts = st.sampled_from(["", "0", "45,5", "-3", "true", "1.234", "x", "99999999999999999999"]) | st.text()
    asked = data.draw(st.dictionaries(st.sampled_from([*names, "lift", "over", "i-none"]), texts))

    result = tried(seen(contract), asked)

    wrong = {each.field for each in result.problems} - {"over"}
    typed = {each.name: each.typed for each in result.fields}
    assert wrong <= set(asked)
    assert all(typed[name] == asked[name][:60] for name in names if name in asked)
    untouched = {
        leaf.id for _, leaf in contract.leaves() if f"i-{leaf.id}" not in asked or f"i-{leaf.id}" in wrong
    }
    after = {leaf.id: leaf.actual for _, leaf in result.after.leaves()}
    before = {leaf.id: leaf.actual for _, leaf in contract.leaves()}
    assert all(after[name] == before[name] for name in untouched)


@settings(max_examples=30, deadline=None)
@given(one=contracts(), other=contracts())
def test_contracts_beside_each_other_have_a_cell_for_each(one: Contract, other: Contract) -> None:
    from dataclasses import replace

    later = replace(with_actuals(other, {}), id="later", year=2025, holder=one.holder)
    seen_ = [
        Beside(contract=each, scores=score(each), best=best_of(each), frozen=False) for each in (later, one)
    ]

    (table,) = comparisons(one, seen_, "da")

    assert [head for head, _ in table.heads] == ["2024", "2025"]
    assert {row.id for row in table.rows} == {"", *(goal.id for each in (one, later) for goal in each.goals)}
    assert all(len(row.cells) == 2 for row in table.rows)
