"""Below the wheel: what waits for a date, and what the marks and tints mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from aarshjul.core.cycle import Kind, Phase
from aarshjul.wheel import palette
from aarshjul.wheel.lettering import Run
from aarshjul.wheel.marks import mark
from aarshjul.wheel.rings import number_of
from aarshjul.wheel.svg import element, text
from aarshjul.wheel.wheel import Look, Wheel
from aarshjul.wheel.words import Words

SIZE = 17.0
ROW = 32.0
SIGN = 28.0
BETWEEN = 30.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A sign, drawn about a place when asked, and its meaning."""

    run: Run
    kind: Kind | None = None
    look: Look | None = None
    phase: Phase | None = None

    @property
    def width(self) -> float:
        """The width of sign and meaning."""
        return SIGN + self.run.width


def entries(
    wheel: Wheel, words: Words, today: date | None, unnamed: Sequence[Phase], *, hand: bool
) -> list[Entry]:
    """The kinds and states that this wheel has, the phases whose names had no room, and the day."""
    looks = {wheel.look(each, today) for each in wheel.milestones}
    kinds = [kind for kind in Kind if any(each.kind is kind for each in wheel.milestones)]
    found = [Entry(run=_run(words.kinds[kind]), kind=kind) for kind in kinds]
    found += [
        Entry(run=_run(words.looks[look].capitalize()), look=look)
        for look in (Look.TENTATIVE, Look.DONE, Look.OVERDUE, Look.CANCELLED)
        if look in looks
    ]
    found += [Entry(run=_run(words.phases[phase]), phase=phase) for phase in unnamed]
    if hand and today is not None:
        found.append(Entry(run=_run(words.today.format(words.long(today)))))
    return found


def _run(meaning: str) -> Run:
    return Run(text=meaning, size=SIZE, role="muted")


def legend(found: Sequence[Entry], top: float, width: float) -> tuple[Markup, float]:
    """The entries in centred rows below `top`, and how high they are together."""
    drawn = []
    rows = _rows(found, width)
    for number, row in enumerate(rows):
        x = -(sum(entry.width for entry in row) + BETWEEN * (len(row) - 1)) / 2
        y = top + ROW * (number + 0.5)
        for entry in row:
            drawn += [_sign(entry, x + 11, y), text(entry.run, x + SIGN, y + 0.35 * SIZE, fill=palette.MUTED)]
            x += entry.width + BETWEEN
    return Markup("").join(drawn), ROW * len(rows)


def _rows(found: Sequence[Entry], width: float) -> list[list[Entry]]:
    rows: list[list[Entry]] = []
    room = 0.0
    for entry in found:
        if not rows or entry.width > room:
            rows.append([])
            room = width
        rows[-1].append(entry)
        room -= entry.width + BETWEEN
    return rows


def _sign(entry: Entry, x: float, y: float) -> Markup:
    if entry.kind is not None:
        return mark(entry.kind, Look.CONFIRMED, (x, y))
    if entry.look is not None:
        return mark(Kind.MEETING, entry.look, (x, y), ink=palette.MUTED)
    if entry.phase is None:
        line = element("line", x1=x, y1=y - 10, x2=x, y2=y + 6, stroke=palette.ALERT, stroke_width=2.6)
        return Markup("").join((line, element("circle", cx=x, cy=y + 7, r=4.5, fill=palette.ALERT)))
    number = Run(text=number_of(entry.phase), size=14, bold=True)
    tint = palette.PHASES[entry.phase]
    return Markup("").join(
        (
            element("rect", x=x - 10, y=y - 10, width=20, height=20, rx=3, fill=tint),
            text(number, x - number.width / 2, y + 5, fill=palette.INK),
        )
    )
