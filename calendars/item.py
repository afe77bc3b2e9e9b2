"""One entry of a calendar, as a value: when, where, how sure, and in which revision."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from urllib.parse import quote
from zoneinfo import ZoneInfo

from aarshjul.core.cycle import Telling, moment
from aarshjul.core.languages import LANGUAGES
from calendars.errors import CalendarError
from calendars.text import one_line

COPENHAGEN = "Europe/Copenhagen"
# Entries are named for the product, not for the sender's domain, which an operator may change under them.
_UID_DOMAIN = "aarshjul"
YEARS = range(1996, 2200)  # from 1996 all of the EU changes its clocks by the rule that we write
_UID = re.compile("[!-~]+")
_LONGEST_LOCAL = 200  # RFC 7986 asks for UIDs of at most 255 octets


class Status(StrEnum):
    """How sure an entry is; the values are those of RFC 5545."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarItem:
    """A milestone as it stands in a calendar.

    Attributes:
        uid: stays the same through all revisions, see `milestone_uid`.
        sequence: the revision less one; a higher one replaces what a client has.
        stamp: when this revision came to be, aware; DTSTAMP and LAST-MODIFIED.
        starts: a date for an all-day entry, an aware moment for a timed one.
        ends: of the same kind; the last day (inclusive), or the moment of the end. None is that one day, or
            an hour.
        url: the page about it, http or https.
        language: `da` or `en`, for the words that we put in.
        zone: the IANA zone in which a timed entry is written.
        colour: a CSS3 name (RFC 7986), where it has one.
        alarm: how long before it begins a calendar that is asked to reminds of it; counted from midnight for an
            all-day entry. A cancelled one never does.
    """

    uid: str
    sequence: int
    stamp: datetime
    title: str
    starts: date | datetime
    ends: date | datetime | None = None
    description: str = ""
    place: str | None = None
    status: Status = Status.CONFIRMED
    categories: tuple[str, ...] = ()
    url: str | None = None
    language: str = "da"
    zone: str = COPENHAGEN
    colour: str | None = None
    alarm: timedelta | None = None

    def __post_init__(self) -> None:
        """Refuse what no calendar can show."""
        for wrong, why in (
            (not _UID.fullmatch(self.uid), "its UID is empty or has other than visible ASCII characters"),
            (self.sequence < 0, "its SEQUENCE is negative"),
            (self.stamp.tzinfo is None, "its stamp has no time zone"),
            (self.language not in LANGUAGES, f"its language is none of {', '.join(LANGUAGES)}"),
            (not is_web_address(self.url), "its address is neither http nor https"),
            (self.starts.year not in YEARS, f"its year is outside {YEARS.start} to {YEARS.stop - 1}"),
            (_naive(self.starts) or _naive(self.ends), "its time has no time zone"),
            (self.colour is not None and not self.colour.isalpha(), "its colour is no name"),
            (self.alarm is not None and self.alarm < timedelta(), "its alarm comes after its beginning"),
        ):
            if wrong:
                raise CalendarError(f"'{one_line(self.title)[:80]}' cannot stand in a calendar: {why}")
        _refuse_impossible_end(self)

    @property
    def all_day(self) -> bool:
        """Whether it has a date only."""
        return not isinstance(self.starts, datetime)

    @property
    def until(self) -> date | datetime:
        """The end as DTEND wants it: exclusive, the day after the last one for an all-day entry."""
        if isinstance(self.starts, datetime):
            return self.ends or self.starts + timedelta(hours=1)
        return (self.ends or self.starts) + timedelta(days=1)


def milestone_uid(cycle_id: str, milestone_id: str) -> str:
    """The UID of a milestone's entry, the same for ever: `nordjylland-2023.dialogue-meeting@aarshjul`."""
    return uid_of(cycle_id, milestone_id)


def uid_of(*parts: str) -> str:
    """A UID from the ids that tell one thing from all others; another number of parts is another sort of thing.

    Other characters than letters, digits, `-` and `_` are percent-encoded, so that no two can share one; what would
    get too long is hashed.
    """
    local = ".".join(quote(part, safe="").replace(".", "%2E") for part in parts)
    if len(local) > _LONGEST_LOCAL:
        local = sha256(local.encode()).hexdigest()
    return f"{local}@{_UID_DOMAIN}"


def occasion(telling: Telling, zone: str = COPENHAGEN) -> tuple[date | datetime, date | datetime | None]:
    """When something takes place, as `starts` and `ends` of an item; timed where the telling has a time.

    An end that is none, as the night on which clocks go forward swallows it, counts as not given.

    Raises:
        CalendarError: where it has no date.
    """
    if telling.on is None:
        raise CalendarError("what has no date cannot stand in a calendar")
    if telling.at is None:
        return telling.on, None
    starts = moment(telling.on, telling.at, ZoneInfo(zone))
    ends = moment(telling.on, telling.ends, ZoneInfo(zone)) if telling.ends else None
    return starts, ends if ends is not None and ends > starts else None


def is_web_address(url: str | None) -> bool:
    """Whether a link may be shown: none at all, or http(s) without white space."""
    return url is None or (
        url.startswith(("https://", "http://")) and one_line(url) == url and " " not in url
    )


def _naive(when: date | datetime | None) -> bool:
    return isinstance(when, datetime) and when.tzinfo is None


def _refuse_impossible_end(item: CalendarItem) -> None:
    if item.ends is None:
        return
    name = f"'{one_line(item.title)[:80]}' cannot stand in a calendar"
    if isinstance(item.starts, datetime) != isinstance(item.ends, datetime):
        raise CalendarError(f"{name}: it begins with a time and ends with a date, or the other way round")
    if item.until <= item.starts:
        raise CalendarError(f"{name}: it ends before it begins")
