"""Copies, threads, unsubscribing and attachments, as a mail program and a mail server read them."""

import base64
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from hashlib import sha256

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aarshjul.core.duties import DutyKind
from calendars.address import Address
from notifications.errors import NotificationError
from notifications.mail import compose, message_id, reference
from tests.notifications.letters import CASES
from tests.notifications.matters import COORDINATOR, ENQUIRY, MAIL, letter

REMIND = CASES["remind.da"]
COPIED = CASES["remind-copied.da"]
WEB, POST = "https://aarshjul.example.org/unsubscribe/t.0", "mailto:a@example.org?subject=unsubscribe%20t.0"


def parsed(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=default)


def attached(mail: bytes) -> tuple[str, bytes]:
    """How the mail went, and its bytes as they are between the borders, decoded where they were encoded."""
    raw = compose(letter(DutyKind.RECEIVED, to=COORDINATOR, received=ENQUIRY, attachment=mail))
    assert raw.isascii()
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    outer = parsed(raw).get_boundary()
    assert outer is not None
    _, alternative, last, end = raw.split(f"--{outer}".encode())
    assert end == b"--\r\n"
    assert alternative.startswith(b"\r\nContent-Type: multipart/alternative;")
    head, _, body = last.partition(b"\r\n\r\n")
    assert body.endswith(b"\r\n")
    kind = "file" if b"application/octet-stream" in head else "message"
    assert (b"base64" in head) == (kind == "file")
    assert b'filename="mail.eml"' in head
    return kind, base64.b64decode(body) if kind == "file" else body[:-2]


def test_copies_stand_in_cc_and_are_told_to_the_reader() -> None:
    message = parsed(compose(COPIED))
    assert [each.addr_spec for each in message["Cc"].addresses] == [
        "stedfortraeder@ehnj.example.org",
        "koordinator@kkr.example.org",
    ]
    assert [each.display_name for each in message["Cc"].addresses] == ["Stedfortræder", "Koordinator"]
    assert message["To"].addresses[0].addr_spec == "analyse@ehnj.example.org"
    assert parsed(compose(REMIND))["Cc"] is None


def test_a_follow_up_names_the_first_message_and_the_first_names_none() -> None:
    first = replace(REMIND, duties=("c/m/1/invite/-/p",))
    later = replace(REMIND, thread="c/m/1/invite/-/p")
    assert parsed(compose(later))["In-Reply-To"] == message_id(first)
    assert parsed(compose(later))["References"] == message_id(first)
    for alone in (first, replace(first, thread=first.duties[0])):
        assert parsed(compose(alone))["In-Reply-To"] is None
        assert parsed(compose(alone))["References"] is None


def test_a_message_is_found_by_its_reference() -> None:
    key = REMIND.duties[0]
    assert reference(key) == f"{sha256(key.encode()).hexdigest()[:40]}.aarshjul"
    assert message_id(REMIND) == f"<{reference(key)}@kkr.example.org>"


@pytest.mark.parametrize(
    ("uris", "listed", "one_click"),
    [
        ((), None, False),
        ((POST,), f"<{POST}>", False),
        ((WEB,), f"<{WEB}>", True),
        ((WEB, POST), f"<{WEB}>, <{POST}>", True),
        ((POST, WEB), f"<{POST}>, <{WEB}>", True),
        (("http://127.0.0.1:8000/unsubscribe/t",), "<http://127.0.0.1:8000/unsubscribe/t>", False),
    ],
)
def test_one_click_is_offered_only_where_the_web_takes_it(
    uris: tuple[str, ...], listed: str | None, one_click: bool
) -> None:
    message = parsed(compose(replace(REMIND, unsubscribe=uris)))
    assert message["List-Unsubscribe"] == listed
    assert message["List-Unsubscribe-Post"] == ("List-Unsubscribe=One-Click" if one_click else None)
    text = message.get_body(("plain",))
    html = message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert (f"Frameld beskederne: {WEB}" in text.get_content()) is one_click
    assert (f'href="{WEB}"' in html.get_content()) is one_click


def test_a_long_token_is_not_broken_by_folding() -> None:
    long = f"https://aarshjul.example.org/unsubscribe/{'x' * 800}"
    raw = compose(replace(REMIND, unsubscribe=(long, POST)))
    assert f"<{long}>".encode() in raw
    assert max(map(len, raw.split(b"\r\n"))) <= 998


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "javascript:alert(1)",
        "ftp://example.org/x",
        "https://example.org/a b",
        "https://example.org/>,<mailto:x@y",
        "mailto:a@example.org\r\nBcc: x@example.org",
        "https://example.org/å",
        "https://example.org/\x7f",
        f"https://example.org/{'x' * 900}",
    ],
)
def test_what_cannot_stand_in_the_header_is_refused(uri: str) -> None:
    with pytest.raises(NotificationError, match="unsubscribe"):
        replace(REMIND, unsubscribe=(WEB, uri))


@pytest.mark.parametrize("thread", ["", "c/m/1/remind/-7", "c/m/1/remind/-7/p\r\nBcc: x", "c/m/1/nag/-7/p"])
def test_a_thread_that_is_no_duty_is_refused(thread: str) -> None:
    with pytest.raises(NotificationError, match="follows"):
        replace(REMIND, thread=thread)


names = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(["\r\n", "Bcc: x@y", "=?utf-8?q?=0a?=", ",", ";", "<", ">", '"', "\\", "å", " "]),
        max_size=20,
    ).map("".join),
    st.sampled_from(["å" * 3000, "x" * 3000, "a, b" * 500]),
)


@settings(max_examples=80, deadline=None)
@given(shown=st.lists(names, min_size=1, max_size=5), subject=names)
def test_no_name_gets_out_of_its_place(shown: list[str], subject: str) -> None:
    copies = tuple(Address(name=name, email=f"copy{number}@example.org") for number, name in enumerate(shown))
    case = replace(
        COPIED, copies=copies, reply_to=Address(name=subject, email="reply@example.org"), cycle=subject
    )
    raw = compose(case)
    message = parsed(raw)
    assert [each.addr_spec for each in message["Cc"].addresses] == [copy.email for copy in copies]
    assert [each.addr_spec for each in message["Reply-To"].addresses] == ["reply@example.org"]
    assert set(message.keys()) == set(parsed(compose(COPIED)).keys()) | {"Reply-To"}
    assert raw.isascii()
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert max(map(len, raw.split(b"\r\n"))) <= 998


@pytest.mark.parametrize(
    ("mail", "kind"),
    [
        (MAIL, "message"),
        (b"A: b\r\n\r\nno line end", "message"),
        (b"Subject: x\r\n\r\n" + b"y" * 998 + b"\r\n", "message"),
        (b"Subject: x\r\n\r\n" + b"y" * 999 + b"\r\n", "file"),
        (b"Subject: x\n\nbare newlines\n", "file"),
        (b"Subject: x\r\n\r\nbare return\r", "file"),
        (b"Subject: x\r\n\r\nNUL \0", "file"),
        ("Subject: blåbærgrød\r\n\r\n".encode(), "file"),
        (b"\xff\xfe\x00", "file"),
        (b"", "file"),
        (b"\r\n", "message"),
    ],
)
def test_a_mail_that_is_passed_on_comes_back_unchanged(mail: bytes, kind: str) -> None:
    assert attached(mail) == (kind, mail)


@settings(max_examples=80, deadline=None)
@given(
    mail=st.one_of(
        st.binary(max_size=3000),
        st.lists(st.sampled_from([b"--", b"\r\n", b"\n", b"a", b"=", b".", b"From ", b"--=_"])).map(b"".join),
    )
)
@example(mail=b"x" * 100_000)
def test_any_bytes_come_back_unchanged(mail: bytes) -> None:
    assert attached(mail)[1] == mail


def test_a_mail_that_knows_our_borders_does_not_get_out_of_its_part() -> None:
    whole = compose(letter(DutyKind.RECEIVED, to=COORDINATOR, received=ENQUIRY, attachment=MAIL))
    outer = parsed(whole).get_boundary()
    forged = f"Subject: x\r\n\r\n--{outer}--\r\nBcc: x\r\n".encode()
    assert attached(forged) == ("file", forged)
    assert attached(whole) == ("file", whole)


def test_a_passed_on_mail_opens_as_a_message() -> None:
    message = parsed(compose(CASES["received.da"]))
    [part] = [each for each in message.walk() if each.get_content_type() == "message/rfc822"]
    inner = part.get_payload()[0]  # type: ignore[index]
    assert inner["Subject"] == "Spørgsmål til bilag 3"  # type: ignore[index]
