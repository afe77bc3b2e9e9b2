"""Labels beneath the wheel, each with the number of its mark: for narrow screens, on which columns have no room."""

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup

from aarshjul.wheel import palette
from aarshjul.wheel.items import Body, item, line, written
from aarshjul.wheel.labels import Density, Label, label_of
from aarshjul.wheel.lettering import Run
from aarshjul.wheel.marks import mark
from aarshjul.wheel.placing import LANE, MARK, around, ring_for, spot, tie
from aarshjul.wheel.ring import Place, Span
from aarshjul.wheel.svg import text
from aarshjul.wheel.wheel import Wheel
from aarshjul.wheel.words import Words

SMALLEST = 232.0
NUMBERS = LANE + MARK + 15
"""From the ring to the middle of the marks' numbers."""
OUTERMOST = NUMBERS + 18
SIZE = 18.0
SIGNS = 66.0
"""The column of numbers and marks before the labels."""
LIST_GAP = 18.0


def beneath(wheel: Wheel, words: Words, span: Span, today: date | None, links: Mapping[str, str]) -> Body:
    """All milestones: numbered marks around the ring, and a list below in the same order."""
    dated = wheel.dated
    ring = ring_for(len(dated), SMALLEST)
    days = [span.angle(each.on) for each in dated if each.on is not None]
    angles = around(days, ring)
    half = ring + OUTERMOST
    density = Density(title=25, date=21, lines=3, gap=LIST_GAP, column=2 * half - SIGNS)
    top, items = half + 12, []
    for number, milestone in enumerate((*dated, *wheel.undated), start=1):
        look = wheel.look(milestone, today)
        label = label_of(milestone, look, words, density, with_year=span.months > 12)
        angle = angles[number - 1] if number <= len(angles) else None
        signs = _signs(label, number, angle, ring, (-half, top + label.port))
        items.append(item(label, words, links, *signs, written(label, SIGNS - half, top)))
        top += label.height + LIST_GAP
    return Body(
        ring=ring,
        lines=Markup("").join(line(tie(*each, ring)) for each in zip(days, angles, strict=True)),
        items=Markup("").join(items),
        half_width=half,
        above=half,
        below=top - LIST_GAP,
    )


def _signs(label: Label, number: int, angle: float | None, ring: float, listed: Place) -> list[Markup]:
    """The mark, on the ring or, without a date, in the list; and its number in both."""
    kind, look = label.milestone.kind, label.look
    if angle is None:
        return [mark(kind, look, (listed[0] + SIGNS / 2 - 6, listed[1]))]
    run = Run(text=str(number), size=SIZE, bold=True)
    at = spot(angle, ring + NUMBERS)
    return [
        mark(kind, look, spot(angle, ring + LANE)),
        text(run, at[0] - run.width / 2, at[1] + 0.35 * SIZE, fill=palette.INK),
        text(_large(number), listed[0] + 44 - _large(number).width, listed[1] + 8, fill=palette.MUTED),
    ]


def _large(number: int) -> Run:
    return Run(text=str(number), size=23, bold=True)
