"""Invitations as a calendar program reads them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import vobject

from calendars.invitation import Method, PartStat, invitation
from calendars.item import CalendarItem, Status
from tests.calendars.items import CHAIR, DIALOGUE, PAPERS, SECRETARIAT, parsed
from tests.goldens import FOLDER, agrees

UPDATED = replace(
    DIALOGUE,
    sequence=2,
    status=Status.CONFIRMED,
    starts=datetime(2022, 11, 25, 9, tzinfo=UTC),
    place="Hjørring",
)
CANCELLED = replace(UPDATED, sequence=3, status=Status.CANCELLED)


def written(
    item: CalendarItem, method: Method = Method.REQUEST, partstat: PartStat = PartStat.NEEDS_ACTION
) -> bytes:
    return invitation(item=item, method=method, organizer=SECRETARIAT, attendee=CHAIR, partstat=partstat)


GOLDEN = {
    "request": written(DIALOGUE),
    "update": written(UPDATED),
    "confirmed": written(replace(DIALOGUE, status=Status.CONFIRMED), partstat=PartStat.ACCEPTED),
    "cancel": written(CANCELLED, Method.CANCEL),
    "leaver": written(UPDATED, Method.CANCEL),
    "all-day": written(PAPERS),
}


@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_the_invitation_is_that_of_the_golden_file(name: str) -> None:
    assert agrees(FOLDER / "calendars" / f"{name}.ics", GOLDEN[name])


def test_every_golden_file_belongs_to_a_case() -> None:
    found = {path.stem for path in (FOLDER / "calendars").glob("*.ics")}
    assert found == set(GOLDEN) | {"feed"}


def test_a_request_asks_one_person_and_comes_from_the_organiser() -> None:
    calendar = parsed(GOLDEN["request"])
    event = calendar.events[0]
    attendee, organizer = event["attendee"], event["organizer"]
    assert calendar["method"] == "REQUEST"
    assert organizer == "mailto:aarshjul@kkr.example.org"
    assert organizer.params["CN"] == "Sekretariatet for KKR Nordjylland"
    assert attendee == "mailto:formand@ehnj.example.org"
    assert dict(attendee.params) == {
        "CN": "Formand 'Åse', bestyrelsen",
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "TRUE",
    }
    assert event["status"] == "TENTATIVE"


def test_update_and_cancellation_keep_the_uid_and_raise_the_sequence() -> None:
    events = [parsed(GOLDEN[name]).events[0] for name in ("request", "update", "cancel")]
    assert len({str(event["uid"]) for event in events}) == 1
    assert [event["sequence"] for event in events] == [1, 2, 3]


def test_a_confirmation_keeps_the_answer_and_asks_for_none() -> None:
    attendee = parsed(GOLDEN["confirmed"]).events[0]["attendee"]
    assert (attendee.params["PARTSTAT"], attendee.params["RSVP"]) == ("ACCEPTED", "FALSE")


def test_a_cancellation_says_so_and_asks_for_nothing() -> None:
    calendar = parsed(GOLDEN["cancel"])
    event = calendar.events[0]
    assert (calendar["method"], event["status"]) == ("CANCEL", "CANCELLED")
    assert event["summary"].startswith("AFLYST: ")
    assert "RSVP" not in event["attendee"].params


def test_who_leaves_gets_a_cancellation_of_a_meeting_that_is_not_called_off() -> None:
    event = parsed(GOLDEN["leaver"]).events[0]
    assert event["transp"] == "TRANSPARENT"
    assert "status" not in event  # RFC 5546, 3.2.5: it must not be there where one attendee is taken off
    assert event["summary"] == DIALOGUE.title


@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_every_invitation_reads_the_same_in_vobject(name: str) -> None:
    of_vobject = vobject.readOne(GOLDEN[name].decode())
    event = parsed(GOLDEN[name]).events[0]
    assert of_vobject.method.value in {"REQUEST", "CANCEL"}
    assert of_vobject.vevent.uid.value == str(event["uid"])
    assert of_vobject.vevent.summary.value == str(event["summary"])
    assert of_vobject.vevent.attendee.value == str(event["attendee"])
    assert of_vobject.vevent.dtstart.value == event.start


def test_no_second_sequence_for_outlook() -> None:
    assert not any(b"X-MICROSOFT" in raw for raw in GOLDEN.values())
