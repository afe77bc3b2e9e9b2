"""Meetings into a workbook, under the headings under which they are read."""

from collections.abc import Iterable
from datetime import time
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from aarshjul.core.real_meeting import RealMeeting
from aarshjul.files.meetings_columns import NAMES

EXPORTED = ("id", "body", "title", "on", "at", "ends", "place", "status", "timezone", "source")
_DANISH = {"tentative": "foreløbig", "confirmed": "bekræftet", "cancelled": "aflyst"}
_WIDTHS = {"id": 34, "body": 26, "title": 40, "place": 30, "timezone": 20, "source": 30}


def dump_xlsx(meetings: Iterable[RealMeeting]) -> bytes:
    """A workbook that reads back as exactly these meetings."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 -- a new workbook has a sheet
    sheet.title = "Møder"
    sheet.append([NAMES[field][0] for field in EXPORTED])
    for meeting in meetings:
        sheet.append([_cell(meeting, field) for field in EXPORTED])
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a title that begins with = is a title
    for number, field in enumerate(EXPORTED, 1):
        sheet.cell(1, number).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(field, 12)
    sheet.freeze_panes = "A2"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(meeting: RealMeeting, field: str) -> object:
    value = getattr(meeting, field)
    if field == "status":
        return _DANISH[value]
    return time.fromisoformat(value) if field in ("at", "ends") and value else value
