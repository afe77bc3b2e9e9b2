"""What a wheel shows: a cycle's frame and its milestones, with how each of them looks on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from aarshjul.core.cycle import PHASES, Kind, Phase, State


class Look(StrEnum):
    """How a milestone is drawn: its state, and for an open one whether its date is certain."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    DONE = "done"
    OVERDUE = "overdue"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True, slots=True)
class WheelMilestone:
    """A milestone as the wheel needs it; `on` is None while it waits for a date, `last_on` the last one it had."""

    id: str
    title: str
    phase: Phase
    kind: Kind
    on: date | None
    last_on: date
    at: str | None = None
    ends: str | None = None
    place: str | None = None
    tentative: bool = False
    state: State = State.OPEN

    def look(self, today: date | None) -> Look:
        """How it looks on a day; without a day nothing is overdue."""
        if self.state is State.CANCELLED:
            return Look.CANCELLED
        if self.state is State.DONE:
            return Look.DONE
        if today is not None and self.on is not None and self.on < today:
            return Look.OVERDUE
        return Look.TENTATIVE if self.tentative else Look.CONFIRMED


@dataclass(frozen=True, kw_only=True, slots=True)
class Wheel:
    """A cycle to be drawn.

    Attributes:
        language: the cycle's own, `da` or `en`.
        zone: where its days begin and end.
        running: whether it was activated, so that a date that has passed without its milestone is overdue; a file
            and a draft are plans, of which nobody knows what has happened.
        closed: whether the year is over.
        milestones: in the order of the cycle; at least one.
    """

    id: str
    title: str
    holder: str
    council: str
    language: str
    zone: ZoneInfo
    running: bool
    closed: bool = False
    milestones: tuple[WheelMilestone, ...]

    def __post_init__(self) -> None:
        if not self.milestones:
            msg = "a wheel without milestones is no wheel"
            raise ValueError(msg)

    @property
    def dated(self) -> tuple[WheelMilestone, ...]:
        """The milestones that have a date, in time; those of one moment in the cycle's order."""
        found = [each for each in self.milestones if each.on is not None]
        return tuple(sorted(found, key=lambda each: (each.on or each.last_on, each.at or "")))

    @property
    def undated(self) -> tuple[WheelMilestone, ...]:
        """Those that wait for a date."""
        return tuple(each for each in self.milestones if each.on is None)

    def look(self, milestone: WheelMilestone, today: date | None) -> Look:
        """How a milestone looks on a day: only what is running can be overdue."""
        return milestone.look(today if self.running else None)

    def phase_now(self, today: date | None) -> Phase | None:
        """The phase that the cycle is in: of its earliest open milestone, in a plan of the next one by date.

        None once the year is over, and for a plan without a day.
        """
        if self.closed or (today is None and not self.running):
            return None
        left = [
            each for each in self.milestones if each.state is State.OPEN and not self._is_past(each, today)
        ]
        return min(left, key=_by_date).phase if left else Phase.IN_FORCE

    def _is_past(self, milestone: WheelMilestone, today: date | None) -> bool:
        """Whether a plan's date is taken as gone by."""
        return not self.running and today is not None and day_of(milestone) < today


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownWheel(Wheel):
    """A wheel of the dates that a reader may see; `phase` is the one of the day, whatever is not on it."""

    phase: Phase | None

    def phase_now(self, today: date | None) -> Phase | None:  # noqa: ARG002 -- whoever made it knew the day
        """The phase that it was made with."""
        return self.phase


def day_of(milestone: WheelMilestone) -> date:
    """Its day, or the last that it had."""
    return milestone.on or milestone.last_on


def _by_date(milestone: WheelMilestone) -> tuple[date, int]:
    return day_of(milestone), PHASES.index(milestone.phase)


def days_of(milestones: Sequence[WheelMilestone]) -> list[date]:
    """The days that a wheel of these has to hold; what waits for a date counts where it last was."""
    return [day_of(each) for each in milestones]
