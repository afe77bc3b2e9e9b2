"""Meeting plans as workbooks, and what is no workbook."""

import datetime as dt
import zipfile
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from aarshjul.core.errors import Invalid
from aarshjul.files.meetings_xlsx import meetings_from_xlsx
from tests.files.meeting_files import BODY, GOOD


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
