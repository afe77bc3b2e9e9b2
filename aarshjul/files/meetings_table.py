"""Meetings from the rows of a table, wherever the rows come from."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from aarshjul.core.errors import Invalid
from aarshjul.core.meeting_cautions import Caution, Code
from aarshjul.core.real_meeting import HOME_ZONE, RealMeeting
from aarshjul.files.fields import ID, LONGEST_ID, LONGEST_LINE, read_zone
from aarshjul.files.meetings_columns import DANISH_DATES, NAMES, STATUS_WORDS, columns_of, plain
from aarshjul.files.meetings_dates import GOOD, Day, UnclearError, read_day, read_times, read_weekday
from aarshjul.files.meetings_problems import Findings, ReadMeetings
from aarshjul.files.problems import clipped
from aarshjul.files.text import UNWANTED

HEADINGS_WITHIN = 30
"""In how many rows the headings must stand: plans have a title and a line or two above them."""
LONGEST_SOURCE = 500
CALLED_OFF = re.compile(r"(?:aflyst|annulleret|udgår|cancell?ed)\s*[:!–—-]\s*", re.IGNORECASE)
_SPACE = re.compile(r"\s*[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]+\s*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A row of a table: its number in the file (a line, or the sheet's row) and the text of its cells."""

    number: int
    cells: Sequence[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """What holds for every row that does not say it: whose meetings, and on which clocks.

    `where` gives the place of a cell, by row and column (from 0), as messages name it.
    """

    body: str | None = None
    zone: str = HOME_ZONE
    where: Callable[[int, int], str] = lambda row, _: str(row)


def one_line(text: str) -> str:
    """Foreign text on one line, without what no terminal or mail should get, and no longer than we keep."""
    line = _SPACE.sub(" ", text.strip()[: 4 * LONGEST_LINE]).strip()
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1].rstrip()}…"


def said_off(title: str) -> str | None:
    """The title behind a mark such as `Aflyst:`, which calendars put before what is cancelled; else None."""
    found = CALLED_OFF.match(title)
    return title[found.end() :].strip() or title if found else None


def meetings_in(rows: Sequence[Row], findings: Findings, frame: Frame) -> ReadMeetings:
    """The meetings of a table.

    Raises:
        FileError: with all that is wrong in it.
    """
    start, columns = _headings(rows, findings, frame)
    reader = _Reader(findings, frame, columns, danish=plain(rows[start].cells[columns["on"]]) in DANISH_DATES)
    with_text = [row for row in rows[start + 1 :] if any(cell.strip() for cell in row.cells)]
    days = {row.number: day for row in with_text if (day := reader.day(row)) is not None}
    reader.check_slashes(days)
    found = [reader.meeting(row, days[row.number]) for row in with_text if row.number in days]
    return findings.whole([meeting for meeting in found if meeting is not None])


def _headings(rows: Sequence[Row], findings: Findings, frame: Frame) -> tuple[int, dict[str, int]]:
    for index, row in enumerate(rows[:HEADINGS_WITHIN]):
        columns = columns_of(row.cells)
        for field, numbers in columns.items():
            if len(numbers) > 1:
                names = " and ".join(clipped(row.cells[number]) for number in numbers)
                findings.add(
                    frame.where(row.number, numbers[1]),
                    f"{names} could both be `{NAMES[field][0]}`; rename or remove one of them",
                )
        if columns:
            findings.raise_if_any()
            return index, {field: numbers[0] for field, numbers in columns.items()}
    first = rows[0].number if rows else 1
    said = "is empty; must" if not rows else "has no row of headings that names the day; must"
    raise findings.stop(
        frame.where(first, 0), f"{said} have headings such as dato, tid, slut, titel, sted and organ"
    )


@dataclass(slots=True)
class _Reader:
    findings: Findings
    frame: Frame
    columns: dict[str, int]
    danish: bool

    def text(self, row: Row, field: str) -> str:
        number = self.columns.get(field)
        return row.cells[number].strip() if number is not None and number < len(row.cells) else ""

    def add(self, row: Row, field: str, message: str) -> None:
        self.findings.add(self.where(row, field), f"`{NAMES[field][0]}` {message}")

    def where(self, row: Row, field: str) -> str:
        return self.frame.where(row.number, self.columns.get(field, 0))

    def day(self, row: Row) -> Day | None:
        said = self.text(row, "on")
        if not said:
            self.add(row, "on", f"is empty; must be a day ({GOOD}), or remove the row")
            return None
        try:
            day = read_day(said)
            beside = self.text(row, "weekday")
            return replace(day, weekday=read_weekday(beside)) if beside else day
        except UnclearError as problem:
            self.add(row, "on" if "weekday" not in str(problem) else "weekday", str(problem))
            return None

    def check_slashes(self, days: dict[int, Day]) -> None:
        """10/02/2027 is taken as day first where the file shows it: by its heading, another day, or a weekday."""
        slashed = {number: day for number, day in days.items() if day.slashed}
        shown = any(
            (day.swapped is None and day.on.day > 12) or (day.weekday == day.on.weekday() and day.swapped)
            for day in slashed.values()
        )
        shown &= not any(_fits_swapped_alone(day) for day in slashed.values())
        if self.danish or shown:
            return
        for number, day in slashed.items():
            if day.swapped is not None:
                self.findings.add(
                    self.frame.where(number, self.columns["on"]),
                    f"`dato` can be {day.on} or {day.swapped}; {GOOD}",
                )

    def meeting(self, row: Row, day: Day) -> RealMeeting | None:
        if day.weekday is not None and day.weekday != day.on.weekday():
            facts = {"on": str(day.on), "weekday": str(day.on.weekday()), "said": str(day.weekday)}
            self.findings.doubt(self.where(row, "on"), Caution(code=Code.WEEKDAY, facts=facts))
        before = len(self.findings.problems)
        at, ends = self._times(row, day)
        title, body, status = one_line(self.text(row, "title")), self._body(row), self._status(row)
        timezone, name = self._zone(row), self._id(row)
        if not self.text(row, "status") and (bare := said_off(title)) is not None:
            title, status = bare, "cancelled"
        if len(self.findings.problems) > before:
            return None
        return RealMeeting(
            id=name,
            body=body,
            title=title or body,
            on=day.on,
            at=at,
            ends=ends,
            place=one_line(self.text(row, "place")) or None,
            status=status,
            timezone=timezone,
            source=UNWANTED.sub("", self.text(row, "source"))[:LONGEST_SOURCE] or None,
        )

    def _times(self, row: Row, day: Day) -> tuple[str | None, str | None]:
        at = ends = None
        field = "at"
        try:
            if said := self.text(row, "at") or day.time or "":
                at, ends = read_times(said)
            if until := self.text(row, "ends"):
                field = "ends"
                ends = read_times(until.split()[-1] if _is_a_day(until) else until)[0]
        except UnclearError as problem:
            self.add(row, field, str(problem))
            return None, None
        if ends is not None and (at is None or ends < at):
            self.add(row, "ends", f"is {ends}; must be after the beginning, {at or 'which is missing'}")
        return at, ends if ends != at else None

    def _body(self, row: Row) -> str:
        found = one_line(self.text(row, "body")) or self.frame.body
        if not found:
            self.add(row, "body", "is missing: whose meeting is it? Add the column, or --body NAME")
        return found or ""

    def _status(self, row: Row) -> str:
        said = plain(self.text(row, "status"))
        if said not in STATUS_WORDS:
            self.add(row, "status", f"is {clipped(said)}; must be foreløbig, bekræftet or aflyst")
        return STATUS_WORDS.get(said, "confirmed")

    def _zone(self, row: Row) -> str:
        said = self.text(row, "timezone")
        if not said:
            return self.frame.zone
        try:
            return read_zone(said)
        except (Invalid, ValueError) as problem:
            self.add(row, "timezone", str(problem))
            return self.frame.zone

    def _id(self, row: Row) -> str:
        said = self.text(row, "id")
        return said if ID.fullmatch(said) and len(said) <= LONGEST_ID and not said.isdigit() else ""


def _fits_swapped_alone(day: Day) -> bool:
    """Whether the weekday beside a day says that its month stands first."""
    swapped = day.swapped is not None and day.weekday == day.swapped.weekday()
    return swapped and day.weekday != day.on.weekday()


def _is_a_day(text: str) -> bool:
    """Whether an end stands with its day, as `2027-02-12 12:00`."""
    try:
        return read_day(text).time is not None
    except UnclearError:
        return False
