"""One archive (zip) with the list of what is in it: the same bytes for the same parts, written by rename."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from aarshjul.core.errors import Invalid

_PLAIN_FILE = 0o100644 << 16
_UNIX = 3
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class CannotArchive(Invalid):
    """The archive cannot be written."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One document of an archive.

    Attributes:
        file: where it lies in the archive.
        what: what sort of document it is, and `title` which one, in the reader's language.
        at: when it came to be.
        content: its bytes; None where it is listed and left out.
        why_closed: why it is left out; empty where it is open.
        redacted: whether this copy lacks something that the original has.
        note: what else is to be said of it.
    """

    file: str
    what: str
    title: str
    at: datetime
    content: bytes | None
    why_closed: str = ""
    redacted: bool = False
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """How the list says things: its heads, and the words for what is open and what was left out of a copy."""

    heads: tuple[str, ...]
    open: str
    redacted: str


def write_archive(
    target: Path, parts: Iterable[Part], columns: Columns, at: datetime
) -> list[dict[str, Any]]:
    """Write the parts, one at a time, and behind them `list.csv` and `list.json`; returns the list.

    Raises:
        CannotArchive: where the file exists already, or cannot be written.
    """
    if target.exists() or target.is_symlink():
        raise CannotArchive(f"{target} exists already: name another file, or move it away")
    unfinished = target.with_name(f".{target.name}.part")
    try:
        with ZipFile(unfinished, "w", ZIP_DEFLATED) as archive:
            listed = [_put(archive, number, part, columns) for number, part in enumerate(parts, 1)]
            _write(archive, "list.json", _json(listed), at)
            _write(archive, "list.csv", _csv(listed, columns), at)
        unfinished.replace(target)
    except OSError as error:
        raise CannotArchive(
            f"{target} cannot be written: {error.strerror or 'the name cannot be used'}"
        ) from None
    finally:
        unfinished.unlink(missing_ok=True)
    return listed


def _put(archive: ZipFile, number: int, part: Part, columns: Columns) -> dict[str, Any]:
    if part.content is not None:
        _write(archive, part.file, part.content, part.at)
    notes = [columns.redacted] if part.redacted else []
    return {
        "number": number,
        "date": part.at.astimezone(UTC).date().isoformat(),
        "what": part.what,
        "title": part.title,
        "access": part.why_closed or columns.open,
        "file": part.file if part.content is not None else "",
        "sha256": hashlib.sha256(part.content).hexdigest() if part.content is not None else "",
        "note": "; ".join([*notes, *([part.note] if part.note else [])]),
    }


def _write(archive: ZipFile, name: str, content: bytes, at: datetime) -> None:
    moment = max(at.astimezone(UTC), datetime(1980, 1, 1, tzinfo=UTC))  # a zip knows none before
    info = ZipInfo(name, moment.timetuple()[:6])
    info.create_system, info.external_attr, info.compress_type = _UNIX, _PLAIN_FILE, ZIP_DEFLATED
    archive.writestr(info, content)


def _json(listed: list[dict[str, Any]]) -> bytes:
    return (json.dumps(listed, ensure_ascii=False, indent=1) + "\n").encode()


def _csv(listed: list[dict[str, Any]], columns: Columns) -> bytes:
    """For a spreadsheet as Danish ones read it: semicolons, and a mark that it is UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns.heads)
    for each in listed:
        writer.writerow([_cell(value) for value in each.values()])
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    """Never a formula, whoever chose the words."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
