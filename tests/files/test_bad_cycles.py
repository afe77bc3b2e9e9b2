"""Cycle files with a mistake: the line that is named, and what is said of it."""

from datetime import date

import pytest

from aarshjul.core.cycle import Action, Kind, Phase
from aarshjul.core.date_rules import AfterRule, BeforeRule, DayRule
from aarshjul.core.stages import Outcome
from aarshjul.files import vocabulary
from aarshjul.files.cycle_form import MilestoneForm
from aarshjul.files.read import cycle_from_text
from tests.files.bad import assert_told, told

HEAD = """\
format: aarshjul/cycle@1
id: c-2023
title: C
contract_year: 2023
holder: H
council: K
"""
ONE = "milestones:\n  - {id: m, title: M, phase: dialogue, kind: meeting, on: 2022-11-18}\n"


def _milestone(**fields: str) -> str:
    facts = {"id": "m", "title": "M", "phase": "dialogue", "kind": "meeting", "on": "2022-11-18", **fields}
    return f"{HEAD}milestones:\n  - {{{', '.join(f'{key}: {value}' for key, value in facts.items())}}}\n"


def test_what_is_left_out_has_its_default() -> None:
    cycle = cycle_from_text(HEAD + ONE, "f")
    (meeting,) = cycle.milestones
    assert (cycle.timezone, cycle.language, cycle.scores, cycle.people) == (
        "Europe/Copenhagen",
        "da",
        None,
        (),
    )
    assert (meeting.status, meeting.owed_by, meeting.actions, meeting.for_) == ("confirmed", None, None, ())
    assert meeting.on == date(2022, 11, 18)


@pytest.mark.parametrize(
    ("kind", "remind", "actions", "effective"),
    [
        ("meeting", (), None, ("invite",)),
        ("meeting", (-1,), None, ("invite", "remind")),
        ("deadline", (-1,), None, ("remind",)),
        ("decision", (), None, ()),
        ("meeting", (-1,), (), ()),
        ("decision", (-1,), ("invite",), ("invite",)),
    ],
)
def test_actions_by_default_are_those_of_the_kind_and_of_remind(
    kind: str, remind: tuple[int, ...], actions: tuple[str, ...] | None, effective: tuple[str, ...]
) -> None:
    form = MilestoneForm(
        id="m", title="M", phase="dialogue", kind=kind, on=date(2022, 1, 3), remind=remind, actions=actions
    )
    assert form.effective_actions == effective


def test_dates_by_rule_are_read() -> None:
    text = HEAD + "milestones:\n"
    rules = ["{day: 18, month: 11, weekday: friday}", "{day: 29, month: 2, year: 2024}"]
    rules += ["{before: m0, working_days: 10}", "{after: m0, working_days: 0}"]
    for place, rule in enumerate(rules):
        text += f"  - {{id: m{place}, title: M, phase: dialogue, kind: meeting, on: {rule}}}\n"
    assert [each.on for each in cycle_from_text(text, "f").milestones] == [
        DayRule(day=18, month=11, weekday="friday"),
        DayRule(day=29, month=2, year=2024),
        BeforeRule(before="m0", working_days=10),
        AfterRule(after="m0", working_days=0),
    ]


def test_the_words_of_files_are_those_of_the_core() -> None:
    assert tuple(Phase) == vocabulary.PHASES
    assert tuple(Kind) == vocabulary.KINDS
    assert set(Action) == set(vocabulary.ACTIONS)
    assert tuple(Outcome) == vocabulary.OUTCOMES


MILESTONES: list[tuple[dict[str, str], str]] = [
    ({"on": "2022-02-30"}, "is 2022-02-30, a day that does not exist"),
    ({"on": "18/11/2022"}, "must be a date such as 2022-11-18"),
    ({"on": "null"}, "`on` is missing"),
    ({"on": "{day: 31, month: 6}"}, "is day 31 of month 6; must be a day that exists"),
    ({"on": "{day: 29, month: 2}"}, "must be a day that 2023 has"),
    ({"on": "{day: 29, month: 2, year: 2023}"}, "month 2 of 2023; must be a day that exists"),
    ({"on": "{day: 0, month: 6}"}, "must be a whole number from 1 to 31"),
    ({"on": "{day: 3, month: 13}"}, "must be a whole number from 1 to 12"),
    ({"on": "{day: 3, month: 6, weekday: fridy}"}, "did you mean `friday`?"),
    ({"on": "{day: 3}"}, "`month` is missing"),
    ({"on": "{day: 3, month: 6, week: 5}"}, "unknown key `week`; did you mean `weekday`?"),
    ({"on": "{before: x, working_days: 10}"}, "`before` names `x`, which is not a milestone"),
    ({"on": "{before: m, working_days: 10}"}, "circle: m -> m"),
    ({"ends": '"12:00"'}, "`ends` stands without `at`"),
    ({"at": '"12:00"', "ends": '"12:00"'}, "`ends` is 12:00; must be after `at`, 12:00"),
    ({"at": '"12:00"', "ends": "09:00"}, "must be after `at`"),
    ({"at": "24:00"}, "must be a time from 00:00 to 23:59"),
    ({"at": "9:00"}, "must be a time from 00:00 to 23:59"),
    ({"at": "1200"}, "must be a time from 00:00 to 23:59"),
    ({"phase": "dialog"}, "did you mean `dialogue`?"),
    ({"kind": "meting"}, "did you mean `meeting`?"),
    ({"status": "maybe"}, "must be one of tentative, confirmed"),
    ({"actions": "[invite, remnd]"}, "did you mean `remind`?"),
    ({"actions": "[invite, invite]"}, "has the action invite twice"),
    ({"actions": "invite"}, "`actions` must be a list"),
    ({"actions": "[score]"}, "`actions` has score, but the cycle has no `scores`"),
    ({"done_when": "draft"}, "`done_when` goes with a deadline"),
    ({"kind": "deadline", "done_when": "drafts"}, "did you mean `draft`?"),
    ({"remind": "[-1, 1.5]"}, "`remind` item 2 is `1.5`; must be a whole number"),
    ({"remind": "[-1, -1]"}, "has the offset -1 twice"),
    ({"remind": "[-401]"}, "from -400 to 400"),
    ({"remind": '["-1"]'}, "must be a whole number"),
    ({"for": "[board, a b]"}, "`for` item 2 is `a b`"),
    ({"for": "[board, board]"}, "has the role board twice"),
    ({"owed": "[board]"}, "unknown key `owed`; did you mean `owed_by`?"),
    ({"for_": "[board]"}, "unknown key `for_`; did you mean `for`?"),
    ({"even_on_days_off": "yes"}, "must be true or false"),
    ({"id": "a/b"}, "must be at most 80 letters"),
]


@pytest.mark.parametrize(("fields", "fragment"), MILESTONES, ids=[str(each[0]) for each in MILESTONES])
def test_mistake_in_a_milestone_is_named_on_its_line(fields: dict[str, str], fragment: str) -> None:
    assert_told(cycle_from_text, _milestone(**fields), 8, fragment)


@pytest.mark.parametrize("days", ["-1", "1.5", "251", '"10"', "null", "ten"])
def test_working_days_are_a_whole_number(days: str) -> None:
    text = (
        _milestone()
        + f"  - {{id: n, title: N, phase: drafting, kind: deadline, on: {{before: m, working_days: {days}}}}}\n"
    )
    assert_told(cycle_from_text, text, 9, "`working_days`")


TOP: list[tuple[str, str]] = [
    ("timezone: Europe/Kopenhagen\n", "did you mean `Europe/Copenhagen`?"),
    ("timezone: ../etc/passwd\n", "must be a time zone such as Europe/Copenhagen"),
    ("language: dk\n", "must be one of da, en"),
    ("days_off: [2022-12-32]\n", "a day that does not exist"),
    ("days_off: [2022-12-23, 2022-12-23]\n", "has the day 2022-12-23 twice"),
    ("quiet: [{from: 2022-08-05, to: 2022-07-04}]\n", "before `from`, 2022-08-05; swap them"),
    ("quiet: [{from: 2022-08-05, until: 2022-07-04}]\n", "unknown key `until`"),
    ("people: [{id: p, name: P}]\n", "`email` is missing"),
    ("people: [{id: p, name: P, email: null}]\n", "`email` is missing"),
    ("people: [{id: p, name: P, email: p}]\n", "must be one address such as anna@example.org"),
    ('people: [{id: p, name: P, email: "p@example.org, q@example.org"}]\n', "must be one address"),
    ('people: [{id: p, name: P, email: "p@example.org\\nBcc: q@example.org"}]\n', "must be one address"),
    ('people: [{id: p, name: P, email: "P <p@example.org>"}]\n', "must be one address"),
    ("people: [{id: p, name: P, email: p@localhost}]\n", "must be one address"),
    ("people: [{id: p, name: P, email: p..q@example.org}]\n", "must be one address"),
    ('people: [{id: p, name: "P\\nBcc: x", email: p@example.org}]\n', "must be one line"),
    ("people: [{id: p, name: P, email: p@example.org, channels: [mail]}]\n", "did you mean `email`?"),
    ("people: [{id: p, name: P, email: p@example.org, role: [board]}]\n", "did you mean `roles`?"),
]


@pytest.mark.parametrize(("text", "fragment"), TOP, ids=[each[0].strip() for each in TOP])
def test_mistake_beside_the_milestones_is_named_on_its_line(text: str, fragment: str) -> None:
    found = told(cycle_from_text, HEAD + text + ONE)
    assert any(line == 7 and fragment in message for line, message in found), found


def test_same_ids_and_circles_through_others_are_named() -> None:
    text = HEAD + "people:\n" + "  - {id: p, name: P, email: p@example.org}\n" * 2 + "milestones:\n"
    for name, anchor in (("a", "b"), ("b", "c"), ("c", "a"), ("c", "a")):
        text += f"  - {{id: {name}, title: M, phase: dialogue, kind: meeting, on: {{after: {anchor}, working_days: 1}}}}\n"
    assert told(cycle_from_text, text) == [
        (9, "the person id `p` is used in line 8 too; must be unique"),
        (11, "milestones hang on each other in a circle: a -> b -> c -> a; give one of them a date"),
        (14, "the milestone id `c` is used in line 13 too; must be unique"),
    ]


def test_a_role_that_nobody_has_yet_is_fine() -> None:
    assert cycle_from_text(_milestone(owed_by="[my-own-role]"), "f").milestones[0].owed_by == ("my-own-role",)
