"""Meeting calendars from files of any kind: iCalendar, text tables, workbooks and our own YAML."""

import codecs
import re
from datetime import date
from pathlib import Path
from typing import Literal

from aarshjul.files.meetings_problems import ReadMeetings
from aarshjul.files.meetings_table import Frame
from aarshjul.files.text import FileError, decode, read_bytes

LARGEST_TEXT = 5_000_000
LARGEST_WORKBOOK = 20_000_000
Kind = Literal["ics", "csv", "xlsx", "yaml"]

_SUFFIXES: dict[str, Kind] = {
    **dict.fromkeys((".ics", ".ical", ".icalendar", ".ifb", ".vcs"), "ics"),
    **dict.fromkeys((".csv", ".tsv", ".tab", ".txt"), "csv"),
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".xltx", ".ods"), "xlsx"),
}
_PACKAGES = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_WEB_PAGE = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|script|meta)\b", re.IGNORECASE)
_OURS = re.compile(rb"^[\"']?format[\"']?[ \t]*:[ \t]*[\"']?aarshjul/(meeting)?", re.MULTILINE)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def kind_of(path: Path | str) -> Kind | None:
    """What kind of meeting calendar a file is, by its first bytes and then by its name; None for any other file."""
    head = _head(Path(path))
    said = head.lstrip(codecs.BOM_UTF8 + b" \t\r\n")
    if said[:15].upper() == b"BEGIN:VCALENDAR":
        return "ics"
    if head.startswith(_PACKAGES):
        return "xlsx"
    if (ours := _OURS.search(said)) is not None:
        return "yaml" if ours[1] else None
    return _SUFFIXES.get(Path(path).suffix.casefold())


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(4096)
    except (OSError, ValueError):
        return b""


def read_meetings(
    path: Path | str, kind: Kind, frame: Frame, *, sheet: str | None = None, until: date | None = None
) -> ReadMeetings:
    """The meetings of a file.

    Args:
        path: the file.
        kind: as `kind_of` says.
        frame: whose meetings they are, and on which clocks, where the file does not say.
        sheet: the sheet of a workbook; None for the first.
        until: how far to follow a rule without an end.

    Raises:
        FileError: with all that is wrong in it; nothing of it is read then.
    """
    name = str(path)
    data = _bytes(name, LARGEST_WORKBOOK if kind == "xlsx" else LARGEST_TEXT)
    _refuse_web_page(data, name)
    match kind:
        case "xlsx":
            from aarshjul.files.meetings_xlsx import meetings_from_xlsx  # noqa: PLC0415 -- slow to import

            return meetings_from_xlsx(data, name, frame, sheet=sheet)
        case "ics":
            from aarshjul.files.meetings_ics import meetings_from_ics  # noqa: PLC0415 -- slow to import

            return meetings_from_ics(_text(data, name), name, frame, until=until)
        case "csv":
            from aarshjul.files.meetings_csv import meetings_from_csv  # noqa: PLC0415 -- as the others

            return meetings_from_csv(_text(data, name), name, frame)
        case "yaml":
            from aarshjul.files.meetings_yaml import meetings_from_yaml  # noqa: PLC0415 -- slow to import

            return meetings_from_yaml(decode(data, name), name, frame)


def _bytes(name: str, most: int) -> bytes:
    data = read_bytes(name, most)
    if len(data) > most:
        raise FileError(f"{name}:1: is larger than {most // 1_000_000} MB; export the body's meetings alone")
    if not data.strip():
        raise FileError(f"{name}:1: is empty; must be a calendar (.ics) or a table (.csv, .xlsx) of meetings")
    return data


def _refuse_web_page(data: bytes, name: str) -> None:
    head = data[:4096].lstrip(codecs.BOM_UTF8 + b" \t\r\n")
    if head.startswith(b"<") and _WEB_PAGE.search(head):
        raise FileError(
            f"{name}:1: is a web page, not a calendar: perhaps the page that asks for a login; download the "
            "calendar itself (its iCalendar or .ics address) and import that"
        )
    if head.startswith(b"<"):
        raise FileError(f"{name}:1: is XML or a web page; must be a calendar (.ics) or a table (.csv, .xlsx)")


def _text(data: bytes, name: str) -> str:
    """The text of a foreign file: UTF-8, UTF-16 with its mark, else what Windows wrote before."""
    if data.startswith(_UTF16):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise FileError(f"{name}:1: begins as UTF-16 and is not; save it as UTF-8") from None
    if b"\x00" in data:
        line = data.count(b"\n", 0, data.index(b"\x00")) + 1
        raise FileError(f"{name}:{line}: is not text; must be a calendar (.ics) or a table (.csv, .xlsx)")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        wrong = FileError(f"{name}:{line}: is not UTF-8 (byte {data[error.start]:#x}); save it as UTF-8")
        if not data[: error.start].isascii():  # UTF-8 up to here, so not another encoding throughout
            raise wrong from None
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            raise wrong from None
