"""Prints what a Python library reads from every calendar in a folder, a JSON line for each entry.

`python -m tests.interop.pythons LIBRARY FOLDER`, in a process of its own: what a library warns of stays there.
"""

import json
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

EVERYTHING = (date(1990, 1, 1), date(2250, 1, 1))
KINDS = ("VEVENT", "VTODO")


def said(when: Any) -> str | None:
    """A moment in UTC, a day as a day."""
    if isinstance(when, datetime):
        return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if when.tzinfo else "floating"
    return when.isoformat() if isinstance(when, date) else None


def with_icalendar(path: Path) -> Iterable[dict[str, Any]]:
    """What icalendar reads."""
    import icalendar

    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    for part in (calendar, *calendar.walk()):
        if part.errors:
            raise ValueError(f"{path.name}: {part.errors}")
    return [as_icalendar(calendar, entry) for entry in calendar.walk() if entry.name in KINDS]


def with_recurring(path: Path) -> Iterable[dict[str, Any]]:
    """What recurring-ical-events unfolds: each entry once, as nothing of ours recurs."""
    import icalendar
    import recurring_ical_events  # type: ignore[import-untyped]

    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    starts = {
        (entry.name, str(entry["UID"]))
        for entry in calendar.walk()
        if entry.name in KINDS and "DTSTART" in entry
    }
    for found in recurring_ical_events.of(calendar, components=list(KINDS)).between(*EVERYTHING):
        read = as_icalendar(calendar, found)
        # It gives every occurrence a DTSTART, a task that is only due too: then it is what it works with, not what it read.
        yield read if (read["kind"], read["uid"]) in starts else read | {"start": None}


def as_icalendar(calendar: Any, entry: Any) -> dict[str, Any]:
    """An entry of icalendar's in the form that all readers print."""
    end = entry.get("DUE" if entry.name == "VTODO" else "DTEND")
    return {
        "method": str(calendar.get("METHOD", "")),
        "kind": entry.name,
        "uid": str(entry["UID"]),
        "sequence": int(entry["SEQUENCE"]),
        "status": str(entry.get("STATUS", "")),
        "start": said(entry["DTSTART"].dt) if "DTSTART" in entry else None,
        "end": said(end.dt) if end is not None else None,
        "summary": str(entry["SUMMARY"]),
    }


def with_vobject(path: Path) -> Iterable[dict[str, Any]]:
    """What vobject reads, each line of a known kind."""
    import vobject

    (calendar,) = vobject.readComponents(path.read_text(encoding="utf-8"))
    calendar.validate(raiseException=True)
    return [_as_vobject(calendar, entry) for entry in calendar.components() if entry.name in KINDS]


def _as_vobject(calendar: Any, entry: Any) -> dict[str, Any]:
    def value(of: Any, name: str) -> Any:
        return getattr(of, name).value if hasattr(of, name) else None

    return {
        "method": value(calendar, "method") or "",
        "kind": entry.name,
        "uid": value(entry, "uid"),
        "sequence": int(value(entry, "sequence")),
        "status": value(entry, "status") or "",
        "start": said(value(entry, "dtstart")),
        "end": said(value(entry, "due" if entry.name == "VTODO" else "dtend")),
        "summary": value(entry, "summary"),
    }


LIBRARIES: dict[str, Callable[[Path], Iterable[dict[str, Any]]]] = {
    "icalendar": with_icalendar,
    "recurring-ical-events": with_recurring,
    "vobject": with_vobject,
}


def main(library: str, folder: str) -> None:
    """Read a folder with one of them."""
    for path in sorted(Path(folder).glob("*.ics")):
        for entry in LIBRARIES[library](path):
            print(json.dumps({"file": path.name, **entry}, ensure_ascii=False))  # noqa: T201 -- what is read


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
