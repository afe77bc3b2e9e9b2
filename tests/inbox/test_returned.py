"""What is proposed and what comes back: told to the coordinators, marked where it is true, and never twice."""

import pytest

from aarshjul.inbox.handling import Folder
from models.engine import writing
from models.message import Attempt, Message
from tests.inbox import mails
from tests.inbox.mails import head, ics, mail, reply, report
from tests.inbox.place import ON_ONE, UID, Place

B1, BC, CO = "b1@example.org", "bc@example.org", "co@example.org"


# --- another time ------------------------------------------------------------------------------------------------


def test_proposed_time_goes_to_the_coordinators_and_changes_nothing(place: Place) -> None:
    more = (
        "DTSTART;TZID=Romance Standard Time:20221121T090000\nDTEND:20221121T103000Z\nCOMMENT:Hellere\\, tak"
        "\nLOCATION:Hjørring\\, \\n byrådssalen"
    )
    raw = reply(B1, ics(UID, B1, "TENTATIVE", method="COUNTER", more=more))
    handled = place.receive(raw)
    assert (handled.outcome, handled.folder) == ("proposed", Folder.FORWARDED)
    assert place.invitation("b1") == ("needs-action", None, None)
    assert str(place.world.milestone("dialogue").on) == "2022-11-18"
    row = place.row()
    messages = place.told()
    assert [message.key for message in messages] == [
        f"c/dialogue/-/proposed/{row.id}/co",
        f"c/dialogue/-/proposed/{row.id}/gone",
    ]
    telling = {
        "on": "2022-11-21",
        "at": "09:00",
        "ends": "11:30",
        "place": "Hjørring, byrådssalen",
        "status": "confirmed",
    }
    assert messages[0].facts == {
        "received": row.id,
        "person": "b1",
        "proposed": telling,
        "comment": "Hellere, tak",
    }
    assert row.raw == raw


TIMES = [
    ("DTSTART;VALUE=DATE:20221121", ("2022-11-21", None, None)),
    (
        "DTSTART:20221121T090000\nDTEND:20221121T100000",
        ("2022-11-21", "09:00", "10:00"),
    ),  # nobody's zone: ours
    ("DTSTART:20221120T233000Z\nDTEND:20221121T010000Z", ("2022-11-21", "00:30", "02:00")),
    (
        "DTSTART:20221121T220000Z\nDTEND:20221122T010000Z",
        ("2022-11-21", "23:00", None),
    ),  # a milestone has one day
    ("DTSTART:20221121T090000Z\nDTEND:20221121T080000Z", ("2022-11-21", "10:00", None)),
]


@ON_ONE
def test_proposed_time_is_on_the_cycles_own_clocks(place: Place) -> None:
    for number, (more, _) in enumerate(TIMES):
        place.receive(reply(B1, ics(UID, B1, method="COUNTER", more=more), number=number))
    tellings = [(m.facts or {})["proposed"] for m in place.told() if m.person_id == "co"]
    assert [(telling["on"], telling["at"], telling["ends"]) for telling in tellings] == [
        when for _, when in TIMES
    ]


@ON_ONE
def test_proposal_without_a_time_is_passed_on(place: Place) -> None:
    assert place.receive(reply(B1, ics(UID, B1, method="COUNTER"))).outcome == "forwarded"
    assert (place.told()[0].facts or {})["why"] == "unclear"


# --- what came back ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("made", [report, mails.exchange_report])
def test_message_that_came_back_has_failed_and_is_told(place: Place, made: type) -> None:
    handled = place.receive(made(B1, place.reference("b1")))
    assert (handled.outcome, handled.folder) == ("bounced", Folder.HANDLED)
    message = place.sent("b1")
    assert message.state == "failed"
    (attempt,) = place.attempts(message)
    assert (attempt.outcome, attempt.code, attempt.recipient) == ("bounced", 550, B1)
    assert attempt.text.startswith("550 5.1.1")
    assert place.person("b1").bounced_at == place.now
    row = place.row()
    assert (row.reference, row.person_id, row.milestone) == (message.reference, "b1", "dialogue")
    assert [told.key for told in place.told()] == [
        f"c/-/{row.id}/undelivered/{message.id}/co",
        f"c/-/{row.id}/undelivered/{message.id}/gone",
    ]
    assert place.told()[0].facts == {"received": row.id, "failed": [message.id]}


@ON_ONE
def test_address_that_was_changed_since_is_not_marked(place: Place) -> None:
    place.set_person("b1", email="new@example.org")
    assert place.receive(report(B1, place.reference("b1"))).outcome == "bounced"
    assert place.person("b1").bounced_at is None
    assert place.sent("b1").state == "failed"


def test_copy_that_came_back_leaves_the_message_sent(place: Place) -> None:
    message = place.sent("b1")
    with writing(place.engine) as session:
        session.add(
            Attempt(
                message_id=message.id or 0,
                attempted_at=place.now,
                outcome="sent",
                code=250,
                text="ok",
                recipient="bd@example.org",
            )
        )
    place.receive(report("bd@example.org", place.reference("b1")))
    assert place.sent("b1").state == "sent"
    assert place.person("bd").bounced_at == place.now
    assert place.person("b1").bounced_at is None
    assert len(place.told()) == 2


@ON_ONE
def test_message_that_is_on_its_way_anew_stays_so(place: Place) -> None:
    with writing(place.engine) as session:
        session.get_one(Message, place.sent("b1").id).state = "waiting"
    place.receive(report(B1, place.reference("b1")))
    assert place.sent("b1").state == "waiting"
    assert [attempt.outcome for attempt in place.attempts(place.sent("b1"))] == ["bounced"]


@ON_ONE
def test_message_that_was_sent_again_and_came_back_again_is_told_again(place: Place) -> None:
    reference = place.reference("b1")
    place.receive(report(B1, reference))
    place.receive(report(B1, reference).replace(b"12:00:00", b"13:00:00"))
    assert len(place.told()) == 4


@ON_ONE
def test_forged_report_changes_nothing_and_is_passed_on(place: Place) -> None:
    assert place.receive(report(B1, place.reference("bc"))).outcome == "forwarded"
    assert place.receive(report(B1, "00" * 20 + ".aarshjul")).outcome == "forwarded"
    assert place.sent("b1").state == place.sent("bc").state == "sent"
    assert place.person("b1").bounced_at is None
    assert {(message.facts or {})["why"] for message in place.told()} == {"report"}


@ON_ONE
def test_coordinators_do_not_write_to_each_other_for_ever(place: Place) -> None:
    place.receive(mail(*head("x@example.net")))
    to_co = next(message for message in place.told() if message.person_id == "co")
    say_sent(place, to_co, CO, "c0")
    place.receive(report(CO, "c0" * 20 + ".aarshjul"))
    (about,) = place.told("undelivered")
    assert about.person_id == "gone"  # not to the one whom nothing reaches
    say_sent(place, about, "gone@example.org", "ab")
    assert place.receive(report("gone@example.org", "ab" * 20 + ".aarshjul")).outcome == "bounced"
    assert len(place.told("undelivered")) == 1


def say_sent(place: Place, message: Message, address: str, name: str) -> None:
    with writing(place.engine) as session:
        row = session.get_one(Message, message.id)
        row.state, row.reference, row.address = "sent", f"{name * 20}.aarshjul", address
