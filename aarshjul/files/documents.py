"""A document that comes with an act: read from its file with care, and never more of it than is kept."""

import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from aarshjul.files.forms import Form
from aarshjul.files.process_forms import Attach
from aarshjul.files.text import FileError, read_text

LARGEST_DOCUMENT = 20_000_000
"""The most bytes that a document may have."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Enclosed:
    """What a file holds. One that is too large has its size alone: `content` is None."""

    size: int
    content: bytes | None


def enclosed(form: Form, folder: Path) -> Form:
    """An act's form, with the document that it names (relative to a folder) where it names one.

    Raises:
        FileError: where the file is missing, or is no ordinary file.
    """
    if not isinstance(form, Attach):
        return form
    found = read_document(folder / form.file, form.file)
    return form.with_content(found.content, found.size)


def read_document(path: Path, name: str) -> Enclosed:
    """The bytes of an ordinary file; of one that is larger than a document may be, no byte is read.

    A device, a pipe or a socket is not opened: it could wait for ever, or never end.

    Raises:
        FileError: as above; `name` is what the message calls it.
    """
    try:
        _ordinary(path.stat().st_mode, name)
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            found = os.fstat(file.fileno())
            _ordinary(found.st_mode, name)  # it may have been replaced since
            if found.st_size > LARGEST_DOCUMENT:
                return Enclosed(size=found.st_size, content=None)
            content = file.read(LARGEST_DOCUMENT + 1)
    except FileNotFoundError:
        raise FileError(f"{name}: there is no such file; check the name") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name cannot be used"
        raise FileError(f"{name}: cannot be read ({reason})") from None
    whole = len(content) <= LARGEST_DOCUMENT
    return Enclosed(size=len(content), content=content if whole else None)


def read_draft(path: Path) -> str:
    """The text of a draft that acts name; a pipe or a device is not opened, for the same reason.

    Raises:
        FileError: where the file is missing, no ordinary file, or no text that is kept.
    """
    with suppress(OSError, ValueError):  # one that is missing is told of by reading it
        _ordinary(path.stat().st_mode, str(path))
    return read_text(path)


def _ordinary(mode: int, name: str) -> None:
    if stat.S_ISREG(mode):
        return
    for is_it, what in (
        (stat.S_ISDIR, "a folder; name a file in it"),
        (stat.S_ISFIFO, "a pipe; name an ordinary file"),
        (stat.S_ISSOCK, "a socket; name an ordinary file"),
    ):
        if is_it(mode):
            raise FileError(f"{name}: is {what}")
    raise FileError(f"{name}: is a device; name an ordinary file")
