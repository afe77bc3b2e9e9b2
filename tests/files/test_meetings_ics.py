"""Calendars of other systems, written by hand in the shapes that those give them."""

import pytest

from aarshjul.files.meetings_table import Frame
from tests.files.meeting_files import calendar, problems_of, read, times

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


def test_a_zone_that_lists_its_summers_and_winters() -> None:
    listed = "BEGIN:{0}\nDTSTART:{1}\nRDATE:{2}\nTZOFFSETFROM:{3}\nTZOFFSETTO:{4}\nEND:{0}"
    halves = [
        listed.format("STANDARD", "20261025T030000", "20271031T030000,20281029T030000", "+0200", "+0100"),
        listed.format("DAYLIGHT", "20270328T020000", "20280326T020000", "+0100", "+0200"),
    ]
    head = "\n".join(["BEGIN:VTIMEZONE", "TZID:X", *halves, "END:VTIMEZONE"])
    events = [f"UID:{day}\nDTSTART;TZID=X:{day}T100000" for day in ("20270618", "20271115", "20280618")]
    assert {each.split(" ")[1] for each in times(calendar(*events, head=head))} == {"10:00-None"}


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


def test_two_meetings_under_one_uid_are_not_taken_for_one() -> None:
    events = [
        f"UID:a\nLAST-MODIFIED:20270101T100000Z\nDTSTART:{day}T100000" for day in ("20270212", "20270312")
    ]
    (problem,) = problems_of(calendar(*events))
    assert problem.startswith("f.ics:8: the VEVENT that begins here has the UID of the one in line 3")
    assert times(calendar(events[0], events[0])) == ["2027-02-12 10:00-None"]


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
        (
            calendar("UID:a\nDTSTART:20270212\nRRULE:FREQ=DAILY;COUNT=3\nEXRULE:FREQ=DAILY;INTERVAL=2"),
            ["f.ics:7: EXRULE takes times away by a rule; must be EXDATE, which lists them"],
        ),
        (
            calendar("UID:a\nDTSTART:20270212\nSUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:M=C3=B8de"),
            ["f.ics:6: SUMMARY is written as in the old vCalendar; export it as iCalendar, version 2.0"],
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
    assert sorted(problems_of(text)) == said


@pytest.mark.parametrize("name", ["localtime", "posixrules", "Factory"])
def test_a_zone_that_is_another_one_on_each_machine_is_not_known(name: str) -> None:
    (problem,) = problems_of(calendar(f"UID:a\nDTSTART;TZID={name}:20270212T100000"))
    assert f"`{name}` is not known" in problem


@pytest.mark.parametrize("rule", ["FREQ=DAILY;INTERVAL=0;COUNT=3", "FREQ=DAILY;COUNT=00"])
def test_a_rule_that_counts_to_nothing_is_refused(rule: str) -> None:
    (problem,) = problems_of(calendar(f"UID:a\nDTSTART:20270212\nRRULE:{rule}"))
    assert problem.startswith(f"f.ics:6: RRULE is `{rule}`")


def test_a_calendar_without_a_name_is_asked_whose_it_is() -> None:
    assert problems_of(calendar("UID:a\nDTSTART:20270212"), Frame()) == [
        "f.ics:1: the calendar has no name of its own: whose meetings are these? Add --body NAME"
    ]
