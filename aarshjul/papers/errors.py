"""What can be wrong with the wish for a paper."""

from aarshjul.core.errors import Refused


class PaperError(Refused):
    """A paper cannot be made of what is in the record, or by this machine."""
