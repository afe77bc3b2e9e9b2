"""What can be wrong with the wish for a wheel."""

from aarshjul.core.errors import Invalid, Refused


class WheelError(Invalid):
    """A wheel of that form or size cannot be drawn."""


class CannotDraw(Refused):
    """This machine lacks what that form of the wheel needs, or the record lacks the cycle."""
