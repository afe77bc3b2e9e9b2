"""Giving milestones to meetings so that all together are as near as can be and stay in their order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from aarshjul.core.real_meeting import RealMeeting

BROKEN = 10_000
"""What an order that is turned round costs: more than any distance, so that it happens only where it must."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """A milestone that wants a meeting: the day it would like, and the meetings in reach with their distance.

    `fixed` takes its only option, or without one stays where it is.
    """

    id: str
    wanted: date
    at: str | None
    options: Sequence[tuple[int, RealMeeting]]
    fixed: bool = False

    @property
    def place(self) -> tuple[date, str]:
        """Where it stands among the others."""
        return self.wanted, self.at or ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Way:
    """The cheapest way to here that ends with this choice."""

    cost: int
    slot: Slot
    meeting: RealMeeting | None
    before: "_Way | None"


def in_order(slots: Sequence[Slot], *, none: int) -> dict[str, RealMeeting | None]:
    """The meeting of each slot, or None, at the least cost in all; the slots stand in the order to keep.

    Args:
        slots: in their order.
        none: what it costs to leave a slot without a meeting.
    """
    ways: list[_Way | None] = [None]
    for slot in slots:
        choices: list[tuple[int, RealMeeting | None]] = list(slot.options)
        if not slot.fixed or not choices:
            choices.append((0 if slot.fixed else none, None))
        ways = [_cheapest(ways, slot, cost, meeting) for cost, meeting in choices]
    best = min((way for way in ways if way is not None), key=lambda way: way.cost, default=None)
    found: dict[str, RealMeeting | None] = {}
    while best is not None:
        found[best.slot.id] = best.meeting
        best = best.before
    return found


def _cheapest(ways: Sequence[_Way | None], slot: Slot, cost: int, meeting: RealMeeting | None) -> _Way:
    def through(way: _Way | None) -> int:
        if way is None:
            return 0
        return way.cost + (BROKEN if _turns_round(way, slot, meeting) else 0)

    before = min(ways, key=through)
    return _Way(cost=cost + through(before), slot=slot, meeting=meeting, before=before)


def _turns_round(before: _Way, slot: Slot, meeting: RealMeeting | None) -> bool:
    """Whether a slot would be before the one that it follows, or fall together with it where it did not."""
    earlier = _when(before.slot, before.meeting)
    later = _when(slot, meeting)
    if meeting is not None and before.meeting is not None and before.meeting.id == meeting.id:
        return before.slot.wanted != slot.wanted
    both_timed = bool(earlier[1] and later[1])
    return later < earlier if both_timed else later[0] < earlier[0]


def _when(slot: Slot, meeting: RealMeeting | None) -> tuple[date, str]:
    return (slot.wanted, slot.at or "") if meeting is None else (meeting.on, meeting.at or "")
