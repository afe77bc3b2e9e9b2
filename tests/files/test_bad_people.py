"""People with a mistake in what they wish for: what is said of it, in one sentence that says what would be right."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.core.errors import Invalid
from aarshjul.files.cycle_form import CycleForm
from aarshjul.files.people_forms import PersonForm
from aarshjul.files.read import cycle_from_text
from tests.builders import d
from tests.files.bad import assert_told

HEAD = """\
format: aarshjul/cycle@1
id: c-2023
title: C
contract_year: 2023
holder: H
council: K
milestones:
  - {id: m, title: M, phase: dialogue, kind: meeting, on: 2022-11-18}
people:
"""


def with_person(wishes: str) -> str:
    return f"{HEAD}  - {{id: p, name: P, email: p@example.org, {wishes}}}\n"


def read(wishes: str) -> PersonForm:
    cycle: CycleForm = cycle_from_text(with_person(wishes), "f")
    return cycle.people[0]


BAD = [
    ("quiet: [fridays]", "`quiet` item 1 is `fridays`; did you mean `friday`?"),
    ("quiet: [Friday]", "did you mean `friday`?"),
    ("quiet: [fredag]", "or a date, or two dates with .. between them"),
    ("quiet: [friday, 2022-13-01]", "`quiet` item 2 is 2022-13-01, a day that does not exist"),
    ("quiet: [2022-12-19...2022-12-30]", "must be a date such as 2022-11-18"),
    ("quiet: [2022-12-19..]", "must be a date such as 2022-11-18"),
    ("quiet: [2022-12-19..friday]", "must be a date such as 2022-11-18"),
    ("quiet: [2022-12-30..2022-12-19]", "ends before it begins; write 2022-12-19..2022-12-30"),
    ("quiet: [2022-01-01..2023-01-02]", "must be at most 366 days"),
    ("quiet: [20221219]", "must be a date such as 2022-11-18"),
    ("quiet: [friday, friday]", "has the day friday twice; keep one"),
    ("quiet: [monday, tuesday, wednesday, thursday, friday]", "leave at least one of them out"),
    ("quiet: friday", "`quiet` must be a list"),
    ("quiet: [[friday]]", "must be text such as friday, 2022-12-23 or 2022-12-19..2022-12-30"),
    ("quiet: [{from: 2022-12-19, to: 2022-12-30}]", "must be text such as friday"),
    ("quite: [friday]", "did you mean `quiet`?"),
    ("digest: yes", "must be true or false"),
    ("secretary: Anna", "must be one address such as anna@example.org"),
    ("secretary: P@example.org", "`secretary` is the person's own `email`; must be another address"),
    ("channels: [emial]", "did you mean `email`?"),
    ("channels: [sms]", "must be one of email, teams (or apprise:NAME, a service that the operator named)"),
    ("channels: ['apprise:']", "must be apprise:NAME, with the name that the operator gave a service"),
    ("channels: ['apprise:slack://token']", "must be apprise:NAME"),
    ("channels: ['apprise:Slack']", "must be apprise:NAME"),
    (f"channels: ['apprise:{'a' * 33}']", "must be apprise:NAME"),
    ("channels: ['apprise:sms', 'apprise:sms']", "has the channel apprise:sms twice; keep one"),
    ("channels: ['mailto://me@example.org']", "must be one of email, teams"),
]


@pytest.mark.parametrize(("wishes", "fragment"), BAD, ids=[each[0] for each in BAD])
def test_mistake_in_a_wish_is_named_on_its_line(wishes: str, fragment: str) -> None:
    assert_told(cycle_from_text, with_person(wishes), 10, fragment)


@pytest.mark.parametrize(
    ("wishes", "days", "others"),
    [
        ("quiet: [friday]", ["2022-11-18"], ["2022-11-17"]),
        ('quiet: ["2022-12-23", 2022-12-24]', ["2022-12-23", "2022-12-24"], ["2022-12-22"]),
        ("quiet: [2022-12-19..2022-12-30]", ["2022-12-19", "2022-12-30"], ["2022-12-18", "2022-12-31"]),
        ("quiet: []", [], ["2022-11-18"]),
    ],
)
def test_quiet_days_are_read(wishes: str, days: list[str], others: list[str]) -> None:
    quiet = read(wishes).quiet_days
    assert all(quiet.covers(d(day)) for day in days)
    assert not any(quiet.covers(d(day)) for day in others)


def test_what_is_left_out_is_no_wish() -> None:
    found = read("roles: [board]")
    assert (found.digest, found.quiet, found.secretary, found.channels) == (False, (), None, ("email",))
    assert not found.quiet_days


@pytest.mark.parametrize(
    "channels", ["email", "teams", "apprise:sms", f"apprise:{'a' * 32}", "apprise:a-b_1"]
)
def test_channels_are_ours_or_services_by_their_name(channels: str) -> None:
    assert read(f"channels: ['{channels}']").channels == (channels,)


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=30))
def test_any_text_as_a_quiet_day_is_one_or_is_refused_in_words(text: str) -> None:
    quoted = "'" + text.replace("'", "''") + "'"
    try:
        found = read(f"quiet: [{quoted}]")
    except Invalid:
        return
    assert found.quiet_days
