"""A meeting with everyone of it, as the commands and the meeting's page show it; plain values."""

from dataclasses import dataclass, replace
from typing import Any

from aarshjul.core import cycle as core
from aarshjul.core.attendance import Attendance, Seat


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """A milestone that a meeting carries, and the reference to the minutes once it was held; `of` is its cycle's title."""

    cycle: str
    of: str
    milestone: str
    title: str
    minutes: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Roll:
    """A meeting and everyone of it, each once; `carries` has more than one where several cycles meet at it.

    Attributes:
        milestone: the one that was asked for.
        title: the real meeting's, where there is one, else the milestone's.
        elsewhere: others invite to it, and owe us no answers.
        language: of the cycle that was asked for.
        holder, council: that cycle's parties.
    """

    cycle: str
    milestone: str
    title: str
    telling: core.Telling
    state: core.State
    elsewhere: bool
    language: str
    holder: str
    council: str
    carries: tuple[Point, ...]
    attendance: Attendance

    def as_answered(self) -> "Roll":
        """As the meeting was to be: who comes, and not who came."""
        return replace(self, attendance=self.attendance.as_answered())

    def as_json(self) -> dict[str, Any]:
        """As `attendance --json` has it."""
        on = self.telling.on
        return {
            "cycle": self.cycle,
            "milestone": self.milestone,
            "title": self.title,
            "date": on.isoformat() if on else None,
            "at": self.telling.at,
            "ends": self.telling.ends,
            "place": self.telling.place,
            "status": self.telling.status,
            "state": str(self.state),
            "invited_elsewhere": self.elsewhere,
            "carries": [
                {
                    "cycle": each.cycle,
                    "milestone": each.milestone,
                    "title": each.title,
                    "minutes": each.minutes,
                }
                for each in self.carries
            ],
            "recorded": self.attendance.recorded,
            "bodies": [
                {
                    "role": each.body.role,
                    "of": each.body.of,
                    "members": each.members,
                    "present": each.present,
                    "represented": each.represented,
                }
                for each in self.attendance.counts
            ],
            "people": [_seat_json(seat) for seat in self.attendance.seats],
        }


def _seat_json(seat: Seat) -> dict[str, Any]:
    person = seat.person
    return {
        "person": person.id,
        "name": person.name,
        "organisation": person.organisation,
        "roles": [{"role": body.role, "of": body.of} for body in sorted(person.bodies)],
        "group": str(seat.group),
        "invited": person.invited,
        "reply": str(person.reply),
        "by": person.by,
        "through": person.through,
        "stands_for": [each.id for each in seat.stands_for],
        "stood_for_by": [each.id for each in seat.stood_for_by],
    }
