"""The name of a document, made harmless: no folders, no marks that hide its end, and the ending of what it is."""

import re
import unicodedata

from aarshjul.files.document_kinds import CSV, JPEG, MAIL, PDF, PNG, TEXT
from aarshjul.files.office import OFFICE_TYPES

LONGEST_NAME = 120
_ENDINGS = {
    PDF: (".pdf",),
    PNG: (".png",),
    JPEG: (".jpg", ".jpeg"),
    CSV: (".csv",),
    MAIL: (".eml",),
    TEXT: (".txt", ".csv", ".tsv", ".md", ".eml", ".log"),
    **{kind: (ending,) for ending, kind in OFFICE_TYPES.items()},
}
_FOLDERS = re.compile(r"[/\\]")
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)", re.IGNORECASE)


def ending_of(name: str) -> str:
    """The last ending of a name, `.csv`; empty where it has none."""
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and stem else ""


def safe_name(wanted: str, media_type: str) -> str:
    """A name for a file on any machine, of at most `LONGEST_NAME` characters, with an ending that says what it is."""
    last = _FOLDERS.split(wanted)[-1]
    shown = "".join(" " if char.isspace() else char for char in unicodedata.normalize("NFC", last))
    kept = "".join(char for char in shown if not unicodedata.category(char).startswith("C"))
    name = " ".join(_NOT_IN_NAMES.sub("_", kept).split()).strip(". ")
    if _RESERVED.match(name):
        name = f"_{name}"
    endings = _ENDINGS.get(media_type, ())
    ending = ending_of(name)
    stem = name[: len(name) - len(ending)] if ending in endings else name
    if ending not in endings:
        ending = endings[0] if endings else ""
    return f"{(stem or 'document')[: LONGEST_NAME - len(ending)]}{ending}"
