"""Working days against tables written by hand from the calendars of the years."""

from datetime import date, timedelta

import pytest

from aarshjul.core.errors import Invalid
from aarshjul.core.working_days import Quiet, WorkingDays, danish_holidays
from tests.builders import d, days

HOLIDAYS = {
    2022: "01-01 04-14 04-15 04-17 04-18 05-13 05-26 06-05 06-06 12-25 12-26",
    2023: "01-01 04-06 04-07 04-09 04-10 05-05 05-18 05-28 05-29 12-25 12-26",
    2024: "01-01 03-28 03-29 03-31 04-01 05-09 05-19 05-20 12-25 12-26",
    2025: "01-01 04-17 04-18 04-20 04-21 05-29 06-08 06-09 12-25 12-26",
}
STORE_BEDEDAG = {2022: "2022-05-13", 2023: "2023-05-05", 2024: "2024-04-26", 2025: "2025-05-16"}


@pytest.mark.parametrize("year", HOLIDAYS)
def test_the_public_holidays_of_a_year(year: int) -> None:
    assert danish_holidays(year) == {d(f"{year}-{day}") for day in HOLIDAYS[year].split()}


@pytest.mark.parametrize(("year", "works"), [(2022, False), (2023, False), (2024, True), (2025, True)])
def test_store_bededag_is_a_working_day_from_2024(year: int, works: bool) -> None:
    assert WorkingDays().is_working(d(STORE_BEDEDAG[year])) is works


@pytest.mark.parametrize(
    ("day", "count", "wanted"),
    [
        ("2022-11-18", -10, "2022-11-04"),  # ten working days before the dialogue meeting
        ("2023-02-10", -10, "2023-01-27"),
        ("2022-06-24", -10, "2022-06-10"),
        ("2022-06-13", -5, "2022-06-03"),  # over Whit Monday
        ("2022-04-13", 1, "2022-04-19"),  # over the whole of Easter
        ("2022-05-25", 1, "2022-05-27"),  # the Friday after Ascension is no public holiday
        ("2022-12-23", 1, "2022-12-27"),
        ("2022-11-19", 0, "2022-11-19"),  # none: the day itself, even a Saturday
        ("2022-11-19", 1, "2022-11-21"),
        ("2022-11-19", -1, "2022-11-18"),
    ],
)
def test_counting_working_days(day: str, count: int, wanted: str) -> None:
    assert WorkingDays().add(d(day), count) == d(wanted)


def test_a_day_off_of_the_cycle_counts_as_a_holiday() -> None:
    assert days("2022-12-23").add(d("2022-12-22"), 1) == d("2022-12-27")


def test_a_quiet_day_is_a_working_day_that_nothing_is_put_on() -> None:
    calendar = days(quiet=[("2022-07-04", "2022-08-05")])
    first, last = d("2022-07-04"), d("2022-08-05")
    assert calendar.is_working(first)
    assert calendar.is_working(last)
    assert not calendar.is_usable(first)
    assert not calendar.is_usable(last, even_off=True)
    assert calendar.is_usable(first - timedelta(days=3))
    assert calendar.is_usable(last + timedelta(days=3))
    assert calendar.usable_on_or_before(last) == d("2022-07-01")
    assert calendar.usable_on_or_after(first) == d("2022-08-08")


def test_a_quiet_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Quiet(first=d("2022-07-02"), last=d("2022-07-01"))


def test_a_calendar_without_a_usable_day_is_refused_rather_than_searched_for_ever() -> None:
    calendar = days(quiet=[("2020-01-01", "2030-01-01")])
    with pytest.raises(Invalid, match="no usable day"):
        calendar.usable_on_or_after(date(2022, 1, 3))
