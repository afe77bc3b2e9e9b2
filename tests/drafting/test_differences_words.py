"""Differences in words of both languages, in few lines, and for programs."""

from dataclasses import fields, replace

import pytest

from aarshjul.core.contract import Contract, Goal, Indicator
from aarshjul.core.difference_json import contracts_json, texts_json
from aarshjul.core.difference_report import near, report_of_contracts, report_of_texts
from aarshjul.core.difference_summary import MOST_LINES, summary_of
from aarshjul.core.difference_words import WORDS
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
from tests.drafting.goals import BASE, D, goal, shown, with_leaf, with_nine

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
