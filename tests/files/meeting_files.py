"""Calendars of meetings as text, and what is read from them."""

from datetime import date

import pytest

from aarshjul.core.errors import Invalid
from aarshjul.core.real_meeting import RealMeeting
from aarshjul.files.meetings_ics import meetings_from_ics
from aarshjul.files.meetings_table import Frame

BODY = Frame(body="KKR Nordjylland")
GOOD = "write it as 2027-02-12 or 12.02.2027"


def calendar(*events: str, head: str = "") -> str:
    """A calendar; `head` and events are lines, the events without BEGIN and END."""
    parts = [f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT" for event in events]
    return "\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", *([head.strip()] if head else []), *parts, "END:VCALENDAR", ""]
    )


def read(text: str, frame: Frame = BODY, until: date | None = None) -> list[RealMeeting]:
    return list(meetings_from_ics(text, "f.ics", frame, until=until).meetings)


def times(text: str, frame: Frame = BODY, until: date | None = None) -> list[str]:
    return [f"{each.on} {each.at}-{each.ends}" for each in read(text, frame, until)]


def problems_of(text: str, frame: Frame = BODY) -> list[str]:
    with pytest.raises(Invalid) as caught:
        meetings_from_ics(text, "f.ics", frame)
    return list(caught.value.problems)
