"""What a subscriber chose that a feed holds, in one way of writing: it stands in the feed's address."""

from dataclasses import dataclass, fields
from typing import Self

from aarshjul.core.cycle import Kind
from calendars.errors import CalendarError


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """The contents of a feed.

    Attributes:
        meetings, deadlines, decisions: milestones of that kind.
        phases: the phases of the year as entries over several days that take nobody's time.
        tasks: what the feed's person has to do as VTODO, beside its entry; only a person's feed has any.
        alarms: a reminder by the calendar itself at meetings and deadlines.
    """

    meetings: bool = True
    deadlines: bool = True
    decisions: bool = True
    phases: bool = False
    tasks: bool = False
    alarms: bool = False

    @property
    def text(self) -> str:
        """The names of what is in it, in their order, with commas: `meetings,deadlines,decisions`."""
        return ",".join(name for name in NAMES if getattr(self, name))

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds of milestones that are in it."""
        held = {Kind.MEETING: self.meetings, Kind.DEADLINE: self.deadlines, Kind.DECISION: self.decisions}
        return frozenset(kind for kind, wanted in held.items() if wanted)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The choice that a text names, in any order.

        Raises:
            CalendarError: for a name that is none, or where nothing is chosen that could be shown.
        """
        named = {part.strip() for part in text.split(",") if part.strip()}
        unknown = sorted(named - set(NAMES))
        if unknown:
            raise CalendarError(
                f"'{unknown[0][:40]}' is nothing that a calendar can hold: choose from {', '.join(NAMES)}"
            )
        if not named - {"alarms"}:
            raise CalendarError(
                "a calendar with nothing in it: choose at least one of " + ", ".join(NAMES[:-1])
            )
        return cls(**{name: name in named for name in NAMES})


NAMES = tuple(field.name for field in fields(Choice))
