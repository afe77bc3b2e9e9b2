"""What is wrong in a file, as lines `FILE:LINE: what is wrong, what would be right` in the file's order."""

from collections.abc import Sequence
from difflib import get_close_matches

from aarshjul.files.text import FileError

MOST = 100
"""How many problems of one file are shown."""
_MOST_NAMED = 12


class Problems:
    """The problems found in one file so far."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: dict[tuple[int, str], None] = {}

    def add(self, line: int, message: str) -> None:
        """Notes a problem."""
        self.found[line, message] = None

    def lines(self) -> set[int]:
        """The lines that have a problem already."""
        return {line for line, _ in self.found}

    def raise_if_any(self) -> None:
        """Raises FileError with all that was found, sorted by line."""
        if not self.found:
            return
        problems = sorted(self.found, key=lambda problem: problem[0])
        said = [f"{self.name}:{line}: {message}" for line, message in problems[:MOST]]
        if len(problems) > MOST:
            said.append(f"{self.name}:{problems[MOST][0]}: {len(problems) - MOST} more problems from here on")
        raise FileError(*said)


def did_you_mean(word: str, known: list[str]) -> str:
    """`; did you mean X?` where a known word is close, else what is known."""
    close = get_close_matches(word.lower(), known, n=1, cutoff=0.6) if len(word) <= 80 else []
    if close:
        return f"did you mean `{close[0]}`?"
    return f"must be one of {', '.join(known)}"


def or_rather(known: Sequence[str], *, of: str) -> str:
    """What would have been right, where there is anything: `; meetings here are a, b`; of many the first ones."""
    if not known:
        return f"; there are no {of} here"
    more = len(known) - _MOST_NAMED
    return f"; {of} here are {', '.join(known[:_MOST_NAMED])}{f' and {more} more' if more > 0 else ''}"


def way_round(circle: list[str]) -> str:
    """A circle as `2 -> 10 -> 2`; a very long one without its middle."""
    names = circle if len(circle) <= 12 else [*circle[:6], "...", *circle[-3:]]
    return " -> ".join(names)


def clipped(value: str) -> str:
    """A value as a message quotes it: one short line."""
    line = " ".join(value.split())
    return f"`{line}`" if len(line) <= 60 else f"`{line[:57]}...`"
