"""The picture of a year as SVG among a page's own elements: its colours are the style sheet's, and go dark with it."""

from collections.abc import Callable, Mapping
from datetime import date

from babel.dates import format_date
from markupsafe import Markup

from aarshjul.core.cycle import Kind, State
from aarshjul.web.board.timeline import EDGE, GAP, MARK, Band, Mark, Timeline
from aarshjul.wheel.lettering import ELLIPSIS, FAMILY, shorten, width_of
from aarshjul.wheel.svg import element, number

_LOCALES = {"da": "da_DK", "en": "en_GB"}


def timeline_svg(
    drawn: Timeline,
    *,
    name: str,
    language: str,
    phases: Mapping[str, str],
    today: str,
    said: Mapping[str, str],
    leads: Callable[[str], str],
) -> Markup:
    """The picture.

    Args:
        drawn: everything in its place.
        name: what it is called for whoever does not see it.
        language: of the months.
        phases: their names.
        today: the word on the line of today.
        said: for each milestone by its id what is said of it: title, day, state.
        leads: the address of a milestone's page by its id.
    """
    width, height = drawn.shape.width, drawn.height
    return element(
        "svg",
        *(_tick(drawn, x, day, language) for x, day in drawn.ticks),
        *(_band(drawn, band, phases[band.phase]) for band in drawn.bands),
        *_ties(drawn),
        *_today(drawn, today),
        *(_mark(drawn, mark, said[mark.of.id], leads(mark.of.id)) for mark in drawn.marks),
        class_=f"timeline {drawn.shape.name}",
        viewBox=f"0 0 {number(width)} {number(height)}",
        role="group",
        aria_label=name,
        font_family=FAMILY,
        font_size=drawn.shape.size,
    )


def _tick(drawn: Timeline, x: float, day: date, language: str) -> Markup:
    pattern = "MMM" if day.month > 1 else "y"
    text = format_date(day, pattern, locale=_LOCALES[language]).rstrip(".")
    line = element("line", x1=x, x2=x, y1=drawn.top - GAP, y2=drawn.height - EDGE)
    room = x + width_of(text, drawn.shape.size) <= drawn.shape.width
    label = element("text", text, x=x, y=drawn.shape.size) if room else Markup()
    return element("g", line, label, class_="tick", aria_hidden="true")


def _band(drawn: Timeline, band: Band, name: str) -> Markup:
    """A phase; its name begins with it, or so far to the left that there is room for it."""
    size = drawn.shape.size
    label = shorten(name, drawn.shape.width - 2 * EDGE, size, bold=True)
    room = drawn.shape.width - EDGE - width_of(label, size, bold=True)
    ground = element("rect", x=band.x, y=band.top, width=band.width, height=band.height, rx=4)
    y = band.top + drawn.shape.line * 0.5 + size * 0.35
    text = element("text", label, x=max(EDGE, min(band.x + GAP, room)), y=y, font_weight=600)
    return element("g", ground, text, class_="band", aria_hidden="true")


def _ties(drawn: Timeline) -> list[Markup]:
    """A line from what a date hangs on to what hangs on it."""
    pairs = [f"M{number(a.x)} {number(a.y)}V{number(b.y)}H{number(b.x)}" for a, b in drawn.ties]
    return (
        [element("path", d="".join(pairs), class_="ties", fill="none", aria_hidden="true")] if pairs else []
    )


def _today(drawn: Timeline, word: str) -> list[Markup]:
    if drawn.today is None:
        return []
    x, width = drawn.today, width_of(word, drawn.shape.size, bold=True)
    y = drawn.shape.size
    begins = min(max(x - width / 2, 0), drawn.shape.width - width)
    ground = element("rect", x=begins - 4, y=0, width=width + 8, height=y + 5)
    line = element("line", x1=x, x2=x, y1=y + 4, y2=drawn.height - EDGE)
    text = element("text", word, x=begins, y=y, font_weight=600)
    return [element("g", line, ground, text, class_="today", aria_hidden="true")]


def _mark(drawn: Timeline, mark: Mark, said: str, address: str) -> Markup:
    """What leads to a milestone: its mark and its name, as large as a finger wants it."""
    line, size = drawn.shape.line, drawn.shape.size
    ground = element(
        "rect",
        x=mark.left,
        y=mark.y - line / 2 + 1,
        width=mark.right - mark.left,
        height=line - 2,
        class_="ground",
        rx=4,
    )
    cut = "line-through" if mark.of.state is State.CANCELLED else None
    # What is seen must begin what is heard; the sign that a name was shortened is no letter of it.
    label, short, _ = mark.label.partition(ELLIPSIS)
    y = mark.y + size * 0.35
    text = element("text", label, x=mark.begins, y=y, text_decoration=cut)
    rest = _dots(mark.begins + width_of(label, size), y, size) if short else Markup()
    return element(
        "a",
        element("title", said),
        ground,
        _sign(mark),
        text,
        rest,
        href=address,
        aria_label=said,
        class_=f"mark {mark.of.state}",
    )


def _dots(x: float, y: float, size: float) -> Markup:
    """An ellipsis that is drawn."""
    places = (x + size * step for step in (0.2, 0.45, 0.7))
    return element("g", *(element("circle", cx=each, cy=y - 1, r=1.3) for each in places), class_="dots")


def _sign(mark: Mark) -> Markup:
    """A circle for a meeting, a square for a decision, a diamond for what is handed in."""
    x, y, half = mark.x, mark.y, MARK - 1.5
    match mark.of.kind:
        case Kind.MEETING:
            return element("circle", cx=x, cy=y, r=half, class_="sign")
        case Kind.DECISION:
            side = half * 1.8
            return element("rect", x=x - side / 2, y=y - side / 2, width=side, height=side, class_="sign")
        case _:
            corners = ((x, y - MARK), (x + MARK, y), (x, y + MARK), (x - MARK, y))
            return element(
                "polygon", points=" ".join(f"{number(a)},{number(b)}" for a, b in corners), class_="sign"
            )
