"""The wheel as PNG and PDF."""

import contextlib
import io
import re
import warnings
from datetime import date

import resvg_py

from aarshjul.wheel.drawing import wheel_svg
from aarshjul.wheel.errors import CannotDraw, WheelError
from aarshjul.wheel.lettering import has_all_letters
from aarshjul.wheel.page import FACES, FONTS, paper_page
from aarshjul.wheel.wheel import Wheel

SMALLEST, LARGEST = 200, 8000
NARROW_BELOW = 640
"""Pictures of fewer pixels across have their labels beneath the wheel, or nobody could read them."""
MOST_PIXELS = 80_000_000
_VIEW = re.compile(r'viewBox="\S+ \S+ (\S+) (\S+)"')


def wheel_png(wheel: Wheel, *, language: str, today: date | None, width: int = 1600) -> bytes:
    """The wheel as a PNG of that width in pixels; its height follows from what is on it.

    Where our own font has all letters, it alone is used, and every machine makes the same picture.

    Raises:
        WheelError: for a width that is none, or a picture that would be enormous.
    """
    if not SMALLEST <= width <= LARGEST:
        raise WheelError(f"a picture of {width} pixels: the width must be from {SMALLEST} to {LARGEST}")
    svg = wheel_svg(wheel, language=language, today=today, narrow=width < NARROW_BELOW)
    height = round(width * _shape(svg))
    if width * height > MOST_PIXELS:
        raise WheelError(
            f"a picture of {width} x {height} pixels is too large: choose a smaller width, or SVG or PDF"
        )
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            font_files=[str(FONTS / name) for name in FACES.values()],
            font_family="IBM Plex Sans",
            sans_serif_family="IBM Plex Sans",
            skip_system_fonts=has_all_letters(svg),
        )
    )


def _shape(svg: str) -> float:
    """How many times as high as wide."""
    found = _VIEW.search(svg)
    return float(found[2]) / float(found[1]) if found else 1.0


def wheel_pdf(wheel: Wheel, *, language: str, today: date | None) -> bytes:
    """The wheel as a tagged PDF (PDF/UA-1): A4 lying, the wheel on the first page, the table on those behind it.

    Raises:
        CannotDraw: where the Pango library is missing.
    """
    page = paper_page(wheel, language=language, today=today)
    try:
        # It prints advice of its own where Pango is missing, and warns where a machine has no fonts: we bring ours.
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from weasyprint import HTML  # type: ignore[import-untyped]  # noqa: PLC0415 -- absent without Pango
    except OSError:
        raise CannotDraw(
            "a PDF needs the library Pango: `apt install libpango-1.0-0 libpangoft2-1.0-0` on Debian and Ubuntu, "
            "`brew install pango` on a Mac; SVG, PNG and HTML need nothing"
        ) from None
    document = HTML(string=page, base_url=FONTS.as_uri())
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=wheel.id.encode()))
