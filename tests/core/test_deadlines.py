"""Dates by rule, against tables by hand and as properties."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.core.cycle import moment
from aarshjul.core.date_rules import WEEKDAYS, AfterRule, BeforeRule, DateRule, DayRule
from aarshjul.core.deadlines import day_by_rule, followers, resolve
from aarshjul.core.errors import Invalid
from aarshjul.core.working_days import Quiet, WorkingDays
from tests.builders import COPENHAGEN, d, days


def by_rule(contract_year: int, calendar: WorkingDays | None = None, **rule: object) -> date:
    return day_by_rule(
        DayRule(**rule),  # type: ignore[arg-type]
        contract_year=contract_year,
        days=calendar or WorkingDays(),
    )


@pytest.mark.parametrize(
    ("contract_year", "day", "month", "weekday", "wanted"),
    [
        (2023, 18, 11, "friday", "2022-11-18"),
        (2024, 18, 11, "friday", "2023-11-17"),  # 18 November 2023 is a Saturday
        (2025, 18, 11, "friday", "2024-11-15"),  # a Monday: the Friday before is nearer than the one after
        (2026, 18, 11, "friday", "2025-11-21"),  # a Tuesday: the one after is nearer
        (2023, 10, 2, "friday", "2023-02-10"),
        (2024, 10, 2, "friday", "2024-02-09"),  # 10 February 2024 is a Saturday
        (2023, 24, 6, "friday", "2022-06-24"),
        (2024, 24, 6, "friday", "2023-06-23"),
        (2023, 26, 5, "thursday", "2022-05-19"),  # Ascension: a week off either way, the earlier of the two
        (2024, 1, 4, "monday", "2024-03-25"),  # Easter Monday: again the earlier of the two
        (2024, 18, 11, None, "2023-11-17"),
        (2024, 10, 2, None, "2024-02-09"),
        (2023, 1, 1, None, "2022-12-30"),  # back over the turn of the year
        (2023, 30, 4, None, "2023-04-28"),  # April is in the contract's year
        (2023, 1, 5, None, "2022-04-29"),  # May in the one before; 1 May 2022 is a Sunday
        (2023, 5, 5, None, "2022-05-05"),
        (2024, 5, 5, None, "2023-05-04"),  # Store Bededag 2023
        (2025, 16, 5, None, "2024-05-16"),
        (2024, 29, 2, None, "2024-02-29"),
    ],
)
def test_a_day_of_the_year(
    contract_year: int, day: int, month: int, weekday: str | None, wanted: str
) -> None:
    assert by_rule(contract_year, day=day, month=month, weekday=weekday) == d(wanted)


def test_an_explicit_year_overrides() -> None:
    assert by_rule(2023, day=18, month=11, weekday="friday", year=2024) == d("2024-11-15")


def test_a_quiet_week_sends_a_weekday_to_the_nearest_other_week() -> None:
    quiet = days(quiet=[("2022-11-14", "2022-11-25")])
    assert by_rule(2023, quiet, day=18, month=11, weekday="friday") == d("2022-11-11")
    assert by_rule(2023, quiet, day=24, month=11, weekday="friday") == d("2022-12-02")
    assert by_rule(2023, quiet, day=18, month=11) == d("2022-11-11")


def test_a_day_that_its_year_has_not_is_said_to_be_missing() -> None:
    with pytest.raises(Invalid, match="day 29 of month 2 does not exist in 2023"):
        by_rule(2023, day=29, month=2)


def test_a_weekend_day_can_never_be_the_weekday_of_a_rule() -> None:
    with pytest.raises(Invalid, match="no usable saturday"):
        by_rule(2023, day=18, month=11, weekday="saturday")


@pytest.mark.parametrize(
    "rule",
    [{"day": 31, "month": 4}, {"day": 0, "month": 1}, {"day": 1, "month": 13}, {"day": 30, "month": 2}],
)
def test_a_day_that_no_year_has_is_refused_at_once(rule: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="does not exist"):
        DayRule(**rule)  # type: ignore[arg-type]


RULES: dict[str, date | DateRule] = {
    "signatures": AfterRule(after="council", working_days=10),
    "papers": BeforeRule(before="board", working_days=10),
    "board": BeforeRule(before="council", working_days=0),
    "council": date(2023, 2, 10),
    "draft": date(2022, 9, 30),
}


def test_chains_resolve_in_any_order() -> None:
    found = resolve(RULES, contract_year=2023, days=WorkingDays())
    assert found["board"] == d("2023-02-10")
    assert found["papers"] == d("2023-01-27")
    assert found["signatures"] == d("2023-02-24")


def test_a_rule_beside_a_fixed_saturday_falls_on_a_working_day() -> None:
    rules: dict[str, date | DateRule] = {"m": d("2024-02-10"), "b": BeforeRule(before="m", working_days=0)}
    assert resolve(rules, contract_year=2024, days=WorkingDays())["b"] == d("2024-02-09")


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (
            {"a": BeforeRule(before="b", working_days=1), "b": AfterRule(after="a", working_days=1)},
            "circle: a -> b -> a",
        ),
        ({"a": BeforeRule(before="a", working_days=1)}, "circle: a -> a"),
        ({"a": BeforeRule(before="x", working_days=1)}, "a hangs on x, which is not a milestone"),
    ],
)
def test_what_hangs_on_nothing_or_on_itself(rules: dict[str, date | DateRule], words: str) -> None:
    with pytest.raises(Invalid, match=words):
        resolve(rules, contract_year=2023, days=WorkingDays())


def follow(to: str, *stays: str, calendar: WorkingDays | None = None) -> dict[str, date]:
    return followers("council", d(to), rules=RULES, stays=frozenset(stays), days=calendar or WorkingDays())


def test_a_move_takes_everything_along_that_hangs_on_it() -> None:
    assert follow("2023-03-10") == {
        "board": d("2023-03-10"),
        "papers": d("2023-02-24"),
        "signatures": d("2023-03-24"),
    }


def test_what_stays_keeps_those_that_hang_on_it() -> None:
    assert follow("2023-03-10", "board") == {"signatures": d("2023-03-24")}


def test_what_follows_is_pushed_out_of_quiet_weeks() -> None:
    quiet = days(quiet=[("2023-02-20", "2023-03-03")])
    assert follow("2023-03-10", calendar=quiet)["papers"] == d("2023-02-17")


months = st.integers(1, 12)
quiets = st.lists(
    st.tuples(st.integers(0, 700), st.integers(0, 30)).map(
        lambda pair: Quiet(
            first=date(2022, 1, 1) + timedelta(days=pair[0]),
            last=date(2022, 1, 1) + timedelta(days=pair[0] + pair[1]),
        )
    ),
    max_size=4,
).map(tuple)
calendars = st.builds(
    WorkingDays,
    days_off=st.frozensets(st.dates(date(2022, 1, 1), date(2024, 12, 31)), max_size=12),
    quiet=quiets,
)


@settings(max_examples=150, deadline=None)
@given(
    calendar=calendars,
    day=st.integers(1, 28),
    month=months,
    weekday=st.sampled_from([None, *WEEKDAYS[:5]]),
    before=st.integers(0, 40),
    after=st.integers(0, 40),
)
def test_no_date_by_rule_falls_on_a_day_off_or_in_a_quiet_period(
    calendar: WorkingDays, day: int, month: int, weekday: str | None, before: int, after: int
) -> None:
    rules: dict[str, date | DateRule] = {
        "m": DayRule(day=day, month=month, weekday=weekday),
        "b": BeforeRule(before="m", working_days=before),
        "a": AfterRule(after="m", working_days=after),
    }
    found = resolve(rules, contract_year=2023, days=calendar)
    assert all(calendar.is_usable(each) for each in found.values())
    assert found["b"] <= found["m"] <= found["a"]
    assert weekday is None or WEEKDAYS[found["m"].weekday()] == weekday


@pytest.mark.parametrize(
    ("day", "clock", "utc"),
    [
        ("2022-11-18", "10:00", "2022-11-18T09:00"),
        ("2022-06-24", "10:00", "2022-06-24T08:00"),
        ("2022-03-27", "01:59", "2022-03-27T00:59"),
        ("2022-03-27", "02:30", "2022-03-27T01:30"),  # skipped by summer time: the same as 03:30
        ("2022-03-27", "03:30", "2022-03-27T01:30"),
        ("2022-10-30", "02:30", "2022-10-30T00:30"),  # twice that night: the first of the two
        ("2022-10-30", "03:00", "2022-10-30T02:00"),
    ],
)
def test_a_clock_time_in_copenhagen(day: str, clock: str, utc: str) -> None:
    assert moment(d(day), clock, COPENHAGEN) == datetime.fromisoformat(utc).replace(tzinfo=UTC)
