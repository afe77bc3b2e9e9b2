"""A milestone in the picture: one item of a list, named in full, with its mark and its label."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from aarshjul.wheel import palette
from aarshjul.wheel.labels import LEADING, Label, row_height, row_width, space
from aarshjul.wheel.ring import Place
from aarshjul.wheel.rows import describe
from aarshjul.wheel.svg import element, points, text
from aarshjul.wheel.words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """What surrounds the rings: lines below the marks, the items, and how far they reach from the middle."""

    ring: float
    lines: Markup
    items: Markup
    half_width: float
    above: float
    below: float


def item(label: Label, words: Words, links: Mapping[str, str], *drawn: Markup) -> Markup:
    """A milestone as an item, which is read out once and in full; a link, which has focus, where it has an address."""
    name = describe(label.milestone, label.look, words)
    inside = (element("title", name), *drawn)
    address = links.get(label.milestone.id)
    if address:
        named = element("a", *inside, href=address, aria_label=name)
    else:
        named = element("g", *inside, role="img", aria_label=name)
    return element("g", named, role="listitem")


def written(label: Label, left: float, top: float, *, flush_right: bool = False) -> Markup:
    """A label's rows in its box, even on one side."""
    drawn = []
    for row in label.rows:
        x = left + label.width - row_width(row) if flush_right else left
        line = top + row_height(row) - max(run.size for run in row) * (LEADING - 0.98)
        top += row_height(row)
        for run in row:
            drawn.append(text(run, x, line, fill=palette.ROLES[run.role]))
            x += run.width + space(row)
    return Markup("").join(drawn)


def line(places: Sequence[Place]) -> Markup:
    """A thin line that leads from one thing to another."""
    return element("polyline", points=points(places), fill="none", stroke=palette.LINE, stroke_width=1.2)
