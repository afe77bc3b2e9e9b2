"""Meetings from a workbook: the same headings as in a text table, with real days and times as well as typed ones."""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from aarshjul.files.meetings_problems import Findings, ReadMeetings
from aarshjul.files.meetings_table import Frame, Row, meetings_in
from aarshjul.files.problems import did_you_mean
from aarshjul.files.text import FileError

MOST_ROWS = 10_000
MOST_COLUMNS = 60
MOST_UNPACKED = 40_000_000
MOST_PARTS = 2_000
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_DOCTYPE = re.compile("|".join(["<!DOCTYPE", "\0".join("<!DOCTYPE")]).encode(), re.IGNORECASE)


def meetings_from_xlsx(data: bytes, name: str, frame: Frame, *, sheet: str | None = None) -> ReadMeetings:
    """The meetings of a workbook's first sheet, or of the one that is named.

    Raises:
        FileError: with all that is wrong in it, by sheet and cell.
    """
    findings = Findings(name)
    _check_package(data, findings)
    with _foreign(findings):
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            chosen = _sheet(book, sheet, findings)
            rows = list(_rows(chosen, findings))
            title = str(chosen.title)
        finally:
            book.close()
    return meetings_in(
        rows,
        findings,
        replace(frame, where=lambda row, column: f"{title}!{get_column_letter(column + 1)}{row}"),
    )


def _check_package(data: bytes, findings: Findings) -> None:
    """Refuse what is no workbook, or what would do more than hold a table."""
    if data.startswith(OLD_OR_LOCKED):
        raise findings.stop(1, "has a password, or is an old .xls; save it as .xlsx without a password")
    with _foreign(findings), ZipFile(BytesIO(data)) as package:
        if (complaint := _complaint(package)) is not None:
            raise findings.stop(1, complaint)


def _complaint(package: ZipFile) -> str | None:
    parts = package.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        return f"unpacks to more than {MOST_UNPACKED // 1_000_000} MB; save only the meetings as .xlsx"
    names = {part.filename.casefold(): part for part in parts}
    if not any(name.endswith("workbook.xml") for name in names):
        return "is no workbook; save the plan as .xlsx, .csv or .ics"
    if any("vbaproject" in name for name in names):
        return "has macros in it; save it as .xlsx, which has none"
    texts = (part for name, part in names.items() if name.endswith((".xml", ".rels")))
    if any(_DOCTYPE.search(package.read(part)) for part in texts):
        return "defines entities of its own, which no spreadsheet does"
    return None


@contextmanager
def _foreign(findings: Findings) -> Iterator[None]:
    """What the reader of workbooks makes of broken ones is our one sentence; its warnings concern nobody."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except FileError:
        raise
    except Exception as error:  # noqa: BLE001 -- on broken files it raises whatever it trips over
        raise findings.stop(
            1, f"cannot be read as a workbook ({type(error).__name__}); save it as .xlsx again"
        ) from None


def _sheet(book: Any, wanted: str | None, findings: Findings) -> Any:
    sheets = [each for each in book.worksheets if each.sheet_state == "visible"] or list(book.worksheets)
    if wanted is None:
        if not sheets:
            raise findings.stop(1, "has no sheet with cells")
        return sheets[0]
    by_name = {each.title: each for each in book.worksheets}
    if wanted not in by_name:
        raise findings.stop(1, f"has no sheet `{wanted[:60]}`; {did_you_mean(wanted, list(by_name)[:30])}")
    return by_name[wanted]


def _rows(sheet: Any, findings: Findings) -> Iterator[Row]:
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > MOST_ROWS:
            raise findings.stop(
                f"{sheet.title}!A{number}",
                f"the sheet has more than {MOST_ROWS} rows; delete those below the plan",
            )
        said = [_said(cell) for cell in cells[:MOST_COLUMNS]]
        if any(said):
            yield Row(number=number, cells=said)


def _said(cell: object) -> str:
    """A cell's value as a person would have typed it."""
    match cell:
        case datetime() if cell.time() != time():
            said = f"{_nearest(cell):%Y-%m-%d %H:%M}"
        case date():  # a day, or a moment at midnight
            said = f"{cell:%Y-%m-%d}"
        case time():
            said = f"{_nearest(datetime.combine(date(2000, 1, 1), cell)):%H:%M}"
        case timedelta():
            said = _clock(cell / timedelta(days=1))
        case float() if 0 < cell < 1:
            said = _clock(cell)
        case float() if cell.is_integer():
            said = str(int(cell))
        case _:
            said = "" if cell is None else str(cell)
    return said


def _clock(of_a_day: float) -> str:
    """A fraction of a day as a time of day; what is no part of one day stays a number, which no time is."""
    minutes = round(of_a_day * 24 * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}" if 0 <= minutes < 24 * 60 else str(of_a_day)


def _nearest(moment: datetime) -> datetime:
    """The nearest minute: spreadsheets keep times as fractions, which are off by a hair."""
    return (moment + timedelta(seconds=30)).replace(second=0, microsecond=0)
