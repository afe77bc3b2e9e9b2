"""Whatever people type: the message still reads back, and nothing gets out of its place."""

import json
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default
from email.utils import parseaddr
from html import unescape
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.core.duties import DutyKind
from aarshjul.core.stages import Outcome
from calendars.address import Address
from calendars.text import one_line
from notifications.card import card
from notifications.facts import DecisionFacts, GoalScore, ProposedFacts, ReceivedFacts, Undelivered
from notifications.letter import Letter, Recipient
from notifications.mail import compose
from tests.notifications.letters import CASES
from tests.notifications.matters import ANALYST, COUNCIL, DIALOGUE, FINAL, SECRETARIAT, letter, settled

HEADERS = compose(CASES["remind.da"]).split(b"\r\n\r\n", 1)[0]
NAMES = {line.split(b":")[0] for line in HEADERS.split(b"\r\n") if not line.startswith(b" ")}
ODD = [
    "\r\n",
    "\n",
    "\r",
    "\x00",
    "\x1b[31m",
    "\u2028",
    "\x85",
    "\ud800",
    "Bcc: x@y",
    "=?utf-8?q?=0a?=",
    "æøå",
    "😀",
    ".",
    "--",
    "{item}",
    "{0.__class__}",
    "{",
    "%(n)s",
    "{{ 7 }}",
]
TAGS = set("html head meta title style body table tr td th h1 p a br".split())  # noqa: SIM905 -- a set of names
texts = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from([*ODD, " ", "ord", '"', "\\", "<", ">", ",", ";", ":"]), max_size=30).map(
        "".join
    ),
    st.sampled_from(["å" * 5000, "x" * 5000, "😀 " * 2500, "a b " * 1250]),
)


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 -- the parser's
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def name_in(raw: bytes) -> str:
    """The recipient's name as readers decode it that drop the space between two encoded words, as they should."""
    written = str(message_from_bytes(raw)["To"]).rsplit(" <", 1)[0]
    if written.startswith('"'):
        return parseaddr(f"{written} <a@b>")[0]
    return str(make_header(decode_header(written)))


def written_with(text: str) -> Letter:
    milestone = replace(settled(DIALOGUE, place=text), title=text, reason=text, days_left=3)
    return letter(
        DutyKind.REMIND,
        milestone,
        to=replace(ANALYST, address=Address(name=text, email="a@example.org"), teams="a@example.org"),
        sender=Address(name=text, email=SECRETARIAT.email),
        cycle=text,
        holder=text,
        council=text,
    )


@settings(max_examples=60, deadline=None)
@given(text=texts)
def test_no_text_gets_into_the_headers(text: str) -> None:
    raw = compose(written_with(text))
    message = message_from_bytes(raw, policy=default)
    assert {name.encode() for name in message.keys()} == NAMES  # noqa: SIM118 -- a message's names, not a dict's
    assert len(message["To"].addresses) == len(message["From"].addresses) == 1
    assert message["To"].addresses[0].addr_spec == "a@example.org"
    assert [each.get_content_type() for each in message.walk()][1:] == ["text/plain", "text/html"]
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")


@settings(max_examples=60, deadline=None)
@given(text=texts)
def test_the_text_arrives_in_every_part(text: str) -> None:
    message = message_from_bytes(compose(written_with(text)), policy=default)
    plain, html = (each.get_payload(decode=True).decode() for each in list(message.walk())[1:])  # type: ignore[union-attr]
    reader = _Texts()
    reader.feed(html)
    shown = one_line(text)
    assert shown in plain
    assert shown in unescape("".join(reader.said)) or shown in "".join(reader.said)
    assert set(reader.tags) <= TAGS
    assert name_in(compose(written_with(text))) == (shown[:200].rstrip() or "a@example.org")


@settings(max_examples=40, deadline=None)
@given(text=texts)
def test_a_card_is_json_within_the_limit_of_teams(text: str) -> None:
    payload = card(written_with(text))
    assert len(payload) <= 28_000
    content = json.loads(payload)["attachments"][0]["content"]
    assert [action["type"] for action in content["actions"]] == ["Action.OpenUrl"]
    assert {each["type"] for each in content["body"]} <= {"TextBlock", "FactSet", "Container"}


def letters_with(text: str) -> list[Letter]:
    """Every other kind, with the text wherever somebody types one."""
    milestone = replace(
        settled(COUNCIL, place=text), title=text, reason=text, was=COUNCIL.telling, owing=(text, text)
    )
    decision = DecisionFacts(
        body=text, outcome=Outcome.POSTPONED, reason=text, hash=text, version=2, fallen=(text,)
    )
    score = replace(
        FINAL,
        contract=text,
        goals=(GoalScore(id=text, title=text, shown=1, low=1, high=1),),
        findings=(text,),
    )
    absent = Recipient(
        person="p", address=Address(name=text, email="p@example.org"), roles=(text,), delegate_for=text
    )
    came = Undelivered(
        person=text, address=text, kind=DutyKind.REMIND, since=date(2022, 5, 27), subject=text, answer=text
    )
    mail = ReceivedFacts(sender=text, subject=text, why=text, size=0)
    proposed = ProposedFacts(person=text, telling=milestone.telling, comment=text)
    kind = DutyKind
    parts = tuple(letter(each, milestone, decision=decision, score=score) for each in _TOLD)
    others = [
        letter(kind.UNDELIVERED, undelivered=(came, came)),
        letter(kind.RECEIVED, received=mail, attachment=text.encode(errors="replace")),
        letter(kind.PROPOSED, milestone, proposed=proposed),
        letter(kind.DIGEST, parts=parts),
        letter(kind.DIGEST, milestone, parts=parts),
    ]
    frame = {"cycle": text, "holder": text, "council": text, "recipient": absent, "copies": (absent.address,)}
    return [replace(each, **frame) for each in (*parts, *others)]  # type: ignore[arg-type]


_TOLD = (
    *(
        DutyKind.MOVED,
        DutyKind.CANCEL,
        DutyKind.DECIDED,
        DutyKind.RETURNED,
        DutyKind.REOPENED,
        DutyKind.SCORE,
    ),
    DutyKind.ESCALATE,
)


@settings(max_examples=15, deadline=None)
@given(text=texts)
def test_every_kind_of_message_bears_any_text(text: str) -> None:
    for case in letters_with(text):
        raw = compose(case)
        message = message_from_bytes(raw, policy=default)
        assert not message.defects
        assert message.get_all("X-Aarshjul-Duty") == list(case.served)
        assert max(len(line) for line in raw.split(b"\r\n")) <= 998
        html = message.get_body(("html",))
        assert html is not None
        reader = _Texts()
        reader.feed(html.get_content())
        assert set(reader.tags) <= TAGS | {"h2", "blockquote", "ul", "li"}
        assert len(card(case)) <= 28_000
