"""Whatever people type: calendars read it back as it was, and nothing gets out of its line."""

import re
from dataclasses import replace
from datetime import date, timedelta

import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.core.working_days import WorkingDays
from calendars.address import Address
from calendars.feed import feed
from calendars.invitation import Method, invitation
from calendars.occasions import item_of
from calendars.publication import publication
from calendars.rows import Frame, Row
from calendars.task import Task, TaskStatus
from calendars.telling import Teller
from calendars.text import clean, one_line
from tests.calendars.items import DIALOGUE, SECRETARIAT, parsed

ODD = [
    "\r\n",
    "\n",
    "\r",
    "\t",
    "\x00",
    "\x1b",
    "\u2028",
    "\x85",
    "\ud800",
    "END:VEVENT",
    "METHOD:CANCEL",
    "æøå",
    "😀",
]
texts = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from([*ODD, " ", '"', "\\", "\\n", "\\N", ",", ";", ":", "^n", "^", "%2C"]), max_size=30
    ).map("".join),
    st.sampled_from(["å" * 5000, "x" * 5000, "😀 " * 2500]),
)


def event_lines(raw: bytes) -> list[bytes]:
    return raw.split(b"BEGIN:VEVENT\r\n")[1].split(b"\r\n")


@settings(max_examples=80, deadline=None)
@given(text=texts)
def test_a_feed_keeps_any_text_in_its_place(text: str) -> None:
    item = replace(
        DIALOGUE, title=f"a{text}", description=f"b{text}", place=f"c{text}", categories=(f"d{text}",)
    )
    raw = feed(name=f"n{text}", description=f"e{text}", items=[item])
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert all(line.decode() is not None for line in raw.split(b"\r\n"))  # no character is cut in two
    assert raw.count(b"\r\nEND:VEVENT\r\n") == 1
    assert b"\r\nMETHOD" not in raw
    calendar = parsed(raw)
    event = calendar.events[0]
    assert not calendar.errors
    assert not event.errors
    assert event["summary"] == f"Foreløbig: {one_line('a' + text)}"
    assert event["description"] == clean("b" + text)
    assert event["location"] == one_line("c" + text)
    assert [str(each) for each in event["categories"].cats] == [one_line("d" + text)]
    for key in ("name", "x-wr-calname"):  # icalendar leaves these as they stand in the file
        assert re.sub(r"\\([\\;,])", r"\1", calendar[key]) == one_line("n" + text)
    assert calendar["description"] == clean("e" + text)


@settings(max_examples=60, deadline=None)
@given(text=texts)
def test_vobject_reads_the_same_text(text: str) -> None:
    raw = feed(name="n", items=[replace(DIALOGUE, title=f"a{text}", place=f"c{text}")])
    event = vobject.readOne(raw.decode()).vevent
    assert event.summary.value == f"Foreløbig: {one_line('a' + text)}"
    assert event.location.value == one_line("c" + text)


@settings(max_examples=60, deadline=None)
@given(text=texts)
def test_a_task_keeps_any_text_in_its_place(text: str) -> None:
    task = Task(
        uid="t",
        event="e",
        sequence=0,
        stamp=DIALOGUE.stamp,
        title=f"a{text}",
        due=DIALOGUE.starts,
        status=TaskStatus.CANCELLED,
        description=f"b{text}",
        categories=(f"c{text}", f"d{text}"),
    )
    raw = feed(name="n", items=[replace(DIALOGUE, alarm=timedelta(hours=1), title=f"a{text}")], tasks=[task])
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert [raw.count(f"\r\nEND:{name}\r\n".encode()) for name in ("VTODO", "VALARM", "VEVENT")] == [1, 1, 1]
    read = parsed(raw).walk("VTODO")[0]
    assert not read.errors
    assert read["summary"] == f"AFLYST: {one_line('a' + text)}"
    assert read["description"] == clean("b" + text)
    assert [str(each) for each in read["categories"].cats] == [one_line("c" + text), one_line("d" + text)]
    alarm = parsed(raw).walk("VALARM")[0]
    assert alarm["description"] == f"Foreløbig: {one_line('a' + text)}"


@settings(max_examples=60, deadline=None)
@given(text=texts)
def test_whatever_a_cycle_calls_its_roles_and_bodies_stays_in_the_description(text: str) -> None:
    frame = Frame(
        id="c",
        title=f"t{text}",
        holder=f"h{text}",
        council=f"k{text}",
        timezone="Europe/Copenhagen",
        language="da",
        activated_at=None,
        state="active",
        days=WorkingDays(),
    )
    row = Row(
        id=1,
        cycle_id="c",
        slug="m",
        title=f"m{text}",
        phase="drafting",
        kind="meeting",
        on=date(2022, 11, 18),
        last_on=date(2022, 11, 18),
        at="10:00",
        ends=None,
        place=f"p{text}",
        meeting_id=None,
        invited_elsewhere=False,
        tentative=False,
        state="open",
        done_when=None,
        uid="u",
        sequence=0,
        stamp=DIALOGUE.stamp,
        for_=(f"r{text}", "holder"),
        owed_by=("council",),
        invites=True,
    )
    about = Teller(frame=frame, language="en").about(row)
    raw = feed(name="n", items=[item_of(Teller(frame=frame, language="en"), row, None)])
    event = parsed(raw).events[0]
    assert not event.errors
    assert event["description"] == clean(about)
    assert raw.count(b"\r\nEND:VEVENT\r\n") == 1
    for said in (f"r{text}, h{text}", f"k{text}", f"t{text}"):
        assert said in about


@settings(max_examples=40, deadline=None)
@given(text=texts)
def test_invitations_and_publications_keep_the_same_text(text: str) -> None:
    item = replace(DIALOGUE, title=f"a{text}", description=f"b\\N{text}", place=f"c{text}")
    asked = invitation(item=item, method=Method.REQUEST, organizer=SECRETARIAT, attendee=SECRETARIAT)
    for raw in (asked, publication(item, SECRETARIAT)):
        event = parsed(raw).events[0]
        assert not event.errors
        assert event["summary"] == f"Foreløbig: {one_line('a' + text)}"
        assert event["description"] == clean("b\\N" + text)
        assert event["location"] == one_line("c" + text)


@settings(max_examples=60, deadline=None)
@given(text=texts)
def test_any_name_stays_within_its_parameter(text: str) -> None:
    raw = invitation(
        item=DIALOGUE,
        method=Method.REQUEST,
        organizer=SECRETARIAT,
        attendee=Address(name=text, email="a@example.org"),
    )
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    attendee = parsed(raw).events[0]["attendee"]
    shown = one_line(text.replace('"', "'").replace("^", "").replace("\\", "/"))
    assert one_line(attendee.params["CN"]) == (shown or "a@example.org")
    assert attendee == "mailto:a@example.org"
    assert set(attendee.params) == {"CN", "CUTYPE", "ROLE", "PARTSTAT", "RSVP"}
    assert vobject.readOne(raw.decode()).vevent.attendee.value == "mailto:a@example.org"
