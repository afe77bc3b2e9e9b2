"""The days on which somebody wants to be left in peace, from their texts."""

from datetime import timedelta
from typing import Any

import pytest

from aarshjul.core.date_rules import WEEKDAYS
from aarshjul.core.quiet_days import QuietDays, quiet_days
from tests.builders import d


@pytest.mark.parametrize(
    ("texts", "covered", "free"),
    [
        ([], [], ["2022-11-18", "2022-11-19"]),
        (["friday"], ["2022-11-18", "2022-11-25"], ["2022-11-17", "2022-11-19"]),
        (["2022-11-18"], ["2022-11-18"], ["2022-11-17", "2022-11-19", "2022-11-25"]),
        (
            ["2022-12-19..2022-12-30"],
            ["2022-12-19", "2022-12-25", "2022-12-30"],
            ["2022-12-18", "2022-12-31"],
        ),
        (["2022-12-19..2022-12-19"], ["2022-12-19"], ["2022-12-18", "2022-12-20"]),
        (["monday", "sunday", "2022-11-16"], ["2022-11-14", "2022-11-20", "2022-11-16"], ["2022-11-15"]),
    ],
)
def test_quiet_days_cover_their_weekdays_and_both_ends_of_their_periods(
    texts: list[str], covered: list[str], free: list[str]
) -> None:
    quiet = quiet_days(texts)
    assert [day for day in covered if not quiet.covers(d(day))] == []
    assert [day for day in free if quiet.covers(d(day))] == []
    assert bool(quiet) is bool(texts)


@pytest.mark.parametrize("texts", [["Friday"], ["fri"], ["2022-13-01"], ["2022-11-18...2022-11-19"], [""]])
def test_other_texts_are_no_quiet_days(texts: list[str]) -> None:
    with pytest.raises(ValueError, match=r"fri|Fri|isoformat|month|format"):
        quiet_days(texts)


@pytest.mark.parametrize(
    "values", [{"weekdays": frozenset({7})}, {"periods": ((d("2022-11-18"), d("2022-11-17")),)}]
)
def test_impossible_quiet_days_are_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"numbered|before it begins"):
        QuietDays(**values)


@pytest.mark.parametrize("weekday", WEEKDAYS)
def test_every_weekday_is_its_own(weekday: str) -> None:
    monday = d("2022-11-14")
    found = [count for count in range(7) if quiet_days([weekday]).covers(monday + timedelta(days=count))]
    assert [WEEKDAYS[count] for count in found] == [weekday]
