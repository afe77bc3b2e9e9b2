"""Office documents, which are zip files with the right parts: what they are is read from the list of those parts.

Nothing is unpacked but the beginning of two small parts, and of those no more than a bound: a file that says it
is small, and is not, costs no more than any other.
"""

import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

_OOXML = "application/vnd.openxmlformats-officedocument."
_MAIN_PARTS = {
    "word/document.xml": f"{_OOXML}wordprocessingml.document",
    "xl/workbook.xml": f"{_OOXML}spreadsheetml.sheet",
    "ppt/presentation.xml": f"{_OOXML}presentationml.presentation",
}
_OPEN = {
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
}
OFFICE_TYPES = {**dict(zip((".docx", ".xlsx", ".pptx"), _MAIN_PARTS.values(), strict=True))} | {
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
MOST_PARTS = 5_000
LARGEST_LIST = 1_000_000  # bytes of the list of parts
LARGEST_UNPACKED = 500_000_000  # bytes of all parts together, as the list says
MOST_READ = 1_000_000  # bytes of one part that are looked into
_END = b"PK\x05\x06"
_END_SIZE = 22
_MACRO_NAMES = ("vbaproject", "vbadata", "macrosheets/", "activex/")
_MACRO_WORDS = (b"vbaproject", b"macroenabled", b"macrosheet")


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """The media type of an Office document that is kept, or what else it is."""

    media_type: str = ""
    problem: str = ""


def office_type(content: bytes) -> Found:
    """What a zip file is. Nothing is raised, whatever the bytes are."""
    problem = _list_problem(content)
    if problem is not None:
        return Found(problem=problem)
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            return _of_parts(packed)
    except (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, EOFError, ValueError):
        return Found(problem="a zip file that is damaged")
    except (RuntimeError, OSError, LookupError):
        return Found(problem="a zip file that cannot be read")


def _list_problem(content: bytes) -> str | None:
    """Why the list of parts is not even read: it could be as long as the file."""
    at = content.rfind(_END, max(0, len(content) - 65_557))
    if at < 0 or at + _END_SIZE > len(content):
        return "a zip file that is damaged"
    count, size = struct.unpack_from("<HI", content, at + 10)
    if count > MOST_PARTS or size > LARGEST_LIST or content[max(0, at - 20) : at].startswith(b"PK\x06\x07"):
        return "a zip file of too many parts"
    return None


def _of_parts(packed: zipfile.ZipFile) -> Found:
    parts = packed.infolist()
    names = {part.filename.lower() for part in parts}
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        return Found(problem="a zip file that is far larger when it is unpacked")
    if any(part.flag_bits & 1 for part in parts):
        return Found(problem="a zip file with a password")
    found = _microsoft(packed, names) if "[content_types].xml" in names else _open_document(packed, names)
    if found.media_type and any(word in name for name in names for word in _MACRO_NAMES):
        return Found(problem="an Office document with macros")
    return found


def _microsoft(packed: zipfile.ZipFile, names: set[str]) -> Found:
    types = [kind for part, kind in _MAIN_PARTS.items() if part in names]
    if len(types) != 1:
        return Found(problem="an archive (zip)")
    listed = _beginning(packed, "[Content_Types].xml").lower()
    if any(word in listed for word in _MACRO_WORDS):
        return Found(problem="an Office document with macros")
    if b"<types" not in listed:  # in another encoding, for one: then nobody can say what is in it
        return Found(problem="an Office document that is damaged")
    return Found(media_type=types[0])


def _open_document(packed: zipfile.ZipFile, names: set[str]) -> Found:
    if not {"mimetype", "content.xml", "meta-inf/manifest.xml"} <= names:
        return Found(problem="an archive (zip)")
    kind = _beginning(packed, "mimetype").decode("ascii", errors="replace").strip()
    if kind not in _OPEN:
        return Found(problem="an OpenDocument file of another kind")
    if b"encryption-data" in _beginning(packed, "META-INF/manifest.xml"):
        return Found(problem="an encrypted Office document: save it without a password")
    if any(name.startswith(("basic/", "scripts/")) for name in names):
        return Found(problem="an Office document with macros")
    return Found(media_type=kind)


def _beginning(packed: zipfile.ZipFile, name: str) -> bytes:
    """The first bytes of a part; empty where the part is longer than such a part ever is."""
    real = next(part for part in packed.infolist() if part.filename.lower() == name.lower())
    with packed.open(real) as part:
        read = part.read(MOST_READ + 1)
    return read if len(read) <= MOST_READ else b""
