"""Values of icalendar's where its own would come out wrong, and those that events and tasks have in common."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import vCategory, vDDDTypes, vDuration, vText

from calendars.text import one_line

_BACKSLASH_N = "\\N"


class Text(vText):
    r"""A TEXT whose every backslash stays one: icalendar 7 writes `\N` as the newline that it means in a file."""

    def to_ical(self) -> bytes:
        """The pieces between as icalendar writes them, joined by what stands for a backslash and an N."""
        if _BACKSLASH_N not in self:
            return super().to_ical()
        return rb"\\N".join(vText(piece).to_ical() for piece in self.split(_BACKSLASH_N))


class Hours(vDuration):
    """A length of time without days: a day is one by the clock, which summer time makes an hour longer or shorter."""

    def to_ical(self) -> bytes:
        """Hours and minutes, `-PT26H30M`."""
        hours, rest = divmod(abs(self.td), timedelta(hours=1))
        minutes = rest // timedelta(minutes=1)
        clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes or not hours else "")
        return f"{'-' if self.td < timedelta() else ''}PT{clock}".encode()


def utc(moment: datetime) -> vDDDTypes:
    """A moment in UTC."""
    return vDDDTypes(moment.astimezone(UTC))


def when(zone: str, *moments: date | datetime) -> list[vDDDTypes]:
    """Dates, or the moments of one entry as the zone writes them.

    All are in UTC where one lies in the hour that autumn has twice: RFC 5545 says that its local time means the first,
    but some readers take the second, and others read the rest in the zone of the beginning.
    """
    if zone == "UTC" or any(_comes_twice(each, zone) for each in moments):
        return [utc(each) if isinstance(each, datetime) else vDDDTypes(each) for each in moments]
    return [vDDDTypes(_local(each, zone) if isinstance(each, datetime) else each) for each in moments]


def _comes_twice(moment: date | datetime, zone: str) -> bool:
    if not isinstance(moment, datetime):
        return False
    local = _local(moment, zone)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _local(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(UTC).astimezone(ZoneInfo(zone))


def categories(names: tuple[str, ...]) -> vCategory:
    """What calendars sort by."""
    value = vCategory([])
    value.cats = [Text(one_line(name)) for name in names]  # given at once they would become plain vText
    return value
