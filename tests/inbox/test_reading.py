"""Reading whatever comes: broken, huge, hostile. It never fails, never takes long, and the same mail is always the same."""

import time
from base64 import b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.inbox.known import Known
from aarshjul.inbox.mail import Mail
from aarshjul.inbox.reading import LARGEST, read_head, read_mail
from aarshjul.inbox.sorting import sort_mail
from aarshjul.inbox.verdicts import PassedOn, Why
from calendars.reply import LARGEST as LARGEST_CALENDAR
from calendars.reply import ReplyError, comparable, read_reply
from tests.inbox.mails import (
    US,
    apple,
    exchange_report,
    gmail,
    head,
    ics,
    mail,
    outlook,
    outlook_com,
    reply,
    report,
)

ANNA = "anna@example.org"
REF = "ab" * 20 + ".aarshjul"
SAMPLES = {
    "outlook": outlook("u", ANNA),
    "gmail": gmail("u", ANNA),
    "apple": apple("u", ANNA),
    "outlook.com": outlook_com("u", ANNA),
    "report": report(ANNA, REF),
    "exchange report": exchange_report(ANNA, REF),
}


# --- what each program sends -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["outlook", "gmail", "apple", "outlook.com"])
def test_answer_of_each_program_is_read_once(name: str) -> None:
    found = read_mail(SAMPLES[name])
    (calendar,) = found.calendars
    (event,) = calendar.events
    (line,) = event.attendees
    assert (calendar.method, event.uid, event.sequence, line.email) == ("REPLY", "u", 0, ANNA)
    assert line.partstat in ("ACCEPTED", "DECLINED", "TENTATIVE")
    assert event.stamp is not None
    assert event.stamp.isoformat() == "2022-11-01T11:00:00+00:00"
    assert (found.sender, found.damaged, found.calendar_broken) == (ANNA, False, False)


@pytest.mark.parametrize("name", ["report", "exchange report"])
def test_report_of_each_server_is_read(name: str) -> None:
    found = read_mail(SAMPLES[name])
    assert found.report is not None
    (recipient,) = found.report.recipients
    assert (recipient.addresses, recipient.action, recipient.code) == ((ANNA,), "failed", 550)
    assert found.report.references == (REF,)
    assert found.from_a_mail_system


@pytest.mark.parametrize("name", SAMPLES)
def test_newlines_of_either_kind_make_the_same_mail(name: str) -> None:
    raw = SAMPLES[name].replace(b"\r\n", b"\n")
    assert read_mail(raw) == Mail(
        **{field: getattr(read_mail(raw.replace(b"\n", b"\r\n")), field) for field in Mail.__slots__}
        | {"size": len(raw)}
    )


# --- the same mail -----------------------------------------------------------------------------------------------


def test_fields_that_servers_add_leave_it_the_same_mail() -> None:
    raw = mail(*head(ANNA))
    trace = b"Received: from a by b; Tue, 1 Nov 2022 12:00:01 +0100\r\nX-Spam: no\r\nReturn-Path: <x@example.org>\r\n"
    assert read_mail(trace + raw).fingerprint == read_mail(raw).fingerprint


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"Subject: Sv: ", b"Subject: Re: "),
        (b"Message-ID: <1.", b"Message-ID: <2."),
        (b"From: anna@", b"From: anne@"),
        (b"12:00:00", b"12:00:01"),
        (b"Hej", b"hej"),
    ],
)
def test_what_its_sender_wrote_makes_it_another_mail(before: bytes, after: bytes) -> None:
    raw = mail(*head(ANNA))
    assert before in raw
    assert read_mail(raw.replace(before, after)).fingerprint != read_mail(raw).fingerprint


def test_mail_that_is_too_large_is_the_same_one_by_its_head_and_size() -> None:
    beginning = mail(*head(ANNA))
    assert read_head(beginning, 20_000_000).fingerprint == read_head(beginning, 20_000_000).fingerprint
    assert read_head(beginning, 20_000_000).fingerprint != read_head(beginning, 20_000_001).fingerprint
    assert read_mail(beginning + b"x" * LARGEST).whole is False


# --- damaged, and hostile ----------------------------------------------------------------------------------------


def nested(depth: int) -> bytes:
    text = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return ("\n".join(head(ANNA)) + "\n" + text).encode()


def mails_in_mails(depth: int) -> bytes:
    return (
        "\n".join(head(ANNA)) + "\n" + "Content-Type: message/rfc822\n\n" * depth + "Subject: x\n\nx"
    ).encode()


def parts(count: int, kind: str = "text/plain") -> bytes:
    body = f"--x\nContent-Type: {kind}\n\nhej\n" * count
    return mail(*head(ANNA), "Content-Type: multipart/mixed; boundary=x", body=body + "--x--\n")


def calendar_of(text: bytes, more: str = "charset=utf-8") -> bytes:
    return mail(*head(ANNA), f"Content-Type: text/calendar; {more}").replace(b"\n\nHej\n", b"\n\n" + text)


BAD = {
    "nothing": b"",
    "a newline": b"\n",
    "no head": b"\n\nHej",
    "no body": b"From: anna@example.org",
    "no From": mail("Subject: x"),
    "From that is no address": mail("From: Anna", "Subject: x"),
    "From empty": mail("From:", "Subject: x"),
    "many senders": mail("From: " + ", ".join(f"a{n}@example.org" for n in range(2000))),
    "brackets in From": mail("From: " + "<" * 5000 + ANNA),
    "quotes in From": mail('From: "' + '\\"' * 3000),
    "comments in From": mail("From: " + "(" * 5000 + ANNA),
    "eight bits in the head": b"From: Anna \xe6\xf8\xe5 <anna@example.org>\nSubject: M\xf8de \xff\n\nHej \xe6",
    "unknown charset in the head": mail(*head(ANNA, "=?x-klingon?B?aGVq?= =?utf-8?B?!!!?= =?utf-8?X?a?=")),
    "unknown charset in a part": calendar_of(b"BEGIN:VCALENDAR\nEND:VCALENDAR", "charset=x-klingon"),
    "charset that encodes no text": calendar_of(b"BEGIN:VCALENDAR", "charset=base64"),
    "charset with a NUL": calendar_of(b"BEGIN:VCALENDAR", 'charset="utf\x00-8"'),
    "UTF-16": calendar_of(ics("u", ANNA).encode("utf-16"), "charset=utf-16"),
    "bad base64": mail(
        *head(ANNA), "Content-Type: text/calendar", "Content-Transfer-Encoding: base64", body="!!!=a"
    ),
    "bad uuencoding": mail(
        *head(ANNA),
        "Content-Type: text/calendar",
        "Content-Transfer-Encoding: x-uuencode",
        body="begin 666 x\nMøø",
    ),
    "no boundary": mail(*head(ANNA), "Content-Type: multipart/mixed"),
    "boundary that never comes": mail(*head(ANNA), "Content-Type: multipart/mixed; boundary=x"),
    "empty boundary": mail(*head(ANNA), 'Content-Type: multipart/mixed; boundary=""'),
    "type that is none": mail(*head(ANNA), "Content-Type: ////;;;=;=;boundary"),
    "file name by halves": mail(
        *head(ANNA), "Content-Type: text/plain; name*0*=utf-8''a; name*2*=%ff; name*x=1"
    ),
    "report without recipients": mail(
        *head(ANNA), "Content-Type: message/delivery-status", body="Reporting-MTA: x\n"
    ),
    "report that is text": mail(
        *head(ANNA), "Content-Type: message/delivery-status", "Content-Transfer-Encoding: base64", body="aGVq"
    ),
    "date that is none": mail("From: anna@example.org", "Date: Fri, 99 Foo 99999 99:99:99 +9999"),
    "date before all dates": mail("From: anna@example.org", "Date: Mon, 01 Jan 0001 00:00:00 +1400"),
    "duty that is none": mail(*head(f"x <{US}>"), "X-Aarshjul-Duty: /////", "X-Aarshjul-Duty: a/b"),
    "calendar of NULs": calendar_of(b"\x00" * 5000),
    "calendar by halves": calendar_of(ics("u", ANNA).encode()[:150]),
    "calendar in calendars": calendar_of(b"BEGIN:VCALENDAR\n" * 5000),
    "events in events": calendar_of(
        b"BEGIN:VCALENDAR\nMETHOD:REPLY\n" + b"BEGIN:VEVENT\n" * 5000 + b"END:VEVENT\n" * 5000
    ),
    "many attendees": calendar_of(ics("u", ANNA, more="ATTENDEE:mailto:a@example.org\n" * 3000).encode()),
    "calendar too large": calendar_of(b"BEGIN:VCALENDAR\n" + b"X-A:" + b"x" * 400_000),
    "numbers beyond all numbers": calendar_of(ics("u", ANNA, stamp="99999999T999999Z").encode()),
    "stamp in the year one": calendar_of(ics("u", ANNA, stamp="00010101T000000Z").encode()),
    "nested deep": nested(3000),
    "nested": nested(50),
    "mails in mails": mails_in_mails(3000),
    "10,000 parts": parts(10_000),
    "10,000 calendars": parts(10_000, "text/calendar"),
    "a head of 5 MB": ("X-A: x\n" * 700_000).encode() + mail(*head(ANNA)),
    "a line of 5 MB": b"Subject: " + b"x" * 5_000_000 + b"\n\n",
    "a token of 5 MB": mail(*head(ANNA, "unsubscribe " + "a" * 5_000_000)),
    "5 million lines": mail(*head(ANNA)) + b"\n" * 5_000_000,
    "10 MB in base64": mail(*head(ANNA), "Content-Transfer-Encoding: base64")
    + b"\n".join(b64encode(b"x" * 57) for _ in range(130_000)),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_mail_goes_to_a_person_soon(name: str) -> None:
    began = time.monotonic()
    read = read_mail(BAD[name])
    found = sort_mail(read, Known(sender_address=US))
    assert isinstance(found, PassedOn), found
    assert time.monotonic() - began < 10  # seconds, of a machine that does much else
    assert len(read.shown) <= 320
    assert len(read.subject) <= 300
    assert not any(ord(letter) < 32 or 0xD800 <= ord(letter) < 0xE000 for letter in read.shown + read.subject)


@pytest.mark.parametrize(
    "name", ["nested deep", "mails in mails", "10,000 parts", "a head of 5 MB", "5 million lines"]
)
def test_mail_that_is_not_taken_apart_is_said_to_be_damaged(name: str) -> None:
    read = read_mail(BAD[name])
    found = sort_mail(read, Known(sender_address=US))
    assert read.damaged
    assert isinstance(found, PassedOn)
    assert found.why is Why.DAMAGED


def test_eight_bits_in_the_head_are_read_as_the_letters_that_they_were() -> None:
    read = read_mail(BAD["eight bits in the head"])
    assert (read.shown, read.subject) == ("Anna æøå <anna@example.org>", "Møde ÿ")
    assert read.sender == ANNA
    assert read_mail("From: Åse <a@ærø.dk>\nSubject: Mødet\n\n".encode()).senders == ("a@xn--r-3fa9c.dk",)


def test_wide_letters_in_a_calendar_are_read_by_its_charset() -> None:
    assert read_mail(BAD["UTF-16"]).calendars[0].events[0].uid == "u"


def test_answer_beside_a_broken_calendar_still_counts() -> None:
    raw = reply(ANNA, ics("u", ANNA)).replace(
        b"--xyz--", b"--xyz\nContent-Type: text/calendar\n\nBEGIN:\n--xyz--"
    )
    read = read_mail(raw)
    assert read.calendar_broken
    assert [calendar.method for calendar in read.calendars] == ["REPLY"]


def test_answer_within_a_mail_that_was_sent_on_is_not_the_senders() -> None:
    inner = reply(ANNA, ics("u", ANNA))
    raw = b"From: bo@example.org\nContent-Type: message/rfc822\n\n" + inner
    assert read_mail(raw).calendars == ()


def test_calendar_larger_than_any_reply_is_refused() -> None:
    with pytest.raises(ReplyError, match="characters"):
        read_reply(ics("u", ANNA, more="X-A:" + "x" * LARGEST_CALENDAR))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A@B.DK", "a@b.dk"),
        (" <a@b.dk> ", "a@b.dk"),
        ("a@ærø.dk", "a@xn--r-3fa9c.dk"),
        ("a@ÆRØ.dk", "a@xn--r-3fa9c.dk"),
        ("a", ""),
        ("", ""),
        ("@", ""),
        ("x" * 300 + "@b.dk", ""),
        ('"odd one"@b.dk', '"odd one"@b.dk'),
    ],
)
def test_addresses_are_compared_in_one_form(text: str, expected: str) -> None:
    assert comparable(text) == expected


# --- anything at all ---------------------------------------------------------------------------------------------

LINES = st.sampled_from([line for raw in SAMPLES.values() for line in raw.split(b"\n")])
ANY_LINE = LINES | st.binary(max_size=60)


@settings(max_examples=150, deadline=None)
@given(st.lists(ANY_LINE, max_size=60))
def test_any_octets_are_read_and_sorted(lines: list[bytes]) -> None:
    sort_mail(read_mail(b"\n".join(lines)), Known(sender_address=US))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_mail_with_a_flaw_is_read_and_sorted(name: str, data: st.DataObject) -> None:
    raw = SAMPLES[name]
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 40)))
    flawed = raw[:start] + data.draw(st.binary(max_size=20)) + raw[end:]
    sort_mail(read_mail(flawed), Known(sender_address=US))
