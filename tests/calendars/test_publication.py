"""One entry to be taken by hand, as RFC 5546 wants a PUBLISH to be."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from sqlalchemy import Engine
from sqlmodel import col, select

from calendars.address import Address
from calendars.errors import CalendarError
from calendars.publication import milestone_publication, publication
from models.engine import reading, writing
from models.milestone import Milestone
from tests.calendars.items import CALLED_OFF, DIALOGUE, ITEMS, PAPERS, SECRETARIAT, parsed
from tests.calendars.records import MILESTONES, PEOPLE, URL, bring, entries, shown, small
from tests.calendars.test_any_text import texts

ONCE = ("DTSTAMP", "DTSTART", "ORGANIZER", "SUMMARY", "UID")


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.uid)
def test_it_is_one_event_with_an_organiser_and_nobody_asked(item: object) -> None:
    raw = publication(item, SECRETARIAT)  # type: ignore[arg-type]
    calendar = parsed(raw)
    assert calendar["method"] == "PUBLISH"
    assert [component.name for component in calendar.subcomponents if component.name != "VTIMEZONE"] == [
        "VEVENT"
    ]
    lines = raw.replace(b"\r\n ", b"").decode().split("\r\n")
    event = lines[lines.index("BEGIN:VEVENT") :]
    for name in ONCE:
        assert sum(line.startswith((f"{name}:", f"{name};")) for line in event) == 1, name
    for name in ("ATTENDEE", "REQUEST-STATUS", "NAME:", "X-WR", "REFRESH", "X-PUBLISHED"):
        assert not [line for line in lines if line.startswith(name)]
    assert calendar.events[0]["organizer"] == "mailto:aarshjul@kkr.example.org"


def test_an_all_day_entry_needs_no_zone_and_a_timed_one_has_its_own() -> None:
    assert b"VTIMEZONE" not in publication(PAPERS, SECRETARIAT)
    assert publication(DIALOGUE, SECRETARIAT).count(b"BEGIN:VTIMEZONE") == 1
    london = publication(replace(DIALOGUE, zone="Europe/London"), SECRETARIAT)
    assert parsed(london).events[0].start == DIALOGUE.starts


def test_a_cancelled_one_says_so() -> None:
    assert parsed(publication(CALLED_OFF, SECRETARIAT)).events[0]["status"] == "CANCELLED"


@settings(max_examples=60, deadline=None)
@given(text=texts)
def test_any_name_of_the_organiser_stays_within_its_parameter(text: str) -> None:
    raw = publication(replace(DIALOGUE, title=f"a{text}"), Address(name=text, email="a@example.org"))
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    event = parsed(raw).events[0]
    assert not event.errors
    assert event["organizer"] == "mailto:a@example.org"
    assert set(event["organizer"].params) == {"CN"}
    assert raw.count(b"\r\nEND:VEVENT\r\n") == 1


def test_it_is_the_entry_of_the_feed(record: Engine) -> None:
    with reading(record) as session:
        raw = milestone_publication(session, "c", "open-house", SECRETARIAT, language="en", web_url=URL)
    published = entries(raw)["c.open-house"]
    del published["organizer"]
    assert published.to_ical() == entries(shown(record, "cycle c", "", "en"))["c.open-house"].to_ical()


def test_what_is_not_there_has_no_date_or_is_a_draft_is_refused(record: Engine, tmp_path: Path) -> None:
    bring(record, tmp_path, small(*MILESTONES, people=PEOPLE, id="d"))
    with writing(record) as session:
        session.exec(
            select(Milestone).where(col(Milestone.slug) == "papers", col(Milestone.cycle_id) == "c")
        ).one().on = None
    for cycle, slug, why in (
        ("c", "nix", "open-house"),
        ("c", "papers", "no date"),
        ("d", "vote", "not activated"),
    ):
        with reading(record) as session, pytest.raises(CalendarError, match=why):
            milestone_publication(session, cycle, slug, SECRETARIAT)
