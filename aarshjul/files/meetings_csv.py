"""Meetings from a text table: commas, semicolons or tabs, as spreadsheets and calendars save them."""

import csv
from dataclasses import replace
from io import StringIO

from aarshjul.files.meetings_columns import columns_of
from aarshjul.files.meetings_problems import Findings, ReadMeetings
from aarshjul.files.meetings_table import HEADINGS_WITHIN, Frame, Row, meetings_in
from aarshjul.files.problems import clipped

DELIMITERS = (";", ",", "\t")
MOST_ROWS = 10_000


def meetings_from_csv(text: str, name: str, frame: Frame) -> ReadMeetings:
    """The meetings of a table in text; `name` is what the messages call it.

    Raises:
        FileError: with all that is wrong in it.
    """
    findings = Findings(name)
    if text.startswith("sep=") and "\n" in text:  # Excel's own hint
        text = "\n" + text.split("\n", 1)[1]
    delimiter = max(DELIMITERS, key=lambda each: _recognised(text, each))
    return meetings_in(
        _rows(text, delimiter, findings), findings, replace(frame, where=lambda row, _: str(row))
    )


def _recognised(text: str, delimiter: str) -> int:
    """How many headings a table has that is cut in this way."""
    head = "\n".join(text.splitlines()[:HEADINGS_WITHIN])
    try:
        return max(
            (len(columns_of(row)) for row in csv.reader(StringIO(head), delimiter=delimiter)), default=0
        )
    except csv.Error:
        return 0


def _rows(text: str, delimiter: str, findings: Findings) -> list[Row]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(number=line, cells=cells))
            if reader.line_num > MOST_ROWS:
                raise findings.stop(MOST_ROWS + 1, f"has more than {MOST_ROWS} lines; keep only the meetings")
            line = reader.line_num + 1
    except csv.Error as error:
        raise findings.stop(
            line, f"cannot be cut into cells: {clipped(str(error))}; close the quotes that begin here"
        ) from None
    return rows
