"""The wheel as an SVG picture: the same bytes for the same wheel, language and day."""

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup

from aarshjul.wheel import palette
from aarshjul.wheel.beneath import beneath
from aarshjul.wheel.beside import beside
from aarshjul.wheel.centre import centre
from aarshjul.wheel.items import Body
from aarshjul.wheel.legend import entries, legend
from aarshjul.wheel.lettering import clean
from aarshjul.wheel.phases import phase_arcs
from aarshjul.wheel.ring import span_of
from aarshjul.wheel.rings import Radii, hand, month_ring, phase_ring
from aarshjul.wheel.rows import summary
from aarshjul.wheel.svg import element, picture
from aarshjul.wheel.wheel import Wheel, days_of
from aarshjul.wheel.words import Words, words_of

EDGE = 24.0


def wheel_svg(
    wheel: Wheel,
    *,
    language: str,
    today: date | None,
    narrow: bool = False,
    links: Mapping[str, str] | None = None,
) -> str:
    """The wheel as a standalone SVG, which a page may also have among its own elements.

    Args:
        wheel: what to draw.
        language: `da` or `en`.
        today: the day that is marked and that decides what is overdue; None for neither.
        narrow: labels beneath the wheel in place of beside it: for pictures of less than some 600 pixels.
        links: for milestones by their id an address; each such mark and label is then a link that has focus.
    """
    words = words_of(language)
    span = span_of(days_of(wheel.milestones))
    body = (beneath if narrow else beside)(wheel, words, span, today, links or {})
    arcs = phase_arcs(wheel.milestones, span)
    radii = Radii(outer=body.ring, rows=max((arc.row for arc in arcs), default=-1) + 1)
    phases, unnamed = phase_ring(arcs, radii, words, wheel.phase_now(today))
    months = month_ring(span, radii, words)
    inside = (
        *(months.bands, phases.bands, hand(span, radii, today), months.names, phases.names),
        centre(wheel, words, today, radii.inner - 12, names=not narrow),
        body.lines,
    )
    shown = entries(wheel, words, today, unnamed, hand=today is not None and span.holds(today))
    key, height = legend(shown, body.below + EDGE, 2 * body.half_width)
    return _whole(wheel, words, body, inside, key, body.below + EDGE + height)


def _whole(
    wheel: Wheel, words: Words, body: Body, inside: tuple[Markup, ...], key: Markup, lower: float
) -> str:
    """The picture with its name, its description and its own ground."""
    width, top = 2 * (body.half_width + EDGE), body.above + EDGE
    height = top + lower + EDGE / 2
    name = f"{words.wheel}: {clean(wheel.title) or wheel.id}"
    ground = element("rect", x=-width / 2, y=-top, width=width, height=height, rx=12, fill=palette.PAPER)
    return picture(
        width,
        height,
        top,
        element("title", name),
        element("desc", summary(wheel, words)),
        ground,
        element("g", *inside, aria_hidden="true"),
        element("g", body.items, role="list", aria_label=words.milestones),
        element("g", key, aria_hidden="true"),
        role="group",
        aria_label=name,
        lang=words.code,
    )
