"""A milestone's mark: its shape says what it is, its filling how it stands, its colour both once more."""

from markupsafe import Markup

from aarshjul.core.cycle import Kind
from aarshjul.wheel.palette import ALERT, KINDS, MUTED, PAPER
from aarshjul.wheel.ring import Place
from aarshjul.wheel.svg import element, number, points
from aarshjul.wheel.wheel import Look

_OUTLINE = {
    Kind.DEADLINE: ((0.0, 10.0), (-10.0, -7.5), (10.0, -7.5)),
    Kind.DECISION: ((0.0, -10.8), (10.8, 0.0), (0.0, 10.8), (-10.8, 0.0)),
}
"""The corners of each shape about its middle; a meeting is a circle."""
ROUND = 9.2
_SIGN = {Kind.DEADLINE: -1.8}
"""How far a sign stands above the middle: a triangle on its tip has its room up there."""


def mark(kind: Kind, look: Look, at: Place, *, ink: str | None = None) -> Markup:
    """The mark of a milestone, about a place; `ink` in place of the kind's colour where the look alone is meant."""
    colour = _colour(look, ink or KINDS[kind])
    hollow = look in (Look.TENTATIVE, Look.CANCELLED)
    shape = _shape(
        kind,
        at,
        fill=PAPER if hollow else colour,
        stroke=colour,
        stroke_width=2.4 if hollow else 1.2,
        stroke_dasharray="4 2.6" if look is Look.TENTATIVE else None,
        stroke_linejoin="round",
    )
    return Markup("").join((shape, *_sign(kind, look, at)))


def _colour(look: Look, ink: str) -> str:
    if look is Look.CANCELLED:
        return MUTED
    return ALERT if look is Look.OVERDUE else ink


def _shape(kind: Kind, at: Place, **attributes: str | float | None) -> Markup:
    if kind is Kind.MEETING:
        return element("circle", cx=at[0], cy=at[1], r=ROUND, **attributes)
    corners = [(at[0] + x, at[1] + y) for x, y in _OUTLINE[kind]]
    return element("polygon", points=points(corners), **attributes)


def _sign(kind: Kind, look: Look, at: Place) -> tuple[Markup, ...]:
    """A tick in what is done, a bar and a dot in what is overdue, a cross over what is cancelled."""
    x, y = at[0], at[1] + _SIGN.get(kind, 0.0)
    line = {"fill": "none", "stroke_linecap": "round", "stroke_linejoin": "round"}
    if look is Look.DONE:
        tick = [(x - 3.8, y + 0.2), (x - 1.1, y + 3), (x + 4, y - 3)]
        return (element("polyline", points=points(tick), stroke=PAPER, stroke_width=2.2, **line),)
    if look is Look.OVERDUE:
        path = f"M{number(x)} {number(y - 4)}V{number(y + 0.6)}M{number(x)} {number(y + 4)}v0.1"
        return (element("path", d=path, stroke=PAPER, stroke_width=2.4, **line),)
    if look is Look.CANCELLED:
        path = f"M{number(x - 4)} {number(y - 4)}l8 8m0 -8l-8 8"
        return (element("path", d=path, stroke=MUTED, stroke_width=2.2, **line),)
    return ()
