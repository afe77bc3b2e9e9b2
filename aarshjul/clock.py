"""The only reader of the time: everything else takes its moment as an argument."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def now() -> datetime:
    """The present moment, aware, in UTC, to the second (no file or table needs more)."""
    return datetime.now(UTC).replace(microsecond=0)
