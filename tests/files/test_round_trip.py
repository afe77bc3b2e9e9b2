"""What is written reads back equal, whatever the text, the numbers and the shape."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.core.contract import Contract
from aarshjul.core.date_rules import AfterRule, BeforeRule, DayRule
from aarshjul.core.national import NationalGoals
from aarshjul.files.acts_file import ActsFile
from aarshjul.files.cycle_form import CycleForm, MilestoneForm, QuietForm
from aarshjul.files.national_file import dump_national
from aarshjul.files.people_forms import PersonForm
from aarshjul.files.read import acts_from_text, contract_from_text, cycle_from_text, read_any
from aarshjul.files.vocabulary import KINDS, PHASES
from aarshjul.files.write import dump_acts, dump_contract, dump_cycle
from tests.core.contracts import contracts, words

EXAMPLES = Path(__file__).parents[2] / "examples"
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
RULES = st.one_of(
    DAYS,
    st.builds(lambda day, month: DayRule(day=day, month=month), st.integers(1, 28), st.integers(1, 12)),
    st.just(DayRule(day=29, month=2, year=2024, weekday="friday")),
)


@settings(max_examples=25, deadline=None)
@given(contracts())
def test_contract_reads_back_equal_and_with_its_decimals(contract: Contract) -> None:
    text = dump_contract(contract)
    again = contract_from_text(text, "again")
    assert again == contract
    assert dump_contract(again) == text


@st.composite
def _milestones(draw: st.DrawFn) -> tuple[MilestoneForm, ...]:
    found: list[MilestoneForm] = []
    for place in range(draw(st.integers(1, 4))):
        anchor = f"m{draw(st.integers(0, place - 1))}" if place else None
        beside = (
            [BeforeRule(before=anchor, working_days=10), AfterRule(after=anchor, working_days=0)]
            if anchor
            else []
        )
        kind = draw(st.sampled_from(KINDS))
        found.append(
            MilestoneForm(
                id=f"m{place}",
                title=draw(words),
                phase=draw(st.sampled_from(PHASES)),
                kind=kind,
                on=draw(RULES | st.sampled_from(beside) if beside else RULES),
                at=draw(st.sampled_from([None, "09:30"])),
                place=draw(st.none() | words),
                status=draw(st.sampled_from(["tentative", "confirmed"])),
                for_=draw(st.sampled_from([(), ("board", "council")])),
                owed_by=draw(st.sampled_from([None, (), ("board",)])),
                done_when="draft" if kind == "deadline" else None,
                remind=draw(st.sampled_from([(), (-14, -1, 3)])),
                actions=draw(st.sampled_from([None, (), ("invite", "remind"), ("score",)])),
                even_on_days_off=draw(st.booleans()),
            )
        )
    return tuple(found)


@st.composite
def _cycles(draw: st.DrawFn) -> CycleForm:
    person = PersonForm(
        id="p",
        name=draw(words),
        email="p@example.org",
        organisation=draw(st.none() | words),
        roles=draw(st.sampled_from([(), ("board", "board-chair")])),
        channels=draw(st.sampled_from([("email",), (), ("teams", "email"), ("email", "apprise:sms")])),
        language=draw(st.sampled_from([None, "da", "en"])),
        teams=draw(st.none() | words),
        digest=draw(st.booleans()),
        quiet=draw(st.sampled_from([(), ("friday",), ("2022-12-23", "2022-12-19..2022-12-30", "monday")])),
        secretary=draw(st.sampled_from([None, "s@example.org"])),
    )
    return CycleForm(
        id="c-2023",
        title=draw(words),
        contract_year=2024,
        holder=draw(words),
        council=draw(words),
        timezone=draw(st.sampled_from(["Europe/Copenhagen", "UTC"])),
        language=draw(st.sampled_from(["da", "en"])),
        scores=draw(words),
        days_off=tuple(draw(st.lists(DAYS, unique=True, max_size=2))),
        quiet=(QuietForm(from_=date(2023, 7, 3), to=date(2023, 8, 4), why=draw(st.none() | words)),),
        people=draw(st.sampled_from([(), (person,)])),
        milestones=draw(_milestones()),
    )


@settings(max_examples=25, deadline=None)
@given(_cycles())
def test_cycle_reads_back_equal(cycle: CycleForm) -> None:
    text = dump_cycle(cycle)
    assert cycle_from_text(text, "again") == cycle


def _dump(value: Contract | CycleForm | ActsFile | NationalGoals) -> str:
    if isinstance(value, NationalGoals):
        return dump_national(value)
    if isinstance(value, Contract):
        return dump_contract(value)
    return dump_cycle(value) if isinstance(value, CycleForm) else dump_acts(value)


def _without_places(value: Contract | CycleForm | ActsFile | NationalGoals) -> object:
    """Acts without the file and lines that they came from."""
    if isinstance(value, ActsFile):
        return [replace(act, line=0) for act in value.acts]
    return value


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.name)
def test_every_example_reads_back_equal(example: Path, tmp_path: Path) -> None:
    value = read_any(example)
    again = tmp_path / "again.yaml"
    again.write_text(_dump(value), encoding="utf-8")
    assert _without_places(read_any(again)) == _without_places(value)


ACTS = """\
format: aarshjul/acts@1
acts:
  - {on: 2022-03-01, time: 08:15, by: k, do: activate}
  - {on: 2022-03-01, by: k, do: record-result, indicator: 1a, actual: 7.80, source: "2021"}
  - {on: 2022-03-01, by: k, do: record-result, indicator: 5x, actual: false, evidence: "a: b"}
  - {on: 2022-03-02, by: k, do: resolve-finding, finding: reported-differs:8/8a, value: 96, reason: slip}
  - {on: 2022-03-02, by: k, do: join, person: {id: n, name: N, email: n@example.org, roles: [board]}}
  - {on: 2022-03-02, by: k, do: join, person: n, name: N, email: n@example.org, channels: [teams]}
  - {on: 2022-03-02, by: k, do: move, milestone: m, to: 2022-11-25, at: "10:00", ends: 12:00, place: Aars}
  - {on: 2022-03-02, by: k, do: hold, milestone: m, minutes: ref 1, present: [a, b]}
  - {on: 2022-03-02, by: k, do: delegate, to: b, from: 2022-03-02, until: 2022-03-09}
  - {on: 2022-03-02, by: k, do: prefer, channels: [email], language: en, digest: true}
  - {on: 2022-03-02, by: k, do: prefer, quiet: [friday, 2022-12-23, 2022-12-19..2022-12-30], secretary: s@example.org}
  - {on: 2022-03-02, by: k, do: prefer, quiet: [], secretary: none, person: n}
  - {on: 2022-03-02, by: k, do: join, person: n, name: N, email: n@example.org, digest: true, quiet: [2022-12-23]}
  - {on: 2022-03-02, by: k, do: decide, body: council, outcome: approved, refused: true}
  - on: 2022-03-03
    by: k
    do: comment
    text: |
      Two lines,
        one indented
"""


def test_acts_read_back_equal() -> None:
    acts = acts_from_text(ACTS, "acts.yaml")
    again = acts_from_text(dump_acts(acts), "again.yaml")
    assert _without_places(again) == _without_places(acts)
    assert [act.line for act in acts.acts][:2] == [3, 4]
    assert (acts.acts[0].time, acts.acts[1].time) == ("08:15", "12:00")
