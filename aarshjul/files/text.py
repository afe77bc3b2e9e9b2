"""A file's text, read with care: it may be missing, a folder, huge, binary or in another encoding."""

import re
import unicodedata
from pathlib import Path

from aarshjul.core.errors import Invalid

LARGEST = 1_000_000
"""The most bytes that a file may have."""

UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, other line ends than YAML's, and marks that turn the reading direction."""


class FileError(Invalid):
    """A file cannot be read as what it should be; one line `FILE:LINE: ...` for each problem."""


def read_text(path: Path | str) -> str:
    """The text of a UTF-8 file, without a byte order mark.

    Raises:
        FileError: where the file is missing, no file, too large, not UTF-8, or holds control characters.
    """
    return decode(read_bytes(str(path), LARGEST), str(path))


def decode(data: bytes, name: str) -> str:
    """The bytes as text; `name` is what the messages call the file."""
    if len(data) > LARGEST:
        raise FileError(
            f"{name}:1: is larger than 1 MB; a contract, a cycle or acts take a few thousand lines"
        )
    if b"\x00" in data[:4096]:
        raise FileError(f"{name}:1: is not text; must be a YAML file in UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileError(
            f"{name}:{line}: is not UTF-8 (byte {data[error.start]:#x}); save it as UTF-8"
        ) from None
    if found := UNWANTED.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise FileError(f"{name}:{line}: holds the control character {named(found[0])}; remove it")
    return text


def named(character: str) -> str:
    """An invisible character as a person can look it up: `U+202E (RIGHT-TO-LEFT OVERRIDE)`."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} ({name})" if name else f"U+{ord(character):04X}"


def read_bytes(name: str, most: int) -> bytes:
    """The bytes of a file, and one more than `most` where it has more.

    Raises:
        FileError: where it cannot be read.
    """
    try:
        with Path(name).open("rb") as file:
            return file.read(most + 1)
    except FileNotFoundError:
        raise FileError(f"{name}:1: there is no such file; check the name") from None
    except IsADirectoryError:
        raise FileError(f"{name}:1: is a folder; name a file in it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name cannot be used"
        raise FileError(f"{name}:1: cannot be read ({reason})") from None
