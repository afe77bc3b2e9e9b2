"""Days and times as meeting plans write them, in Danish and English; what could be two days is not guessed."""

import re
from dataclasses import dataclass
from datetime import date

from aarshjul.files.fields import EARLIEST, LATEST
from aarshjul.files.problems import clipped

_MONTHS = (
    ("januar", "january"),
    ("februar", "february"),
    ("marts", "march"),
    ("april", "april"),
    ("maj", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("august", "august"),
    ("september", "september"),
    ("oktober", "october"),
    ("november", "november"),
    ("december", "december"),
)
_DAYS = (
    ("mandag", "monday"),
    ("tirsdag", "tuesday"),
    ("onsdag", "wednesday"),
    ("torsdag", "thursday"),
    ("fredag", "friday"),
    ("lørdag", "saturday"),
    ("søndag", "sunday"),
)
MONTHS = {
    name: number for number, names in enumerate(_MONTHS, 1) for each in names for name in (each, each[:3])
}
MONTHS |= {"sept": 9}
WEEKDAYS = {name: number for number, names in enumerate(_DAYS) for each in names for name in (each, each[:3])}
WEEKDAYS |= {name[:2]: number for number, (name, _) in enumerate(_DAYS)} | {"tues": 1, "thur": 3, "thurs": 3}
GOOD = "write it as 2027-02-12 or 12.02.2027"

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4})")
_SLASHED = re.compile(r"\d+\s*/\s*\d+\s*/")
_SHORT_YEAR = re.compile(r"\d{1,2}\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{2}")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th)?\s+([a-zæøå]+)\.?,?\s+(\d{4})")
_MONTH_FIRST = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_NO_YEAR = re.compile(r"(\d{1,2})\.?\s+[a-zæøå]+\.?|\d{1,2}\s*[./-]\s*\d{1,2}\.?")
_WEEKDAY = re.compile(r"([a-zæøå]+)\.?,?\s+(?:(?:den|d\.|the)\s+)?(?=[\da-z])")
_ARTICLE = re.compile(r"(?:den|d\.|the)\s+")
_CLOCK = re.compile(
    r"(?:kl\.?|at)?\s*(\d{1,2})(?:\s*[.:]\s*(\d{2})(?:[.:]\d{2}(?:\.0+)?)?)?\s*([ap]\.?m\.?)?\s*(?:uhr|h)?"
)
_UNTIL = re.compile(r"\s*(?:-|–|—|til|to)\s*")
_TIME_BEHIND = re.compile(
    r"(?:[T\s,]+(?:kl\.?\s*|at\s+)?|\s*,?\s*kl\.?\s*)(\d{1,2}[.:]\d{2}.*)", re.IGNORECASE
)


class UnclearError(ValueError):
    """A text is no day or time, or could be several; in words, without what the text was."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """A day as somebody wrote it.

    `weekday` (0 is Monday) is what stands beside it, right or wrong. `slashed` says that it was written as
    10/02/2027: day first in Denmark, month first in America, and only the rest of the file can say which;
    `swapped` is the other reading, None where there is none.
    """

    on: date
    weekday: int | None = None
    slashed: bool = False
    swapped: date | None = None
    time: str | None = None


def read_day(text: str) -> Day:
    """The day of a text such as `12.02.2027`, `2027-02-12` or `fredag den 12. februar 2027`.

    Raises:
        UnclearError: with what would be right.
    """
    said = " ".join(text.casefold().split())
    weekday = None
    if (found := _WEEKDAY.match(said)) and found[1] in WEEKDAYS:
        weekday, said = WEEKDAYS[found[1]], said[found.end() :]
    said = _ARTICLE.sub("", said, count=1) if _ARTICLE.match(said) else said
    for pattern, read in (
        (_ISO, _iso),
        (_NUMBERS, _numbers),
        (_DAY_FIRST, _day_first),
        (_MONTH_FIRST, _month_first),
    ):
        found = pattern.match(said)
        if found is not None:
            rest = said[found.end() :]
            return read(found, weekday, _time_behind(rest) if rest.strip(" .") else None)
    if _SHORT_YEAR.fullmatch(said):
        raise UnclearError(f"is {clipped(text)}; write the year with four digits, as 12.02.2027")
    if _NO_YEAR.fullmatch(said):
        raise UnclearError(f"is {clipped(text)}, which has no year; {GOOD}")
    raise UnclearError(f"is {clipped(text)}; must be a day: {GOOD}")


def _time_behind(rest: str) -> str:
    found = _TIME_BEHIND.fullmatch(rest)
    if found is None:
        raise UnclearError(
            f"has {clipped(rest.strip())} behind the day; keep one day and perhaps a time in it"
        )
    return found[1]


def _iso(found: re.Match[str], weekday: int | None, time: str | None) -> Day:
    return Day(on=_day(found[1], found[2], found[3]), weekday=weekday, time=time)


def _numbers(found: re.Match[str], weekday: int | None, time: str | None) -> Day:
    day, month = int(found[1]), int(found[2])
    slashed = _SLASHED.match(found[0]) is not None  # 10/2-2027 is Danish, and nobody else's
    if month > 12 >= day:
        raise UnclearError(f"is `{found[0]}`, which has the month first, as in America; {GOOD}")
    swapped = _day(found[3], found[1], found[2]) if slashed and day <= 12 and day != month else None
    return Day(
        on=_day(found[3], found[2], found[1]), weekday=weekday, slashed=slashed, swapped=swapped, time=time
    )


def _day_first(found: re.Match[str], weekday: int | None, time: str | None) -> Day:
    return Day(on=_day(found[3], str(_month(found[2])), found[1]), weekday=weekday, time=time)


def _month_first(found: re.Match[str], weekday: int | None, time: str | None) -> Day:
    return Day(on=_day(found[3], str(_month(found[1])), found[2]), weekday=weekday, time=time)


def _month(name: str) -> int:
    if name not in MONTHS:
        raise UnclearError(f"names the month {clipped(name)}; {GOOD}")
    return MONTHS[name]


def _day(year: str, month: str, day: str) -> date:
    said = f"{year}-{int(month):02}-{int(day):02}"
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise UnclearError(f"is {said}, a day that does not exist; {GOOD}") from None
    if not EARLIEST <= found.year <= LATEST:
        raise UnclearError(f"is {said}; must be a day from {EARLIEST} to {LATEST}")
    return found


def read_weekday(text: str) -> int:
    """A weekday by its name (0 is Monday).

    Raises:
        UnclearError: for another word.
    """
    name = text.casefold().strip(" .,:")
    if name not in WEEKDAYS:
        raise UnclearError(f"is {clipped(text)}; must be a weekday such as fredag or Friday")
    return WEEKDAYS[name]


def read_times(text: str) -> tuple[str, str | None]:
    """A time, or two with a dash between them: `10.00`, `kl. 10-12`, `10:00 til 12:30`, `2:30 PM`.

    Raises:
        UnclearError: with what would be right.
    """
    parts = _UNTIL.split(" ".join(text.casefold().split()))
    if len(parts) > 2 or not parts[0]:
        raise UnclearError(f"is {clipped(text)}; must be a time such as 10:00, or two as 10:00-12:00")
    halves = [part.rstrip(" .").endswith("m") for part in parts if part]
    if any(halves) and not all(halves):  # 2-4 PM is in the afternoon, 10-2 PM begins before it
        raise UnclearError(f"is {clipped(text)}; must have am or pm at both times, or be such as 14:00-16:00")
    clocks = [_clock(part, text) for part in parts if part]
    return clocks[0], clocks[1] if len(clocks) > 1 else None


def _clock(part: str, text: str) -> str:
    found = _CLOCK.fullmatch(part.strip(" ."))
    if found is None:
        raise UnclearError(f"is {clipped(text)}; must be a time such as 10:00, or two as 10:00-12:00")
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half is not None:
        if not 1 <= hour <= 12:
            raise UnclearError(f"is {clipped(text)}; must be a time such as 10:00 or 2:30 PM")
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if hour > 23 or minute > 59:
        raise UnclearError(f"is {clipped(text)}; must be a time from 00:00 to 23:59")
    return f"{hour:02}:{minute:02}"
