"""Rules for dates that no year could follow."""

import pytest

from aarshjul.core.date_rules import DayRule


@pytest.mark.parametrize(
    ("day", "month", "year"), [(31, 6, None), (30, 2, None), (0, 1, None), (1, 13, None), (29, 2, 2023)]
)
def test_day_that_does_not_exist_is_refused(day: int, month: int, year: int | None) -> None:
    with pytest.raises(ValueError, match="does not exist"):
        DayRule(day=day, month=month, year=year)


def test_29_february_waits_for_its_year() -> None:
    assert DayRule(day=29, month=2).year is None
    assert DayRule(day=29, month=2, year=2024).day == 29


def test_weekday_is_an_english_name() -> None:
    with pytest.raises(ValueError, match="fredag is not a weekday"):
        DayRule(day=1, month=1, weekday="fredag")
