"""Acts with a mistake, in files and on the command line."""

from datetime import date
from decimal import Decimal

import pytest

from aarshjul.core.errors import Invalid
from aarshjul.files.act_arguments import parse_act
from aarshjul.files.act_forms import ACT_FORMS, DecideAttainment, Hold, Move, Prefer, RecordResult
from aarshjul.files.join_form import Join
from aarshjul.files.people_forms import PersonForm
from aarshjul.files.read import acts_from_text
from tests.files.bad import assert_told, told

HEAD = "format: aarshjul/acts@1\nacts:\n"
START = "on: 2022-03-01, by: k"

ACTS: list[tuple[str, str]] = [
    ("{on: 2022-03-01, do: activate}", "`by` is missing"),
    ("{by: k, do: activate}", "`on` is missing"),
    (f"{{{START}}}", "`do` is missing"),
    (f"{{{START}, do: activat}}", "did you mean `activate`?"),
    (f"{{{START}, do: activate, reason: x}}", "unknown key `reason`"),
    (f"{{{START}, do: activate, time: 25:00}}", "must be a time from 00:00"),
    (f"{{{START}, do: activate, refused: maybe}}", "must be true or false"),
    (f"{{{START}, do: close, reson: x}}", "did you mean `reason`?"),
    (f"{{{START}, do: join}}", "`person` is missing"),
    (f"{{{START}, do: join, person: p, name: P}}", "`email` is missing"),
    (f"{{{START}, do: join, person: {{id: p, name: P}}}}", "`email` is missing"),
    (
        f"{{{START}, do: join, person: {{id: p, name: P, email: p@example.org}}, name: Q}}",
        "`name` stands beside",
    ),
    (f"{{{START}, do: record-result, indicator: a}}", "`actual` is missing"),
    (f"{{{START}, do: record-result, indicator: a, actual: good}}", "must be a number"),
    (f"{{{START}, do: record-result, indicator: a, actual: 45,0}}", "unknown key `0`"),
    (f"{{{START}, do: resolve-finding, finding: a}}", "`reason` is missing"),
    (f"{{{START}, do: recommend, goal: a}}", "`value` is missing"),
    (f"{{{START}, do: decide-attainment, value: 5}}", "`value` stands without `goal`"),
    (f"{{{START}, do: decide-attainment, goal: g}}", "`goal` stands without `value`"),
    (f"{{{START}, do: submit-draft}}", "needs either `file` or `text`, and not both"),
    (f"{{{START}, do: submit-draft, file: a, text: b}}", "needs either `file` or `text`, and not both"),
    (
        f"{{{START}, do: move, milestone: m, reason: x}}",
        "needs at least one of `to`, `at`, `ends` and `place`",
    ),
    (f"{{{START}, do: move, milestone: m, at: 10:00, ends: 09:00}}", "must be after `at`"),
    (f"{{{START}, do: decide, body: kkr, outcome: approved}}", "must be one of board, council"),
    (f"{{{START}, do: decide, body: council, outcome: approve}}", "did you mean `approved`?"),
    (f"{{{START}, do: sign}}", "`body` is missing"),
    (f"{{{START}, do: answer, milestone: m, reply: accept}}", "did you mean `accepted`?"),
    (f"{{{START}, do: delegate, to: b, from: 2022-03-09, until: 2022-03-02}}", "swap them"),
    (f"{{{START}, do: delegate, to: none, until: 2022-03-02}}", "ends the delegation now"),
    (f"{{{START}, do: prefer}}", "needs at least one of `channels`"),
    (f"{{{START}, do: prefer, channels: []}}", "`channels` is empty"),
    (f"{{{START}, do: prefer, person: p}}", "needs at least one of `channels`"),
    (f"{{{START}, do: prefer, quiet: [fridy]}}", "did you mean `friday`?"),
    (f"{{{START}, do: prefer, secretary: nobody}}", "must be one address such as anna@example.org"),
    ("text", "an act must be a mapping"),
]


@pytest.mark.parametrize(("act", "fragment"), ACTS, ids=[each[0] for each in ACTS])
def test_mistake_in_an_act_is_named_on_its_line(act: str, fragment: str) -> None:
    assert_told(acts_from_text, f"{HEAD}  - {act}\n", 3, fragment)


def test_acts_that_are_out_of_time_order_are_named() -> None:
    text = HEAD + "  - {on: 2022-03-02, by: k, do: activate}\n"
    text += "  - {on: 2022-03-02, time: 11:59, by: k, do: close}\n  - {on: 2022-03-02, by: k, do: close}\n"
    ((line, message),) = told(acts_from_text, text)
    assert (line, "must be in time order" in message) == (4, True)


@pytest.mark.parametrize("text", ["", "  - 5\nmore: 1\n"])
def test_acts_are_a_list_and_nothing_else(text: str) -> None:
    assert told(acts_from_text, HEAD + text)


OF_THE_DESIGN = """
activate close join leave record-result resolve-finding recommend decide-attainment submit-draft comment confirm
take-national-goals
move anchor cancel hold done decide sign put-in-force answer delegate prefer unsubscribe
vote settle-condition appoint-deputy settle-comment respond minute settle-task request-data attach
"""


def test_every_act_of_the_design_has_a_form() -> None:
    assert sorted(ACT_FORMS) == sorted(OF_THE_DESIGN.split())


def test_fields_from_the_command_line_are_read_from_text() -> None:
    result = parse_act("record-result", {"indicator": "1a", "actual": "7.80", "source": "2021", "note": ""})
    assert result == RecordResult(indicator="1a", actual=Decimal("7.80"), source="2021")
    assert parse_act("record-result", {"indicator": "1", "actual": "false"}) == RecordResult(
        indicator="1", actual=False
    )
    move = parse_act("move", {"milestone": "m", "to": "2022-11-25", "at": "10:00"})
    assert move == Move(milestone="m", to=date(2022, 11, 25), at="10:00")
    assert parse_act("hold", {"milestone": "m", "present": "a, b"}) == Hold(milestone="m", present=("a", "b"))
    assert parse_act("prefer", {"channels": "email,teams", "digest": "true"}) == Prefer(
        channels=("email", "teams"), digest=True
    )
    assert parse_act("decide-attainment", {}) == DecideAttainment()
    assert parse_act("prefer", {"quiet": "friday,2022-12-23"}) == Prefer(quiet=("friday", "2022-12-23"))
    assert parse_act("prefer", {"quiet": "none", "secretary": "none"}) == Prefer(quiet=(), secretary="none")
    assert parse_act("prefer", {"digest": "false", "quiet": ""}) == Prefer(digest=False)


def test_join_gives_all_of_somebody_new_and_the_id_of_somebody_known() -> None:
    new = parse_act("join", {"person": "p", "name": "P", "email": "p@example.org", "roles": "board"})
    assert isinstance(new, Join)
    assert new.as_person() == PersonForm(id="p", name="P", email="p@example.org", roles=("board",))
    wishes = parse_act(
        "join",
        {"person": "p", "name": "P", "email": "p@example.org", "digest": "true", "quiet": "friday,monday"},
    )
    assert isinstance(wishes, Join)
    assert wishes.as_person() == PersonForm(
        id="p", name="P", email="p@example.org", digest=True, quiet=("friday", "monday")
    )
    known = parse_act("join", {"person": "p", "roles": "board,council"})
    assert isinstance(known, Join)
    assert (known.as_person(), known.person_id, known.roles) == ("p", "p", ("board", "council"))


ARGUMENTS: list[tuple[str, dict[str, str], str]] = [
    ("recrd-result", {}, "--do: there is no act `recrd-result`; did you mean `record-result`?"),
    (
        "record-result",
        {"indicator": "a", "actul": "3", "actual": "3"},
        "--actul: unknown key `actul`; did you mean `actual`?",
    ),
    (
        "record-result",
        {"indicator": "a", "actual": "45,0"},
        "--actual: `actual` is `45,0`; must be a number with a point, 45.0",
    ),
    ("record-result", {"indicator": "a", "actual": ""}, "--actual: `actual` is missing; add `actual: ...`"),
    (
        "move",
        {"milestone": "m", "to": "tomorrow"},
        "--to: `to` is `tomorrow`; must be a date such as 2022-11-18",
    ),
    ("comment", {"text": "a\x1b[31m"}, "--text: holds a control character, U+001B; remove it"),
]


@pytest.mark.parametrize(("do", "fields", "message"), ARGUMENTS, ids=[str(each[:2]) for each in ARGUMENTS])
def test_mistake_on_the_command_line_names_the_field(do: str, fields: dict[str, str], message: str) -> None:
    with pytest.raises(Invalid) as caught:
        parse_act(do, fields)
    assert caught.value.problems == (message,)


def test_texts_are_taken_whole_however_many_commas_they_have() -> None:
    fields = {"milestone": "m", "area": "Mål", "said": "Ja, nej"}
    assert parse_act("minute", {**fields, "change": "a, b"}).change == ("a, b",)  # type: ignore[attr-defined]
    two = parse_act("minute", {**fields, "change": ["a, b", "c\nd"]})
    assert two.change == ("a, b", "c\nd")  # type: ignore[attr-defined]
    with pytest.raises(Invalid, match="--change: holds a control character"):
        parse_act("minute", {**fields, "change": ["a", "b\x00"]})
