"""The wheel on a page of its own, with the table beside it: for browsers, and as what the PDF is made from."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from aarshjul.wheel.drawing import wheel_svg
from aarshjul.wheel.lettering import clean
from aarshjul.wheel.rows import wheel_rows
from aarshjul.wheel.wheel import Wheel
from aarshjul.wheel.words import words_of

PAGES = Path(__file__).parent / "pages"
FONTS = Path(__file__).parent / "fonts"
FACES = {400: "IBMPlexSans-Regular.ttf", 600: "IBMPlexSans-SemiBold.ttf"}


def wheel_page(wheel: Wheel, *, language: str, today: date | None) -> str:
    """A whole page that fetches nothing: the wheel, on narrow screens its narrow form, and the table."""
    narrow = wheel_svg(wheel, language=language, today=today, narrow=True)
    return _page(wheel, language, today, style=_style("wheel.css"), narrow=narrow)


def paper_page(wheel: Wheel, *, language: str, today: date | None) -> str:
    """The same page for A4, lying: the wheel on the first sheet, the table behind it, in the font that we bring."""
    faces = "".join(
        f'@font-face {{ font-family: "IBM Plex Sans"; font-weight: {weight}; '
        f'src: url("{(FONTS / name).as_uri()}"); }}\n'
        for weight, name in FACES.items()
    )
    return _page(wheel, language, today, style=faces + _style("paper.css"), narrow=None)


def _page(wheel: Wheel, language: str, today: date | None, *, style: str, narrow: str | None) -> str:
    words = words_of(language)
    return (
        _environment()
        .get_template("wheel.html")
        .render(
            words=words,
            name=f"{words.wheel}: {clean(wheel.title) or wheel.id}",
            style=Markup(style),  # noqa: S704 -- our own file
            wide=Markup(wheel_svg(wheel, language=language, today=today)),  # noqa: S704 -- escaped where it was made
            narrow=Markup(narrow) if narrow else None,  # noqa: S704 -- as above
            rows=wheel_rows(wheel, language=language, today=today),
        )
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(PAGES), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )


def _style(name: str) -> str:
    return (PAGES / name).read_text(encoding="utf-8")
