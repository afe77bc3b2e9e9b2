"""The wheel as an SVG picture: the same bytes for the same wheel, language and day."""

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup

from aarshjul.wheel import palette
from aarshjul.wheel.centre import centre
from aarshjul.wheel.labels import (
    DENSITIES,
    LEADING,
    Density,
    Label,
    label_of,
    row_height,
    row_width,
    space,
)
from aarshjul.wheel.legend import entries, legend
from aarshjul.wheel.lettering import clean
from aarshjul.wheel.marks import mark
from aarshjul.wheel.phases import phase_arcs
from aarshjul.wheel.placing import Placed, Placing, place
from aarshjul.wheel.ring import Span, span_of
from aarshjul.wheel.rings import Radii, hand, month_ring, phase_ring
from aarshjul.wheel.rows import describe, summary
from aarshjul.wheel.svg import Place, element, picture, points, text
from aarshjul.wheel.wheel import Wheel, days_of
from aarshjul.wheel.words import Words, words_of

EDGE = 24.0
WAITING = DENSITIES[-1].column + 60
"""How wide a column of what waits for a date is, with its mark and a space."""
COMFORT = 400.0
"""Half the height that labels should not exceed: beyond it they are set closer."""


def wheel_svg(
    wheel: Wheel, *, language: str, today: date | None, links: Mapping[str, str] | None = None
) -> str:
    """The wheel as a standalone SVG, which a page may also have among its own elements.

    Args:
        wheel: what to draw.
        language: `da` or `en`.
        today: the day that is marked and that decides what is overdue; None for neither.
        links: for milestones by their id an address; each such mark and label is then a link that has focus.
    """
    words = words_of(language)
    span = span_of(days_of(wheel.milestones))
    placing = placed_wheel(wheel, words, span, today)
    arcs = phase_arcs(wheel.milestones, span)
    radii = Radii(outer=placing.ring, rows=max((arc.row for arc in arcs), default=-1) + 1)
    phases, unnamed = phase_ring(arcs, radii, words, wheel.phase_now(today))
    months = month_ring(span, radii, words)
    rings = (
        months.bands,
        phases.bands,
        hand(span, radii, today),
        months.names,
        phases.names,
        centre(wheel, words, today, radii.inner - 12),
    )
    width = 2 * (placing.half_width + EDGE)
    shown = entries(wheel, words, today, unnamed, hand=today is not None and span.holds(today))
    waiting, lower = _undated(wheel, words, today, placing.half_height + EDGE, width, links or {})
    key, height = legend(shown, lower + 8, width - 2 * EDGE)
    top = placing.half_height + EDGE
    whole = top + lower + 8 + height + EDGE / 2
    return _whole(wheel, words, (width, whole, top), rings, placing, (waiting, key), links or {})


def placed_wheel(wheel: Wheel, words: Words, span: Span, today: date | None) -> Placing:
    """The labels of all that has a date in their places, as roomy as their number allows."""
    days = [span.angle(each.on) for each in wheel.dated if each.on is not None]
    found: Placing | None = None
    for density in DENSITIES:
        labels = [_label(wheel, number, words, span, today, density) for number in range(len(days))]
        found = place(labels, days, gap=density.gap, column=density.column)
        if found.half_height <= max(COMFORT, found.ring + 70):
            break
    return found if found is not None else place([], [], gap=0, column=DENSITIES[0].column)


def _label(
    wheel: Wheel, number: int, words: Words, span: Span, today: date | None, density: Density
) -> Label:
    milestone = wheel.dated[number]
    return label_of(milestone, wheel.look(milestone, today), words, density, with_year=span.months > 12)


def _whole(
    wheel: Wheel,
    words: Words,
    size: tuple[float, float, float],
    rings: tuple[Markup, ...],
    placing: Placing,
    below: tuple[Markup, Markup],
    links: Mapping[str, str],
) -> str:
    width, height, top = size
    name = f"{words.wheel}: {clean(wheel.title)}"
    items = Markup("").join(_item(each, words, links) for each in placing.placed)
    ground = element("rect", x=-width / 2, y=-top, width=width, height=height, rx=12, fill=palette.PAPER)
    return picture(
        width,
        height,
        top,
        element("title", name),
        element("desc", summary(wheel, words)),
        ground,
        element("g", *rings, aria_hidden="true"),
        element("g", items, below[0], role="list", aria_label=words.milestones),
        element("g", below[1], aria_hidden="true"),
        role="group",
        aria_label=name,
        lang=words.code,
    )


def _item(placed: Placed, words: Words, links: Mapping[str, str]) -> Markup:
    label = placed.label
    lines = (
        element("polyline", points=points(placed.tie), fill="none", stroke=palette.LINE, stroke_width=1.2),
        element("polyline", points=points(placed.leader), fill="none", stroke=palette.LINE, stroke_width=1.2),
        mark(label.milestone.kind, label.look, placed.mark),
    )
    return _listed(label, words, links, (*lines, _words(label, placed.left, placed.top, placed.on_the_right)))


def _listed(label: Label, words: Words, links: Mapping[str, str], drawn: tuple[Markup, ...]) -> Markup:
    """A milestone as one item of the list, named in full; a link where it has an address."""
    name = describe(label.milestone, label.look, words)
    address = links.get(label.milestone.id)
    inner = element("a", element("title", name), *drawn, href=address, aria_label=name) if address else None
    children = (inner,) if inner else (element("title", name), *drawn)
    return element("g", *children, role="listitem")


def _words(label: Label, left: float, top: float, on_the_right: bool) -> Markup:
    """A label's rows, even on the side of the wheel."""
    drawn = []
    for row in label.rows:
        x = left if on_the_right else left + label.width - row_width(row)
        line = top + row_height(row) - max(run.size for run in row) * (LEADING - 0.98)
        top += row_height(row)
        for run in row:
            drawn.append(text(run, x, line, fill=palette.ROLES[run.role]))
            x += run.width + space(row)
    return Markup("").join(drawn)


def _undated(
    wheel: Wheel, words: Words, today: date | None, top: float, width: float, links: Mapping[str, str]
) -> tuple[Markup, float]:
    """What waits for a date, in columns below the wheel, and where that ends."""
    drawn = []
    columns = max(1, int((width - 2 * EDGE) // (WAITING)))
    count = min(columns, len(wheel.undated))
    for number, milestone in enumerate(wheel.undated):
        label = label_of(milestone, wheel.look(milestone, today), words, DENSITIES[-1], with_year=False)
        x = -count * (WAITING) / 2 + (number % columns) * (WAITING)
        y = top + number // columns * 32
        at: Place = (x + 14, y + label.port)
        drawn.append(
            _listed(
                label, words, links, (mark(milestone.kind, label.look, at), _words(label, x + 34, y, True))
            )
        )
    rows = -(-len(wheel.undated) // columns)
    return Markup("").join(drawn), top + rows * 32
