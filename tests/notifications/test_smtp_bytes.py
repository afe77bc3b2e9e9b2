"""Whatever is in a mail, an address or an answer: none of it can end a mail early, or a line."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from notifications.channel import Outcome
from notifications.smtp_account import mailbox
from notifications.smtp_answers import judged, said
from notifications.smtp_session import stuffed

LINES = st.lists(
    st.sampled_from([b".", b"..", b"a", b"", b"\r", b"\n", b"\r\n", b"\r\n.\r\n", b".\r\n", b"\n."])
)
BYTES = LINES.map(b"".join) | st.binary(max_size=200)
ANY_TEXT = st.text(st.characters(), max_size=40) | st.from_regex(r"[\x00-\x7fæøå]{0,20}@[\x00-\x7fæøå]{0,20}")


def as_received(wire: bytes) -> bytes:
    """What a server makes of the bytes after DATA, up to the line that is a dot (RFC 5321, 4.5.2)."""
    lines = wire.split(b"\r\n")
    end = lines.index(b".")
    assert lines[end + 1 :] == [b""], "the mail ends early"
    return b"".join(line[line.startswith(b".") :] + b"\r\n" for line in lines[:end])


@settings(max_examples=300)
@given(BYTES)
def test_server_gets_the_same_lines_and_one_end(payload: bytes) -> None:
    lines = re.split(rb"\r\n|\r|\n", payload)
    expected = lines[:-1] if lines[-1] == b"" and len(lines) > 1 else lines
    assert as_received(stuffed(payload) + b".\r\n") == b"".join(line + b"\r\n" for line in expected)


@settings(max_examples=300)
@given(BYTES)
def test_no_server_sees_a_lone_line_end(payload: bytes) -> None:
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", stuffed(payload))


@settings(max_examples=300)
@given(ANY_TEXT)
def test_address_stays_within_its_brackets(address: str) -> None:
    box = mailbox(address)
    if box is not None:
        assert re.fullmatch(r"[^\s<>\x00-\x20\x7f]+@[A-Za-z0-9.-]+", box)
        assert box.isprintable()
        assert box.encode()


@settings(max_examples=200)
@given(st.binary(max_size=700))
def test_answer_is_one_printable_line(text: bytes) -> None:
    words = said(text)
    assert words.isprintable()
    assert len(words) <= 500
    assert words == words.strip()


@given(st.integers(200, 599))
def test_answer_means_what_its_first_digit_says(code: int) -> None:
    outcome = {2: Outcome.SENT, 3: Outcome.TEMPORARY, 4: Outcome.TEMPORARY, 5: Outcome.PERMANENT}[code // 100]
    wants_login = code in (530, 534, 535, 538)
    assert judged((code, b"")).outcome is (Outcome.TEMPORARY if wants_login else outcome)
