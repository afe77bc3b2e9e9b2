"""SVG in small pieces: elements with escaped text, numbers in one way of writing, rings and text along them."""

from collections.abc import Sequence
from math import cos, degrees, sin

from markupsafe import Markup, escape

from aarshjul.wheel.lettering import FAMILY, SEMIBOLD, Run, width_of
from aarshjul.wheel.ring import Place

MIDDLE_OF_LETTERS = 0.35
"""How far, in sizes, the middle of a capital lies above the line it stands on."""

Value = str | float


def element(name: str, *children: str, **attributes: Value | None) -> Markup:
    """An element; `_` in a name stands for `-`, one at its end for nothing, and what is None is left out."""
    # Joined as plain text: a picture has a thousand of these, and formatting Markup costs ten times as much.
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(str(escape(child)) for child in children)
    end = f">{inner}</{name}>" if inner else "/>"
    return Markup(f"<{name}{written}{end}")  # noqa: S704 -- every part of it was escaped


def _value(value: Value) -> str:
    return str(escape(value)) if isinstance(value, str) else number(value)


def number(value: float) -> str:
    """To a tenth, without a needless zero or sign."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def points(places: Sequence[Place]) -> str:
    """Places as `points` of a polyline."""
    return " ".join(f"{number(x)},{number(y)}" for x, y in places)


def text(run: Run, x: float, y: float, **attributes: Value | None) -> Markup:
    """A run of text that begins at x and stands on y; it takes its measured width in whichever font there is."""
    return element(
        "text",
        run.text,
        x=x,
        y=y,
        font_size=run.size,
        font_weight=SEMIBOLD if run.bold else None,
        textLength=max(run.width, 0.1),
        lengthAdjust="spacingAndGlyphs",
        **attributes,
    )


def text_on_ring(run: Run, radius: float, angle: float, **attributes: Value | None) -> Markup:
    """Text whose middle lies on a circle at an angle, letter by letter, never upside down."""
    from_left = cos(angle) >= -1e-9
    line = radius + (-1 if from_left else 1) * MIDDLE_OF_LETTERS * run.size
    way = 1 if from_left else -1
    at = angle - way * run.width / 2 / radius
    xs, ys, turns = [], [], []
    for letter in run.text:
        width = width_of(letter, run.size, bold=run.bold)
        middle = at + way * width / 2 / radius
        x, y = line * sin(middle), -line * cos(middle)
        xs.append(number(x - way * cos(middle) * width / 2))
        ys.append(number(y - way * sin(middle) * width / 2))
        turns.append(number(degrees(middle) + (0 if from_left else 180)))
        at += way * width / radius
    return element(
        "text",
        run.text,
        x=" ".join(xs),
        y=" ".join(ys),
        rotate=" ".join(turns),
        font_size=run.size,
        font_weight=SEMIBOLD if run.bold else None,
        **attributes,
    )


def band(inner: float, outer: float, begin: float, end: float, **attributes: Value | None) -> Markup:
    """A part of a ring, between two radii and two angles."""
    middle = (begin + end) / 2
    there = [_on(outer, angle) for angle in (begin, middle, end)]
    back = [_on(inner, angle) for angle in (end, middle, begin)]
    radii = [number(each) for each in (outer, inner)]
    path = (
        f"M{there[0]}A{radii[0]} {radii[0]} 0 0 1 {there[1]}A{radii[0]} {radii[0]} 0 0 1 {there[2]}"
        f"L{back[0]}A{radii[1]} {radii[1]} 0 0 0 {back[1]}A{radii[1]} {radii[1]} 0 0 0 {back[2]}Z"
    )
    return element("path", d=path, **attributes)


def spoke(inner: float, outer: float, angle: float, **attributes: Value | None) -> Markup:
    """A line from one radius to another."""
    x, y = sin(angle), -cos(angle)
    return element("line", x1=inner * x, y1=inner * y, x2=outer * x, y2=outer * y, **attributes)


def _on(radius: float, angle: float) -> str:
    return f"{number(radius * sin(angle))} {number(-radius * cos(angle))}"


def picture(width: float, height: float, top: float, *children: str, **attributes: Value | None) -> Markup:
    """The whole picture, its zero in the middle of its width and `top` above its zero."""
    return element(
        "svg",
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"{number(-width / 2)} {number(-top)} {number(width)} {number(height)}",
        font_family=FAMILY,
        **attributes,
    )


__all__ = ["band", "element", "number", "picture", "points", "spoke", "text", "text_on_ring"]
