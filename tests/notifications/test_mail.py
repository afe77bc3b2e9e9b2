"""Messages as a mail program reads them: headers, parts, and what stays the same in a resend."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from zoneinfo import ZoneInfo

import icalendar
import pytest

from aarshjul.core.duties import DutyKind
from calendars.address import Address
from notifications.errors import NotificationError
from notifications.letter import Recipient
from notifications.mail import compose, message_id
from tests.notifications.letters import CASES
from tests.notifications.matters import ANALYST, RESULTS, SECRETARIAT, letter

REMIND = CASES["remind.da"]


def parsed(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=default)


def part(message: EmailMessage, content_type: str) -> EmailMessage:
    found = [each for each in message.walk() if each.get_content_type() == content_type]
    assert len(found) == 1, f"{len(found)} parts of {content_type}"
    return found[0]


@pytest.mark.parametrize("name", sorted(CASES))
def test_every_message_reads_back_without_a_defect(name: str) -> None:
    case = CASES[name]
    raw = compose(case)
    message = parsed(raw)
    assert message["From"].addresses[0].addr_spec == case.sender.email
    assert message["From"].addresses[0].display_name == case.sender.name
    assert message["To"].addresses[0].addr_spec == case.recipient.address.email
    assert message["To"].addresses[0].display_name == case.recipient.address.name
    assert message["Date"].datetime == case.on
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_all("X-Aarshjul-Duty") == list(case.served)
    types = ["multipart/alternative", "text/plain", "text/html"]
    types += ["text/calendar"] * (case.invite is not None)
    if case.attachment is not None:
        types = ["multipart/mixed", *types, "message/rfc822", "text/plain"]
    assert [each.get_content_type() for each in message.walk()] == types
    assert not any(each.defects for each in message.walk())
    named = [each for each in message.walk() if "Content-Disposition" in each or each.get_filename()]
    assert [each.get_content_type() for each in named] == ["message/rfc822"] * (case.attachment is not None)
    assert all(not value.defects for value in message.values())


@pytest.mark.parametrize("name", sorted(CASES))
def test_on_the_wire_lines_end_in_crlf_are_ascii_and_short(name: str) -> None:
    raw = compose(CASES[name])
    assert raw.isascii()
    assert raw.endswith(b"\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


def test_the_subject_says_what_and_by_when() -> None:
    subject = "Påmindelse: Resultater for 2021 indsendes senest fredag den 3. juni 2022"
    assert parsed(compose(REMIND))["Subject"] == subject


def test_the_date_is_the_moment_of_the_round_as_the_clocks_of_the_cycle_show_it() -> None:
    assert b"\r\nDate: Fri, 27 May 2022 07:00:00 +0200\r\n" in compose(REMIND)
    winter = replace(REMIND, on=REMIND.on.replace(month=1))
    assert b"\r\nDate: Thu, 27 Jan 2022 07:00:00 +0100\r\n" in compose(winter)
    elsewhere = replace(REMIND, on=REMIND.on.astimezone(ZoneInfo("Europe/Helsinki")))
    assert b"\r\nDate: Fri, 27 May 2022 08:00:00 +0300\r\n" in compose(elsewhere)


def test_the_calendar_part_has_its_method_and_arrives_unchanged() -> None:
    for name, method in (("invite.da", "REQUEST"), ("update.da", "REQUEST"), ("cancel.da", "CANCEL")):
        case = CASES[name]
        assert case.invite is not None
        calendar = part(parsed(compose(case)), "text/calendar")
        assert calendar["Content-Type"].params["method"] == method
        assert calendar["Content-Type"].params["charset"] == "UTF-8"
        assert calendar.get_payload(decode=True) == case.invite.ics
        event = icalendar.Calendar.from_ical(case.invite.ics).events[0]
        assert event["organizer"] == f"mailto:{parsed(compose(case))['From'].addresses[0].addr_spec}"


def test_a_resend_is_the_same_message_byte_for_byte() -> None:
    again = replace(REMIND)
    assert compose(again) == compose(REMIND)


def test_message_id_depends_on_the_first_duty_alone() -> None:
    later = replace(REMIND, on=REMIND.on + timedelta(days=1), duties=(*REMIND.duties, "c/m/1/welcome/-/p"))
    assert message_id(later) == message_id(REMIND)
    assert parsed(compose(later))["Message-ID"] == message_id(REMIND)
    assert message_id(replace(REMIND, duties=("c/m/1/welcome/-/p", *REMIND.duties))) != message_id(REMIND)


def test_every_duty_has_a_line_of_its_own_that_no_reader_breaks() -> None:
    long = f"{'c' * 80}/{'m' * 80}/12/remind/-14/{'p' * 80}"
    raw = compose(replace(REMIND, duties=(*REMIND.duties, long)))
    assert f"\r\nX-Aarshjul-Duty: {long}\r\n".encode() in raw
    assert parsed(raw).get_all("X-Aarshjul-Duty") == [*REMIND.duties, long]


@pytest.mark.parametrize("length", [1, 30, 50, 55])
def test_a_danish_name_is_one_encoded_word(length: int) -> None:
    name = "Æ" + "n" * length
    for header in ("From", "To"):
        who = Recipient(person="p", address=Address(name=name, email="a@example.org"))
        raw = compose(replace(REMIND, recipient=who, sender=replace(SECRETARIAT, name=name)))
        assert parsed(raw)[header].addresses[0].display_name == name
        assert all(len(line) <= 76 for line in raw.split(b"\r\n") if b"=?utf-8?" in line)


@pytest.mark.parametrize("person", ["formand-for-ø", "p" * 2000, "a b", "=?utf-8?q?x?="])
def test_an_unusual_duty_key_survives_as_well(person: str) -> None:
    key = f"c/m/1/remind/-7/{person}"
    raw = compose(replace(REMIND, duties=(key,)))
    assert parsed(raw).get_all("X-Aarshjul-Duty") == [key]
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


def test_a_duty_key_whose_spaces_would_be_lost_is_refused() -> None:
    with pytest.raises(NotificationError, match="white space"):
        compose(replace(REMIND, duties=("c/m/1/remind/-7/a  b",)))


def test_reply_to_stands_only_where_replies_go_elsewhere() -> None:
    assert parsed(compose(REMIND))["Reply-To"] is None
    elsewhere = replace(REMIND, reply_to=Address(name="Økonomi", email="svar@kkr.example.org"))
    message = parsed(compose(elsewhere))
    assert message["Reply-To"].addresses[0].display_name == "Økonomi"
    assert "svar@kkr.example.org" in part(message, "text/plain").get_content()


def test_a_domain_with_national_letters_goes_out_in_ascii() -> None:
    at_home = Recipient(person="p", address=Address(name="", email="post@århus.example.org"))
    message = parsed(compose(replace(REMIND, recipient=at_home)))
    assert str(message["To"]).isascii()
    assert str(message["To"]).split("@")[1].encode().decode("idna") == "århus.example.org"


def test_html_says_its_language_and_fetches_nothing() -> None:
    for name, tongue in (("remind.da", "da"), ("remind.en", "en")):
        html = part(parsed(compose(CASES[name])), "text/html").get_content()
        assert f'<html lang="{tongue}" ' in html
        assert "<img" not in html
        assert "url(" not in html
        assert html.count("http") == 1  # the button


def test_markup_in_a_title_is_shown_and_not_obeyed() -> None:
    odd = replace(RESULTS, title='<script>alert(1)</script> & "ude" <b>')
    html = part(parsed(compose(letter(DutyKind.REMIND, odd))), "text/html").get_content()
    assert "<script" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#34;ude&#34;" in html


def test_template_signs_in_a_title_are_shown_and_not_obeyed() -> None:
    odd = replace(RESULTS, title="{{ 7 * 6 }} {% raw %}")
    assert "{{ 7 * 6 }} {% raw %}" in parsed(compose(letter(DutyKind.REMIND, odd)))["Subject"]


def test_welcome_adds_a_paragraph_and_only_in_the_first_message() -> None:
    welcome = part(parsed(compose(CASES["welcome.da"])), "text/plain").get_content()
    assert "Velkommen til forløbet »Resultatkontrakt 2023«" in welcome
    assert "Velkommen" not in part(parsed(compose(REMIND)), "text/plain").get_content()


def test_who_chairs_a_body_is_not_called_its_member_too() -> None:
    text = part(parsed(compose(CASES["invite.da"])), "text/plain").get_content()
    assert "fordi du er formand for bestyrelsen for Erhvervshus Nordjylland i forløbet" in text


def test_an_unknown_role_is_named_as_it_is() -> None:
    recipient = replace(ANALYST, roles=("jury",))
    text = part(parsed(compose(replace(REMIND, recipient=recipient))), "text/plain").get_content()
    assert "fordi du er deltager (rolle: jury) i forløbet" in text


def test_a_new_answer_is_asked_for_when_moved_and_not_when_only_confirmed() -> None:
    moved = part(parsed(compose(CASES["update.en"])), "text/plain").get_content()
    confirmed = part(parsed(compose(CASES["update-confirmed.en"])), "text/plain").get_content()
    assert "please answer again" in moved
    assert "Papirer til dialogmødet" in moved
    assert "answer again" not in confirmed
    assert "your answer still counts" in confirmed


def test_the_sender_keeps_a_quoted_name_with_signs() -> None:
    name = 'Sekretariat "Nord", (KKR); <a@b> \\ x'
    message = parsed(compose(replace(REMIND, sender=replace(SECRETARIAT, name=name))))
    assert message["From"].addresses[0].display_name == name
    assert len(message["From"].addresses) == 1
