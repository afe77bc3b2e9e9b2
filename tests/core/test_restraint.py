"""When a message may go to somebody, by hand: quiet days, digests, what is urgent; and who gets a copy."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.core.cycle import Cycle, Invited, Kind, Member, Milestone, State
from aarshjul.core.date_rules import WEEKDAYS
from aarshjul.core.duties import Duty, DutyKind
from aarshjul.core.quiet_days import quiet_days
from aarshjul.core.restraint import MORNINGS_SOUGHT, copies_to, is_urgent, not_before
from tests.builders import COPENHAGEN, at, cycle, d, days, member, milestone

MEETING_KINDS = (DutyKind.INVITE, DutyKind.UPDATE, DutyKind.CANCEL, DutyKind.MOVED)


def meeting(on: str = "2022-11-18", **facts: Any) -> Milestone:
    return milestone("meet", on, Kind.MEETING, at="10:00", place="Aalborg", **facts)


def one(*quiet: str, digest: bool = False) -> Member:
    return member("ann", "council", quiet=quiet_days(quiet), digest=digest)


def goes(
    person: Member, day: str, clock: str, kind: DutyKind = DutyKind.DECIDED, of: Cycle | None = None
) -> str | None:
    """When a message that is owed at a moment may go, as people there read the clock; None is at once."""
    found = not_before(
        of or cycle(meeting()), person, Duty(kind, "c", "meet", 1, person="ann"), at(day, clock)
    )
    return None if found is None else found.astimezone(COPENHAGEN).strftime("%Y-%m-%d %H:%M")


# --- quiet days ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quiet", "day", "clock", "wanted"),
    [
        ([], "2022-11-04", "14:00", None),
        (["friday"], "2022-11-03", "14:00", None),
        (["friday"], "2022-11-04", "14:00", "2022-11-07 07:00"),  # over the weekend
        (["friday"], "2022-11-04", "07:00", "2022-11-07 07:00"),
        (["friday"], "2022-11-04", "06:00", "2022-11-07 07:00"),
        (["friday", "monday"], "2022-11-04", "14:00", "2022-11-08 07:00"),
        (["2022-12-19..2022-12-30"], "2022-12-20", "09:00", "2023-01-02 07:00"),
        (["2022-12-22"], "2022-12-22", "09:00", "2022-12-23 07:00"),
        (["2022-12-23"], "2022-12-23", "09:00", "2022-12-27 07:00"),  # past Christmas
        (["2023-03-24"], "2023-03-24", "09:00", "2023-03-27 07:00"),  # summer time began on the Sunday
        (["saturday"], "2022-11-05", "09:00", "2022-11-07 07:00"),  # what may go on days off waits, too
    ],
)
def test_what_falls_on_a_quiet_day_waits_for_the_next_working_day_that_is_not(
    quiet: list[str], day: str, clock: str, wanted: str | None
) -> None:
    assert goes(one(*quiet), day, clock) == wanted


def test_a_quiet_day_is_judged_where_people_live() -> None:
    friday_there = at("2022-11-04", "00:30")  # still Thursday in UTC
    duty = Duty(DutyKind.DECIDED, "c", "meet", 1, person="ann")
    assert not_before(cycle(meeting()), one("thursday"), duty, friday_there) is None
    assert not_before(cycle(meeting()), one("friday"), duty, friday_there) == at("2022-11-07")


@pytest.mark.parametrize("kind", [kind for kind in DutyKind if kind is not DutyKind.PUBLISH])
def test_every_kind_of_message_keeps_a_quiet_day(kind: DutyKind) -> None:
    assert goes(one("friday"), "2022-11-04", "07:00", kind) == "2022-11-07 07:00"


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        (DutyKind.REMIND, "2022-10-24 07:00"),
        (DutyKind.DIGEST, "2022-10-24 07:00"),
        (DutyKind.DECIDED, "2022-10-17 07:00"),
    ],
)
def test_a_reminder_that_waits_does_not_end_up_in_the_cycles_quiet_weeks(kind: DutyKind, wanted: str) -> None:
    autumn = days(quiet=[("2022-10-17", "2022-10-21")])
    of = cycle(meeting(), days=autumn)
    assert goes(one("friday"), "2022-10-14", "07:00", kind, of) == wanted


def test_somebody_whom_no_day_suits_gets_it_on_the_first_working_day() -> None:
    assert goes(one(*WEEKDAYS), "2022-11-04", "09:00") == "2022-11-07 07:00"
    years = one("2022-01-01..2030-12-31")
    assert goes(years, "2022-11-04", "09:00") == "2022-11-07 07:00"


# --- digests ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clock", "wanted"),
    [
        ("00:00", "2022-11-03 07:00"),
        ("06:59", "2022-11-03 07:00"),
        ("07:00", None),
        ("07:59", None),
        ("08:00", "2022-11-04 07:00"),
        ("23:59", "2022-11-04 07:00"),
    ],
)
def test_who_wants_a_digest_hears_in_the_morning(clock: str, wanted: str | None) -> None:
    assert goes(one(digest=True), "2022-11-03", clock) == wanted
    assert goes(one(), "2022-11-03", clock) is None


def test_a_morning_that_is_waited_for_is_a_working_one_and_not_quiet() -> None:
    assert goes(one(digest=True), "2022-11-04", "14:00") == "2022-11-07 07:00"
    assert goes(one("monday", digest=True), "2022-11-04", "14:00") == "2022-11-08 07:00"
    assert goes(one("friday", digest=True), "2022-11-04", "06:00") == "2022-11-07 07:00"
    assert goes(one(digest=True), "2022-11-05", "06:00") == "2022-11-07 07:00"


@pytest.mark.parametrize(
    ("kind", "waits"),
    [
        *((kind, True) for kind in MEETING_KINDS),
        *((kind, True) for kind in (DutyKind.DECIDED, DutyKind.RETURNED, DutyKind.REOPENED)),
        *((kind, True) for kind in (DutyKind.SCORE, DutyKind.ESCALATE)),
        *((kind, False) for kind in (DutyKind.REMIND, DutyKind.DIGEST, DutyKind.WELCOME)),
        *((kind, False) for kind in (DutyKind.UNDELIVERED, DutyKind.RECEIVED, DutyKind.PROPOSED)),
    ],
)
def test_a_digest_holds_back_what_is_not_of_the_morning_anyhow(kind: DutyKind, waits: bool) -> None:
    assert (goes(one(digest=True), "2022-11-03", "14:00", kind) is not None) is waits


def test_what_is_urgent_waits_for_nothing() -> None:
    person = one("friday", digest=True)
    of = cycle(meeting("2022-11-21", state=State.CANCELLED))
    assert goes(person, "2022-11-18", "14:00", DutyKind.CANCEL, of) is None
    assert goes(person, "2022-11-11", "14:00", DutyKind.CANCEL, of) == "2022-11-14 07:00"


TEXTS = st.sampled_from([*WEEKDAYS, "2022-11-18", "2022-12-19..2022-12-30", "2022-11-07..2023-02-01"])


@settings(max_examples=150, deadline=None)
@given(
    quiet=st.lists(TEXTS, max_size=6),
    digest=st.booleans(),
    kind=st.sampled_from(DutyKind),
    day=st.integers(0, 120),
    clock=st.sampled_from(["00:15", "06:59", "07:00", "07:59", "08:00", "16:30", "23:59"]),
    on=st.integers(0, 140),
)
def test_what_waits_goes_later_on_a_morning_that_suits_and_never_gets_lost(
    quiet: list[str], digest: bool, kind: DutyKind, day: int, clock: str, on: int
) -> None:
    first = date(2022, 11, 1)
    of = cycle(meeting(str(first + timedelta(days=on))))
    person, now = one(*quiet, digest=digest), at(str(first + timedelta(days=day)), clock)
    duty = Duty(kind, "c", "meet", 1, person="ann")
    moment = not_before(of, person, duty, now)
    if moment is None:
        assert is_urgent(of, duty, now) or not person.quiet.covers(of.today(now))
        return
    there = moment.astimezone(COPENHAGEN)
    assert now < moment < now + timedelta(days=MORNINGS_SOUGHT)
    assert there.strftime("%H:%M") == "07:00"
    assert of.days.is_working(there.date())
    assert not person.quiet.covers(there.date()) or set(WEEKDAYS[:5]) <= set(quiet)
    assert not_before(of, person, duty, moment) is None or set(WEEKDAYS[:5]) <= set(quiet)


# --- copies -------------------------------------------------------------------------------------------------------

BO, CARL = member("bo", "board"), member("carl", "council")


def copy_of(away: Member, *others: Member, day: str = "2022-09-23", **facts: Any) -> str | None:
    about = milestone("draft", "2022-09-30", owed_by=("council",), **facts)
    return copies_to(cycle(about, members=(away, *others)), away, about, d(day))


@pytest.mark.parametrize(
    ("day", "wanted"),
    [("2022-09-19", None), ("2022-09-20", "bo"), ("2022-09-23", "bo"), ("2022-09-24", None)],
)
def test_a_delegate_gets_a_copy_while_delegated(day: str, wanted: str | None) -> None:
    away = replace(one(), delegate="bo", delegate_from=d("2022-09-20"), delegate_until=d("2022-09-23"))
    assert copy_of(away, BO, day=day) == wanted


def test_nobody_gets_a_copy_without_a_delegate_or_once_the_delegate_has_left() -> None:
    assert copy_of(one(), BO) is None
    assert copy_of(replace(one(), delegate="bo"), replace(BO, left=True)) is None
    assert copy_of(replace(one(), delegate="bo"), CARL) is None


def test_a_delegate_who_owes_the_same_is_reminded_anyway_until_done() -> None:
    away = replace(one(), delegate="carl")
    assert copy_of(away, CARL) is None
    assert copy_of(away, CARL, done_by=frozenset({"carl"})) == "carl"


def test_a_delegate_who_has_answered_gets_the_copy_of_a_meeting() -> None:
    about = meeting(owed_by=("council",))
    answered = {"carl": Invited(told=about.telling, told_on=d("2022-10-03"), answered=True)}
    away = replace(one(), delegate="carl")
    of = cycle(about, members=(away, CARL))
    assert copies_to(of, away, about, d("2022-11-11")) is None
    about.invited = answered
    assert copies_to(of, away, about, d("2022-11-11")) == "carl"
