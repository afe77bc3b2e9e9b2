"""Contract files with a mistake: the line that is named, and what is said of it."""

import pytest

from aarshjul.files.read import contract_from_text
from tests.files.bad import assert_told, told

HEAD = """\
format: aarshjul/contract@1
id: c
title: C
year: 2021
holder: H
council: K
goals:
"""
GOAL = "  - id: g\n    title: G\n    indicators:\n"
"""Lines 8 to 10; an indicator begins on line 11."""


def test_the_least_contract_is_fine() -> None:
    contract = contract_from_text(
        f"{HEAD}{GOAL}      - {{id: 1, rule: {{at_least: 5}}, actual: null}}\n", "f"
    )
    (leaf,) = contract.goals[0].indicators
    assert (leaf.id, leaf.actual, leaf.title) == ("1", None, None)


def test_ids_are_text_as_written_and_words_are_words() -> None:
    text = HEAD.replace("title: C", "title: yes").replace("holder: H", "holder: 10:00")
    goal = "  - {id: 007, title: on, same_as: 8}\n  - id: 8\n    title: off\n    indicators:\n"
    contract = contract_from_text(f"{text}{goal}      - {{id: y, rule: {{more_than: -1e2}}}}\n", "f")
    assert [each.id for each in contract.goals] == ["007", "8"]
    assert (contract.title, contract.holder, contract.goals[0].title) == ("yes", "10:00", "on")


INDICATORS: list[tuple[str, str]] = [
    ("{id: a}", "neither `rule` nor `indicators`"),
    (
        "{id: a, rule: {at_least: 5}, indicators: [{id: b, rule: {at_least: 5}}]}",
        "both `rule` and `indicators`",
    ),
    (
        "{id: a, actual: 3, indicators: [{id: b, rule: {at_least: 5}}]}",
        "`actual` belongs to the indicators below",
    ),
    ("{id: a, cap: 120, indicators: [{id: b, rule: {at_least: 5}}]}", "`cap` belongs beside a `rule`"),
    ("{id: a, indicators: []}", "neither `rule` nor `indicators`"),
    ("{id: a, rule: {atleast: 5}}", "unknown key `atleast`; did you mean `at_least`?"),
    ("{id: a, rule: {zzz: 5}}", "unknown key `zzz`; must be one of at_least"),
    ("{id: a, rule: {}}", "`rule` has no rule; must have one rule"),
    ("{id: a, rule: at_least}", "`rule` must be a mapping"),
    ("{id: a, rule: {at_least: 5, at_most: 7}}", "`rule` has `at_least` and `at_most`; must have one rule"),
    ("{id: a, rule: {at_least: 0}}", "it must be above 0"),
    ("{id: a, rule: {at_least: -5}}", "it must be above 0"),
    ("{id: a, rule: {at_least: {baseline: 5}}}", "`plus` is missing"),
    ("{id: a, rule: {at_least: {baseline: -5, plus: 5}}}", "it must be above 0"),
    (
        "{id: a, rule: {at_least: {baseline: 5, plus: 5, minus: 5}}}",
        "unknown key `minus`; must be one of baseline, plus",
    ),
    ("{id: a, rule: {at_most: -1}}", "it must be 0 or more"),
    ("{id: a, rule: {yes_no: false}}", "`yes_no` is false; must be true"),
    ("{id: a, rule: {assessed: false}}", "`assessed` is false; must be true"),
    ("{id: a, rule: {assessed: yes}}", "`assessed` is `yes`; must be true or false"),
    ("{id: a, rule: {linear: {zero_at: 3, full_at: 3.0}}}", "they must differ"),
    ("{id: a, rule: {linear: {zero_at: 3}}}", "`full_at` is missing"),
    ("{id: a, rule: {bands: []}}", "`bands` is empty"),
    ("{id: a, rule: {bands: {to: 5, score: 100}}}", "`bands` must be a list"),
    ("{id: a, rule: {bands: [{score: 100}]}}", "at least one of `to`, `from`, `below`, `above`"),
    ("{id: a, rule: {bands: [{to: 5}]}}", "`score` is missing"),
    ("{id: a, rule: {bands: [{from: 6, to: 5, score: 100}]}}", "swap the bounds"),
    ("{id: a, rule: {bands: [{to: 5, score: 101}]}}", "must be from 0 to 100"),
    ("{id: a, rule: {bands: [{to: 5, score: 130}]}, cap: 120}", "must be from 0 to 120"),
    ("{id: a, rule: {at_least: 5}, cap: 99}", "`cap` is 99; it must be a number from 100"),
    ("{id: a, rule: {at_least: 5, cap: 110}, cap: 120}", "keep one"),
    ("{id: a, rule: {more_than: 5}, cap: 120}", "`cap` does not go with more_than"),
    ("{id: a, rule: {yes_no: true, cap: 120}}", "`cap` does not go with yes_no"),
    ("{id: a, rule: {assessed: true}, actual: 101}", "it must be from 0 to 100"),
    ("{id: a, rule: {assessed: true}, actual: 121, cap: 120}", "it must be from 0 to 120"),
    ("{id: a, rule: {assessed: true}, actual: -1}", "it must be from 0 to 100"),
    ("{id: a, rule: {yes_no: true}, actual: 1}", "must be true or false"),
    ("{id: a, rule: {yes_no: true}, actual: yes}", "`actual` is `yes`; must be a number"),
    ("{id: a, rule: {at_least: 5}, actual: true}", "this rule needs a number"),
    ('{id: a, rule: {at_least: 5}, actual: "45"}', "write 45 without quotes"),
    ('{id: a, rule: {at_least: 5}, actual: "45,0"}', "must be a number with a point, 45.0"),
    ("{id: a, rule: {at_least: 5}, actual: .nan}", "must be a finite number"),
    ("{id: a, rule: {at_least: 5}, actual: -.inf}", "must be a finite number"),
    ("{id: a, rule: {at_least: NaN}}", "must be a finite number"),
    ("{id: a, rule: {at_least: 0x1F}}", "must be a number such as"),
    ("{id: a, rule: {at_least: 0o17}}", "must be a number such as"),
    ("{id: a, rule: {at_least: 1_000}}", "must be a number such as"),
    ("{id: a, rule: {at_least: 1e999999}}", "at most 15 digits and 12 decimals"),
    ("{id: a, rule: {at_least: 1e-999999}}", "at most 15 digits and 12 decimals"),
    ("{id: a, rule: {at_least: 1234567890123456}}", "at most 15 digits and 12 decimals"),
    ("{id: a, rule: {at_least: 2021-01-01}}", "must be a number such as"),
    ("{id: a, rule: {at_least: true}}", "`at_least` is `true`; must be a number"),
    ("{id: a, rule: {at_least: [5]}}", "`at_least` is a list; must be a number"),
    ("{id: a, rule: {at_least: 5}, weight: -1}", "`weight` is -1; must be 0 or more"),
    ("{id: a, rule: {at_least: 5}, other_measurements: [1, x]}", "`other_measurements` item 2 is `x`"),
    ("{id: a, rule: {at_least: 5}, other_measurements: 7}", "`other_measurements` must be a list"),
    ("{id: a, rule: {at_least: 5}, reported: [{where: x}]}", "`value` is missing"),
    ("{id: a, rule: {at_least: 5}, reported: {value: 3}}", "`reported` is a mapping; must be a number"),
    ("{id: a, rule: {at_least: 5}, source: 2021}", 'must be text, so put it in quotes: "2021"'),
    ("{id: a, rule: {at_least: 5}, source: true}", "must be text"),
    ('{id: a, rule: {at_least: 5}, source: " "}', "`source` is empty"),
    ('{id: a, rule: {at_least: 5}, title: "a\\nb"}', "must be one line"),
    ('{id: a, rule: {at_least: 5}, note: "a\\ab"}', "control character U+0007"),
    ("{id: a, rule: {at_least: 5}, titel: x}", "unknown key `titel`; did you mean `title`?"),
    ("{id: a, rule: {at_least: 5}, titel: null}", "unknown key `titel`"),
    ("{id: 2021-01-01, rule: {at_least: 5}}", "is the date 2021-01-01"),
    ("{id: 7.1, rule: {at_least: 5}}", 'put it in quotes: "7.1"'),
    ("{id: true, rule: {at_least: 5}}", "must be an id, which is text"),
    ("{id: a b, rule: {at_least: 5}}", "must be at most 80 letters"),
    ("{id: ../a, rule: {at_least: 5}}", "must be at most 80 letters"),
    ("{id: -1, rule: {at_least: 5}}", "put it in quotes"),
    (f"{{id: {'a' * 81}, rule: {{at_least: 5}}}}", "must be at most 80 letters"),
    ("{id: [a], rule: {at_least: 5}}", "`id` is a list"),
    ("{rule: {at_least: 5}}", "`id` is missing"),
    ("just text", "must be a mapping"),
    ("{id: a, rule: {at_least: 5}, id: b}", "has the key `id` twice (first in line 11)"),
    ("{id: a, rule: {at_least: !!int 5}}", "has the tag tag:yaml.org,2002:int"),
    ("{id: a, rule: {at_least: 5}, title: !!str 5}", "leave tags out"),
    ("{id: a, rule: {at_least: 5}, title: ! x}", "leave tags out"),
    ("{id: &x a, rule: {at_least: 5}}", "has the anchor &x"),
    ("{id: a, rule: {at_least: 5}, <<: {title: x}}", "unknown key `<<`"),
]


@pytest.mark.parametrize(("indicator", "fragment"), INDICATORS, ids=[each[0][:60] for each in INDICATORS])
def test_mistake_in_an_indicator_is_named_on_its_line(indicator: str, fragment: str) -> None:
    assert_told(contract_from_text, f"{HEAD}{GOAL}      - {indicator}\n", 11, fragment)


FINE = "    indicators: [{id: a, rule: {at_least: 5}}]\n"
WHOLE: list[tuple[str, int, str]] = [
    (HEAD.replace("title: C\n", "") + "  - id: g\n    title: G\n" + FINE, 1, "`title` is missing"),
    (HEAD.replace("title:", "Title:") + "  - id: g\n    title: G\n" + FINE, 3, "did you mean `title`?"),
    (HEAD.replace("2021", "2021.0") + "  - id: g\n    title: G\n" + FINE, 4, "must be a whole number"),
    (HEAD.replace("2021", "20210") + "  - id: g\n    title: G\n" + FINE, 4, "from 1900 to 2200"),
    (HEAD.replace("goals:", "goals: []"), 7, "`goals` is empty"),
    (HEAD, 7, "`goals` is missing"),
    (HEAD.replace("goals:\n", ""), 1, "`goals` is missing"),
    (HEAD + "  - id: g\n    title: G\n    weight: 0\n" + FINE, 7, "at least one must count"),
    (HEAD + "  - id: g\n    title: G\n    weight: -2\n" + FINE, 10, "`weight` is -2"),
    (HEAD + "  - id: g\n    title: G\n", 8, "neither `indicators` nor `same_as`"),
    (HEAD + "  - id: g\n    title: G\n    same_as: x\n", 10, "`same_as` names `x`, which is not a goal"),
    (HEAD + "  - id: g\n    title: G\n    same_as: g\n", 10, "circle: g -> g"),
    (HEAD + "  - {id: 2, title: G, same_as: 10}\n  - {id: 10, title: G, same_as: 2}\n", 8, "2 -> 10 -> 2"),
    (HEAD + "  - id: g\n    title: G\n    same_as: g\n" + FINE, 10, "`same_as`"),
    (
        HEAD + "  - id: g\n    title: G\n" + FINE + "  - {id: g, title: H, same_as: g}\n",
        11,
        "goal id `g` is used in line 8",
    ),
    (
        HEAD + "  - id: g\n    title: G\n" + FINE + "  - id: h\n    title: H\n" + FINE,
        13,
        "indicator id `a` is used in line 10",
    ),
    (
        HEAD
        + GOAL
        + "      - id: a\n        indicators:\n          - {id: b, weight: 0, rule: {at_least: 5}}\n",
        12,
        "at least one must count",
    ),
    (
        HEAD + GOAL + "      - id: a\n        rule:\n          at_least: 5\n        actual:\n          x\n",
        14,
        "`actual` is `x`",
    ),
]


@pytest.mark.parametrize(("text", "line", "fragment"), WHOLE, ids=[each[2] for each in WHOLE])
def test_mistake_in_the_whole_is_named_on_its_line(text: str, line: int, fragment: str) -> None:
    found = told(contract_from_text, text)
    assert any(at == line and fragment in message for at, message in found), found


def _nested(levels: int) -> str:
    text = ""
    for depth in range(levels):
        indent = " " * (4 + 4 * depth)
        text += f"{indent}indicators:\n{indent}  - id: n{depth}\n"
    return HEAD + "  - id: g\n    title: G\n" + text + f"{' ' * (4 + 4 * levels)}rule: {{at_least: 5}}\n"


def test_indicators_nest_20_deep_and_no_deeper() -> None:
    assert len(list(contract_from_text(_nested(20), "f").leaves())) == 1
    ((line, message),) = told(contract_from_text, _nested(21))
    assert (line, message) == (9 + 2 * 21, "indicators are nested too deep; must be at most 20 levels")


def test_all_problems_of_a_file_are_told_together_in_order_of_lines() -> None:
    text = HEAD.replace("year: 2021", "yaer: 2021") + GOAL
    text += "      - {id: a, rule: {at_least: -5}}\n      - {id: a, rule: {atmost: 5}, actual: !!int 3}\n"
    text += "  - {id: h, title: 5, same_as: q}\n"
    assert [line for line, _ in told(contract_from_text, text)] == [1, 4, 11, 12, 12, 13, 13]
