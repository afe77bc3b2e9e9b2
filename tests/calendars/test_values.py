"""Values as icalendar should write and does read them: the same text, whatever people type, and the same instants."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Event, vDuration

from calendars.text import clean
from calendars.values import Hours, Text, categories, utc, when
from tests.calendars.test_any_text import texts

COPENHAGEN = "Europe/Copenhagen"


def through_a_file(name: str, value: object) -> Any:
    event = Event()
    event[name] = value
    raw = event.to_ical()
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert raw.count(b"\n") == raw.count(b"\r\n")
    read = Event.from_ical(raw)
    assert not read.errors
    return read[name]


@settings(max_examples=150, deadline=None)
@given(text=texts.map(clean))
def test_a_text_is_read_back_as_it_was(text: str) -> None:
    assert through_a_file("SUMMARY", Text(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "C:\\Nord",
        "\\N",
        "\\\\N",
        "\\\\\\N\\N",
        "\\\nN",
        "a\\nb\\Nc\nd",
        "\\",
        "a\\,b;c\\N,;",
        "x" * 65 + "\\\\y",
        "x" * 65 + "\\Ny",
        "x" * 66 + "\\Ny",
        "å" * 32 + "\\;z",
    ],
)
def test_a_backslash_is_a_backslash(text: str) -> None:
    assert through_a_file("SUMMARY", Text(text)) == text
    raw = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:" + Text(text).to_ical()
    raw += b"\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    assert vobject.readOne(raw.decode()).vevent.summary.value == text


@settings(max_examples=60, deadline=None)
@given(names=st.lists(texts.map(lambda text: f"a{text}"), min_size=1, max_size=3))
def test_categories_keep_their_number_and_their_text(names: list[str]) -> None:
    expected = [" ".join(clean(name).split()) for name in names]
    assert [str(each) for each in through_a_file("CATEGORIES", categories(tuple(names))).cats] == expected


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (timedelta(hours=4), b"PT4H"),
        (timedelta(), b"PT0M"),
        (-timedelta(hours=1), b"-PT1H"),
        (timedelta(minutes=5), b"PT5M"),
        (-timedelta(hours=26, minutes=30), b"-PT26H30M"),
        (-timedelta(days=3, hours=1), b"-PT73H"),
    ],
)
def test_a_length_of_time_is_written_in_hours_where_days_are_not_meant(
    length: timedelta, expected: bytes
) -> None:
    assert Hours(length).to_ical() == expected


@pytest.mark.parametrize("kind", [Hours, vDuration])
@settings(max_examples=60, deadline=None)
@given(minutes=st.integers(-60 * 24 * 40, 60 * 24 * 40))
def test_a_length_of_time_is_read_back(kind: type[vDuration], minutes: int) -> None:
    length = timedelta(minutes=minutes)
    assert through_a_file("DURATION", kind(length)).dt == length


@pytest.mark.parametrize(
    ("moment", "zone", "expected"),
    [
        (date(2022, 2, 28), COPENHAGEN, ("20220228", {"VALUE": "DATE"})),
        (datetime(2022, 7, 1, 8, tzinfo=UTC), COPENHAGEN, ("20220701T100000", {"TZID": COPENHAGEN})),
        (datetime(2022, 7, 1, 8, tzinfo=UTC), "UTC", ("20220701T080000Z", {})),
        # The first and the second time that clocks show half past two, and what is just beside.
        (datetime(2022, 10, 30, 0, 30, tzinfo=UTC), COPENHAGEN, ("20221030T003000Z", {})),
        (datetime(2022, 10, 30, 1, 30, tzinfo=UTC), COPENHAGEN, ("20221030T013000Z", {})),
        (datetime(2022, 10, 29, 23, 59, tzinfo=UTC), COPENHAGEN, ("20221030T015900", {"TZID": COPENHAGEN})),
        (datetime(2022, 10, 30, 2, 0, tzinfo=UTC), COPENHAGEN, ("20221030T030000", {"TZID": COPENHAGEN})),
    ],
)
def test_when_is_a_date_or_a_moment_on_the_clocks_of_the_zone(
    moment: date | datetime, zone: str, expected: tuple[str, dict[str, str]]
) -> None:
    (value,) = when(zone, moment)
    assert (value.to_ical().decode(), dict(value.params)) == expected


@pytest.mark.parametrize("hours", [(0.5, 4), (-3, 0.5), (-3, 1.5)])
def test_one_moment_that_comes_twice_puts_its_whole_entry_in_utc(hours: tuple[float, float]) -> None:
    midnight = datetime(2022, 10, 30, tzinfo=UTC)
    values = when(COPENHAGEN, *(midnight + timedelta(hours=each) for each in hours))
    assert [dict(value.params) for value in values] == [{}, {}]
    assert [value.to_ical()[-1:] for value in values] == [b"Z", b"Z"]


def test_a_moment_is_written_in_utc() -> None:
    assert utc(datetime.fromisoformat("2022-01-02T05:04:05+02:00")).to_ical() == b"20220102T030405Z"


@pytest.mark.parametrize(
    "zone", ["Europe/Copenhagen", "Arctic/Longyearbyen", "Atlantic/Jan_Mayen", "Europe/Kyiv"]
)
def test_a_zone_keeps_its_own_name(zone: str) -> None:
    """Several names mean the same clocks, and only this one has its rules in the file."""
    (value,) = when(zone, datetime(2022, 7, 1, 8, tzinfo=UTC))
    assert value.params == {"TZID": zone}
