"""Refusals in the page's language: every sentence that an act can say no with has one in Danish."""

import ast
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from aarshjul.core.errors import Invalid, Refused
from aarshjul.web.doing.refusals import danish, in_words, problems_of

ROOT = Path(__file__).parents[3] / "aarshjul"
SOURCES = [*sorted((ROOT / "acts").glob("*.py")), ROOT / "core" / "stages.py"]
ELSEWHERE = {"archiving.py", "exporting.py", "importing.py", "national.py"}
"""What no page does."""
COMMAND_LINE_ALONE = frozenset(
    {
        "the draft says `based_on: {}`, and --base is {}: say one version",
        "which version was it made from? Say so with --base N (or `based_on: N` in the file)",
    }
)
OF_ANOTHERS_WORDS = frozenset({"{} {}", "{}: {}"})
"""What a document or a value is refused with has sentences of its own."""
NAMES = {"co": "Koordinator", "dialogue": "Dialogmøde", "coordinator": "koordinatorerne", "holder": "Huset"}


def _templates(node: ast.expr) -> Iterator[str]:
    """What stands there, with `{}` for all that is put in; a choice between two is both."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts)
        case ast.IfExp(body=first, orelse=second):
            yield from _templates(first)
            yield from _templates(second)


def _said() -> Iterator[str]:
    for file in SOURCES:
        if file.name in ELSEWHERE:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func) in ("ActRefused", "Refused")
                and node.args
            ):
                yield from _templates(node.args[0])


def test_every_sentence_of_an_act_has_one_in_danish() -> None:
    said = set(_said())
    assert len(said) > 100
    assert sorted(said - set(danish()["rule"]) - COMMAND_LINE_ALONE - OF_ANOTHERS_WORDS) == []


@pytest.mark.parametrize("context", ["rule", "field", "named"])
def test_what_a_danish_sentence_names_the_english_one_names(context: str) -> None:
    for english, said in danish()[context].items():
        assert said.format(*[f"<{number}>" for number in range(english.count("{}"))]), english


@pytest.mark.parametrize(
    ("english", "said"),
    [
        (
            "co may not do this: it is for coordinator or holder",
            "Det er ikke noget, Koordinator kan gøre: det er for koordinatorerne eller Huset.",
        ),
        (
            "dialogue cannot be moved to 2022-05-01, which is past",
            "Dialogmøde kan ikke flyttes til søndag den 1. maj 2022, som er forbi.",
        ),
        ("dialogue is confirmed already", "Dialogmøde er allerede bekræftet."),
        ("dialogue is cancelled already", "Dialogmøde er allerede aflyst."),
        (
            "board-approves is not possible now: the contract is in force",
            "Det kan ikke lade sig gøre nu: kontrakten er i kraft.",
        ),
        ("a sentence {that} nobody translated", "a sentence {that} nobody translated"),
    ],
)
def test_a_sentence_in_danish(english: str, said: str) -> None:
    assert in_words(english, "da", NAMES) == said


def test_in_english_ids_are_names_too_and_nothing_else_changes() -> None:
    assert in_words("dialogue is {cancelled} already", "en", NAMES) == "Dialogmøde is {cancelled} already"


@pytest.mark.parametrize(
    ("line", "field", "said"),
    [
        ("--to: `to` is missing; add `to: ...`", "to", "Skal udfyldes."),
        ("--to: `to` is `i morgen`; must be a date such as 2022-11-18", "to",
         "Skriv en dato, der findes, for eksempel 2022-11-18."),
        ("--at: `at` is `10`; must be a time from 00:00 to 23:59, such as \"10:00\"", "at",
         "Skriv et klokkeslæt, for eksempel 10:00."),
        ("--value: `value` is `45,0`; must be a number with a point, 45.0", "value", "Skriv et tal, for eksempel 45,5."),
        ("--outcome: `outcome` is `x`; must be one of approved, returned", "outcome", "Vælg en af mulighederne."),
        ("--reason: `reason` is missing; say why it is declined", "reason", "Skriv en begrundelse."),
    ],
)  # fmt: skip
def test_a_field_in_danish(line: str, field: str, said: str) -> None:
    (problem,) = problems_of(Invalid(line), "da")
    assert (problem.field, problem.said) == (field, said)


def test_a_rule_has_no_field() -> None:
    (problem,) = problems_of(Refused("dialogue is confirmed already"), "da", NAMES)
    assert (problem.field, problem.said) == ("", "Dialogmøde er allerede bekræftet.")


def test_a_hostile_sentence_is_gone_through_once() -> None:
    between = [" is one meeting with ", " of ", ", where ", " is no coordinator: let somebody do it who "]
    sentence = "".join(each * 500 for each in between)
    began = (
        time.process_time()
    )  # words of several gaps took ten seconds for 2,000 characters, and hours for these
    assert in_words(sentence, "da", NAMES) == sentence
    assert time.process_time() - began < 5
