"""Meetings from an iCalendar file of any system: Outlook, Exchange, Google, Zimbra, agenda systems."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from aarshjul.core.real_meeting import RealMeeting
from aarshjul.files.meetings_ics_lines import Component, read_components
from aarshjul.files.meetings_ics_times import MOST_RULES, Start, occurrences, read_length, read_start
from aarshjul.files.meetings_ics_zones import Zones
from aarshjul.files.meetings_problems import Findings, ReadMeetings
from aarshjul.files.meetings_table import LONGEST_SOURCE, Frame, one_line, said_off
from aarshjul.files.text import UNWANTED

_STATUS = {"CONFIRMED": "confirmed", "TENTATIVE": "tentative", "CANCELLED": "cancelled"}


def meetings_from_ics(text: str, name: str, frame: Frame, *, until: date | None = None) -> ReadMeetings:
    """The meetings of a calendar in text; `name` is what the messages call it.

    A repeated meeting becomes one meeting for each time; what was changed for one time is taken from there.
    The body is the frame's, else what the calendar calls itself. All times become those of the frame's zone.

    Args:
        text: the file.
        name: what messages call it.
        frame: whose meetings they are, and on which clocks.
        until: the last day to which a rule without an end is followed; None refuses such a rule.

    Raises:
        FileError: with all that is wrong in it.
    """
    findings = Findings(name)
    found: list[RealMeeting] = []
    for calendar in read_components(text, findings):
        if calendar.name == "VCALENDAR":
            found += _Calendar(calendar, frame, findings, until).meetings()
    return findings.whole(list({(each.body, each.source or id(each)): each for each in found}.values()))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Event:
    """A VEVENT with the moments that it says; `instead_of` is the time of a repeated one that it replaces."""

    part: Component
    uid: str
    start: Start
    length: timedelta | None
    instead_of: datetime | None

    @property
    def version(self) -> tuple[int, str]:
        """Which of two with the same UID is the later one."""
        said = self.part.text("SEQUENCE")
        return int(said) if said.isdecimal() and len(said) < 10 else 0, self.part.text(
            "LAST-MODIFIED", "DTSTAMP"
        )


class _Calendar:
    def __init__(self, part: Component, frame: Frame, findings: Findings, until: date | None) -> None:
        self.part, self.findings, self.until = part, findings, until
        self.zones = Zones(part, frame.zone, findings)
        self.body = frame.body or one_line(part.text("NAME", "X-WR-CALNAME"))
        self.home = ZoneInfo(frame.zone)
        self.zone = frame.zone
        self.cancelled = part.text("METHOD").upper() == "CANCEL"

    def meetings(self) -> list[RealMeeting]:
        rules = [rule for part in self.part.parts for rule in part.all("RRULE") if part.name == "VEVENT"]
        if len(rules) > MOST_RULES:
            self.findings.add(
                rules[MOST_RULES].line, f"is the {MOST_RULES + 1}st RRULE; export one body's meetings"
            )
            return []
        events = [event for part in self.part.parts if part.name == "VEVENT" and (event := self._event(part))]
        if events and not self.body:
            self.findings.add(
                self.part.line,
                "the calendar has no name of its own: whose meetings are these? Add --body NAME",
            )
            return []
        latest: dict[object, _Event] = {}
        for event in events:
            key = (event.uid, event.instead_of) if event.uid else id(event)
            known = latest.get(key)
            if known is not None and event.version == known.version and event.start != known.start:
                self.findings.add(event.part.line, _two_of_a_uid(known.part.line))
            if known is None or event.version >= known.version:
                latest[key] = event
        replaced = {(event.uid, event.instead_of) for event in latest.values()}
        return [each for event in latest.values() for each in self._all_of(event, replaced)]

    def _event(self, part: Component) -> _Event | None:
        for said in (each for name in ("SUMMARY", "LOCATION") for each in part.all(name)):
            if said.parameters.get("ENCODING", "").upper() == "QUOTED-PRINTABLE":
                hint = "export it as iCalendar, version 2.0"
                self.findings.add(said.line, f"{said.name} is written as in the old vCalendar; {hint}")
        begins = part.first("DTSTART")
        if begins is None:
            self.findings.add(part.line, "the VEVENT that begins here has no DTSTART; must say when it is")
            return None
        start = read_start(begins, self.zones, self.findings)
        if start is None:
            return None
        again = part.first("RECURRENCE-ID")
        if again is not None and again.parameters.get("RANGE"):
            self.findings.add(
                again.line, "RECURRENCE-ID changes all later times as well; must change one only"
            )
        instead = read_start(again, self.zones, self.findings) if again is not None else None
        return _Event(
            part=part,
            uid=UNWANTED.sub("", part.text("UID"))[: LONGEST_SOURCE - 20],
            start=start,
            length=read_length(part, start, self.zones, self.findings),
            instead_of=instead.instant if instead is not None else None,
        )

    def _all_of(self, event: _Event, replaced: set[tuple[str, datetime | None]]) -> list[RealMeeting]:
        if event.instead_of is not None:
            return [self._meeting(event, event.start, _time_of(event.uid, event.instead_of))]
        repeats = any(event.part.first(name) is not None for name in ("RRULE", "RDATE"))
        if not repeats:
            return [self._meeting(event, event.start, event.uid or None)]
        times = occurrences(event.part, event.start, self.zones, self.findings, self.until)
        return [
            self._meeting(event, start, _time_of(event.uid, start.instant))
            for start in times
            if not {(event.uid, start.instant), (event.uid, _midnight(start))} & replaced
        ]

    def _meeting(self, event: _Event, start: Start, source: str | None) -> RealMeeting:
        title = one_line(event.part.text("SUMMARY"))
        status = (
            "cancelled" if self.cancelled else _STATUS.get(event.part.text("STATUS").upper(), "confirmed")
        )
        if (bare := said_off(title)) is not None:
            title, status = bare, "cancelled"
        on, at, ends = self._when(start, event.length)
        return RealMeeting(
            body=self.body,
            title=title or self.body,
            on=on,
            at=at,
            ends=ends,
            place=one_line(event.part.text("LOCATION")) or None,
            status=status,
            timezone=self.zone,
            source=source,
        )

    def _when(self, start: Start, length: timedelta | None) -> tuple[date, str | None, str | None]:
        """Day and times at home; an end on another day is left out, and so is that of a whole day."""
        if start.zone is None:
            return start.local.date(), None, None
        begins = start.instant.astimezone(self.home)
        until = (start.instant + length).astimezone(self.home) if length and length > timedelta() else None
        same_day = (
            until is not None and until.date() == begins.date() and f"{until:%H:%M}" > f"{begins:%H:%M}"
        )
        return begins.date(), f"{begins:%H:%M}", f"{until:%H:%M}" if until and same_day else None


def _two_of_a_uid(line: int) -> str:
    return (
        f"the VEVENT that begins here has the UID of the one in line {line} and another time, and neither is the "
        "later version; must have a UID of its own"
    )


def _midnight(start: Start) -> datetime:
    """What a RECURRENCE-ID says that names the day of a time alone."""
    return datetime.combine(start.local, datetime.min.time(), UTC)


def _time_of(uid: str, instant: datetime) -> str | None:
    """What one time of a repeated meeting is called; moved, it keeps the name of the time that it was planned for."""
    return f"{uid}/{instant.astimezone(UTC):%Y%m%dT%H%MZ}" if uid else None
