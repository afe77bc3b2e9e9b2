"""The canonical form of a text, and the hash that stands for it wherever the text itself may not."""

import hashlib
import unicodedata


def canonical(text: str) -> str:
    """A text as its hash sees it: composed letters, line feeds, no white space at line ends or at the end."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


def content_hash(text: str) -> str:
    """The SHA-256 of a text's canonical form."""
    return hashlib.sha256(canonical(text).encode()).hexdigest()
