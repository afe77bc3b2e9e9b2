"""Another year's cycle from this year's."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.core.date_rules import DayRule
from aarshjul.core.deadlines import resolve
from aarshjul.core.errors import Invalid
from aarshjul.core.working_days import WorkingDays
from aarshjul.files.cycle_form import CycleForm, MilestoneForm
from aarshjul.files.read import cycle_from_text
from aarshjul.files.renewing import renew
from aarshjul.files.write import dump_cycle
from tests.files.test_round_trip import _cycles as cycles


def _one(on: date | DayRule, **facts: object) -> CycleForm:
    given = {"id": "m", "title": "M", "phase": "drafting", "kind": "meeting", "on": on, **facts}
    milestone = MilestoneForm.model_validate(given)
    return CycleForm(
        id="kontrakt-2023",
        title="Kontrakt 2023",
        contract_year=2023,
        holder="Hus",
        council="KKR",
        milestones=(milestone,),
    )


@pytest.mark.parametrize(
    ("on", "year", "rule", "day"),
    [
        # the same weekday, as near as can be
        ("2022-11-18", 2024, DayRule(day=18, month=11, weekday="friday"), "2023-11-17"),
        ("2023-02-10", 2024, DayRule(day=10, month=2, weekday="friday"), "2024-02-09"),
        ("2022-06-24", 2026, DayRule(day=24, month=6, weekday="friday"), "2025-06-27"),
        # one in a month that is usually the other year's says which year it means
        ("2022-03-04", 2024, DayRule(day=4, month=3, weekday="friday", year=2023), "2023-03-03"),
        ("2023-09-01", 2024, DayRule(day=1, month=9, weekday="friday", year=2024), "2024-08-30"),
        # no weekday to keep at a weekend, no 29 February in most years
        ("2022-11-19", 2024, DayRule(day=19, month=11), "2023-11-17"),
        ("2024-02-29", 2024, DayRule(day=28, month=2, weekday="thursday", year=2025), "2025-02-27"),
    ],
)
def test_a_fixed_date_becomes_a_rule(on: str, year: int, rule: DayRule, day: str) -> None:
    renewed = renew(_one(date.fromisoformat(on)), year).form
    assert renewed.milestones[0].on == rule
    dates = resolve({"m": rule}, contract_year=year, days=WorkingDays())
    assert dates["m"].isoformat() == day


def test_a_rule_with_a_year_of_its_own_moves_along() -> None:
    rule = DayRule(day=4, month=3, year=2022)
    assert renew(_one(rule), 2025).form.milestones[0].on == DayRule(day=4, month=3, year=2024)


@pytest.mark.parametrize(
    ("title", "moved"),
    [
        ("Resultaterne for 2021 er indsamlet", "Resultaterne for 2022 er indsamlet"),
        ("Processen 2022-23 for 2023 (2022-11)", "Processen 2023-24 for 2024 (2023-11)"),
        ("Sal 1850, post 9000, nr. 20230", "Sal 1850, post 9000, nr. 20230"),
        ("Strategi 2030", "Strategi 2030"),
    ],
)
def test_years_near_the_contracts_move_in_titles(title: str, moved: str) -> None:
    assert renew(_one(date(2022, 11, 18), title=title), 2024).form.milestones[0].title == moved


def test_an_id_without_a_year_gets_one() -> None:
    form = _one(date(2022, 11, 18)).model_copy(update={"id": "kontrakt"})
    assert renew(form, 2024).form.id == "kontrakt-2024"
    assert renew(form, 2024, cycle_id="mine").form.id == "mine"


@pytest.mark.parametrize("name", ["", "not an id", "x" * 81, "2024-01-01"])
def test_an_id_that_cannot_be_is_refused(name: str) -> None:
    with pytest.raises(Invalid, match="`id`"):
        renew(_one(date(2022, 11, 18)).model_copy(update={"id": name or "-"}), 2024, cycle_id=name or "-")


def test_scores_come_along_only_where_the_next_contract_is_named() -> None:
    form = _one(date(2022, 11, 18)).model_copy(update={"scores": "old.yaml"})
    scoring = form.milestones[0].model_copy(update={"actions": ("score", "invite")})
    form = form.model_copy(update={"milestones": (scoring,)})
    left = renew(form, 2024)
    assert (left.form.scores, left.form.milestones[0].actions) == (None, ("invite",))
    assert any("--scores" in notice for notice in left.notices)
    kept = renew(form, 2024, scores="new.yaml")
    assert (kept.form.scores, kept.form.milestones[0].actions) == ("new.yaml", ("score", "invite"))
    assert kept.notices == ()


@settings(max_examples=25, deadline=None)
@given(cycles(), st.integers(-3, 30))
def test_any_cycle_renews_into_one_that_reads_back_and_has_dates(form: CycleForm, ahead: int) -> None:
    year = form.contract_year + ahead
    renewed = renew(form, year, cycle_id="renewed").form
    assert cycle_from_text(dump_cycle(renewed), "renewed") == renewed
    rules = {each.id: each.on for each in renewed.milestones}
    assert not any(isinstance(on, date) for on in rules.values())
    assert len(resolve(rules, contract_year=year, days=WorkingDays())) == len(form.milestones)
