"""What goes wrong when something is to be said to somebody."""

from aarshjul.core.errors import Refused


class NotificationError(Refused):
    """This cannot be written as a message."""
