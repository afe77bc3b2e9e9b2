"""One small page: readable with a screen reader and without scripts, kept by nobody, telling nobody where it was."""

from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from fastapi import Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from aarshjul.web.words import Words

PAGES = Path(__file__).parent / "pages"


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """What a page shows, and the status it is sent with; `other` says the same in another language."""

    status: int
    words: Words
    heading: str
    sentences: tuple[str, ...]
    button: str = ""
    other: Words | None = None


def page(shown: Page) -> Response:
    """The page as it is answered."""
    template, style, policy = _template()
    content = template.render(
        words=shown.words,
        heading=shown.heading,
        sentences=shown.sentences,
        button=shown.button,
        other=shown.other,
        style=style,
    )
    headers = {"Content-Security-Policy": policy, "Content-Language": shown.words.code}
    return HTMLResponse(content, status_code=shown.status, headers=headers)


@lru_cache(maxsize=1)
def _template() -> tuple[Template, str, str]:
    """The template, its style, and the policy that allows this style and a form to ourselves, and nothing else."""
    environment = Environment(
        loader=FileSystemLoader(PAGES), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    style = (PAGES / "page.css").read_text(encoding="utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    )
    return environment.get_template("unsubscribe.html"), style, policy
