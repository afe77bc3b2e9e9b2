"""What a mail changes in the record, on both databases: once, whole, and nothing else."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select

from aarshjul.acts.importing import import_cycle
from aarshjul.acts.perform import perform
from aarshjul.files.act_arguments import parse_act
from aarshjul.files.read import cycle_from_text
from aarshjul.inbox.handling import Folder, Handled
from aarshjul.inbox.reading import read_head, read_mail
from models.engine import reading, writing
from models.history import HistoryEntry
from models.message import Attempt, Message
from models.received import ReceivedMail
from notifications.unsubscribing import make_token, signing_key
from tests.inbox import mails
from tests.inbox.mails import head, ics, mail, reply, report
from tests.inbox.place import UID, Place

B1, BC, CO = "b1@example.org", "bc@example.org", "co@example.org"

ON_ONE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
"""What depends on no database is tried on one."""


@pytest.fixture
def place(engine: Engine, tmp_path: Path) -> Place:
    return Place(engine=engine, folder=tmp_path)


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


# --- to people ---------------------------------------------------------------------------------------------------


def test_any_other_mail_goes_to_the_coordinators_untouched_by_each_of_their_ways(place: Place) -> None:
    place.set_person("co", channels=["email", "teams"])
    raw = mail(*head("Åse <x@example.net>", "Et spørgsmål"))
    assert place.receive(raw) == Handled(outcome="forwarded")
    row = place.row()
    assert (row.raw, row.sender, row.subject, row.size) == (
        raw,
        "Åse <x@example.net>",
        "Et spørgsmål",
        len(raw),
    )
    assert sorted((m.key, m.channel) for m in place.told()) == [
        (f"c/-/-/received/{row.id}/co", "email"),
        (f"c/-/-/received/{row.id}/co", "teams"),
        (f"c/-/-/received/{row.id}/gone", "email"),
    ]
    for message in place.told():
        assert message.facts == {"received": row.id, "why": "other"}
        assert (message.state, message.not_before, message.owed_at) == ("waiting", None, place.now)


@ON_ONE
def test_automatic_answer_reaches_nobody(place: Place) -> None:
    handled = place.receive(mail(*head(B1, "Automatisk svar"), "Auto-Submitted: auto-replied"))
    assert (handled.outcome, handled.folder) == ("ignored", Folder.HANDLED)
    assert (place.told(), place.row().raw) == ([], None)


SECOND = """
format: aarshjul/cycle@1
id: d
title: Kontrakt 2024
contract_year: 2024
holder: Erhvervshus
council: KKR
people:
  - {id: co, name: Koordinator, email: co@example.org, roles: [coordinator]}
  - {id: d1, name: Anden koordinator, email: d1@example.org, roles: [coordinator]}
  - {id: ny, name: Ny, email: ny@example.org, roles: [board]}
milestones:
  - {id: start, title: Start, phase: drafting, kind: deadline, on: 2023-09-29, owed_by: [board]}
"""


def second_cycle(place: Place, *, active: bool = True) -> None:
    """A cycle `d` with the same coordinator `co`, another one, and a member `ny`."""
    with writing(place.engine) as session:
        import_cycle(session, cycle_from_text(SECOND, "d"), None, place.now)
    if active:
        perform(place.engine, "d", "co", "activate", parse_act("activate", {}), place.now)


def whom(place: Place) -> set[tuple[str, str]]:
    return {(message.cycle_id, message.person_id) for message in place.told()}


def test_mail_goes_to_the_coordinators_of_its_senders_cycle(place: Place) -> None:
    second_cycle(place)
    place.receive(mail(*head("Ny <NY@example.org>")))
    assert whom(place) == {("d", "co"), ("d", "d1")}


def test_mail_that_answers_ours_goes_to_the_coordinators_of_that_cycle(place: Place) -> None:
    second_cycle(place)
    place.receive(mail(*head("Ny <ny@example.org>"), f"In-Reply-To: <{place.reference('b1')}@example.org>"))
    assert whom(place) == {("c", "co"), ("c", "gone")}


def test_stranger_goes_to_every_coordinator_once(place: Place) -> None:
    second_cycle(place)
    place.receive(mail(*head("x@example.net")))
    assert whom(place) == {("c", "co"), ("c", "gone"), ("d", "d1")}


@ON_ONE
def test_cycle_that_is_not_activated_hears_nothing(place: Place) -> None:
    second_cycle(place, active=False)
    place.receive(mail(*head("ny@example.org")))
    assert whom(place) == {("c", "co"), ("c", "gone")}


@ON_ONE
def test_mail_for_nobody_is_kept(place: Place) -> None:
    place.world.act("2022-11-02", "co", "close", reason="x")
    raw = mail(*head("x@example.net"))
    handled = place.receive(raw)
    assert (handled.outcome, handled.folder) == ("kept", Folder.PROBLEMS)
    assert (place.row().raw, place.told()) == (raw, [])


def test_mail_too_large_is_kept_in_the_mailbox_and_told(place: Place) -> None:
    large = read_head(mail(*head("x@example.net", "Bilag")), 30_000_000)
    handled = place.handler.handle(large, None, place.now)
    assert (handled.outcome, handled.folder) == ("kept", Folder.PROBLEMS)
    row = place.row()
    assert (row.raw, row.size, row.subject) == (None, 30_000_000, "Bilag")
    assert [message.facts for message in place.told()] == [{"received": row.id, "why": "too-large"}] * 2


@ON_ONE
def test_mail_that_was_given_up_is_kept_and_told(place: Place) -> None:
    raw = mails.outlook(UID, B1)
    handled = place.handler.give_up(read_mail(raw), raw, place.now)
    assert (handled.outcome, place.row().raw) == ("kept", raw)
    assert place.invitation("b1")[0] == "needs-action"
    assert (place.told()[0].facts or {})["why"] == "failed"


# --- unsubscribing -----------------------------------------------------------------------------------------------


def test_token_unsubscribes_whoever_sends_it(place: Place) -> None:
    token = make_token(signing_key(place.settings), "c", "sub")
    handled = place.receive(mail(*head("anybody@example.net", f"unsubscribe {token}"), "Precedence: bulk"))
    assert (handled.outcome, handled.folder) == ("unsubscribed", Folder.HANDLED)
    assert place.history()[-1].what == "unsubscribed"
    assert place.history()[-1].who == "sub"


@pytest.mark.parametrize(("cycle", "person"), [("c", "nobody"), ("nowhere", "sub")])
def test_token_of_nobody_is_passed_on(place: Place, cycle: str, person: str) -> None:
    token = make_token(signing_key(place.settings), cycle, person)
    assert place.receive(mail(*head("x@example.net", f"unsubscribe {token}"))).outcome == "forwarded"
    assert (place.told()[0].facts or {})["why"] == "not-unsubscribed"


@ON_ONE
def test_token_that_is_not_ours_is_passed_on(place: Place) -> None:
    token = make_token(b"another secret of thirty-two octets", "c", "sub")
    assert place.receive(mail(*head("x@example.net", f"unsubscribe {token}"))).outcome == "forwarded"
    with reading(place.engine) as session:
        assert "unsubscribed" not in session.scalars(select(HistoryEntry.what)).all()
        assert session.scalars(select(ReceivedMail.outcome)).all() == ["forwarded"]
