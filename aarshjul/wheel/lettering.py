"""How wide text is in the wheel's letters, and how it is wrapped and shortened to a width."""

import json
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

FAMILY = "IBM Plex Sans, Segoe UI, Helvetica Neue, Arial, sans-serif"
SEMIBOLD = 600
UNITS = 1000
"""The font's units to the em, which its widths are counted in."""
ELLIPSIS = "…"
_JOINERS = frozenset("\u200d\ufe0e\ufe0f")
_FOREIGN = 1000
_PICTURE = 1300
_ALLOWED_CONTROLS = frozenset("\u200c\u200d")


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """A piece of text in one size and weight; `width` is what it takes, in units of the picture."""

    text: str
    size: float
    bold: bool = False
    role: str = "text"

    @property
    def width(self) -> float:
        """Measured in the font that we bring; drawn text is held to it, whichever font a machine has."""
        return width_of(self.text, self.size, bold=self.bold)


def clean(text: str) -> str:
    """Text that can stand in any picture: one line, no control characters, none that turns the direction about."""
    kept = (
        " " if each.isspace() else each
        for each in text
        if each.isspace() or each in _ALLOWED_CONTROLS or not _is_unseen(each)
    )
    return " ".join("".join(kept).split())


def _is_unseen(letter: str) -> bool:
    """Controls, direction marks, halves of letters, and what Unicode says is no character."""
    code = ord(letter)
    is_none = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    return is_none or unicodedata.category(letter) in ("Cc", "Cf", "Cs")


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line; for letters that our font has not, rather too much."""
    widths = _widths()["semibold" if bold else "regular"]
    return sum(widths[each] if each in widths else _guess(each) for each in text) * size / UNITS


def has_all_letters(text: str) -> bool:
    """Whether the font that we bring has every letter of a text."""
    return all(each in _widths()["regular"] for each in set(text) - {"\n"})


@lru_cache(maxsize=1)
def _widths() -> dict[str, dict[str, int]]:
    text = (files("aarshjul.wheel") / "fonts" / "widths.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, int]] = json.loads(text)
    return found


def _guess(letter: str) -> int:
    if _joins(letter):
        return 0
    return _PICTURE if ord(letter) >= 0x1F000 else _FOREIGN


def wrap(text: str, width: float, size: float, *, lines: int, bold: bool = False) -> tuple[str, ...]:
    """At most so many lines that are not wider; the last ends in an ellipsis where not all could stand."""
    words = text.split(" ")
    found: list[str] = []
    while words and len(found) < lines - 1:
        count = _how_many(words, width, size, bold=bold)
        if count:
            found.append(" ".join(words[:count]))
            words = words[count:]
        else:
            head = _head(words[0], width, size, bold=bold)
            found.append(head)
            words[0] = words[0][len(head) :]
    if words:
        found.append(shorten(" ".join(words), width, size, bold=bold))
    return tuple(found)


def shorten(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """The text, or its beginning with an ellipsis: between words where that costs little, never within a letter."""
    if width_of(text, size, bold=bold) <= width:
        return text
    head = _head(text, width - width_of(ELLIPSIS, size, bold=bold), size, bold=bold)
    between = head.rstrip(" ").rpartition(" ")[0]
    if len(between) >= 0.75 * len(head) and text[len(head) : len(head) + 1] != " ":
        head = between
    return head.rstrip(" ,;:-–(") + ELLIPSIS


def _how_many(words: list[str], width: float, size: float, *, bold: bool) -> int:
    count = len(words)
    while count and width_of(" ".join(words[:count]), size, bold=bold) > width:
        count -= 1
    return count


def _head(text: str, width: float, size: float, *, bold: bool) -> str:
    """The longest beginning that is not wider, at least a letter with what belongs to it."""
    taken, room = 0, width
    for position, letter in enumerate(text):
        room -= width_of(letter, size, bold=bold)
        if room < 0 and position:
            break
        taken = position + 1
    while 0 < taken < len(text) and (_joins(text[taken]) or text[taken - 1] == "\u200d"):
        taken -= 1
    return text[: max(taken, 1)]


def _joins(letter: str) -> bool:
    return letter in _JOINERS or unicodedata.category(letter) in ("Mn", "Me")
