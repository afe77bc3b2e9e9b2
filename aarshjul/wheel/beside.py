"""Labels beside the wheel, in a column on each side: for screens, and for paper that lies."""

from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup

from aarshjul.wheel.items import Body, item, line, written
from aarshjul.wheel.labels import DENSE, DENSITIES, label_of
from aarshjul.wheel.marks import mark
from aarshjul.wheel.placing import Placed, Placing, place
from aarshjul.wheel.ring import Place, Span
from aarshjul.wheel.wheel import Wheel
from aarshjul.wheel.words import Words

COMFORT = 400.0
"""Half the height that labels should not exceed: beyond it they are set closer."""
TO_COMFORT = 70.0
"""Beyond a larger ring they may reach so far."""
SIGN = 34.0
WAITING = DENSE.column + SIGN + 26
"""How wide a column of what waits for a date is, with its mark and a space."""
WAITING_ROW = 32.0


def beside(wheel: Wheel, words: Words, span: Span, today: date | None, links: Mapping[str, str]) -> Body:
    """All milestones: those with a date around the ring, the others in rows below it."""
    placing = placed_wheel(wheel, words, span, today)
    width = 2 * placing.half_width
    waiting = _waiting(wheel, words, today, placing.half_height + 20, width, links)
    return Body(
        ring=placing.ring,
        lines=Markup("").join(line(each.tie) + line(each.leader) for each in placing.placed),
        items=Markup("").join((*(_item(each, words, links) for each in placing.placed), *waiting)),
        half_width=placing.half_width,
        above=placing.half_height,
        below=placing.half_height + (20 + WAITING_ROW * _rows(len(waiting), width) if waiting else 0),
    )


def placed_wheel(wheel: Wheel, words: Words, span: Span, today: date | None) -> Placing:
    """The labels of all that has a date in their places, as roomy as their number allows."""
    dated = [(each, wheel.look(each, today)) for each in wheel.dated]
    days = [span.angle(each.on) for each, _ in dated if each.on is not None]
    for density in DENSITIES:
        labels = [label_of(each, look, words, density, with_year=span.months > 12) for each, look in dated]
        found = place(labels, days, gap=density.gap, column=density.column)
        if found.half_height <= max(COMFORT, found.ring + TO_COMFORT):
            break
    return found


def _item(placed: Placed, words: Words, links: Mapping[str, str]) -> Markup:
    label = placed.label
    drawn = mark(label.milestone.kind, label.look, placed.mark)
    rows = written(label, placed.left, placed.top, flush_right=not placed.on_the_right)
    return item(label, words, links, drawn, rows)


def _columns(width: float) -> int:
    return max(1, int(width // WAITING))


def _rows(count: int, width: float) -> int:
    return -(-count // _columns(width))


def _waiting(
    wheel: Wheel, words: Words, today: date | None, top: float, width: float, links: Mapping[str, str]
) -> Sequence[Markup]:
    """What waits for a date, in centred columns."""
    drawn = []
    columns = _columns(width)
    left = -min(columns, len(wheel.undated)) * WAITING / 2
    for number, milestone in enumerate(wheel.undated):
        label = label_of(milestone, wheel.look(milestone, today), words, DENSE, with_year=False)
        x, y = left + number % columns * WAITING, top + number // columns * WAITING_ROW
        at: Place = (x + 14, y + label.port)
        rows = written(label, x + SIGN, y)
        drawn.append(item(label, words, links, mark(milestone.kind, label.look, at), rows))
    return drawn
