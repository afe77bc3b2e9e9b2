"""What is wrong, or doubtful, in a meeting calendar: by line, or by sheet and cell."""

from dataclasses import dataclass, field

from aarshjul.core.meeting_cautions import Caution
from aarshjul.core.real_meeting import RealMeeting
from aarshjul.files.problems import MOST
from aarshjul.files.text import FileError

MOST_MEETINGS = 5_000
"""How many meetings one file may bring; a council has a dozen a year."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadMeetings:
    """What a file brings.

    Attributes:
        meetings: by day and time.
        doubts: what was read all the same but should be looked at, with its place `FILE:LINE`.
    """

    meetings: tuple[RealMeeting, ...]
    doubts: tuple[tuple[str, Caution], ...] = ()


@dataclass(slots=True)
class Findings:
    """The problems and doubts of one file so far; `name` is what the messages call it."""

    name: str
    problems: dict[str, None] = field(default_factory=dict)
    doubts: list[tuple[str, Caution]] = field(default_factory=list)

    def add(self, where: int | str, message: str) -> None:
        """Notes a problem at a line, or at a cell such as `Ark1!B7`."""
        self.problems[f"{self.name}:{where}: {message}"] = None

    def doubt(self, where: int | str, caution: Caution) -> None:
        """Notes what is read but should be looked at."""
        self.doubts.append((f"{self.name}:{where}", caution))

    def stop(self, where: int | str, message: str) -> FileError:
        """The error of a file that cannot be read on from here."""
        self.add(where, message)
        return FileError(*self._said())

    def raise_if_any(self) -> None:
        """Raises FileError with all that was found, in the order of the file."""
        if self.problems:
            raise FileError(*self._said())

    def _said(self) -> list[str]:
        said = list(self.problems)
        more = len(said) - MOST
        return said if more <= 0 else [*said[:MOST], f"{self.name}:1: and {more} more problems"]

    def whole(self, meetings: list[RealMeeting]) -> ReadMeetings:
        """The meetings, where nothing was wrong and there are any."""
        self.raise_if_any()
        if not meetings:
            raise self.stop(1, "has no meetings in it; must have at least one")
        if len(meetings) > MOST_MEETINGS:
            raise self.stop(1, f"has {len(meetings)} meetings; at most {MOST_MEETINGS} come in from one file")
        ordered = sorted(meetings, key=lambda each: (each.on, each.at or "", each.body, each.title))
        return ReadMeetings(meetings=tuple(ordered), doubts=tuple(self.doubts))
