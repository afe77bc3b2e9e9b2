"""When a calendar that is asked to reminds of an entry."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from aarshjul.core.cycle import Kind
from aarshjul.core.working_days import WorkingDays

BEFORE_A_MEETING = timedelta(hours=1)
MORNING = time(9)


def alarm_before(kind: str, starts: date | datetime, days: WorkingDays, zone: str) -> timedelta:
    """How long before: an hour where one has to be somewhere; else it is nine on the last working day before.

    Of an all-day entry it is counted from midnight in days and hours as clocks show them.
    """
    if not isinstance(starts, datetime):
        return timedelta(days=(starts - days.add(starts, -1)).days) - timedelta(hours=MORNING.hour)
    if kind != Kind.DEADLINE:
        return BEFORE_A_MEETING
    there = ZoneInfo(zone)
    day = days.add(starts.astimezone(there).date(), -1)
    morning = datetime.combine(day, MORNING, tzinfo=there)
    return starts.astimezone(UTC) - morning.astimezone(
        UTC
    )  # in UTC, or two moments of one zone differ by its clocks
