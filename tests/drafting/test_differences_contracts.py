"""Differences of contracts: by id, goal for goal, and in words of both languages."""

from dataclasses import fields, replace
from decimal import Decimal

import pytest
from hypothesis import given, settings

from aarshjul.core.contract import Contract, Goal, Indicator
from aarshjul.core.difference_json import contracts_json, texts_json
from aarshjul.core.difference_report import Report, near, report_of_contracts, report_of_texts
from aarshjul.core.difference_summary import MOST_LINES, summary_of
from aarshjul.core.difference_words import WORDS
from aarshjul.core.differences import contract_differences
from aarshjul.core.languages import LANGUAGES
from aarshjul.core.rule_words import rule_in_words
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
from aarshjul.core.text_differences import Mark
from tests.core.contracts import contracts

D = Decimal


def indicator(name: str, target: int = 60, **facts: object) -> Indicator:
    return Indicator(id=name, rule=AtLeast(target=D(target)), **facts)  # type: ignore[arg-type]


def goal(name: str, *indicators: Indicator, **facts: object) -> Goal:
    facts.setdefault("title", f"Mål {name}")
    return Goal(id=name, indicators=indicators or (indicator(f"{name}a"),), **facts)  # type: ignore[arg-type]


def contract(*goals: Goal, **facts: object) -> Contract:
    around = {"title": "Kontrakt", "year": 2023, "holder": "Huset", "council": "Rådet", **facts}
    return Contract(id="c", goals=goals, **around)  # type: ignore[arg-type]


def said(before: Contract, after: Contract) -> list[str]:
    return shown(report_of_contracts(before, after, "en"))


def shown(report: Report) -> list[str]:
    lines = []
    for section in report:
        lines.append(
            "  " * (section.level - 1) + section.title + (f" ({section.note})" if section.note else "")
        )
        for line in section.lines:
            marks = {Mark.SAME: "{}", Mark.REMOVED: "[-{}-]", Mark.ADDED: "{{+{}+}}"}
            words = "".join(marks[piece.mark].format(piece.text) for piece in line.pieces)
            change = words or f"{line.before} -> {line.after}"
            lines.append("  " * section.level + f"{line.label}: {change}")
    return lines


BASE = contract(goal("9", indicator("9a"), indicator("9b")), goal("10"), goal("11"))


def with_nine(**facts: object) -> Contract:
    return replace(BASE, goals=(replace(BASE.goals[0], **facts), *BASE.goals[1:]))  # type: ignore[arg-type]


def with_leaf(**facts: object) -> Contract:
    first, second = BASE.goals[0].indicators
    return with_nine(indicators=(replace(first, **facts), second))  # type: ignore[arg-type]


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


RULES: list[tuple[Rule, str, str]] = [
    (AtLeast(target=D(60)), "at least 60", "mindst 60"),
    (AtLeast.rising(D(61), D("5.5")), "at least 66.5 (61 + 5.5)", "mindst 66,5 (61 + 5,5)"),
    (AtMost(limit=D(0)), "at most 0", "højst 0"),
    (MoreThan(limit=D("-1.5")), "more than -1.5", "over -1,5"),
    (LessThan(limit=D(3)), "less than 3", "under 3"),
    (YesNo(), "yes or no", "ja eller nej"),
    (
        Assessed(cap=D(120)),
        "assessed in per cent, counts up to 120 %",
        "vurderes i procent, tæller op til 120 %",
    ),
    (
        Linear(zero_at=D(10), full_at=D("2.5")),
        "from 10 (0 %) in a line to 2.5 (100 %)",
        "fra 10 (0 %) i en linje til 2,5 (100 %)",
    ),
    (
        Bands(bands=(Band(to=D(5), score=D(100)), Band(above=D(5), below=D(10), score=D(50)))),
        "up to 5 gives 100; above 5 and below 10 gives 50; otherwise 0",
        "op til 5 giver 100; over 5 og under 10 giver 50; ellers 0",
    ),
]


@pytest.mark.parametrize(("rule", "english", "danish"), RULES, ids=lambda each: type(each).__name__)
def test_a_rule_in_words(rule: Rule, english: str, danish: str) -> None:
    assert (rule_in_words(rule, "en"), rule_in_words(rule, "da")) == (english, danish)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_of_a_contract_has_a_word(language: str) -> None:
    names = {field.name for noun in (Contract, Goal, Indicator) for field in fields(noun)}
    words = WORDS["en" if language == "en" else "da"]
    assert names - {"goals", "indicators"} == set(words.fields)


def test_danish_words_and_numbers() -> None:
    (_, section) = report_of_contracts(BASE, with_leaf(rule=AtLeast(target=D("7.5"))), "da")
    assert (section.title, section.lines[0].label) == ("Delmål 9a", "måltal (mindst)")
    assert (section.lines[0].before, section.lines[0].after) == ("60", "7,5")


def test_prose_is_told_by_heading() -> None:
    assert shown(report_of_texts("# A\n\nx 1 y.\n\n# B\n\nz\n", "# A\n\nx 2 y.\n\n# B\n\nz\n", "da")) == [
        "A",
        "  : # A\n\nx [-1-]{+2+} y.\n\n",
    ]
    assert shown(report_of_texts("a", "b", "da"))[0] == "Teksten"


def test_what_did_not_change_is_cut_to_what_is_near() -> None:
    before = f"{'ord ' * 500}60 {'slut ' * 500}"
    (section,) = report_of_texts(before, before.replace("60", "75"), "en")
    pieces = near(section.lines[0].pieces, 20)
    assert [piece.text for piece in pieces] == [
        "… ord ord ord ord ",
        "60",
        "75",
        " slut slut slut …",
    ]


# --- in few lines ------------------------------------------------------------------------------------------------


def test_a_summary_counts_what_it_leaves_out() -> None:
    after = replace(BASE, goals=tuple(goal(f"n{n}", text="Ny\ntekst") for n in range(100)))
    report = report_of_contracts(BASE, after, "da")
    summary = summary_of(report, "da")
    kept = sum(1 + len(part.lines) for part in summary.parts)
    whole = summary_of(report, "da", most=10_000)
    assert kept <= MOST_LINES
    assert whole.more == 0
    lines = sum(len(part.lines) for part in whole.parts)
    assert lines + len(whole.parts) == kept + summary.more


def test_a_summary_tells_only_the_lines_of_a_text_that_changed_and_cuts_them() -> None:
    before = with_nine(text="En.\n\nTo.\n\nTre.")
    after = with_nine(text=f"En.\n\nTo, {'og mere ' * 200}.\n\nTre.")
    summary = summary_of(report_of_contracts(before, after, "en"), "en")
    ((line,),) = (part.lines for part in summary.parts)
    text = "".join(piece.text for piece in line)
    assert text.startswith("text: To, og mere")
    assert text.endswith("…")
    assert len(text) < 400
    assert "\n" not in text


def test_a_moved_goal_is_a_title_alone() -> None:
    after = replace(BASE, goals=(BASE.goals[2], *BASE.goals[:2]))
    (part,) = summary_of(report_of_contracts(BASE, after, "da"), "da").parts
    assert (part.title, part.lines) == ("Mål 11: Mål 11 (flyttet fra plads 3 til plads 1)", ())


# --- for programs ------------------------------------------------------------------------------------------------


def test_json_has_the_fields_by_the_names_of_files() -> None:
    found = contracts_json(BASE, with_leaf(rule=AtLeast(target=D(75)), source="ERST"))
    (nine,) = found["goals"]
    assert (nine["noun"], nine["id"], nine["change"], nine["fields"]) == ("goal", "9", "changed", [])
    assert nine["indicators"][0]["fields"] == [
        {"field": "rule", "from": "at least 60", "to": "at least 75"},
        {"field": "source", "from": None, "to": "ERST"},
    ]
    assert texts_json("a 1", "a 2") == {
        "passages": [{"heading": None, "pieces": [["same", "a "], ["removed", "1"], ["added", "2"]]}]
    }
