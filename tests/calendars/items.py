"""Entries of the year 2022-23, summer and winter, of every status."""

from datetime import UTC, date, datetime
from typing import Any

import icalendar

from calendars.address import Address
from calendars.item import CalendarItem, Status

STAMP = datetime(2022, 3, 1, 8, tzinfo=UTC)
SECRETARIAT = Address(name="Sekretariatet for KKR Nordjylland", email="aarshjul@kkr.example.org")
CHAIR = Address(name='Formand "Åse", bestyrelsen', email="formand@ehnj.example.org")

JUNE = CalendarItem(
    uid="nordjylland-2023.kkr-june@aarshjul.example.org",
    sequence=0,
    stamp=STAMP,
    title="KKR Nordjyllands møde: målopfyldelse 2021; proces for 2023",
    description="Målopfyldelsen for 2021 forelægges.\nDerefter processen for 2023.",
    place="Aalborg, sal 1",
    starts=datetime(2022, 6, 24, 7, 30, tzinfo=UTC),
    ends=datetime(2022, 6, 24, 11, tzinfo=UTC),
    categories=("scoring", "decision"),
    url="https://aarshjul.example.org/nordjylland-2023",
)
DIALOGUE = CalendarItem(
    uid="nordjylland-2023.dialogue-meeting@aarshjul.example.org",
    sequence=1,
    stamp=STAMP,
    title="Dialogmøde mellem KKR Nordjylland og bestyrelsen",
    starts=datetime(2022, 11, 18, 9, tzinfo=UTC),
    status=Status.TENTATIVE,
)
PAPERS = CalendarItem(
    uid="nordjylland-2023.papers@aarshjul.example.org",
    sequence=2,
    stamp=STAMP,
    title="Papirer til dialogmødet",
    starts=date(2022, 11, 4),
    language="en",
)
CALLED_OFF = CalendarItem(
    uid="nordjylland-2023.extra@aarshjul.example.org",
    sequence=3,
    stamp=STAMP,
    title="Ekstra møde",
    starts=datetime(2022, 12, 1, 9, tzinfo=UTC),
    ends=datetime(2022, 12, 1, 10, tzinfo=UTC),
    status=Status.CANCELLED,
)
ITEMS = (JUNE, DIALOGUE, PAPERS, CALLED_OFF)


def parsed(raw: bytes) -> Any:  # icalendar's types leave open what a property is
    """The calendar as icalendar reads it."""
    return icalendar.Calendar.from_ical(raw)
