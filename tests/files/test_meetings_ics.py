"""Calendars of other systems, written by hand in the shapes that those give them."""

from datetime import date
from pathlib import Path
from time import process_time

import pytest

from aarshjul.core.errors import Invalid
from aarshjul.core.real_meeting import RealMeeting
from aarshjul.files.meetings import kind_of, read_meetings
from aarshjul.files.meetings_ics import meetings_from_ics
from aarshjul.files.meetings_table import Frame

BODY = Frame(body="KKR Nordjylland")
EUROPE = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


def calendar(*events: str, head: str = "") -> str:
    """A calendar; `head` and events are lines, the events without BEGIN and END."""
    parts = [f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT" for event in events]
    return "\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", *([head.strip()] if head else []), *parts, "END:VCALENDAR", ""]
    )


def read(text: str, frame: Frame = BODY, until: date | None = None) -> list[RealMeeting]:
    return list(meetings_from_ics(text, "f.ics", frame, until=until).meetings)


def times(text: str, frame: Frame = BODY, until: date | None = None) -> list[str]:
    return [f"{each.on} {each.at}-{each.ends}" for each in read(text, frame, until)]


def told(text: str, frame: Frame = BODY) -> list[str]:
    with pytest.raises(Invalid) as caught:
        meetings_from_ics(text, "f.ics", frame)
    return list(caught.value.problems)


@pytest.mark.parametrize(
    ("head", "start", "end"),
    [
        ("", "DTSTART:20270212T090000Z", "DTEND:20270212T110000Z"),
        ("", "DTSTART:20270212T100000", "DURATION:PT2H"),
        (
            "",
            "DTSTART;TZID=Europe/Copenhagen:20270212T100000",
            "DTEND;TZID=Europe/Copenhagen:20270212T120000",
        ),
        ("", "DTSTART;TZID=Romance Standard Time:20270212T100000", "DURATION:PT1H60M"),
        ("", 'DTSTART;TZID="W. Europe Standard Time":20270212T100000', "DURATION:PT120M"),
        (
            "",
            "DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Copenhagen:20270212T100000",
            "DURATION:PT2H",
        ),
        ("", "DTSTART;TZID=/mozilla.org/20070129_1/Europe/Copenhagen:20270212T100000", "DURATION:PT2H"),
        ("", "DTSTART;TZID=tzone://Microsoft/Utc:20270212T090000", "DURATION:PT2H"),
        ("", "DTSTART;TZID=GMT Standard Time:20270212T090000", "DURATION:PT2H"),
        ("X-WR-TIMEZONE:America/New_York", "DTSTART:20270212T040000", "DURATION:PT2H"),
        (
            EUROPE.format(name="Customized Time Zone"),
            "DTSTART;TZID=Customized Time Zone:20270212T100000",
            "DURATION:PT2H",
        ),
        (
            EUROPE.format(name="(UTC+01:00) København, Paris"),
            'DTSTART;TZID="(UTC+01:00) København, Paris":20270212T100000',
            "DURATION:PT2H",
        ),
        (
            EUROPE.format(name="(UTC+01:00) København, Paris"),
            "DTSTART;TZID=(UTC+01:00) København, Paris:20270212T100000",
            "DURATION:PT2H",
        ),
        (
            (
                "BEGIN:VTIMEZONE\nTZID:Fast\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0530\n"
                "TZOFFSETTO:+0530\nEND:STANDARD\nEND:VTIMEZONE"
            ),
            "DTSTART;TZID=Fast:20270212T143000",
            "DURATION:PT2H",
        ),
    ],
)
def test_any_zone_becomes_the_clocks_at_home(head: str, start: str, end: str) -> None:
    assert times(calendar(f"UID:a\nSUMMARY:KKR\n{start}\n{end}", head=head)) == ["2027-02-12 10:00-12:00"]


def test_summer_and_winter_of_a_zone_that_only_the_file_knows() -> None:
    events = [f"UID:{day}\nDTSTART;TZID=X:{day}T100000" for day in ("20270212", "20270618", "20700618")]
    found = times(calendar(*events, head=EUROPE.format(name="X")))
    assert found == ["2027-02-12 10:00-None", "2027-06-18 10:00-None", "2070-06-18 10:00-None"]


def test_another_home_has_other_clocks() -> None:
    text = calendar("UID:a\nDTSTART:20270212T233000Z\nDURATION:PT1H")
    assert times(text) == ["2027-02-13 00:30-01:30"]
    assert times(text, Frame(body="B", zone="America/Nuuk")) == ["2027-02-12 21:30-22:30"]


def test_whole_days_and_meetings_past_midnight_have_no_end() -> None:
    whole = calendar("UID:a\nDTSTART;VALUE=DATE:20270212\nDTEND;VALUE=DATE:20270214")
    late = calendar("UID:a\nDTSTART:20270212T180000\nDTEND:20270213T020000")
    at_once = calendar("UID:a\nDTSTART:20270212T100000\nDTEND:20270212T100000")
    assert times(whole) == ["2027-02-12 None-None"]
    assert times(late) == ["2027-02-12 18:00-None"]
    assert times(at_once) == ["2027-02-12 10:00-None"]


REPEATED = """UID:r
SUMMARY:KKR
DTSTART;TZID=Romance Standard Time:20270108T100000
DTEND;TZID=Romance Standard Time:20270108T120000
"""


def test_a_council_that_meets_by_a_rule_with_an_exception_and_a_moved_time() -> None:
    text = calendar(
        REPEATED
        + "RRULE:FREQ=MONTHLY;UNTIL=20270611T080000Z;BYDAY=2FR\n"
        + "EXDATE;TZID=Romance Standard Time:20270312T100000,20270514T100000",
        "UID:r\nRECURRENCE-ID;TZID=Romance Standard Time:20270409T100000\nSUMMARY:Flyttet\n"
        "DTSTART;TZID=Romance Standard Time:20270416T130000\nDURATION:PT1H",
    )
    assert times(text) == [
        "2027-01-08 10:00-12:00",
        "2027-02-12 10:00-12:00",
        "2027-04-16 13:00-14:00",
        "2027-06-11 10:00-12:00",
    ]
    assert [each.source for each in read(text)] == [
        *("r/20270108T0900Z", "r/20270212T0900Z", "r/20270409T0800Z", "r/20270611T0800Z")
    ]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("RRULE:FREQ=WEEKLY;COUNT=3", ["01-08", "01-15", "01-22"]),
        ("RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20270122", ["01-08", "01-22"]),
        ("RDATE;TZID=Romance Standard Time:20270212T100000,20270312T100000", ["01-08", "02-12", "03-12"]),
        ("RRULE:FREQ=YEARLY;COUNT=2\nEXDATE;VALUE=DATE:20280108", ["01-08"]),
        ("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=4", ["01-08"]),
        ("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=2", ["01-08", "02-29", "02-29"]),
        ("RRULE:FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1;COUNT=3", ["01-08", "01-29", "02-26", "03-26"]),
    ],
)
def test_repetitions(rule: str, expected: list[str]) -> None:
    assert [f"{each.on:%m-%d}" for each in read(calendar(REPEATED + rule))] == expected


def test_a_time_that_is_named_by_its_day_alone_is_replaced() -> None:
    text = calendar(
        REPEATED + "RRULE:FREQ=WEEKLY;COUNT=2",
        "UID:r\nRECURRENCE-ID;VALUE=DATE:20270115\nDTSTART:20270116T100000\nDURATION:PT1H",
    )
    assert times(text) == ["2027-01-08 10:00-12:00", "2027-01-16 10:00-11:00"]


def test_a_rule_without_an_end_is_refused_with_its_line_unless_a_day_is_named() -> None:
    text = calendar(REPEATED + "RRULE:FREQ=MONTHLY;BYDAY=2FR")
    (problem,) = told(text)
    assert problem.startswith("f.ics:8: RRULE has no end (neither UNTIL nor COUNT)")
    assert "--until DATE" in problem
    assert len(read(text, until=date(2027, 4, 9))) == 4


def test_what_is_cancelled() -> None:
    plain = "DTSTART:20270212T100000\nSUMMARY:"
    assert read(calendar(f"UID:a\n{plain}KKR\nSTATUS:CANCELLED"))[0].status == "cancelled"
    assert read(calendar(f"UID:a\n{plain}KKR\nSTATUS:TENTATIVE"))[0].status == "tentative"
    assert read(calendar(f"UID:a\n{plain}KKR", head="METHOD:CANCEL"))[0].status == "cancelled"
    (marked,) = read(calendar(f"UID:a\n{plain}Aflyst: KKR\nSTATUS:CONFIRMED"))
    assert (marked.title, marked.status) == ("KKR", "cancelled")


def test_the_later_of_two_versions_counts() -> None:
    old = "UID:a\nSEQUENCE:0\nDTSTART:20270212T100000"
    new = "UID:a\nSEQUENCE:2\nDTSTART:20270219T100000"
    assert times(calendar(new, old)) == times(calendar(old, new)) == ["2027-02-19 10:00-None"]


def test_folded_lines_escapes_quotes_and_what_else_stands_in_a_calendar() -> None:
    text = calendar(
        "UID:a\r\nSUMMARY;LANGUAGE=da-DK:KKR\\, ordinæ\r\n rt\\nmøde\r\nDTSTART:20270212T100000\r\n"
        'ORGANIZER;CN="Møller; sekretær: KKR":mailto:s@example.org\r\nLOCATION:Aalborg\\; sal 1\r\n'
        "BEGIN:VALARM\r\nSUMMARY:Alarm\r\nDTSTART:20200101T000000\r\nTRIGGER:-PT15M\r\nEND:VALARM",
        head="BEGIN:VTODO\nSUMMARY:Opgave\nEND:VTODO",
    )
    (meeting,) = read(text)
    assert (meeting.title, meeting.place) == ("KKR, ordinært møde", "Aalborg; sal 1")


def test_several_calendars_in_a_file_name_their_own_bodies() -> None:
    one = calendar("UID:a\nDTSTART:20270212T100000", head="X-WR-CALNAME:KKR Nordjylland")
    two = calendar("UID:a\nDTSTART:20270211T100000", head="NAME:Bestyrelsen")
    found = read(one + two, Frame())
    assert [(each.body, each.title) for each in found] == [("Bestyrelsen",) * 2, ("KKR Nordjylland",) * 2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            calendar("UID:a\nDTSTART;TZID=Mars Standard Time:20270212T100000"),
            [
                (
                    "f.ics:5: the time zone `Mars Standard Time` is not known and not defined in the file; must be "
                    "one such as Europe/Copenhagen or Romance Standard Time"
                )
            ],
        ),
        (
            calendar("UID:a\nhvad nu\nDTSTART 20270212\n:x"),
            [
                "f.ics:3: the VEVENT that begins here has no DTSTART; must say when it is",
                "f.ics:5: `hvad nu` is no line of a calendar; must be NAME:VALUE with a colon",
                "f.ics:6: `DTSTART 20270212` is no line of a calendar; must be NAME:VALUE with a colon",
                "f.ics:7: `:x` is no line of a calendar; must be NAME:VALUE, or indented to go on",
            ],
        ),
        (
            calendar("UID:a\nDTSTART:2027-02-12"),
            [
                (
                    "f.ics:5: DTSTART is `2027-02-12`; must be a day such as 20270212 or a time such as "
                    "20270212T100000"
                )
            ],
        ),
        (
            calendar("UID:a\nDTSTART:20270230T100000"),
            [
                (
                    "f.ics:5: DTSTART is `20270230T100000`; must be a day such as 20270212 or a time such as "
                    "20270212T100000"
                )
            ],
        ),
        (
            calendar("UID:a\nDTSTART:20270212\nDURATION:2 timer"),
            ["f.ics:6: DURATION is `2 timer`; must be such as PT2H or PT1H30M"],
        ),
        (
            calendar("UID:a\nDTSTART:20270212\nRRULE:FREQ=SECONDLY;COUNT=3"),
            [
                (
                    "f.ics:6: RRULE is `FREQ=SECONDLY;COUNT=3`; must be DAILY, WEEKLY, MONTHLY or YEARLY, such as "
                    "FREQ=MONTHLY;BYDAY=2FR;COUNT=6"
                )
            ],
        ),
        (
            calendar("UID:a\nDTSTART:20270212\nRRULE:FREQ=DAILY;COUNT=9999"),
            ["f.ics:6: RRULE gives more than 500 meetings; export a shorter time"],
        ),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", ["f.ics:3: is END:VCALENDAR; must be END:VEVENT"]),
        (
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\n",
            ["f.ics:2: BEGIN:VEVENT has no END; the file is cut off: export it again"],
        ),
        (calendar(), ["f.ics:1: has no meetings in it; must have at least one"]),
    ],
)
def test_what_is_wrong_is_said_by_line_and_all_at_once(text: str, said: list[str]) -> None:
    assert sorted(told(text)) == said


def test_rules_that_never_come_true_take_no_time() -> None:
    never = "DTSTART:20270212T100000\nRRULE:FREQ=MONTHLY;BYDAY=FR;BYSETPOS=6;COUNT=400"
    began = process_time()
    assert len(read(calendar(*[never] * 10))) == 10
    assert process_time() - began < 10
    assert "is the 101st RRULE" in told(calendar(*[never] * 101))[0]


def test_a_calendar_without_a_name_is_asked_whose_it_is() -> None:
    assert told(calendar("UID:a\nDTSTART:20270212"), Frame()) == [
        "f.ics:1: the calendar has no name of its own: whose meetings are these? Add --body NAME"
    ]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.ics", b"<!DOCTYPE html>\n<html><body>Log ind</body></html>", ":1: is a web page, not a calendar"),
        ("a.ics", b"\xef\xbb\xbf\n<html>", ":1: is a web page, not a calendar"),
        ("a.csv", b"<?xml version='1.0'?><a/>", ":1: is XML or a web page"),
        ("a.ics", b"x" * 5_000_001, ":1: is larger than 5 MB"),
        ("a.ics", b" \r\n\r\n", ":1: is empty"),
        ("a.ics", b"BEGIN:VCALENDAR\n\x00\x01", ":2: is not text"),
        ("a.ics", "BEGIN:VCALENDAR\nX:ø\nY:".encode() + b"\xe6\n", ":3: is not UTF-8 (byte 0xe6)"),
        ("a.csv", b"Dato\n\x81\n", ":2: is not UTF-8 (byte 0x81)"),
        ("a.ics", b"\xff\xfeabc", ":1: begins as UTF-16 and is not"),
    ],
)
def test_what_is_no_calendar_at_all(name: str, data: bytes, said: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    kind = kind_of(file)
    assert kind is not None
    with pytest.raises(Invalid) as caught:
        read_meetings(file, kind, BODY)
    assert caught.value.problems[0].startswith(f"{file}{said}")


def test_the_content_says_what_a_file_is_before_its_name_does(tmp_path: Path) -> None:
    file = tmp_path / "calendar.txt"
    file.write_bytes(b"\xef\xbb\xbf\r\n" + calendar("UID:a\nDTSTART:20270212").encode())
    assert kind_of(file) == "ics"
    assert len(read_meetings(file, "ics", BODY).meetings) == 1
    (tmp_path / "a.yaml").write_text("# x\nformat: aarshjul/cycle@1\n")
    assert kind_of(tmp_path / "a.yaml") is None
    (tmp_path / "a.txt").write_text("format: aarshjul/contract@1\n")
    assert kind_of(tmp_path / "a.txt") is None
