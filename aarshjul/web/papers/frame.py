"""A paper as a page of the web: as it is written to a file, with the way back above it and more of its kind below."""

import re
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256

from fastapi import Response
from fastapi.responses import HTMLResponse

from aarshjul.web.frame_words import WORDS
from aarshjul.web.page import PAGES, templates
from aarshjul.web.place import Place

# The header says the same, and names the style; the paper's own policy is for a file that is opened by itself.
_OWN_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n')
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def on_paper(paper: str, place: Place, *, back: tuple[tuple[str, str], ...], **values: object) -> Response:
    """The answer: nobody keeps it, and only the style that it brings counts, by its hash.

    Args:
        paper: a whole page of `aarshjul.papers`, whose texts are escaped.
        place: where it stands.
        back: addresses with their titles, from the cycle on.
        values: for what stands below: `versions`, `words`; nothing without.
    """
    found = _STYLE.search(paper)
    style = (found[1] if found else "") + _bar()
    shared = {"place": place, "frame": WORDS[place.language], "back": back, **values}
    above = templates().get_template("papers/above.html").render(shared)
    below = templates().get_template("papers/below.html").render({"versions": (), "ways": (), **shared})
    # Our own template has each of these once before any text of people, and in theirs `<` is escaped.
    bare = _OWN_POLICY.sub("", paper, count=1)
    head, _, body = _STYLE.sub(lambda _: f"<style>{style}</style>", bare, count=1).partition("<body>\n")
    main = body.replace("<main>", '<main id="content" tabindex="-1">', 1).replace(
        "</body>", f"{below}</body>", 1
    )
    content = f"{head}<body>\n{above}{main}"
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    )
    return HTMLResponse(content, headers={"Content-Security-Policy": policy})


@lru_cache(maxsize=1)
def _bar() -> str:
    return (PAGES / "papers/bar.css").read_text(encoding="utf-8")
