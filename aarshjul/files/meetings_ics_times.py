"""The times of a foreign calendar's events: when one begins and ends, and on which days a repeated one falls."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice

from dateutil.rrule import rrulestr

from aarshjul.files.fields import EARLIEST, LATEST
from aarshjul.files.meetings_ics_lines import Component, Property
from aarshjul.files.meetings_ics_zones import Zones
from aarshjul.files.meetings_problems import Findings
from aarshjul.files.problems import clipped

MOST_OF_A_RULE = 500
FURTHEST = timedelta(days=366 * 20)
"""How far from its beginning a rule is followed."""
_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})?Z?")
_LENGTH = re.compile(
    r"([+-])?P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?"
)
_COMMON = frozenset({"FREQ", "INTERVAL", "UNTIL", "COUNT", "WKST", "BYDAY"})
_PARTS = {
    "DAILY": _COMMON,
    "WEEKLY": _COMMON,
    "MONTHLY": _COMMON | {"BYMONTHDAY", "BYSETPOS"},
    "YEARLY": _COMMON | {"BYMONTH", "BYMONTHDAY", "BYSETPOS"},
}
"""What rules for meetings are made of, and calendars write. Others can name days that never come, by the thousand."""
MOST_RULES = 100
LATEST_YEAR = 9999 - 25
ROUND = 400
"""After so many years the days of the week fall alike again."""
_PART = re.compile(r"[A-Z]+=[A-Z0-9,+-]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Start:
    """When an event begins: `local` on its own clocks, in `zone`; a whole day has no zone and begins at midnight."""

    local: datetime
    zone: tzinfo | None

    @property
    def instant(self) -> datetime:
        """For comparing: the moment in UTC, a whole day's midnight taken as UTC's."""
        return self.local.replace(tzinfo=self.zone or UTC).astimezone(UTC)


def read_start(read: Property, zones: Zones, findings: Findings) -> Start | None:
    """The moment of a property such as DTSTART; None, and a problem noted, where it is none."""
    found = list(read_starts(read, zones, findings))
    return found[0] if found else None


def read_starts(read: Property, zones: Zones, findings: Findings) -> Iterator[Start]:
    """The moments of a property that may list several."""
    zone = zones.of(read) if "T" in read.value.upper() else None
    for said in read.value.upper().split(","):
        try:
            local = _local(said.strip())
        except ValueError:
            hint = "must be a day such as 20270212 or a time such as 20270212T100000"
            findings.add(read.line, f"{read.name} is {clipped(said)}; {hint}")
            return
        if "T" not in said:
            yield Start(local=local, zone=None)
        elif zone is not None:
            yield Start(local=local, zone=zone)


def _local(said: str) -> datetime:
    """A moment as it stands there.

    Raises:
        ValueError: where it is none, or in a year in which no council meets.
    """
    found = _DAY.fullmatch(said) or _TIME.fullmatch(said)
    if found is None:
        raise ValueError(said)
    numbers = [int(part or 0) for part in found.groups()]
    if len(numbers) == 6:
        numbers[5] = min(numbers[5], 59)  # a leap second
    local = datetime(*numbers)  # type: ignore[arg-type]  # noqa: DTZ001 -- on the event's own clocks
    if not EARLIEST <= local.year <= LATEST:
        raise ValueError(said)
    return local


def read_length(event: Component, start: Start, zones: Zones, findings: Findings) -> timedelta | None:
    """How long an event takes, from DTEND or DURATION; None where it does not say."""
    if (until := event.first("DTEND")) is not None:
        end = read_start(until, zones, findings)
        return end.instant - start.instant if end is not None else None
    if (said := event.first("DURATION")) is not None:
        found = _LENGTH.fullmatch(said.value.strip().upper())
        if found is None:
            findings.add(said.line, f"DURATION is {clipped(said.value)}; must be such as PT2H or PT1H30M")
            return None
        weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
        length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
        return -length if found[1] == "-" else length
    return None


def occurrences(
    event: Component, start: Start, zones: Zones, findings: Findings, until: date | None
) -> list[Start]:
    """Each time that an event takes place: once, or as its rule says, with RDATE and without EXDATE.

    Args:
        event: the VEVENT.
        start: its DTSTART.
        zones: the calendar's.
        findings: where problems go.
        until: the last day to which a rule without an end is followed; None refuses such a rule.
    """
    found = [start]
    for rule in event.all("RRULE"):
        found += _by_rule(rule, start, findings, until)
    for less in event.all("EXRULE"):
        findings.add(less.line, "EXRULE takes times away by a rule; must be EXDATE, which lists them")
    for more in event.all("RDATE"):
        if more.parameters.get("VALUE", "").upper() == "PERIOD":
            findings.add(more.line, "RDATE lists periods; must list times")
            continue
        found += read_starts(more, zones, findings)
    without = {each.instant for out in event.all("EXDATE") for each in read_starts(out, zones, findings)}
    whole_days = {
        each.local.date()
        for out in event.all("EXDATE")
        for each in read_starts(out, zones, findings)
        if not each.zone
    }
    kept = {each.instant: each for each in found if each.instant not in without}
    return [each for _, each in sorted(kept.items()) if each.local.date() not in whole_days]


def _by_rule(rule: Property, start: Start, findings: Findings, until: date | None) -> list[Start]:
    parts = _parts(rule, findings)
    if parts is None:
        return []
    last = start.local + FURTHEST
    if "UNTIL" in parts:
        end = _end(parts.pop("UNTIL"), start)
        if end is None:
            findings.add(rule.line, "UNTIL in RRULE is no day or time; must be such as 20271231T225959Z")
            return []
        last = min(last, end)
    elif "COUNT" not in parts:
        if until is None:
            findings.add(
                rule.line,
                "RRULE has no end (neither UNTIL nor COUNT); give the meeting a last day in its calendar, or say "
                "`--until DATE` how far to follow it",
            )
            return []
        last = min(last, datetime.combine(until, time.max))
    count = min(int(parts.pop("COUNT", MOST_OF_A_RULE + 1)), MOST_OF_A_RULE + 1)
    found = _follow(parts, start, last, count, rule, findings)
    if len(found) > MOST_OF_A_RULE:
        findings.add(rule.line, f"RRULE gives more than {MOST_OF_A_RULE} meetings; export a shorter time")
        return []
    return [Start(local=local, zone=start.zone) for local in found]


def _parts(rule: Property, findings: Findings) -> dict[str, str] | None:
    said = [part for part in rule.value.upper().replace(" ", "").split(";") if part]
    if len(said) > 15 or len(rule.value) > 500 or not all(_PART.fullmatch(part) for part in said):
        findings.add(
            rule.line, f"RRULE is {clipped(rule.value)}; must be such as FREQ=MONTHLY;BYDAY=2FR;COUNT=6"
        )
        return None
    parts = dict(part.split("=", 1) for part in said)
    known = _PARTS.get(parts.get("FREQ", ""))
    counts = all(parts.get(name, "1").lstrip("0").isdecimal() for name in ("COUNT", "INTERVAL"))
    if known is None or not parts.keys() <= known or not counts:
        hint = "must be DAILY, WEEKLY, MONTHLY or YEARLY, such as FREQ=MONTHLY;BYDAY=2FR;COUNT=6"
        findings.add(rule.line, f"RRULE is {clipped(rule.value)}; {hint}")
        return None
    return parts


def _end(said: str, start: Start) -> datetime | None:
    """The last moment of a rule on the event's own clocks; a day is meant to its end."""
    try:
        local = _local(said)
    except ValueError:
        return None
    if "T" not in said:
        return datetime.combine(local, time.max)
    if said.endswith("Z") and start.zone is not None:
        return local.replace(tzinfo=UTC).astimezone(start.zone).replace(tzinfo=None)
    return local


def _follow(
    parts: dict[str, str], start: Start, last: datetime, count: int, rule: Property, findings: Findings
) -> list[datetime]:
    said = ";".join(f"{name}={value}" for name, value in parts.items())
    # A rule that never comes true is followed to the last year there is: begun late, that is soon.
    later = (LATEST_YEAR - start.local.year) // ROUND * ROUND
    begin, end = (each.replace(year=each.year + later) for each in (start.local, last))
    try:
        followed = rrulestr(f"{said};UNTIL={end:%Y%m%dT%H%M%S}", dtstart=begin)
        return [each.replace(year=each.year - later) for each in islice(followed, count)]
    except (ValueError, TypeError, KeyError, OverflowError, IndexError) as error:
        findings.add(rule.line, f"RRULE is {clipped(rule.value)}, which is no rule ({clipped(str(error))})")
        return []
