"""Meeting plans as text tables and workbooks, as secretariats and calendar programs write them."""

import datetime as dt
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from aarshjul.core.errors import Invalid
from aarshjul.core.meeting_words import words_of
from aarshjul.core.real_meeting import RealMeeting
from aarshjul.files.meetings import kind_of, read_meetings
from aarshjul.files.meetings_csv import meetings_from_csv
from aarshjul.files.meetings_problems import ReadMeetings
from aarshjul.files.meetings_table import Frame
from aarshjul.files.meetings_xlsx import meetings_from_xlsx

BODY = Frame(body="KKR Nordjylland")
GOOD = "write it as 2027-02-12 or 12.02.2027"


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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_danish_letters_in_any_encoding_of_windows(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_bytes("Dato;Titel;Sted\n12.02.2027;Ærø-møde på Læsø;Brønderslev\n".encode(encoding))
    assert kind_of(file) == "csv"
    (meeting,) = read_meetings(file, "csv", BODY).meetings
    assert (meeting.title, meeting.place) == ("Ærø-møde på Læsø", "Brønderslev")


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


def workbook(*rows: list[Any], title: str = "Ark1") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


HEADINGS = ["Dato", "Tid", "Slut", "Emne"]


@pytest.mark.parametrize(
    "row",
    [
        [dt.date(2027, 2, 12), dt.time(10, 0), dt.time(12, 0), "KKR"],
        [dt.datetime(2027, 2, 12), 10 / 24, 0.5, "KKR"],  # noqa: DTZ001 -- as a workbook has it
        ["12.02.2027", "10.00-12.00", None, "KKR"],
        ["fredag den 12. februar 2027", "10", 12, "KKR"],
        [dt.datetime(2027, 2, 12, 10, 0), None, dt.timedelta(hours=12), "KKR"],  # noqa: DTZ001 -- as above
    ],
)
def test_real_and_typed_days_and_times_in_a_workbook(row: list[Any]) -> None:
    (meeting,) = meetings_from_xlsx(workbook([], ["Mødeplan"], HEADINGS, row), "f.xlsx", BODY).meetings
    assert (meeting.on.isoformat(), meeting.at, meeting.ends) == ("2027-02-12", "10:00", "12:00")


def told(data: bytes, **options: Any) -> list[str]:
    with pytest.raises(Invalid) as caught:
        meetings_from_xlsx(data, "f.xlsx", BODY, **options)
    return list(caught.value.problems)


def test_problems_of_a_workbook_name_the_cell() -> None:
    found = told(workbook(["Mødeplan"], HEADINGS, [46430, None, None, "A"], ["12.02.2027", "x", None, "B"]))
    assert found == [
        f"f.xlsx:Ark1!A3: `dato` is `46430`; must be a day: {GOOD}",
        "f.xlsx:Ark1!B4: `tid` is `x`; must be a time such as 10:00, or two as 10:00-12:00",
    ]


def test_the_sheet_that_is_named_is_read() -> None:
    data = workbook(HEADINGS, ["12.02.2027", "10", "12", "KKR"], title="Møder 2027")
    assert meetings_from_xlsx(data, "f.xlsx", BODY, sheet="Møder 2027").meetings
    assert told(data, sheet="Møde 2027") == ["f.xlsx:1: has no sheet `Møde 2027`; did you mean `Møder 2027`?"]


def test_endless_empty_rows_are_refused() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS)
    sheet.cell(1_048_576, 1).value = "x"
    out = BytesIO()
    book.save(out)
    assert told(out.getvalue()) == [
        "f.xlsx:Sheet!A10001: the sheet has more than 10000 rows; delete those below the plan"
    ]


def packed(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "has a password, or is an old .xls"),
        (b"PK\x03\x04broken", "cannot be read as a workbook"),
        (packed({"word/document.xml": b"<a/>"}), "is no workbook"),
        (packed({"xl/workbook.xml": b"<a/>", "xl/vbaProject.bin": b""}), "has macros in it"),
        (packed({"xl/workbook.xml": b"0" * 41_000_000}), "unpacks to more than 40 MB"),
        (packed({"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "defines entities of its own"),
        (packed({"xl/workbook.xml": b"<a/>"}), "cannot be read as a workbook"),
    ],
)
def test_what_is_no_plain_workbook_is_refused(data: bytes, said: str) -> None:
    (problem,) = told(data)
    assert problem.startswith("f.xlsx:1: ")
    assert said in problem
