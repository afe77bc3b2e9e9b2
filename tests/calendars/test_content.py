"""Content lines as icalendar would write and reads them: the same folding, the same text, whatever people type."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Event

from calendars.content import duration, escaped, utc, written
from calendars.text import clean
from tests.calendars.test_any_text import texts


@settings(max_examples=150, deadline=None)
@given(text=texts.map(clean))
def test_lines_are_folded_as_icalendar_folds_them(text: str) -> None:
    raw = written(["BEGIN:VEVENT", f"X-FOLDED:{escaped(text)}", "END:VEVENT"])
    assert Event.from_ical(raw).to_ical() == raw


@settings(max_examples=100, deadline=None)
@given(text=texts.map(clean))
def test_a_text_is_read_back_as_it_was(text: str) -> None:
    raw = written(["BEGIN:VEVENT", f"SUMMARY:{escaped(text)}", "END:VEVENT"])
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert Event.from_ical(raw)["SUMMARY"] == text


@pytest.mark.parametrize(
    "text", ["C:\\Nord", "a\\nb", "\\", "\\\\N", "a\\,b;c", "x" * 65 + "\\\\y", "å" * 32 + "\\;z"]
)
def test_a_backslash_is_a_backslash(text: str) -> None:
    raw = written(["BEGIN:VEVENT", f"SUMMARY:{escaped(text)}", "END:VEVENT"])
    assert Event.from_ical(raw)["SUMMARY"] == text


@pytest.mark.parametrize(
    ("length", "nominal", "expected"),
    [
        (timedelta(hours=4), False, "PT4H"),
        (timedelta(), False, "PT0M"),
        (-timedelta(hours=1), False, "-PT1H"),
        (-timedelta(hours=26, minutes=30), False, "-PT26H30M"),
        (-timedelta(hours=15), True, "-PT15H"),
        (-timedelta(days=3, hours=15), True, "-P3DT15H"),
        (timedelta(days=2), True, "P2D"),
    ],
)
def test_a_length_of_time_is_written_in_days_only_where_days_are_meant(
    length: timedelta, nominal: bool, expected: str
) -> None:
    assert duration(length, nominal=nominal) == expected


@settings(max_examples=100, deadline=None)
@given(minutes=st.integers(-60 * 24 * 40, 60 * 24 * 40), nominal=st.booleans())
def test_a_length_of_time_is_read_back(minutes: int, nominal: bool) -> None:
    length = timedelta(minutes=minutes)
    raw = f"BEGIN:VEVENT\r\nDURATION:{duration(length, nominal=nominal)}\r\nEND:VEVENT\r\n"
    event: Any = Event.from_ical(raw)
    assert event["DURATION"].dt == length


def test_a_moment_is_written_in_utc() -> None:
    assert utc(datetime(2022, 1, 2, 3, 4, 5, tzinfo=UTC)) == "20220102T030405Z"
