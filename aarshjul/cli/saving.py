"""Where commands leave a text: standard output, or a file that nobody else's work is in."""

import sys
from pathlib import Path

from aarshjul.core.errors import Invalid


class CannotSave(Invalid):
    """The output file cannot be written."""


def save(text: str, output: Path | None) -> None:
    """Write to a new file, or to standard output where none is named.

    Raises:
        CannotSave: where the file exists already, or its folder does not.
    """
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())  # a file is UTF-8, whatever the terminal thinks it is
        sys.stdout.buffer.flush()
        return
    try:
        with output.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise CannotSave(f"{output} exists already: name another file, or move it away") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name cannot be used"
        raise CannotSave(f"{output} cannot be written: {reason}") from None


def note(*sentences: str) -> None:
    """Say something beside the result, on standard error."""
    for sentence in sentences:
        sys.stderr.write(f"{sentence}\n")
