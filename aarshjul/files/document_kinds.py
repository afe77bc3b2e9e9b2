"""What a document is, by its content and not by its name: a few kinds are kept, all others are refused by name."""

import re

from aarshjul.core.errors import Refused
from aarshjul.files.office import office_type

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
TEXT, CSV, MAIL = "text/plain", "text/csv", "message/rfc822"
KEPT = "PDF, PNG, JPEG, text and CSV in UTF-8, mails (.eml), and .docx, .xlsx, .pptx, .odt and .ods without macros"

_KEPT = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
_REFUSED = (
    (b"\x7fELF", "a program (ELF)"),
    (b"MZ", "a program (Windows)"),
    (b"\xfe\xed\xfa\xce", "a program (Mach-O)"),
    (b"\xfe\xed\xfa\xcf", "a program (Mach-O)"),
    (b"\xce\xfa\xed\xfe", "a program (Mach-O)"),
    (b"\xcf\xfa\xed\xfe", "a program (Mach-O)"),
    (b"\xca\xfe\xba\xbe", "a program (Mach-O or Java)"),
    (b"\x00asm", "a program (WebAssembly)"),
    (b"#!", "a script"),
    (b"\x1f\x8b", "an archive (gzip)"),
    (b"BZh", "an archive (bzip2)"),
    (b"\xfd7zXZ\x00", "an archive (xz)"),
    (b"\x28\xb5\x2f\xfd", "an archive (zstd)"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z)"),
    (b"Rar!\x1a\x07", "an archive (rar)"),
    (b"MSCF", "an archive (cab)"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "a shortcut of Windows"),
    (b"{\\rtf", "a document in RTF, which can carry programs"),
    (b"%!PS", "PostScript, which is a program"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(rb"<[a-z!?/]", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")  # tabs, line ends and page ends are text
_BY_NAME = {".csv": CSV, ".eml": MAIL}


class NotKept(Refused):
    """A document is of a kind that is not kept."""


def media_type(content: bytes, ending: str = "") -> str:
    """The media type of a document.

    Args:
        content: all its bytes.
        ending: that of its name, `.csv`; it only tells one kind of text from another.

    Raises:
        NotKept: with what it is, where that is none of the kinds that are kept.
    """
    if not content:
        raise NotKept("is empty")
    for start, found in _KEPT:
        if content.startswith(start):
            return found
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _packed(content)
    plain = content.removeprefix(b"\xef\xbb\xbf")
    problem = _known_problem(plain) or _text_problem(plain)
    if problem is not None:
        raise NotKept(f"is {problem}; kept are {KEPT}")
    return _BY_NAME.get(ending.lower(), TEXT)


def _packed(content: bytes) -> str:
    found = office_type(content)
    if not found.media_type:
        raise NotKept(f"is {found.problem}; kept are {KEPT}")
    return found.media_type


def _known_problem(content: bytes) -> str | None:
    for start, what in _REFUSED:
        if content.startswith(start):
            return what
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return "an encrypted Office document: save it without a password"
        return "an Office document of the old kind, which can hold macros: save it as .docx, .xlsx or .pptx"
    if content[257:262] == b"ustar":
        return "an archive (tar)"
    return None


def _text_problem(content: bytes) -> str | None:
    """Why something is no text that is kept; markup is none, as a browser would run what is in it."""
    start = content[:1000].lstrip()
    if _MARKUP.match(start):
        is_svg = b"<svg" in content[:4000].lower()
        return "SVG, which can carry scripts" if is_svg else "HTML or XML, which can carry scripts"
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")) or not re.search(rb"[\x00-\x08]", content):
            return "not text in UTF-8: save it as UTF-8"
        return "of a kind that is not known"
    return "of a kind that is not known" if _CONTROLS.search(text) else None
