"""Content lines of iCalendar (RFC 5545, 3.1), written directly: a tenth of the work of building objects for them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_LONGEST = 74  # octets of a piece: a continuation has a space in front, and 75 in all
_SPECIAL = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_HOUR = timedelta(hours=1)


def escaped(text: str) -> str:
    """A value of type TEXT: cleaned before, so that a newline is the only control character in it."""
    return text.translate(_SPECIAL)


@lru_cache(maxsize=4096)
def utc(moment: datetime) -> str:
    """A moment in UTC, `20221118T090000Z`."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def when(name: str, moment: date | datetime, zone: str) -> str:
    """A property that is a date, or a moment as the zone writes it.

    In the hour that autumn has twice under one name the second is written in UTC, as the name would mean the first.
    """
    if not isinstance(moment, datetime):
        return f"{name};VALUE=DATE:{moment:%Y%m%d}"
    if zone == "UTC":
        return f"{name}:{utc(moment)}"
    local = moment.astimezone(UTC).astimezone(ZoneInfo(zone))
    return f"{name}:{utc(moment)}" if local.fold else f"{name};TZID={zone}:{local:%Y%m%dT%H%M%S}"


def duration(length: timedelta, *, nominal: bool = False) -> str:
    """A length of time, `PT4H`, `-PT1H`; `nominal` counts days as days, however long summer time makes them."""
    sign, minutes = ("-" if length < timedelta() else ""), int(abs(length).total_seconds()) // 60
    days, minutes = divmod(minutes, 24 * 60) if nominal else (0, minutes)
    hours, minutes = divmod(minutes, 60)
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    day = f"{days}D" if days else ""
    return f"{sign}P{day}" + (f"T{clock}" if clock else "" if day else "T0M")


def written(lines: Iterable[str]) -> bytes:
    """The lines as a file has them: UTF-8, folded at 75 octets between two characters, each ended by CRLF."""
    folded: list[bytes] = []
    for line in lines:
        raw = line.encode()
        if len(raw) <= _LONGEST:
            folded.append(raw)
        else:
            folded.extend(_pieces(raw))
    folded.append(b"")
    return b"\r\n".join(folded)


def _pieces(raw: bytes) -> Iterable[bytes]:
    start, space = 0, b""
    while start < len(raw):
        end = _cut(raw, start)
        yield space + raw[start:end]
        start, space = end, b" "


def _cut(raw: bytes, start: int) -> int:
    """Where a piece ends: not within a character, nor between a backslash or caret and what it escapes."""
    end = start + _LONGEST
    if end >= len(raw):
        return len(raw)
    while raw[end] & 0xC0 == 0x80:  # an octet that continues a character
        end -= 1
    return end - 1 if end - start > 1 and raw[end - 1] in b"\\^" else end
