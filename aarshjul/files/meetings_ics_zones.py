"""The time zones of foreign calendars: names of the world's list, Windows' own, and definitions in the file."""

import re
from datetime import UTC, datetime, tzinfo
from io import StringIO
from zoneinfo import ZoneInfo

from dateutil.tz import tzical
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from aarshjul.files.meetings_ics_lines import Component, Property
from aarshjul.files.meetings_problems import Findings
from aarshjul.files.problems import clipped

_WINDOWS = {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()}
_UTC_NAMES = frozenset({"utc", "etc/utc", "gmt", "z", "tzone://microsoft/utc", "coordinated universal time"})
_NEEDED = ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO")
_OFFSET = re.compile(r"[+-](?:0\d|1[0-4])[0-5]\d(?:[0-5]\d)?")
_ONSET = re.compile(r"\d{8}T\d{6}")
_ONSETS = re.compile(r"\d{8}T\d{6}(?:,\d{8}T\d{6})*")
_OF_THE_MACHINE = frozenset({"localtime", "posixrules", "factory"})
"""Files beside the world's list that say something else on every machine, or nothing."""
_YEARLY = re.compile(
    r"FREQ=YEARLY(?:;(?:INTERVAL=1|WKST=[A-Z]{2}|BYDAY=[+-]?\d?[A-Z]{2}"
    r"|BY(?:MONTH|HOUR|MINUTE|MONTHDAY)=[\d,-]+))*"
)


class Zones:
    """The zones that one calendar's events may name.

    A name that the world's list (or Windows) has is taken from there, whatever the file says of it: definitions
    are often cut short to one year. Any other name is what the file defines it to be.
    """

    def __init__(self, calendar: Component, home: str, findings: Findings) -> None:
        self._findings = findings
        self._found: dict[str, tzinfo | None] = {}
        self._defined = {part.text("TZID"): part for part in calendar.parts if part.name == "VTIMEZONE"}
        said = calendar.first("X-WR-TIMEZONE")
        own = known_zone(said.text) if said is not None else None
        if said is not None and own is None and said.text.strip():
            findings.add(said.line, _unknown(said.text))
        self.floating: tzinfo = own or ZoneInfo(home)

    def of(self, read: Property) -> tzinfo | None:
        """The zone of a time; None, and a problem noted, for one that nobody knows."""
        name = read.parameters.get("TZID", "").strip()
        if read.value.strip().upper().endswith("Z"):
            return UTC
        if not name:
            return self.floating
        if name not in self._found:
            self._found[name] = known_zone(name) or self._definition(name)
        if self._found[name] is None:
            self._findings.add(read.line, _unknown(name))
        return self._found[name]

    def _definition(self, name: str) -> tzinfo | None:
        part = self._defined.get(name)
        if part is None:
            return None
        if (near := part.text("X-LIC-LOCATION")) and (known := known_zone(near)):
            return known
        try:
            return _by_rules(part)
        except (ValueError, IndexError, OverflowError, AttributeError, KeyError) as error:
            self._findings.add(
                part.line, f"the definition of {clipped(name)} cannot be used: {clipped(str(error))}"
            )
            return None


def known_zone(name: str) -> tzinfo | None:
    """A zone by its name in the world's list, with a maker's prefix before it or as Windows calls it."""
    name = name.strip().strip('"')
    if name.casefold() in _UTC_NAMES:
        return UTC
    if (windows := _WINDOWS.get(name.casefold())) is not None:
        return ZoneInfo(windows)
    if name.casefold() in _OF_THE_MACHINE:
        return None
    steps = [step for step in name.split("/") if step]
    for length in (len(steps), 3, 2):  # /mozilla.org/20070129_1/Europe/Copenhagen, America/Argentina/Ushuaia
        key = "/".join(steps[-length:])
        if len(steps) >= length and re.fullmatch(r"[A-Za-z0-9_+/-]+", key):
            try:
                return ZoneInfo(key)
            except (OSError, ValueError, LookupError):
                continue
    return None


def _by_rules(part: Component) -> tzinfo:
    """A zone as the file defines it.

    Raises:
        ValueError: where a part of it is missing or no such thing.
    """
    lines = ["BEGIN:VTIMEZONE", "TZID:X"]
    for half in part.parts:
        if half.name in ("STANDARD", "DAYLIGHT"):
            lines += [f"BEGIN:{half.name}", *_needed(half), f"END:{half.name}"]
    if len(lines) == 2:
        raise ValueError("it has neither STANDARD nor DAYLIGHT")
    found: tzinfo | None = tzical(StringIO("\n".join([*lines, "END:VTIMEZONE", ""]))).get("X")
    if found is None:
        raise ValueError("it says nothing")
    datetime(2027, 1, 1, tzinfo=found).utcoffset()
    return found


def _needed(half: Component) -> list[str]:
    """The lines of one half that say when and by how much: each checked, as what reads them next is not strict."""
    values = {name: half.text(name) for name in _NEEDED}
    if not _ONSET.fullmatch(values["DTSTART"]):
        raise ValueError(f"DTSTART in line {half.line} and after must be a local time")
    for name in _NEEDED[1:]:
        if not _OFFSET.fullmatch(values[name]):
            raise ValueError(f"{name} in line {half.line} and after must be such as +0100")
    rule = re.sub(r";UNTIL=[0-9TZ]+", "", half.text("RRULE").upper())
    if rule and not _YEARLY.fullmatch(rule):
        raise ValueError(f"RRULE in line {half.line} and after must be yearly")
    lines = [f"{name}:{value}" for name, value in values.items()]
    for more in half.all("RDATE"):
        if not _ONSETS.fullmatch(more.value.strip()):
            raise ValueError(f"RDATE in line {more.line} must list local times")
        lines.append(f"RDATE:{more.value.strip()}")
    return lines + ([f"RRULE:{half.text('RRULE').upper()}"] if rule else [])


def _unknown(name: str) -> str:
    return (
        f"the time zone {clipped(name)} is not known and not defined in the file; must be one such as "
        "Europe/Copenhagen or Romance Standard Time"
    )
