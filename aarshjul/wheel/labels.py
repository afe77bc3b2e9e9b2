"""The words beside the ring: a milestone's date, title and state in one of three densities."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from aarshjul.wheel.lettering import Run, clean, shorten, width_of, wrap
from aarshjul.wheel.wheel import Look, WheelMilestone
from aarshjul.wheel.words import Words

LEADING = 1.22
SAID = frozenset({Look.TENTATIVE, Look.OVERDUE, Look.CANCELLED})
"""What a label says in words as well; that something is done, or certain, its mark says."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Density:
    """How much room labels take.

    Attributes:
        title: the size of titles; `date` that of dates and states.
        lines: how many a title may have; 0 puts it behind its date, and leaves the state to the mark.
        gap: what lies between two labels.
        column: how wide one can be.
    """

    title: float
    date: float
    lines: int
    gap: float
    column: float


ROOMY = Density(title=22, date=19, lines=2, gap=20, column=330)
CLOSE = Density(title=20, date=18, lines=1, gap=13, column=350)
DENSE = Density(title=18, date=18, lines=0, gap=7, column=410)
DENSITIES = (ROOMY, CLOSE, DENSE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """The words of one milestone: rows of runs, which stand a space apart."""

    milestone: WheelMilestone
    look: Look
    rows: tuple[tuple[Run, ...], ...]

    @property
    def width(self) -> float:
        """The width of its widest row."""
        return max(row_width(row) for row in self.rows)

    @property
    def height(self) -> float:
        """From the top of its first row to the foot of its last."""
        return sum(row_height(row) for row in self.rows)

    @property
    def port(self) -> float:
        """How far below its top the leader line meets it: at the middle of its first row."""
        return row_height(self.rows[0]) / 2


def space(row: Sequence[Run]) -> float:
    """What lies between the runs of a row."""
    return 0.4 * max(run.size for run in row)


def row_width(row: Sequence[Run]) -> float:
    """The width of a row with the spaces in it."""
    return sum(run.width for run in row) + space(row) * (len(row) - 1)


def row_height(row: Sequence[Run]) -> float:
    """The height of a row."""
    return LEADING * max(run.size for run in row)


def label_of(
    milestone: WheelMilestone,
    look: Look,
    words: Words,
    density: Density,
    *,
    with_year: bool,
) -> Label:
    """The label of a milestone, no wider than the column."""
    title, width = clean(milestone.title) or milestone.id, density.column
    head = _head(milestone.on, look, words, density, with_year=with_year)
    if density.lines == 0:
        room = width - row_width(head) - space(head)
        text = shorten(title, room, density.title)
        return Label(milestone=milestone, look=look, rows=((*head, Run(text=text, size=density.title)),))
    lines = wrap(title, width, density.title, lines=density.lines)
    return Label(
        milestone=milestone,
        look=look,
        rows=(head, *((Run(text=line, size=density.title),) for line in _even(lines, density.title))),
    )


def _head(on: date | None, look: Look, words: Words, density: Density, *, with_year: bool) -> tuple[Run, ...]:
    text = words.no_date if on is None else words.brief(on, with_year=with_year)
    day = Run(text=text, size=density.date, bold=True, role="date")
    if look not in SAID or density.lines == 0:
        return (day,)
    return day, Run(
        text=words.looks[look], size=density.date, role="alert" if look is Look.OVERDUE else "muted"
    )


def _even(lines: tuple[str, ...], size: float) -> tuple[str, ...]:
    """Two lines of about one length, where the second would be a lone word."""
    if len(lines) != 2 or " " not in lines[0] or width_of(lines[1], size) > 0.4 * width_of(lines[0], size):
        return lines
    words = " ".join(lines).split(" ")
    cuts = range(1, len(words))
    halves = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in cuts]
    return min(halves, key=lambda two: max(width_of(each, size) for each in two))
