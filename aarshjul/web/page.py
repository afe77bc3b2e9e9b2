"""One small page: readable with a screen reader and without scripts, kept by nobody, telling nobody where it was."""

from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from fastapi import Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from aarshjul.web.frame_words import WORDS as FRAME
from aarshjul.web.words import Words

PAGES = Path(__file__).parent / "pages"


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """What a page shows, and the status it is sent with; `other` says the same in another language, `way` leads in."""

    status: int
    words: Words
    heading: str
    sentences: tuple[str, ...]
    button: str = ""
    other: Words | None = None
    way: str = ""


def page(shown: Page, root: str | None = None) -> Response:
    """The page as it is answered; `root` leads from it to the top, where that is known."""
    return answered(
        "page.html",
        ("page.css",),
        shown.words.code,
        status=shown.status,
        words=shown.words,
        heading=shown.heading,
        sentences=shown.sentences,
        button=shown.button,
        other=shown.other,
        way=shown.way,
        root=root,
        frame=FRAME,
    )


def answered(
    template: str, styles: tuple[str, ...], language: str, *, status: int = 200, **values: object
) -> Response:
    """A template with its values, under the policy that allows its style and a form to ourselves, and nothing else."""
    style, policy = _style(styles)
    content = templates().get_template(template).render(**values, style=style)
    headers = {"Content-Security-Policy": policy, "Content-Language": language}
    return HTMLResponse(content, status_code=status, headers=headers)


@lru_cache(maxsize=1)
def templates() -> Environment:
    """Our templates; what is put into them is text, and what they name must be there."""
    return Environment(
        loader=FileSystemLoader(PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )


@lru_cache(maxsize=8)
def _style(names: tuple[str, ...]) -> tuple[str, str]:
    """The text of style sheets, and the policy that names its hash."""
    style = "".join((PAGES / name).read_text(encoding="utf-8") for name in names)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    )
    return style, policy
