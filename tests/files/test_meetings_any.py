"""The same meetings in every kind of file, and any bytes at all."""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.core.errors import Invalid
from aarshjul.core.real_meeting import RealMeeting
from aarshjul.files.meetings import Kind, read_meetings
from aarshjul.files.meetings_csv import meetings_from_csv
from aarshjul.files.meetings_ics import meetings_from_ics
from aarshjul.files.meetings_problems import ReadMeetings
from aarshjul.files.meetings_table import Frame
from aarshjul.files.meetings_workbook import dump_xlsx
from aarshjul.files.meetings_xlsx import meetings_from_xlsx
from aarshjul.files.meetings_yaml import dump_meetings, meetings_from_yaml

LETTERS = st.characters(
    min_codepoint=32, max_codepoint=0x2FF, exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Zs"]
)
LINE = st.text(LETTERS, min_size=1, max_size=40)
WORD = st.from_regex(r"[A-Za-zæøåÆØÅ]{1,12}", fullmatch=True)
KKR = Frame(body="KKR")
CLOCK = st.times(min_value=time(0, 0), max_value=time(23, 58)).map(lambda each: f"{each:%H:%M}")


@st.composite
def meetings(draw: st.DrawFn) -> RealMeeting:
    at = draw(st.none() | CLOCK)
    return RealMeeting(
        body=draw(WORD),
        title=draw(LINE),
        on=draw(st.dates(date(1950, 1, 1), date(2150, 12, 31))),
        at=at,
        ends="23:59" if at is not None and draw(st.booleans()) else None,
        place=draw(st.none() | LINE),
        status=draw(st.sampled_from(["tentative", "confirmed", "cancelled"])),
        timezone=draw(st.sampled_from(["Europe/Copenhagen", "Atlantic/Faroe"])),
        source=draw(st.none() | WORD),
    )


def problems(read: Callable[[], ReadMeetings]) -> tuple[str, ...]:
    """What is said against a file; nothing where it has meetings."""
    try:
        assert read().meetings
    except Invalid as error:
        return error.problems
    return ()


def ordered(found: list[RealMeeting]) -> list[RealMeeting]:
    return sorted(found, key=repr)


@settings(max_examples=60, deadline=None)
@given(st.lists(meetings(), min_size=1, max_size=6))
def test_yaml_and_workbook_lose_nothing(found: list[RealMeeting]) -> None:
    from_yaml = meetings_from_yaml(dump_meetings(found), "f.yaml", Frame()).meetings
    from_workbook = meetings_from_xlsx(dump_xlsx(found), "f.xlsx", Frame()).meetings
    assert ordered(list(from_yaml)) == ordered(found)
    assert ordered(list(from_workbook)) == ordered(found)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.dates(date(1970, 1, 1), date(2150, 12, 31)), CLOCK, WORD), min_size=1, max_size=6)
)
def test_a_plan_is_the_same_in_every_kind_of_file(rows: list[tuple[date, str, str]]) -> None:
    found = ordered([RealMeeting(body="KKR", title=title, on=on, at=at) for on, at, title in rows])
    frame = Frame(body="KKR")
    table = "Dato;Tid;Titel\n" + "".join(f"{on:%d.%m.%Y};{at};{title}\n" for on, at, title in rows)
    events = "".join(
        f"BEGIN:VEVENT\nDTSTART;TZID=Europe/Copenhagen:{on:%Y%m%d}T{at.replace(':', '')}00\n"
        f"SUMMARY:{title}\nEND:VEVENT\n"
        for on, at, title in rows
        if not _is_skipped(on, at)
    )
    assert ordered(list(meetings_from_csv(table, "f.csv", frame).meetings)) == found
    assert ordered(list(meetings_from_yaml(dump_meetings(found), "f.yaml", frame).meetings)) == found
    kept = [each for each in found if not _is_skipped(each.on, each.at or "")]
    if kept:
        text = f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n"
        assert ordered(list(meetings_from_ics(text, "f.ics", frame).meetings)) == kept


def _is_skipped(on: date, at: str) -> bool:
    """Whether summer time may skip or repeat that hour; calendars cannot say which one is meant."""
    return on.weekday() == 6 and at < "04:00"


FRAGMENTS = st.lists(
    st.sampled_from(
        [
            *(
                "BEGIN:VCALENDAR\n",
                "END:VCALENDAR\n",
                "BEGIN:VEVENT\n",
                "END:VEVENT\n",
                "BEGIN:VTIMEZONE\nTZID:X\n",
            ),
            *(
                "END:VTIMEZONE\n",
                "BEGIN:STANDARD\n",
                "END:STANDARD\n",
                "DTSTART:20270212T100000\n",
                "UID:a\n",
                "\n ",
            ),
            *(
                "DTSTART;TZID=X:20270212T100000\n",
                "RRULE:FREQ=DAILY;BYSETPOS=0;COUNT=2\n",
                "TZOFFSETTO:+9999\n",
            ),
            *(
                "RRULE:FREQ=YEARLY;BYEASTER=1;COUNT=3\n",
                "DURATION:P\n",
                "DTEND:20270212\n",
                "RDATE:2027\n",
                ";",
                ":",
            ),
            *(
                "RRULE:FREQ=MONTHLY;BYDAY=9XX;COUNT=2\n",
                "EXDATE:x\n",
                "RECURRENCE-ID:20270212\n",
                '"',
                "Dato;Tid\n",
            ),
            *(
                "12.02.2027;10\n",
                "RRULE:FREQ=WEEKLY;UNTIL=20280101\n",
                "TZOFFSETFROM:-0100\n",
                "SUMMARY:Aflyst:\n",
            ),
            *("DTSTART:00010101T000000\n", "DTSTART:99991231T235959Z\n", "RRULE:COUNT=1\n", "SEQUENCE:٣\n"),
            *("format: aarshjul/meetings@1\n", "meetings:\n  - {on: 2027-02-12, title: a}\n", "body: x\n"),
        ]
    ),
    max_size=25,
).map("".join)
KINDS: st.SearchStrategy[Kind] = st.sampled_from(["ics", "csv", "xlsx", "yaml"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all examples."""
    return tmp_path_factory.mktemp("any")


@settings(max_examples=300, deadline=None)
@given(kind=KINDS, data=FRAGMENTS.map(str.encode) | st.binary(max_size=300))
def test_any_bytes_give_meetings_or_say_what_is_wrong(folder: Path, kind: Kind, data: bytes) -> None:
    file = folder / "any.file"
    file.write_bytes(data)
    assert all(problem.startswith(f"{file}:") for problem in problems(lambda: read_meetings(file, kind, KKR)))


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("0123456789./- :TZkl.fredagsønmj,æ"), max_size=24))
def test_any_cell_is_a_day_and_a_time_or_is_said(cell: str) -> None:
    text = f'Dato;Tid;Emne\n"{cell}";"{cell}";x\n'
    assert all(
        problem.startswith("f.csv:") for problem in problems(lambda: meetings_from_csv(text, "f.csv", KKR))
    )
