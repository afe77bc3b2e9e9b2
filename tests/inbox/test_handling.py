"""What a mail changes in the record, on both databases: once, whole, and nothing else."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from aarshjul.inbox.handling import Folder, Handled
from models.engine import writing
from tests.inbox import mails
from tests.inbox.mails import head, ics, mail, reply, report
from tests.inbox.place import ON_ONE, UID, Place

B1, BC, CO = "b1@example.org", "bc@example.org", "co@example.org"


# --- answers -----------------------------------------------------------------------------------------------------

PROGRAMS = [
    (mails.outlook, "accepted"),
    (mails.gmail, "declined"),
    (mails.apple, "tentative"),
    (mails.outlook_com, "accepted"),
]


def test_answer_of_each_program_stands_and_is_written_down(place: Place) -> None:
    for number, (program, partstat) in enumerate(PROGRAMS):
        person = ("b1", "bc", "bd", "c1")[number]
        handled = place.receive(program(UID, f"{person}@example.org"))
        assert handled == Handled(outcome="answered")
        assert handled.folder is Folder.HANDLED
        assert place.invitation(person) == (partstat, person, "mail")
        answered, read = place.history()[-2:]
        assert (answered.what, answered.who, answered.facts["reply"]) == ("answered", person, partstat)
        assert (read.what, read.who, read.facts["through"]) == ("answer-read", person, "mail")
        row = place.row()
        assert (row.cycle_id, row.milestone, row.person_id, row.raw) == ("c", "dialogue", person, None)
    assert place.told() == []


@ON_ONE
def test_who_has_answered_by_mail_is_not_reminded(place: Place) -> None:
    place.receive(mails.outlook_com(UID, B1))
    place.round("2022-11-04")
    reminded = {m.person_id for m in place.told("remind") if m.milestone == "dialogue"}
    assert "bc" in reminded
    assert "b1" not in reminded


def test_history_of_a_mail_holds_no_word_of_it(place: Place) -> None:
    secret = "Fortroligt: løn"
    place.set_person("b1", secretary="sek@example.org")
    place.receive(reply("sek@example.org", ics(UID, B1)))
    place.receive(
        reply(B1, ics(UID, B1, method="COUNTER", more=f"DTSTART:20221121T090000Z\nCOMMENT:{secret}"))
    )
    place.receive(mail(*head("x@example.net", secret)))
    place.receive(report(B1, place.reference("b1")))
    for entry in place.history():
        assert "@" not in str(entry.facts), entry
        assert secret not in str(entry.facts)
    assert [entry.what for entry in place.history()[-3:]] == ["proposed", "received", "undelivered"]
    assert "@" not in place.row().note


def test_secretary_answers_for_a_person_and_is_shown_so(place: Place) -> None:
    place.set_person("b1", secretary="Sek@Example.org")
    place.receive(reply("sek@example.org", ics(UID, B1, params=';SENT-BY="mailto:sek@example.org"')))
    assert place.invitation("b1") == ("accepted", "b1", "secretary")
    assert place.history()[-1].facts["through"] == "secretary"


@ON_ONE
def test_delegate_answers_while_delegated_and_not_after(place: Place) -> None:
    place.world.act("2022-10-31 13:00", "b1", "delegate", to="bd", from_="2022-11-01", until="2022-11-02")
    place.receive(reply("bd@example.org", ics(UID, B1, "DECLINED")))
    assert place.invitation("b1") == ("declined", "bd", "mail")
    late = reply("bd@example.org", ics(UID, B1, stamp="20221103T110000Z"), number=2)
    assert place.receive(late, "2022-11-03").outcome == "forwarded"
    assert place.invitation("b1")[0] == "declined"


@ON_ONE
def test_forged_answer_changes_nothing_and_is_passed_on(place: Place) -> None:
    raw = reply("c1@example.org", ics(UID, B1))
    handled = place.receive(raw)
    assert (handled.outcome, handled.folder) == ("forwarded", Folder.FORWARDED)
    assert place.invitation("b1") == ("needs-action", None, None)
    message = place.told()[0]
    assert message.facts == {"received": place.row().id, "why": "forged"}
    assert place.row().raw == raw


def test_of_two_answers_the_later_one_stands_in_whichever_order_they_come(place: Place) -> None:
    first = reply(B1, ics(UID, B1, "ACCEPTED", stamp="20221101T100000Z"))
    second = reply(B1, ics(UID, B1, "DECLINED", stamp="20221101T100200Z"), number=2)
    assert place.receive(first).outcome == "answered"
    assert place.receive(second).outcome == "answered"  # both within one poll
    assert place.invitation("b1")[0] == "declined"
    third = reply(B1, ics(UID, B1, "TENTATIVE", stamp="20221101T100100Z"), number=3)
    assert place.receive(third).outcome == "outdated"
    assert place.invitation("b1")[0] == "declined"


@ON_ONE
def test_answer_in_the_program_stands_against_an_earlier_one_that_comes_late(place: Place) -> None:
    place.world.act("2022-11-01 11:00", "b1", "answer", milestone="dialogue", reply="declined")
    late = reply(B1, ics(UID, B1, "ACCEPTED", stamp="20221101T095900Z"))
    assert place.receive(late).outcome == "outdated"
    assert place.invitation("b1") == ("declined", "b1", None)


@ON_ONE
def test_stamp_from_the_future_counts_as_now(place: Place) -> None:
    place.receive(reply(B1, ics(UID, B1, "ACCEPTED", stamp="20991101T095900Z")))
    second = reply(B1, ics(UID, B1, "DECLINED", stamp="20221101T120000Z"), number=2)
    assert place.receive(second, "2022-11-01 13:00").outcome == "answered"
    assert place.invitation("b1")[0] == "declined"


@pytest.mark.parametrize("told", [False, True])
def test_answer_to_the_old_date_does_not_count_for_the_new_one(place: Place, told: bool) -> None:
    place.world.act("2022-11-01 10:00", "co", "move", milestone="dialogue", to="2022-11-25")
    if told:
        place.round("2022-11-02")
    assert place.receive(reply(B1, ics(UID, B1, sequence=0)), "2022-11-02 12:00").outcome == "outdated"
    assert place.invitation("b1")[0] == "needs-action"
    new = reply(B1, ics(UID, B1, sequence=1, stamp="20221102T110000Z"), number=2)
    assert place.receive(new, "2022-11-02 12:05").outcome == "answered"


@ON_ONE
def test_answer_about_a_meeting_that_is_cancelled_or_over_is_passed_on(place: Place) -> None:
    assert place.receive(reply(B1, ics(UID, B1)), "2022-11-18 12:00").outcome == "forwarded"
    place.world.act("2022-11-02", "co", "cancel", milestone="dialogue")
    second = reply(B1, ics(UID, B1), number=2)
    assert place.receive(second, "2022-11-03").outcome == "forwarded"
    assert {(message.facts or {})["why"] for message in place.told()} == {"over"}


def test_answer_of_somebody_who_left_is_passed_on(place: Place) -> None:
    place.world.act("2022-11-02", "co", "leave", person="b1")
    assert (
        place.receive(reply(B1, ics(UID, B1)), "2022-11-02 13:00").outcome == "forwarded"
    )  # not told so yet
    place.round("2022-11-03")
    assert place.receive(reply(B1, ics(UID, B1), number=2), "2022-11-03 13:00").outcome == "forwarded"
    assert [(message.facts or {})["why"] for message in place.told() if message.person_id == "co"] == [
        "refused",
        "stranger",
    ]


def test_refused_answer_leaves_no_trace_but_the_note(place: Place) -> None:
    place.world.act("2022-11-02", "co", "leave", person="b1")
    before = place.invitation("b1")
    assert place.receive(reply(B1, ics(UID, B1)), "2022-11-02 13:00").outcome == "forwarded"
    assert place.invitation("b1") == before
    assert "answered" not in [entry.what for entry in place.history()]
    assert "refused" in place.row().note


# --- once --------------------------------------------------------------------------------------------------------


def test_same_mail_twice_has_one_effect(place: Place) -> None:
    raw = mails.outlook(UID, B1)
    place.receive(raw)
    length = len(place.history())
    trace = b"Received: from elsewhere.example.org; Wed, 2 Nov 2022 07:00:00 +0100\n"
    assert place.receive(trace + raw) == Handled(outcome="answered", again=True)
    assert (place.rows(), len(place.history())) == (1, length)
    stray = mail(*head("x@example.net"))
    assert place.receive(stray) == Handled(outcome="forwarded")
    assert place.receive(stray) == Handled(outcome="forwarded", again=True)
    assert len(place.told()) == 2  # two coordinators, once each


def test_two_at_once_have_one_effect(place: Place) -> None:
    raws = [mails.outlook(UID, B1), mail(*head("x@example.net")), report(BC, place.reference("bc"))]
    for raw in raws:
        with ThreadPoolExecutor(4) as pool:
            handled = list(pool.map(place.receive, [raw] * 4))
        assert [each.again for each in handled].count(False) == 1
        assert len({each.outcome for each in handled}) == 1
    assert place.rows() == len(raws)
    assert [entry.what for entry in place.history()].count("answered") == 1
    assert len(place.attempts(place.sent("bc"))) == 1


def test_mail_whose_effect_fails_leaves_nothing(place: Place) -> None:
    raw, reference = report(B1, place.reference("b1")), place.history()[-1].hash
    with writing(place.engine) as session:
        session.execute(text("ALTER TABLE attempt RENAME TO elsewhere"))
    with pytest.raises(SQLAlchemyError):
        place.receive(raw)
    assert place.rows() == 0
    assert place.sent("b1").state == "sent"
    assert place.history()[-1].hash == reference
    with writing(place.engine) as session:
        session.execute(text("ALTER TABLE elsewhere RENAME TO attempt"))
    assert place.receive(raw).outcome == "bounced"
