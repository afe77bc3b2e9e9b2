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


def when(moment: date | datetime, zone: str) -> vDDDTypes:
    """A date, or a moment as the zone writes it.

    In the hour that autumn has twice under one name the second is written in UTC, as the name would mean the first.
    """
    if not isinstance(moment, datetime):
        return vDDDTypes(moment)
    local = moment.astimezone(UTC).astimezone(ZoneInfo(zone))
    return utc(moment) if local.fold or zone == "UTC" else vDDDTypes(local)


def categories(names: tuple[str, ...]) -> vCategory:
    """What calendars sort by."""
    value = vCategory([])
    value.cats = [Text(one_line(name)) for name in names]  # given at once they would become plain vText
    return value
