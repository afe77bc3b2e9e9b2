"""Words that many readers share are found once: nobody may get another's, and nothing may depend on who came first."""

from binascii import b2a_qp
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import datetime, timedelta
from email.charset import BASE64, CHARSETS, QP
from email.header import Header
from typing import Any
from zoneinfo import ZoneInfo

import jinja2.meta
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendars.address import Address
from calendars.text import one_line
from notifications import dates, document, facts, html, mail, mail_headers, plain, tongue, wording
from notifications.card import card
from notifications.frame import Frame, frame_of
from notifications.html import as_html, html_pieces
from notifications.letter import Letter
from notifications.mail import compose
from notifications.matter import Matter, matter_of
from notifications.plain import as_text, text_pieces
from notifications.wording import worded
from tests.notifications.letters import CASES
from tests.notifications.matters import STOP
from tests.notifications.test_any_text import texts, written_with

KEEPING = (dates, html, mail, mail_headers, plain, tongue, wording)
ABOUT = st.sampled_from(sorted(CASES))
NAMES = st.sampled_from(["Åse", "Bo", "{name}", "{cycle}", "", "<b>Bo</b>", "Bo\r\nBcc: x"])
ROLES = st.sampled_from(
    [(), ("coordinator",), ("board", "board-chair"), ("council-chair",), ("holder",), ("jury",)]
)
ZONES = st.sampled_from(["Europe/Copenhagen", "Europe/Helsinki", "UTC", "Europe/London"])


def kept() -> Iterator[Any]:
    """Every bounded cache of the modules that make messages."""
    for module in KEEPING:
        for each in vars(module).values():
            if hasattr(each, "cache_parameters") and each.cache_parameters()["maxsize"] is not None:
                yield each


def alone(letter: Letter) -> tuple[bytes, bytes]:
    """The mail and the card as if it were the first message that is ever written."""
    for cache in kept():
        cache.cache_clear()
    return compose(letter), card(letter)


@st.composite
def letters(draw: st.DrawFn) -> Letter:
    """A case with another reader, so that most of a sequence has some but not all in common."""
    case = CASES[draw(ABOUT)]
    reader = replace(
        case.recipient,
        address=Address(name=draw(NAMES), email=draw(st.sampled_from(["a@example.org", "b@example.org"]))),
        roles=draw(ROLES),
        delegate_for=draw(st.sampled_from([None, "Åse", "Bo"])),
    )
    welcome = ("c/-/-/welcome/-/p",) if draw(st.booleans()) else ()
    return replace(
        case,
        duties=(*case.duties, *welcome),
        recipient=reader,
        on=case.on.astimezone(ZoneInfo(draw(ZONES))),
        link=draw(st.sampled_from([None, "https://example.org/a", "https://example.org/b"])),
        cycle=draw(st.sampled_from(["Kontrakt", "Aftale {name}"])),
        unsubscribe=draw(st.sampled_from([(), STOP, ("https://example.org/stop/1",), ("mailto:a@b.c",)])),
        copies=draw(st.sampled_from([(), (reader.address,)])),
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(letters(), min_size=2, max_size=8))
def test_a_message_is_the_same_whatever_was_written_before_it(sequence: list[Letter]) -> None:
    in_a_row = [(compose(letter), card(letter)) for letter in sequence]
    backwards = [(compose(letter), card(letter)) for letter in reversed(sequence)]
    assert in_a_row == backwards[::-1] == [alone(letter) for letter in sequence]


def test_every_case_is_the_same_after_all_others() -> None:
    first = {name: alone(case) for name, case in CASES.items()}
    assert {name: (compose(case), card(case)) for name, case in CASES.items()} == first


@pytest.mark.parametrize("name", sorted(CASES))
def test_what_words_are_kept_by_holds_nothing_of_one_reader(name: str) -> None:
    secret = "x7f3secret"
    case = CASES[name]
    address = Address(name=secret, email=f"{secret}@example.org")
    reader = replace(case.recipient, person=secret, address=address, teams=secret)
    own = replace(case, recipient=reader, unsubscribe=(f"https://example.org/{secret}",), thread=None)
    own = replace(own, duties=(f"c/m/1/remind/-7/{secret}",))
    assert secret not in repr(matter_of(own)) + repr(frame_of(own))
    assert matter_of(own) == matter_of(case)
    assert secret.encode() in compose(own)


@pytest.mark.parametrize(
    "name", sorted(path.stem for path in wording._FOLDER.glob("*.j2") if ".html" not in path.name)
)
def test_a_template_reads_only_what_its_words_are_kept_by(name: str) -> None:
    """What else it reads is not there, and jinja refuses that (`StrictUndefined`)."""
    tree = wording._words().parse((wording._FOLDER / f"{name}.j2").read_text(encoding="utf-8"))
    read = jinja2.meta.find_undeclared_variables(tree)
    not_given = {"matter", "m", "d", "s", "v", "t"} if name.startswith("_") else {"frame", "greet", "small"}
    assert not read & (not_given | {"letter"})


def test_nothing_that_words_are_kept_by_is_left_out_of_a_comparison() -> None:
    found = [Matter, Frame, Address]
    for module in (document, facts):
        found += [each for each in vars(module).values() if isinstance(each, type) and is_dataclass(each)]
    assert not [(each, field.name) for each in found for field in fields(each) if not field.compare]


@settings(max_examples=40, deadline=None)
@given(text=texts)
def test_pieces_in_quoted_printable_are_the_whole_in_quoted_printable(text: str) -> None:
    said = worded(written_with(text))
    for whole, pieces in ((as_text(said), text_pieces(said)), (as_html(said), html_pieces(said))):
        crlf = whole.encode().replace(b"\n", b"\r\n")
        assert b"".join(map(mail._kept, pieces)) == b2a_qp(crlf, istext=True)


@settings(max_examples=200, deadline=None)
@given(
    text=st.one_of(texts, st.text("aåø 😀=?_", max_size=60)).map(one_line),
    header=st.sampled_from(["", "Subject", "X-Aarshjul-Duty"]),
)
def test_an_encoded_word_is_what_the_standard_library_makes_of_it(text: str, header: str) -> None:
    expected = Header(text, mail_headers._utf8(), maxlinelen=76, header_name=header or None).encode(
        linesep="\r\n"
    )
    assert mail_headers._encoded(header, text) == expected


@pytest.mark.parametrize("default", [QP, BASE64])
def test_headers_do_not_depend_on_what_else_is_loaded(default: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Apprise makes quoted-printable the way of the whole process, once its mail plugin is there."""
    monkeypatch.setitem(CHARSETS, "utf-8", (default, default, "utf-8"))
    mail_headers._utf8.cache_clear()
    assert mail_headers._encoded("", "åå") == "=?utf-8?b?w6XDpQ==?="
    assert mail_headers._encoded("", "Bestyrelsen å") == "=?utf-8?q?Bestyrelsen_=C3=A5?="


def test_an_hour_that_comes_twice_has_two_dates() -> None:
    first = datetime(2022, 10, 30, 2, 30, tzinfo=ZoneInfo("Europe/Copenhagen"))
    assert mail_headers.date(first) == "Date: Sun, 30 Oct 2022 02:30:00 +0200\r\n"
    assert mail_headers.date(first.replace(fold=1)) == "Date: Sun, 30 Oct 2022 02:30:00 +0100\r\n"
    assert mail_headers.date(first + timedelta(days=1)) == "Date: Mon, 31 Oct 2022 02:30:00 +0100\r\n"


def test_what_is_kept_is_bounded() -> None:
    sizes = {cache.__name__: cache.cache_parameters()["maxsize"] for cache in kept()}
    assert {"told", "_around", "_kept", "_layout", "_shown"} <= sizes.keys()
    assert max(sizes.values()) <= 2048
