"""Meetings by a rule of repetition, in calendars of other systems."""

from datetime import date
from time import process_time

import pytest

from tests.files.meeting_files import calendar, problems_of, read, times

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
    (problem,) = problems_of(text)
    assert problem.startswith("f.ics:8: RRULE has no end (neither UNTIL nor COUNT)")
    assert "--until DATE" in problem
    assert len(read(text, until=date(2027, 4, 9))) == 4


def test_rules_that_never_come_true_take_no_time() -> None:
    never = "DTSTART:20270212T100000\nRRULE:FREQ=MONTHLY;BYDAY=FR;BYSETPOS=6;COUNT=400"
    began = process_time()
    assert len(read(calendar(*[never] * 10))) == 10
    assert process_time() - began < 10
    assert "is the 101st RRULE" in problems_of(calendar(*[never] * 101))[0]
