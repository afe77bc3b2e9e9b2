"""What goes at once, past digest and quiet days: what changes about a meeting within three working days."""

from dataclasses import replace
from typing import Any

import pytest

from aarshjul.core.cycle import Kind, Milestone, State, Telling
from aarshjul.core.duties import Duty, DutyKind
from aarshjul.core.restraint import is_urgent
from tests.builders import INVITE, REMIND, at, cycle, d, knows, milestone

MEETING_KINDS = (DutyKind.INVITE, DutyKind.UPDATE, DutyKind.CANCEL, DutyKind.MOVED)


def meeting(on: str = "2022-11-18", **facts: Any) -> Milestone:
    return milestone("meet", on, Kind.MEETING, at="10:00", place="Aalborg", **facts)


NEAR = [
    "2022-11-18",
    "2022-11-21",
    "2022-11-22",
    "2022-11-23",
]  # a Friday and the three working days behind it
FAR = ["2022-11-17", "2022-11-24"]


def urgent(
    what: DutyKind, on: str | None, was: Telling | None, day: str = "2022-11-18", **facts: Any
) -> bool:
    about = replace(meeting(), **{"on": d(on) if on else None, **facts})
    of = cycle(about)
    return is_urgent(of, Duty(what, "c", "meet", 2, person="ann", was=was), at(day, "14:00"))


def told(on: str, **facts: Any) -> Telling:
    facts.setdefault("at", "10:00")
    facts.setdefault("place", "Aalborg")
    return Telling(on=d(on), **facts)


@pytest.mark.parametrize("kind", MEETING_KINDS)
@pytest.mark.parametrize(("on", "wanted"), [*((on, True) for on in NEAR), *((on, False) for on in FAR)])
def test_a_meeting_within_three_working_days_is_urgent(kind: DutyKind, on: str, wanted: bool) -> None:
    was = None if kind is DutyKind.INVITE else told("2023-01-10")
    assert urgent(kind, on, was) is wanted


@pytest.mark.parametrize("kind", [DutyKind.UPDATE, DutyKind.MOVED, DutyKind.CANCEL])
@pytest.mark.parametrize(("was", "wanted"), [*((on, True) for on in NEAR), *((on, False) for on in FAR)])
def test_so_is_one_that_was_to_be_within_three_working_days(kind: DutyKind, was: str, wanted: bool) -> None:
    assert urgent(kind, "2023-01-10", told(was)) is wanted


@pytest.mark.parametrize(
    ("was", "wanted"),
    [
        (told("2022-11-21", status="tentative"), False),  # confirmed, and nothing else
        (told("2022-11-21"), False),  # nothing that people see
        (told("2022-11-22"), True),
        (told("2022-11-21", at="09:00"), True),
        (told("2022-11-21", at="10:00", ends="12:00"), True),
        (told("2022-11-21", place="https://meet.example.org/1"), True),
        (None, True),
    ],
)
def test_only_another_time_or_place_is_urgent_in_an_update(was: Telling | None, wanted: bool) -> None:
    assert urgent(DutyKind.UPDATE, "2022-11-21", was) is wanted


def test_holidays_are_no_working_days() -> None:
    assert urgent(DutyKind.CANCEL, "2022-12-28", None, day="2022-12-22")  # 23, 27, 28 December
    assert not urgent(DutyKind.CANCEL, "2022-12-29", None, day="2022-12-22")


@pytest.mark.parametrize("kind", [kind for kind in DutyKind if kind not in MEETING_KINDS])
def test_nothing_else_is_urgent(kind: DutyKind) -> None:
    assert not urgent(kind, "2022-11-18", told("2022-11-18", at="09:00"))


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({"kind": Kind.DEADLINE, "actions": REMIND}, False),
        ({"kind": Kind.DECISION, "actions": REMIND}, False),
        ({"kind": Kind.DECISION, "actions": INVITE}, True),
        (
            {"kind": Kind.DECISION, "actions": REMIND, "invited": {"ann": knows("2022-11-18", "2022-10-03")}},
            True,
        ),
        ({"kind": Kind.MEETING, "actions": REMIND}, True),
        ({"kind": Kind.MEETING, "state": State.CANCELLED}, True),
    ],
)
def test_only_what_people_come_together_for_is_urgent(facts: dict[str, Any], wanted: bool) -> None:
    assert urgent(DutyKind.CANCEL, "2022-11-18", told("2022-11-18"), **facts) is wanted


def test_a_decision_that_lost_its_date_was_to_be_soon() -> None:
    assert urgent(DutyKind.UPDATE, None, told("2022-11-18"))


def test_what_rides_along_can_be_urgent() -> None:
    of = cycle(meeting("2022-11-21"), milestone("papers", "2022-11-21"))
    ride = Duty(DutyKind.MOVED, "c", "meet", 2, person="ann", was=told("2022-12-01"))
    carrier = Duty(DutyKind.MOVED, "c", "papers", 2, person="ann", was=told("2022-12-01"), also=(ride,))
    assert is_urgent(of, carrier, at("2022-11-18"))
    assert not is_urgent(of, replace(carrier, also=()), at("2022-11-18"))


def test_a_message_about_no_milestone_or_one_that_is_gone_is_not_urgent() -> None:
    of = cycle(meeting("2022-11-18"))
    for about in (None, "other"):
        assert not is_urgent(of, Duty(DutyKind.CANCEL, "c", about, 1, person="ann"), at("2022-11-18"))
