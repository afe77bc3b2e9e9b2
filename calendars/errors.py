"""What goes wrong when something is to be written as a calendar entry."""

from aarshjul.core.errors import Refused


class CalendarError(Refused):
    """This cannot be written as a calendar entry that every client reads alike."""
