"""Where commands leave what they made: standard output, or a file that nobody else's work is in."""

import sys
from pathlib import Path

from aarshjul.core.errors import Invalid


class CannotSave(Invalid):
    """The output file cannot be written."""


def save(made: str | bytes, output: Path | None) -> None:
    """Write to a new file, or to standard output where none is named.

    Raises:
        CannotSave: where the file exists already, or its folder does not.
    """
    data = made.encode() if isinstance(made, str) else made  # UTF-8, whatever the terminal thinks it is
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        with output.open("xb") as file:
            file.write(data)
    except FileExistsError:
        raise CannotSave(f"{output} exists already: name another file, or move it away") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name cannot be used"
        raise CannotSave(f"{output} cannot be written: {reason}") from None


def note(*sentences: str) -> None:
    """Say something beside the result, on standard error."""
    for sentence in sentences:
        sys.stderr.write(f"{sentence}\n")
