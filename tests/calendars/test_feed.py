"""Feeds as three readers see them: the file itself, icalendar and vobject."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
import vobject

from calendars.errors import CalendarError
from calendars.feed import feed
from calendars.item import CalendarItem
from tests.calendars.items import DIALOGUE, ITEMS, JUNE, PAPERS, parsed
from tests.goldens import FOLDER, agrees


def made(*items: CalendarItem, zone: str = "Europe/Copenhagen") -> bytes:
    return feed(
        name="Årshjul: Resultatkontrakt 2023",
        description="Alle milepæle; Erhvervshus Nordjylland, KKR Nordjylland",
        items=items,
        zone=zone,
        refresh=timedelta(hours=4),
    )


def lines(raw: bytes) -> list[str]:
    return raw.decode().replace("\r\n ", "").split("\r\n")


def test_the_feed_is_that_of_the_golden_file() -> None:
    assert agrees(FOLDER / "calendars" / "feed.ics", made(*ITEMS))


def test_a_feed_is_published_and_nobody_is_invited() -> None:
    written = lines(made(*ITEMS))
    assert not [line for line in written if line.startswith(("METHOD", "ORGANIZER", "ATTENDEE"))]
    assert not [line for line in written[: written.index("BEGIN:VTIMEZONE")] if line.startswith("UID")]
    assert "PRODID:-//Aarshjul//Annual wheel//EN" in written
    assert "NAME:Årshjul: Resultatkontrakt 2023" in written
    assert "X-WR-CALNAME:Årshjul: Resultatkontrakt 2023" in written
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT4H" in written
    assert "X-PUBLISHED-TTL:PT4H" in written


def test_the_same_items_in_any_order_are_the_same_bytes() -> None:
    assert len({made(*order) for order in permutations(ITEMS)}) == 1


def test_an_empty_feed_still_holds_a_component() -> None:
    assert parsed(made()).walk("VTIMEZONE")


def test_two_entries_with_one_uid_are_refused() -> None:
    with pytest.raises(CalendarError, match="UID"):
        made(JUNE, replace(DIALOGUE, uid=JUNE.uid))


def test_times_are_the_same_instants_for_both_readers_in_summer_and_winter() -> None:
    raw = made(JUNE, DIALOGUE)
    of_icalendar = {str(event["uid"]): event.start for event in parsed(raw).events}
    of_vobject = {event.uid.value: event.dtstart.value for event in vobject.readOne(raw.decode()).vevent_list}
    for item in (JUNE, DIALOGUE):
        assert of_icalendar[item.uid].astimezone(UTC) == item.starts
        assert of_vobject[item.uid].astimezone(UTC) == item.starts
    assert "DTSTART;TZID=Europe/Copenhagen:20220624T093000" in lines(raw)
    assert "DTSTART;TZID=Europe/Copenhagen:20221118T100000" in lines(raw)


def test_the_rules_of_copenhagen_are_written_as_rules() -> None:
    written = lines(made(JUNE))
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in written
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in written
    assert {"DTSTART:19700329T020000", "DTSTART:19701025T030000"} <= set(written)
    assert not [line for line in written if line.startswith("RDATE")]


@pytest.mark.parametrize(
    ("moment", "local"),
    [
        (datetime(2022, 3, 27, 0, 59, tzinfo=UTC), ";TZID=Europe/Copenhagen:20220327T015900"),
        (datetime(2022, 3, 27, 1, 0, tzinfo=UTC), ";TZID=Europe/Copenhagen:20220327T030000"),
        # The hour that comes twice: readers differ about which of the two its local name means.
        (datetime(2022, 10, 30, 0, 30, tzinfo=UTC), ":20221030T003000Z"),
        (datetime(2022, 10, 30, 1, 30, tzinfo=UTC), ":20221030T013000Z"),
        (datetime(2022, 10, 30, 2, 0, tzinfo=UTC), ";TZID=Europe/Copenhagen:20221030T030000"),
    ],
)
def test_the_nights_on_which_clocks_change(moment: datetime, local: str) -> None:
    raw = made(replace(DIALOGUE, starts=moment))
    assert f"DTSTART{local}" in lines(raw)
    assert parsed(raw).events[0].start.astimezone(UTC) == moment


@pytest.mark.parametrize(
    "zone", ["Europe/London", "Atlantic/Faroe", "Europe/Helsinki", "UTC", "Atlantic/Reykjavik"]
)
def test_another_european_zone_gives_the_same_instant(zone: str) -> None:
    for moment in (datetime(2022, 1, 18, 9, tzinfo=UTC), datetime(2022, 7, 18, 9, tzinfo=UTC)):
        raw = made(replace(DIALOGUE, starts=moment, zone=zone), zone=zone)
        assert vobject.readOne(raw.decode()).vevent.dtstart.value.astimezone(UTC) == moment


@pytest.mark.parametrize("zone", ["America/New_York", "America/Nuuk", "Mars/Olympus", "../etc/passwd", ""])
def test_a_zone_that_rules_cannot_express_is_refused(zone: str) -> None:
    with pytest.raises(CalendarError, match="time zone"):
        made(DIALOGUE, zone=zone)


def test_an_all_day_entry_is_a_date_and_takes_nobodys_time() -> None:
    written = lines(made(PAPERS))
    assert {"DTSTART;VALUE=DATE:20221104", "DTEND;VALUE=DATE:20221105", "TRANSP:TRANSPARENT"} <= set(written)
    assert vobject.readOne(made(PAPERS).decode()).vevent.dtstart.value == date(2022, 11, 4)


def test_a_cancelled_entry_stays_and_says_so_twice() -> None:
    events = {str(event["uid"]): event for event in parsed(made(*ITEMS)).events}
    cancelled = events["nordjylland-2023.extra@aarshjul.example.org"]
    assert (cancelled["status"], cancelled["summary"]) == ("CANCELLED", "AFLYST: Ekstra møde")
    assert cancelled["transp"] == "TRANSPARENT"
    tentative = events[DIALOGUE.uid]
    assert (tentative["status"], tentative["summary"]) == ("TENTATIVE", f"Foreløbig: {DIALOGUE.title}")
    assert tentative["sequence"] == 1


def test_the_stamp_is_the_items_own() -> None:
    written = lines(made(PAPERS))
    assert {"DTSTAMP:20220301T080000Z", "LAST-MODIFIED:20220301T080000Z"} <= set(written)
