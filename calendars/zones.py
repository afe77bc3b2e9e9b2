"""VTIMEZONE components written by rule, as Outlook and the common libraries read them."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from calendars.errors import CalendarError

_HOUR = timedelta(hours=1)
# Tests on these years that a zone follows the rule: those that we write entries for, as far as tzdata tells.
_YEARS = range(2015, 2037)
# The last Sundays of March and October 1970, and the EU's moment of change on them (directive 2000/84/EC).
_SPRING, _AUTUMN = datetime(1970, 3, 29, 1, tzinfo=UTC), datetime(1970, 10, 25, 1, tzinfo=UTC)


@cache
def vtimezone(zone: str) -> Timezone:
    """The rules of a zone: for Europe/Copenhagen and all that change with it, or that never change.

    Rules only, no list of dates: clients that read RRULE alone would show summer meetings an hour early.

    Raises:
        CalendarError: for a zone that does not exist, or that these rules cannot express.
    """
    try:
        info = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise CalendarError(f"there is no time zone '{zone[:80]}': try Europe/Copenhagen") from unknown
    standard = _offset(info, datetime(_YEARS.start, 1, 1, tzinfo=UTC))
    component = Timezone()
    component.add("tzid", zone)
    if _changes_like(info, standard, timedelta()):
        component.add_component(_standard(datetime(1970, 1, 1), standard, standard, zone))  # noqa: DTZ001 -- local
    elif _changes_like(info, standard, _HOUR) and _same_day(standard):
        component.add_component(_daylight(standard, zone))
        onset = (_AUTUMN + standard + _HOUR).replace(tzinfo=None)
        component.add_component(_standard(onset, standard + _HOUR, standard, zone, month=10))
    else:
        raise CalendarError(f"time zone '{zone}' changes its clocks in a way that calendars do not share")
    return component


@cache
def shared_zone(zone: str) -> str:
    """The zone where its rules can be written, else UTC: an instant is right everywhere, whatever clocks do."""
    try:
        vtimezone(zone)
    except CalendarError:
        return "UTC"
    return zone


def _offset(info: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(info).utcoffset() or timedelta()


def _changes_like(info: ZoneInfo, standard: timedelta, summer: timedelta) -> bool:
    """Whether each year has `summer` more between the last Sundays of March and October, and only then."""
    second = timedelta(seconds=1)
    return all(
        _offset(info, at) - standard == expected
        for year in _YEARS
        for spring, autumn in [(_last_sunday(year, 3), _last_sunday(year, 10))]
        for at, expected in (
            (datetime(year, 1, 1, tzinfo=UTC), timedelta()),
            (spring - second, timedelta()),
            (spring, summer),
            (datetime(year, 7, 1, tzinfo=UTC), summer),
            (autumn - second, summer),
            (autumn, timedelta()),
        )
    )


def _last_sunday(year: int, month: int) -> datetime:
    last = date(year, month, 31)
    day = last - timedelta(days=(last.weekday() + 1) % 7)
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


def _same_day(standard: timedelta) -> bool:
    """Whether the local change falls on the Sunday itself, so that `last Sunday` says when."""
    return (_SPRING + standard).day == _SPRING.day and (_AUTUMN + standard + _HOUR).day == _AUTUMN.day


def _daylight(standard: timedelta, zone: str) -> TimezoneDaylight:
    part = TimezoneDaylight()
    _fill(part, (_SPRING + standard).replace(tzinfo=None), standard, standard + _HOUR, zone)
    part.add("rrule", vRecur(freq="YEARLY", bymonth=3, byday="-1SU"))
    return part


def _standard(
    onset: datetime, before: timedelta, after: timedelta, zone: str, *, month: int | None = None
) -> TimezoneStandard:
    part = TimezoneStandard()
    _fill(part, onset, before, after, zone)
    if month is not None:
        part.add("rrule", vRecur(freq="YEARLY", bymonth=month, byday="-1SU"))
    return part


def _fill(
    part: TimezoneDaylight | TimezoneStandard, onset: datetime, before: timedelta, after: timedelta, zone: str
) -> None:
    part.add("dtstart", onset)
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", after)
    if zone == "Europe/Copenhagen":
        part.add("tzname", "CEST" if after > _HOUR else "CET")
