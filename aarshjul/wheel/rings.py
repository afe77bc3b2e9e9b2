"""The rings: months and years, the phases below them, and the hand that shows the day."""

from dataclasses import dataclass
from datetime import date
from math import cos, sin

from markupsafe import Markup

from aarshjul.core.cycle import PHASES as IN_ORDER
from aarshjul.core.cycle import Phase
from aarshjul.wheel import palette
from aarshjul.wheel.lettering import Run
from aarshjul.wheel.phases import PhaseArc
from aarshjul.wheel.ring import Part, Span
from aarshjul.wheel.svg import band, element, points, spoke, text_on_ring
from aarshjul.wheel.words import Words

MONTHS, YEARS, GAP = 42.0, 24.0, 4.0
ROWS = {0: 0.0, 1: 46.0, 2: 34.0}
MANY_ROWS = 27.0
MARGIN = 7.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Radii:
    """Where the rings lie, from the outside in; phases in rows of one height."""

    outer: float
    rows: int

    @property
    def months(self) -> float:
        """The inner edge of the months, where the years begin."""
        return self.outer - MONTHS

    @property
    def years(self) -> float:
        """The inner edge of the years."""
        return self.months - YEARS

    @property
    def row(self) -> float:
        """The height of a row of phases."""
        return ROWS.get(self.rows, MANY_ROWS)

    @property
    def inner(self) -> float:
        """The inner edge of the innermost row: the middle is free."""
        return self.years - GAP - self.rows * self.row


@dataclass(frozen=True, kw_only=True, slots=True)
class Ring:
    """A ring's bands, and its names: what is drawn between them, such as the hand, hides no letter."""

    bands: Markup
    names: Markup


def month_ring(span: Span, radii: Radii, words: Words) -> Ring:
    """Months, or years where there are many, and inside of them the calendar years."""
    middle = (radii.outer + radii.months) / 2
    drawn, names = [], []
    for position, part in enumerate(span.parts):
        tint = palette.MONTH if position % 2 == 0 else palette.OTHER_MONTH
        drawn.append(band(radii.months, radii.outer, part.begin, part.end, fill=tint))
        name = _fitting(_names(part, span, words), (part.end - part.begin) * middle, size=20, bold=False)
        if name:
            names.append(text_on_ring(name, middle, (part.begin + part.end) / 2, fill=palette.INK))
    drawn += [
        element("circle", r=radius, fill="none", stroke=palette.LINE, stroke_width=1.2)
        for radius in (radii.outer, radii.months)
    ]
    lines, numbers = _years(span, radii)
    return Ring(
        bands=Markup("").join((*drawn, *lines)), names=Markup("").join((*_start(radii), *names, *numbers))
    )


def _names(part: Part, span: Span, words: Words) -> tuple[str, ...]:
    """What a part can be called, the longest first."""
    if span.unit > 1:
        return str(part.first.year), f"’{part.first.year % 100:02}"
    month = part.first.month - 1
    return words.months[month], words.short[month], words.months[month][0].upper()


def _fitting(names: tuple[str, ...], room: float, *, size: float, bold: bool) -> Run | None:
    for name in names:
        for smaller in (1.0, 0.86):
            run = Run(text=name, size=size * smaller, bold=bold)
            if run.width + 2 * MARGIN <= room:
                return run
    run = Run(text=names[-1], size=size * 0.7, bold=bold)
    return run if run.width + 2 <= room else None


def _years(span: Span, radii: Radii) -> tuple[list[Markup], list[Markup]]:
    """Each calendar year as an arc that begins with its number: clockwise is forward in time."""
    middle = (radii.months + radii.years) / 2
    drawn, names = [], []
    if span.unit == 1:
        for part in span.years:
            run = Run(text=str(part.first.year), size=17, bold=True)
            if run.width + 2 * MARGIN > (part.end - part.begin) * middle:
                continue
            at = part.begin + (MARGIN + 3 + run.width / 2) / middle
            names.append(text_on_ring(run, middle, at, fill=palette.INK))
            begin, end = at + (run.width / 2 + 8) / middle, part.end - 5 / middle
            if end > begin:
                drawn.append(_arc(middle, begin, end))
            if part.begin > 0:
                drawn.append(spoke(radii.years, radii.outer, part.begin, stroke=palette.INK, stroke_width=2))
    return drawn, names


def _arc(radius: float, begin: float, end: float) -> Markup:
    return band(radius - 0.5, radius + 0.5, begin, end, fill=palette.LINE)


def _start(radii: Radii) -> list[Markup]:
    """Where the year begins: a strong line, with a tip that says which way it goes."""
    line = spoke(radii.years, radii.outer + 5, 0.0, stroke=palette.INK, stroke_width=3)
    tip = [(0.0, -radii.outer - 11), (11.0, -radii.outer - 5), (0.0, -radii.outer + 1)]
    return [line, element("polygon", points=points(tip), fill=palette.INK)]


def phase_ring(
    arcs: tuple[PhaseArc, ...], radii: Radii, words: Words, now: Phase | None
) -> tuple[Ring, tuple[Phase, ...]]:
    """The phases, and those of them that were too narrow for their name: a legend has to say it."""
    drawn, names, unnamed = [], [], []
    for arc in arcs:
        outer = radii.years - GAP - arc.row * radii.row
        inner = outer - radii.row + 2
        is_now = arc.phase is now
        fill = palette.NIGHT if is_now else palette.PHASES[arc.phase]
        drawn.append(band(inner, outer, arc.begin, arc.end, fill=fill, stroke=palette.PAPER, stroke_width=2))
        middle = (outer + inner) / 2
        size = 18 if radii.row > MANY_ROWS else 16
        room = (arc.end - arc.begin) * (middle - size / 2)
        run = _name(words.phases[arc.phase], room, size)
        if run is None:
            unnamed.append(arc.phase)
            run = _name(number_of(arc.phase), room + MARGIN, size)
        if run is not None:
            ink = palette.PAPER if is_now else palette.INK
            names.append(text_on_ring(run, middle, (arc.begin + arc.end) / 2, fill=ink))
    return Ring(bands=Markup("").join(drawn), names=Markup("").join(names)), tuple(unnamed)


def number_of(phase: Phase) -> str:
    """A phase's number in the order of phases, from 1: what stands for a name that has no room."""
    return str(IN_ORDER.index(phase) + 1)


def _name(name: str, room: float, size: float) -> Run | None:
    for smaller in (1.0, 0.9, 0.8):
        run = Run(text=name, size=size * smaller, bold=True)
        if run.width + 2 * MARGIN <= room:
            return run
    return None


def hand(span: Span, radii: Radii, today: date | None) -> Markup:
    """The day's mark across all rings, with a knob inside; nothing where the wheel does not hold the day."""
    if today is None or not span.holds(today):
        return Markup("")
    angle = span.angle(today)
    knob = radii.inner - 7
    line = {"stroke_linecap": "round"}
    return Markup("").join(
        (
            spoke(knob, radii.outer + 3, angle, stroke=palette.PAPER, stroke_width=6, **line),
            spoke(knob, radii.outer + 3, angle, stroke=palette.ALERT, stroke_width=2.6, **line),
            element("circle", cx=knob * sin(angle), cy=-knob * cos(angle), r=5.5, fill=palette.ALERT),
        )
    )
