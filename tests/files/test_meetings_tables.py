"""Meeting plans as text tables, as secretariats and calendar programs write them."""

import datetime as dt

import pytest

from aarshjul.core.errors import Invalid
from aarshjul.core.meeting_words import words_of
from aarshjul.core.real_meeting import RealMeeting
from aarshjul.files.meetings_csv import meetings_from_csv
from aarshjul.files.meetings_problems import ReadMeetings
from aarshjul.files.meetings_table import Frame
from tests.files.meeting_files import BODY, GOOD


def table(text: str) -> ReadMeetings:
    return meetings_from_csv(text, "f.csv", BODY)


def problems(text: str) -> list[str]:
    with pytest.raises(Invalid) as caught:
        table(text)
    return list(caught.value.problems)


def days(text: str) -> list[str]:
    return [each.on.isoformat() for each in table(text).meetings]


def times(text: str) -> tuple[str | None, str | None]:
    (meeting,) = table(f"Dato;Tid\n2027-02-12;{text}\n").meetings
    return meeting.at, meeting.ends


@pytest.mark.parametrize(
    "written",
    [
        *(
            "12.02.2027",
            "12-02-2027",
            "12.2.2027",
            "2027-02-12",
            "12/2-2027",
            "12. februar 2027",
            "d. 12. feb. 2027",
        ),
        *("fredag den 12. februar 2027", "Fre. 12.02.2027", "Friday, 12 February 2027", "February 12, 2027"),
        *("12th February 2027", "FREDAG D. 12. FEBRUAR 2027", "12 feb 2027", "13/02/2027"),
    ],
)
def test_days_as_people_write_them(written: str) -> None:
    assert days(f"Dato;Emne\n{written};KKR\n") == ["2027-02-13" if "/02/" in written else "2027-02-12"]


@pytest.mark.parametrize(
    ("written", "at", "ends"),
    [
        ("10", "10:00", None),
        ("10.00-12.30", "10:00", "12:30"),
        ("kl. 10-12", "10:00", "12:00"),
        ("kl.9.30", "09:30", None),
        ("10:00:00", "10:00", None),
        ("10:00 til 12:00", "10:00", "12:00"),
        ("10:00 – 12:00", "10:00", "12:00"),
        ("2:30 PM", "14:30", None),
        ("12:00 am", "00:00", None),
    ],
)
def test_times_as_people_write_them(written: str, at: str, ends: str | None) -> None:
    assert times(written) == (at, ends)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_any_delimiter_with_a_title_above_and_empty_rows(delimiter: str, newline: str) -> None:
    rows = [
        ["Mødeplan 2027"],
        [],
        ["Dato", "Kl.", "Emne", "Lokale"],
        ["12.02.2027", "10", '"A, B; C"', "Sal"],
        [],
    ]
    text = newline.join(delimiter.join(row) for row in rows)
    assert table(text).meetings == (
        RealMeeting(
            body="KKR Nordjylland", title="A, B; C", on=dt.date(2027, 2, 12), at="10:00", place="Sal"
        ),
    )


def test_the_calendar_export_of_an_office_program() -> None:
    head = "Subject,Start Date,Start Time,End Date,End Time,All day event,Location,Description\n"
    row = "KKR,2027-02-12,10:00:00,2027-02-12,12:00:00,False,Aalborg,\n"
    (meeting,) = table(head + row).meetings
    assert (meeting.on.isoformat(), meeting.at, meeting.ends) == ("2027-02-12", "10:00", "12:00")


def test_day_and_time_in_one_cell() -> None:
    (meeting,) = table("Start;Slut;Emne\n12-02-2027 10:00;12-02-2027 12:00;KKR\n").meetings
    assert (meeting.on.isoformat(), meeting.at, meeting.ends) == ("2027-02-12", "10:00", "12:00")


def test_status_and_marks_in_the_title() -> None:
    text = (
        "Dato;Titel;Status\n12.02.2027;A;foreløbig\n13.02.2027;Aflyst: B;\n14.02.2027;Aflyst: C;bekræftet\n"
    )
    found = [(each.title, each.status) for each in table(text).meetings]
    assert found == [("A", "tentative"), ("B", "cancelled"), ("Aflyst: C", "confirmed")]


def test_a_weekday_that_does_not_fit_is_read_and_doubted() -> None:
    read = table("Dato;Emne\nonsdag den 12. februar 2027;KKR\n")
    assert read.meetings[0].on.isoformat() == "2027-02-12"
    ((where, doubt),) = read.doubts
    assert where == "f.csv:2"
    assert words_of(doubt, "en") == (
        "the source says Wednesday, but 2027-02-12 is a Friday: ask which of the two is right"
    )
    ((_, beside),) = table("Ugedag;Dato;Emne\ntorsdag;12.02.2027;KKR\n").doubts
    assert words_of(beside, "da") == (
        "kilden skriver torsdag, men 2027-02-12 er en fredag: spørg, hvad der er rigtigt"
    )


def test_slashes_are_day_first_where_the_file_shows_it() -> None:
    assert days("Dato;Emne\n02/12/2027;KKR\n") == ["2027-12-02"]
    assert days("Date,Subject\n02/12/2027,A\n13/12/2027,B\n") == ["2027-12-02", "2027-12-13"]
    assert days("Date,Day,Subject\n12/02/2027,Friday,A\n") == ["2027-02-12"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Date,Day,Subject\n02/12/2027,Friday,A\n03/12/2027,Friday,B\n",
            [
                f"f.csv:2: `dato` can be 2027-12-02 or 2027-02-12; {GOOD}",
                f"f.csv:3: `dato` can be 2027-12-03 or 2027-03-12; {GOOD}",
            ],
        ),
        (
            "Date,Time\n2027-02-12,2-4 PM\n",
            ["f.csv:2: `tid` is `2-4 PM`; must have am or pm at both times, or be such as 14:00-16:00"],
        ),
        ("Date,Subject\n2/12/2027,A\n", [f"f.csv:2: `dato` can be 2027-12-02 or 2027-02-12; {GOOD}"]),
        (
            "Date,Subject\n2/25/2027,A\n",
            [f"f.csv:2: `dato` is `2/25/2027`, which has the month first, as in America; {GOOD}"],
        ),
        (
            "Dato;Emne\n12.02.27;A\n",
            ["f.csv:2: `dato` is `12.02.27`; write the year with four digits, as 12.02.2027"],
        ),
        ("Dato;Emne\n12. februar;A\n", [f"f.csv:2: `dato` is `12. februar`, which has no year; {GOOD}"]),
        ("Dato;Emne\n30.02.2027;A\n", [f"f.csv:2: `dato` is 2027-02-30, a day that does not exist; {GOOD}"]),
        ("Dato;Emne\n12.02.9999;A\n", ["f.csv:2: `dato` is 9999-02-12; must be a day from 1900 to 2200"]),
        (
            "Dato;Emne\n;A\n\nx;B\n",
            [
                f"f.csv:2: `dato` is empty; must be a day ({GOOD}), or remove the row",
                f"f.csv:4: `dato` is `x`; must be a day: {GOOD}",
            ],
        ),
        ("Dato;Tid\n12.02.2027;25:00\n", ["f.csv:2: `tid` is `25:00`; must be a time from 00:00 to 23:59"]),
        (
            "Dato;Tid;Slut\n12.02.2027;12;10\n",
            ["f.csv:2: `slut` is 10:00; must be after the beginning, 12:00"],
        ),
        (
            "Dato;Slut\n12.02.2027;10\n",
            ["f.csv:2: `slut` is 10:00; must be after the beginning, which is missing"],
        ),
        (
            "Dato;Status\n12.02.2027;måske\n",
            ["f.csv:2: `status` is `måske`; must be foreløbig, bekræftet or aflyst"],
        ),
        (
            "Dato;Date;Emne\n12.02.2027;12.02.2027;x\n",
            ["f.csv:1: `Dato` and `Date` could both be `dato`; rename or remove one of them"],
        ),
        (
            "a;b\n1;2\n",
            [
                (
                    "f.csv:1: has no row of headings that names the day; must have headings such as dato, tid, "
                    "slut, titel, sted and organ"
                )
            ],
        ),
        ("Dato;Emne\n", ["f.csv:1: has no meetings in it; must have at least one"]),
        (
            'Dato;Emne\n12.02.2027;"A\n',
            ["f.csv:2: cannot be cut into cells: `unexpected end of data`; close the quotes that begin here"],
        ),
    ],
)
def test_what_is_wrong_is_said_by_line_and_all_at_once(text: str, said: list[str]) -> None:
    assert problems(text) == said


def test_without_a_body_every_row_is_asked_whose_it_is() -> None:
    with pytest.raises(Invalid, match="whose meeting is it"):
        meetings_from_csv("Dato;Emne\n12.02.2027;A\n", "f.csv", Frame())
    (meeting,) = meetings_from_csv("Dato;Udvalg\n12.02.2027;Byrådet\n", "f.csv", BODY).meetings
    assert meeting.body == "Byrådet"


def test_a_hundred_problems_are_said_and_the_rest_counted() -> None:
    said = problems("Dato;Emne\n" + "x;A\n" * 250)
    assert len(said) == 101
    assert said[-1] == "f.csv:1: and 150 more problems"
