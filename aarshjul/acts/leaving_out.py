"""Leaving personal addresses and secrets out of what is handed out: in texts, in JSON, in calendars."""

import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

NOWHERE = "left-out.invalid"
NOBODY = f"left-out@{NOWHERE}"
_AT = r"(?:[@\uff20\ufe6b]|%40|&#0{0,8}64;|&#x0{0,8}40;|&commat;)"
_LOCAL, _DOMAIN = r"[^\s@<>()\[\],;:\"'|\\=/?&%]{1,64}", r"[\w-]+(?:\.[\w-]+)+"
_ESCAPED = (
    r"(?P<escaped>(?<=\\)(?:[nNrtbf]|u[0-9a-f]{4}))?"  # the line end before it, in JSON, YAML, calendars
)
ADDRESS = re.compile(rf"{_ESCAPED}(?P<address>{_LOCAL}{_AT}{_DOMAIN})", re.IGNORECASE)
_REFERENCE = re.compile(r"^[0-9a-f]{16,64}\.aarshjul$")
_TOKEN = re.compile(r"(?:(?<=%20)|(?<![A-Za-z0-9_%-]))[A-Za-z0-9_-]{12,}\.[A-Za-z0-9_-]{22}(?![A-Za-z0-9_-])")
_URL = re.compile(r"(?:https?|webcal)(?:://|%3A%2F%2F)[^\s\"'<>()]+", re.IGNORECASE)
_LONG = re.compile(r"(?<=[/=])[A-Za-z0-9_.~-]{24,}|(?<=%2F)[A-Za-z0-9_.~-]{24,}")
_FOLDED = re.compile(r"\r?\n[ \t]")
_IN_A_FILE = re.compile(rb"[A-Za-z0-9._+-]{2,64}@[A-Za-z0-9-]{2,}(?:\.[A-Za-z]{2,})+")
_ICS_LINE, _MOST_UNPACKED = 75, 100_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class LeavingOut:
    """What is left out, and what stands there instead.

    Attributes:
        known: the id of whom an address, or a name in Teams, belongs to; addresses in small letters.
    """

    known: Mapping[str, str]

    def text(self, text: str) -> str:
        """A text without addresses and secrets; `ID@left-out.invalid` stands for the address of somebody known."""
        for name in sorted(self.known, key=len, reverse=True):
            if not ADDRESS.fullmatch(name):
                where = rf"(?:(?<!\w)|(?<=\\[nNrtbf])){re.escape(name)}(?!\w)"
                text = re.sub(where, self._of(name), text, flags=re.IGNORECASE)
        text = ADDRESS.sub(lambda found: (found["escaped"] or "") + self._instead(found["address"]), text)
        text = _URL.sub(lambda found: _LONG.sub("left-out", found[0]), text)
        return _TOKEN.sub("left-out", text)

    def _of(self, name: str) -> str:
        return f"{self.known[name]}@{NOWHERE}"

    def _instead(self, address: str) -> str:
        if address.endswith(f"@{NOWHERE}"):
            return address
        plain = re.sub(_AT, "@", address, flags=re.IGNORECASE).casefold()
        local = plain.partition("@")[0]
        if plain in self.known:
            return self._of(plain)
        return f"{local}@{NOWHERE}" if _REFERENCE.match(local) else NOBODY

    def value(self, value: Any) -> Any:
        """A JSON value without them."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            made = {self.text(key): self.value(each) for key, each in value.items()}
            return {**made, "mentioned": self._mentioned(made["mentioned"])} if "mentioned" in made else made
        if isinstance(value, list | tuple):
            return [self.value(each) for each in value]
        return value

    def _mentioned(self, value: Any) -> Any:
        """Who is mentioned in Teams; by a name there that may have been changed since, so that nobody knows it."""
        if isinstance(value, dict) and not str(value.get("id")).endswith(f"@{NOWHERE}"):
            return {**value, "id": NOBODY}
        return value

    def post(self, text: str) -> str:
        """A post in Teams without them; what is no JSON is a text."""
        try:
            made = self.value(json.loads(text))
        except (ValueError, RecursionError):
            return self.text(text)
        if isinstance(made, dict) and not str(made.get("to", NOBODY)).endswith(f"@{NOWHERE}"):
            made["to"] = NOBODY
        return json.dumps(made, ensure_ascii=False, indent=1) + "\n"

    def calendar(self, text: str) -> str:
        """A calendar (RFC 5545) without them; an address may stand on two lines of it."""
        lines = re.split(r"\r?\n", _FOLDED.sub("", text))
        made = [self.text(line) for line in lines]
        return text if made == lines else "".join(_folded(line) for line in made if line)


def holds_address(text: str) -> bool:
    """Whether an address is still to be seen in a text."""
    return any(
        not found[0].casefold().endswith(f"@{NOWHERE}") for found in ADDRESS.finditer(_FOLDED.sub("", text))
    )


def file_holds_address(content: bytes) -> bool:
    """Whether an address can be seen in a file, or in the files that it is made of (a workbook, a document)."""
    if _IN_A_FILE.search(content):
        return True
    try:
        with ZipFile(BytesIO(content)) as inner:
            sizes = sum(each.file_size for each in inner.infolist())
            return sizes > _MOST_UNPACKED or any(
                _IN_A_FILE.search(inner.read(each)) for each in inner.namelist()
            )
    except (BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, zlib.error):
        return False


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, none of which ends within a letter."""
    pieces: list[str] = []
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > _ICS_LINE - bool(pieces):
            pieces.append(piece)
            piece = ""
        piece += letter
    return "\r\n ".join([*pieces, piece]) + "\r\n"
