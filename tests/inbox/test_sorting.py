"""Sorting, by a table: whose answer counts, what is passed on, and in which order it is asked."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from aarshjul.inbox.known import Invitee, Known, Meeting, Sent
from aarshjul.inbox.reading import read_head, read_mail
from aarshjul.inbox.sorting import sort_mail
from aarshjul.inbox.verdicts import (
    Answered,
    Bounced,
    Ignored,
    Outdated,
    PassedOn,
    Proposed,
    Unsubscribing,
    Why,
)
from tests.inbox.mails import US, exchange_report, head, ics, mail, reply, report

UID, HELD = "c.dialogue@aarshjul", "c.start@aarshjul"
REF = "ab" * 20 + ".aarshjul"
ANNA, BO = "anna@example.org", "bo@example.org"


def invitee(person: str, **more: Any) -> Invitee:
    return Invitee(**{"person": person, "email": f"{person}@example.org", "sequence": 0, **more})


PEOPLE = (
    invitee("anna", sequence=2, secretary="sek@example.org", delegate="bo", delegate_email=BO),
    invitee("bo", answered_at=datetime(2022, 11, 1, 10, 0, tzinfo=UTC)),
    invitee("carl", secretary="sek@example.org"),
)
KNOWN = Known(
    sender_address=US,
    meetings={
        UID: Meeting(cycle="c", milestone="dialogue", over=False, invitees=PEOPLE),
        HELD: Meeting(cycle="c", milestone="start", over=True, invitees=PEOPLE),
    },
    sent={
        REF: Sent(
            id=7,
            cycle="c",
            milestone="dialogue",
            person="anna",
            recipients=frozenset({ANNA, "copy+x@example.org"}),
        )
    },
)


def sorted_as(raw: bytes, known: Known = KNOWN) -> Any:
    return sort_mail(read_mail(raw), known)


# --- who may answer ----------------------------------------------------------------------------------------------

WHO = [
    # From, further fields, parameters of ATTENDEE -> by whom and through what; None: forged
    (ANNA, (), "", ("anna", "mail")),
    ("ANNA@EXAMPLE.ORG", (), "", ("anna", "mail")),
    ('"Anna, chair" <Anna@Example.org>', (), "", ("anna", "mail")),
    (ANNA, ("Sender: sek@example.org",), "", ("anna", "secretary")),
    (ANNA, (), ';SENT-BY="mailto:Sek@example.org"', ("anna", "secretary")),
    (ANNA, ("Sender: calendar-notification@google.com",), "", ("anna", "mail")),
    (ANNA, ("Sender: evil@example.net",), ';SENT-BY="mailto:evil@example.net"', ("anna", "mail")),
    ("sek@example.org", (), "", ("anna", "secretary")),
    ("sek@example.org", (), ';SENT-BY="mailto:sek@example.org"', ("anna", "secretary")),
    (BO, (), "", ("bo", "mail")),
    ("carl@example.org", (), "", None),
    ("evil@example.net", (), "", None),
    # nobody vouches for these two: only From is
    ("evil@example.net", ("Sender: sek@example.org",), "", None),
    ("evil@example.net", (), ';SENT-BY="mailto:sek@example.org"', None),
    ("evil@example.net", (), ';SENT-BY="mailto:anna@example.org"', None),
    ('"anna@example.org" <evil@example.net>', (), "", None),
    ("=?utf-8?q?anna=40example=2Eorg_=3Canna=40example=2Eorg=3E?= <evil@example.net>", (), "", None),
    ("anna@example.org, evil@example.net", (), "", None),
    ("evil@example.net (anna@example.org)", (), "", None),
    ("anna@example.org@evil.example.net", (), "", None),
    (ANNA, ("From: evil@example.net",), "", None),
    (
        ANNA,
        ("Authentication-Results: mx.example.org; dkim=none; dmarc=fail header.from=example.org",),
        "",
        None,
    ),
    (ANNA, ("Authentication-Results: mx.example.org; dmarc=pass",), "", ("anna", "mail")),
    ("", (), "", None),
    ("Anna", (), "", None),
]


@pytest.mark.parametrize(("sender", "fields", "params", "expected"), WHO)
def test_answer_counts_for_whom_its_sender_may_speak(
    sender: str, fields: Sequence[str], params: str, expected: tuple[str, str] | None
) -> None:
    calendar = ics(UID, "Anna@example.org", sequence=2, params=params)
    found = sorted_as(reply(sender, calendar, fields=tuple(fields)))
    if expected is None:
        assert isinstance(found, PassedOn)
        assert (found.why, found.place.milestone, found.place.person) == (Why.FORGED, "dialogue", "anna")
    else:
        assert isinstance(found, Answered)
        assert (found.by, found.through) == expected
        assert (found.place.cycle, found.place.milestone, found.place.person) == ("c", "dialogue", "anna")


# --- what is answered --------------------------------------------------------------------------------------------

WHAT = [
    ({"partstat": "ACCEPTED"}, Answered, "accepted"),
    ({"partstat": "accepted"}, Answered, "accepted"),
    ({"partstat": "DECLINED"}, Answered, "declined"),
    ({"partstat": "TENTATIVE"}, Answered, "tentative"),
    ({"partstat": "DELEGATED"}, PassedOn, Why.DELEGATED),
    ({"partstat": "NEEDS-ACTION"}, PassedOn, Why.UNCLEAR),
    ({"partstat": "X-MAYBE"}, PassedOn, Why.UNCLEAR),
    ({"sequence": 3}, Answered, "accepted"),
    ({"sequence": 1}, Outdated, "an answer to an earlier date"),
    ({"sequence": -5}, Outdated, "an answer to an earlier date"),
    ({"sequence": None}, PassedOn, Why.UNCLEAR),
    ({"uid": "x.dialogue@aarshjul"}, PassedOn, Why.UNKNOWN_MEETING),
    ({"uid": ""}, PassedOn, Why.UNKNOWN_MEETING),
    ({"uid": HELD}, PassedOn, Why.OVER),
    ({"uid": HELD, "method": "COUNTER"}, PassedOn, Why.OVER),
    ({"attendee": "dora@example.org"}, PassedOn, Why.STRANGER),
    ({"attendee": BO, "sequence": 0}, PassedOn, Why.FORGED),
    ({"method": "COUNTER"}, Proposed, ""),
    ({"method": "COUNTER", "attendee": BO}, PassedOn, Why.FORGED),
    ({"method": "REFRESH"}, PassedOn, Why.UNCLEAR),
    ({"method": "REQUEST"}, PassedOn, Why.UNCLEAR),
    ({"method": ""}, PassedOn, Why.UNCLEAR),
    ({"method": "reply"}, Answered, "accepted"),
]


@pytest.mark.parametrize(("change", "kind", "said"), WHAT)
def test_answer_is_what_it_says(change: dict[str, Any], kind: type, said: str) -> None:
    found = sorted_as(reply(ANNA, ics(**{"uid": UID, "attendee": ANNA, "sequence": 2, **change})))
    assert isinstance(found, kind), found
    assert said in (
        getattr(found, "reply", None),
        getattr(found, "why", None),
        getattr(found, "note", ""),
        "",
    )


STAMPS = [
    ("20221101T095959Z", Outdated),
    ("20221101T100000Z", Answered),
    ("20221101T100001Z", Answered),
    ("20221101T105959", Answered),  # a stamp without zone is in UTC
    (None, Answered),  # then the mail's own date
]


@pytest.mark.parametrize(("stamp", "kind"), STAMPS)
def test_answer_from_before_the_one_that_stands_does_not_count(stamp: str | None, kind: type) -> None:
    assert isinstance(sorted_as(reply(BO, ics(UID, BO, stamp=stamp))), kind)


def test_answer_without_any_moment_counts() -> None:
    raw = reply(BO, ics(UID, BO, stamp=None)).replace(b"Date: Tue, 01 Nov 2022", b"Date: Onsdag")
    assert isinstance(sorted_as(raw), Answered)


def test_missing_sequence_counts_for_a_date_that_never_moved() -> None:
    assert isinstance(sorted_as(reply(BO, ics(UID, BO, sequence=None))), Answered)


def test_of_many_lines_and_events_the_one_that_matches_counts() -> None:
    many = "\n".join(f"ATTENDEE;PARTSTAT=DECLINED:mailto:{name}@example.org" for name in ("carl", "dora"))
    calendar = ics(UID, ANNA, sequence=2, more=many)
    other = ics("other@example.net", ANNA, "DECLINED").partition("BEGIN:VEVENT")[2].partition("END:VEVENT")[0]
    calendar = calendar.replace("END:VCALENDAR", f"BEGIN:VEVENT{other}END:VEVENT\nEND:VCALENDAR")
    found = sorted_as(reply(ANNA, calendar))
    assert isinstance(found, Answered)
    assert (found.reply, found.place.person) == ("accepted", "anna")


def test_secretary_who_answers_for_two_at_once_is_asked_to_say_which() -> None:
    calendar = ics(UID, ANNA, sequence=2, more="ATTENDEE;PARTSTAT=DECLINED:mailto:carl@example.org")
    found = sorted_as(reply("sek@example.org", calendar))
    assert isinstance(found, PassedOn)
    assert found.why is Why.UNCLEAR


def test_proposal_has_its_time_and_its_words() -> None:
    more = "DTSTART:20221121T090000Z\nDTEND:20221121T110000Z\nCOMMENT:Hellere mandag\\, tak"
    found = sorted_as(reply(ANNA, ics(UID, ANNA, "TENTATIVE", method="COUNTER", sequence=0, more=more)))
    assert isinstance(found, Proposed)
    assert found.starts == datetime(2022, 11, 21, 9, tzinfo=UTC)
    assert found.ends == datetime(2022, 11, 21, 11, tzinfo=UTC)
    assert found.comment == "Hellere mandag, tak"


# --- reports -----------------------------------------------------------------------------------------------------

REPORTS = [
    (report(ANNA, REF), Bounced, 550),
    (report("Anna@Example.org", REF, returned="text/rfc822-headers"), Bounced, 550),
    (exchange_report(ANNA, REF), Bounced, 550),
    (report("elsewhere@example.net", REF, original=ANNA), Bounced, 550),
    (report("copy+x@example.org", REF), Bounced, 550),
    (report("elsewhere@example.net", REF, original="copy+2Bx@example.org"), Bounced, 550),
    (report(ANNA, REF, diagnostic="X-Unix; 5.1.1 no such user"), Bounced, None),
    (report(ANNA, REF, diagnostic="smtp; host 10.250.1.1 said: 452 4.2.2 full"), Bounced, 452),
    (report(ANNA, REF, action="delayed"), Ignored, None),
    (report(ANNA, REF, action="relayed"), Ignored, None),
    (report(ANNA, REF, action="delivered"), Ignored, None),
    (report(ANNA, REF, action="Failed (expired)"), Bounced, 550),
    (report(ANNA, REF, action="exploded"), PassedOn, Why.UNREAD_REPORT),
    (report(ANNA, "cd" * 20 + ".aarshjul"), PassedOn, Why.REPORT),
    (report(ANNA, "20221101.aarshjul"), PassedOn, Why.REPORT),
    (report(BO, REF), PassedOn, Why.REPORT),
    (report("", REF), PassedOn, Why.UNREAD_REPORT),
]


@pytest.mark.parametrize(("raw", "kind", "said"), REPORTS)
def test_report_is_believed_about_what_we_sent(raw: bytes, kind: type, said: object) -> None:
    found = sorted_as(raw)
    assert isinstance(found, kind), found
    if isinstance(found, Bounced):
        assert (found.message, found.recipients[0].code, found.place.person) == (7, said, "anna")
    elif isinstance(found, PassedOn):
        assert found.why is said


def test_report_names_no_address_but_those_that_it_was_sent_to() -> None:
    found = sorted_as(report("victim@example.org", REF, original=ANNA))
    assert isinstance(found, Bounced)
    assert [each.addresses for each in found.recipients] == [(ANNA,)]


def test_report_about_several_recipients_counts_for_ours() -> None:
    returned = b"\n\n--dsn\nContent-Type: message/rfc822"
    other = b"\n\nFinal-Recipient: rfc822; else@example.net\nAction: failed\nStatus: 5.0.0"
    raw = report(ANNA, REF).replace(returned, other + returned)
    assert other in raw
    found = sorted_as(raw)
    assert isinstance(found, Bounced)
    assert [each.addresses for each in found.recipients] == [(ANNA,)]


# --- everything else, in its order -------------------------------------------------------------------------------

DUTY = "X-Aarshjul-Duty: c/dialogue/1/invite/-/anna"
RECEIVED = "X-Aarshjul-Duty: c/-/-/received/4/co"
OTHERS = [
    (mail(*head(f"Aarshjul <{US}>"), DUTY), Ignored, None),
    (
        mail(*head("list@example.net"), RECEIVED),
        Ignored,
        None,
    ),  # a list that sends on, and writes its own From
    (mail(*head("list@example.net"), DUTY), PassedOn, Why.OTHER),
    (mail(*head(f"Aarshjul <{US}>")), PassedOn, Why.OTHER),
    (mail(*head(ANNA), "Auto-Submitted: auto-replied"), Ignored, None),
    (mail(*head(ANNA), "Auto-Submitted: auto-replied (vacation)"), Ignored, None),
    (mail(*head(ANNA), "Auto-Submitted: No"), PassedOn, Why.OTHER),
    (mail(*head(ANNA), "Precedence: bulk"), Ignored, None),
    (mail(*head(ANNA), "Precedence: auto_reply"), Ignored, None),
    (mail(*head(ANNA), "Precedence: first-class"), PassedOn, Why.OTHER),
    (mail(*head(ANNA), "X-Auto-Response-Suppress: All"), Ignored, None),
    (mail(*head(ANNA), "X-Autoreply: yes"), Ignored, None),
    (mail(*head(ANNA, "Automatisk svar: Dialogmøde")), PassedOn, Why.OTHER),
    (mail("Return-Path: <>", *head(ANNA, "Automatisk svar: Dialogmøde")[1:]), Ignored, None),
    (mail("Return-Path: <>", *head(ANNA, "=?utf-8?q?Autosvar=3A_Sv?=")[1:]), Ignored, None),
    (mail("Return-Path: <>", *head(ANNA, "Sv: Dialogmøde")[1:]), PassedOn, Why.OTHER),
    (
        mail("Return-Path: <>", *head("MAILER-DAEMON@example.net")[1:], "Auto-Submitted: auto-replied"),
        PassedOn,
        Why.UNREAD_REPORT,
    ),
    (
        mail(
            *head(ANNA),
            'Content-Type: multipart/report; report-type="disposition-notification"; boundary=x',
            body="--x--\n",
        ),
        Ignored,
        None,
    ),
    (
        mail(*head(ANNA), "Content-Type: text/calendar", body="BEGIN:VCALENDAR\nBEGIN:VEV"),
        PassedOn,
        Why.UNCLEAR,
    ),
    (mail(*head(ANNA, "unsubscribe not.ours")), PassedOn, Why.OTHER),
    (b"", PassedOn, Why.OTHER),
]


@pytest.mark.parametrize(("raw", "kind", "why"), OTHERS)
def test_other_mail_is_told_apart(raw: bytes, kind: type, why: Why | None) -> None:
    found = sorted_as(raw)
    assert isinstance(found, kind), found
    assert getattr(found, "why", None) is why


def test_answers_and_reports_that_are_marked_as_automatic_are_read() -> None:
    marked = ("X-Auto-Response-Suppress: All", "Auto-Submitted: auto-generated", "Precedence: bulk")
    assert isinstance(sorted_as(reply(BO, ics(UID, BO), fields=marked)), Answered)
    assert isinstance(sorted_as(report(ANNA, REF)), Bounced)


def test_mail_that_answers_one_of_ours_belongs_to_its_cycle() -> None:
    found = sorted_as(mail(*head("x@example.net"), f"In-Reply-To: <{REF}@example.org>"))
    assert isinstance(found, PassedOn)
    assert (found.place.cycle, found.place.milestone, found.place.reference) == ("c", "dialogue", REF)


def test_wish_to_be_unsubscribed_counts_though_a_machine_sent_it() -> None:
    known = Known(sender_address=US, unsubscribing=("c", "anna"))
    for subject in ("unsubscribe a.b", "Unsubscribe  a.b", "=?utf-8?q?unsubscribe_a=2Eb?="):
        raw = mail(*head("button@example.net", subject), "Auto-Submitted: auto-generated")
        assert read_mail(raw).token == "a.b"
        assert isinstance(sorted_as(raw, known), Unsubscribing)


@pytest.mark.parametrize(
    "subject", ["Sv: unsubscribe a.b", "unsubscribe", "unsubscribe a b", "please unsubscribe a.b"]
)
def test_other_subject_holds_no_token(subject: str) -> None:
    assert read_mail(mail(*head(ANNA, subject))).token is None


def test_mail_that_was_not_fetched_is_not_guessed_at() -> None:
    raw = report(ANNA, REF)
    found = sort_mail(read_head(raw, 30_000_000), KNOWN)
    assert isinstance(found, PassedOn)
    assert found.why is Why.TOO_LARGE
