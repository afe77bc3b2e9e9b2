"""The ring of phases: from when to when each lasts, and in which row it lies where phases overlap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from aarshjul.core.cycle import PHASES, Phase, State
from aarshjul.wheel.ring import Span
from aarshjul.wheel.wheel import WheelMilestone, day_of

DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class PhaseArc:
    """A phase on the wheel: its days, both included, its angles, and its row from the outermost, 0, inwards."""

    phase: Phase
    first: date
    last: date
    begin: float
    end: float
    row: int


def phase_arcs(milestones: Sequence[WheelMilestone], span: Span) -> tuple[PhaseArc, ...]:
    """The phases that have a milestone, in their order.

    A phase lasts until its last milestone, and begins after the last one of the phases before it, or with its own
    first milestone where that is earlier: work on something begins when the thing before it is done. The first
    phase begins with the wheel. What is cancelled takes no time, unless all is; what waits for a date counts where it
    last was, as it does in calendars.
    """
    held = [each for each in milestones if each.state is not State.CANCELLED] or list(milestones)
    found: list[PhaseArc] = []
    free: list[date] = []  # for each row, the last day on which it is taken
    reached: date | None = None
    for phase in PHASES:
        days = [day_of(each) for each in held if each.phase is phase]
        if not days:
            continue
        first, last = _begin(min(days), reached, span, held), max(days)
        row = next((number for number, taken in enumerate(free) if taken < first), len(free))
        free[row : row + 1] = [last]
        begin, end = span.angle(first, share=0), span.angle(last, share=1)
        found.append(PhaseArc(phase=phase, first=first, last=last, begin=begin, end=end, row=row))
        reached = last if reached is None else max(reached, last)
    return tuple(found)


def _begin(own: date, reached: date | None, span: Span, held: Sequence[WheelMilestone]) -> date:
    if reached is None:
        earliest = min(day_of(each) for each in held)
        return span.first if own == earliest else own
    return min(reached + DAY, own)
