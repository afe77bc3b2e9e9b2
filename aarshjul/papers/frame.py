"""The frame of all papers: one page that fetches nothing, for screens, telephones and A4 sheets."""

import contextlib
import hashlib
import io
import warnings
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from aarshjul.papers.errors import PaperError
from aarshjul.papers.markdown import one_line

PAGES = Path(__file__).parent / "pages"
FONTS = Path(__file__).parents[1] / "wheel" / "fonts"
FACES = {400: "IBMPlexSans-Regular.ttf", 600: "IBMPlexSans-SemiBold.ttf"}
NEEDS_PANGO = (
    "a PDF needs the library Pango: `apt install libpango-1.0-0 libpangoft2-1.0-0` on Debian and Ubuntu, "
    "`brew install pango` on a Mac; HTML needs nothing"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A paper in its parts, of which a whole page is made, or a part of another one.

    Attributes:
        title: the one heading of the first level; those of the body begin with the second.
        language: `da` or `en`, of the words around people's own.
        body: HTML that is safe already.
        subtitle: a line below the title: date, time and place, or which version.
        kind: what paper it is, above the title: an agenda, minutes.
        foot: what stands below all of it, small, such as a hash.
    """

    title: str
    language: str
    body: Markup
    subtitle: str = ""
    kind: str = ""
    foot: str = ""

    @property
    def html(self) -> str:
        """As a page of its own, which fetches nothing."""
        return environment().get_template("paper.html").render(
            title=self.title,
            language=self.language,
            body=self.body,
            subtitle=self.subtitle,
            kind=self.kind,
            foot=self.foot,
            style=Markup((PAGES / "paper.css").read_text(encoding="utf-8")),  # noqa: S704 -- our own file
        )  # fmt: skip


def paper(
    title: str, language: str, body: Markup, *, subtitle: str = "", kind: str = "", foot: str = ""
) -> Paper:
    """A paper whose texts around the body are each one line, as `Paper` has them."""
    return Paper(
        title=one_line(title),
        language=language,
        body=body,
        subtitle=one_line(subtitle),
        kind=one_line(kind),
        foot=one_line(foot),
    )


def as_pdf(page: Paper) -> bytes:
    """A paper as a tagged PDF (PDF/UA-1) in the font that we bring; the same page gives the same bytes.

    Raises:
        PaperError: where the Pango library is missing.
    """
    try:
        # It prints advice of its own where Pango is missing, and warns where a machine has no fonts: we bring ours.
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import weasyprint  # type: ignore[import-untyped]  # noqa: PLC0415 -- absent without Pango
            from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]  # noqa: PLC0415
    except OSError:
        raise PaperError(NEEDS_PANGO) from None
    fonts = FontConfiguration()
    html = page.html
    faces = weasyprint.CSS(string=_faces(), font_config=fonts)
    document = weasyprint.HTML(string=html, base_url=FONTS.as_uri(), url_fetcher=_nothing())
    identifier = hashlib.sha256(html.encode()).hexdigest()[:32].encode()
    made = document.write_pdf(
        stylesheets=[faces], font_config=fonts, pdf_variant="pdf/ua-1", pdf_identifier=identifier
    )
    return bytes(made)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates of all papers, which escape what they are given."""
    return Environment(
        loader=FileSystemLoader(PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _faces() -> str:
    return "".join(
        f'@font-face {{ font-family: "IBM Plex Sans"; font-weight: {weight}; '
        f'src: url("{(FONTS / name).as_uri()}"); }}\n'
        for weight, name in FACES.items()
    )


def _nothing() -> Any:
    """What a page may fetch while it is set: nothing; the fonts come in beside it."""
    from weasyprint.urls import URLFetcher  # type: ignore[import-untyped]  # noqa: PLC0415 -- as above

    return URLFetcher(allowed_protocols=(), allow_redirects=False)
