"""When a calendar reminds: at an hour at which people are awake and offices are open."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.core.working_days import WorkingDays
from calendars.alarms import alarm_before
from tests.builders import days

ZONE = "Europe/Copenhagen"
THERE = ZoneInfo(ZONE)


@pytest.mark.parametrize(
    ("on", "off", "rings"),
    [
        ("2022-11-18", (), "2022-11-17"),  # a Friday
        ("2022-11-21", (), "2022-11-18"),  # a Monday: on Friday
        ("2022-12-27", (), "2022-12-23"),  # after Christmas
        ("2022-12-27", ("2022-12-23",), "2022-12-22"),
        ("2022-10-31", (), "2022-10-28"),  # clocks go back in between
        ("2022-03-28", (), "2022-03-25"),  # and forward
    ],
)
@pytest.mark.parametrize("at", [None, "12:00", "08:00"])
def test_a_deadline_rings_at_nine_on_the_working_day_before(
    on: str, off: tuple[str, ...], rings: str, at: str | None
) -> None:
    day = date.fromisoformat(on)
    starts = day if at is None else datetime.fromisoformat(f"{on}T{at}").replace(tzinfo=THERE)
    before = alarm_before("deadline", starts, days(*off), ZONE)
    if isinstance(starts, datetime):
        moment = (starts.astimezone(ZoneInfo("UTC")) - before).astimezone(THERE)
    else:  # from midnight, by the clock
        moment = (datetime(day.year, day.month, day.day) - before).replace(tzinfo=THERE)  # noqa: DTZ001 -- local
    assert moment.strftime("%Y-%m-%d %H:%M") == f"{rings} 09:00"


@pytest.mark.parametrize("kind", ["meeting", "decision"])
def test_where_one_has_to_be_somewhere_it_rings_an_hour_before(kind: str) -> None:
    starts = datetime(2022, 11, 21, 10, tzinfo=THERE)
    assert alarm_before(kind, starts, WorkingDays(), ZONE) == timedelta(hours=1)


@settings(max_examples=60, deadline=None)
@given(
    on=st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    kind=st.sampled_from(["deadline", "meeting", "decision"]),
)
def test_no_all_day_entry_rings_on_a_day_off_or_at_night(on: date, kind: str) -> None:
    before = alarm_before(kind, on, WorkingDays(), ZONE)
    moment = datetime(on.year, on.month, on.day) - before  # noqa: DTZ001 -- by the clock
    assert moment.hour == 9
    assert moment.date() < on
    assert WorkingDays().is_working(moment.date())
