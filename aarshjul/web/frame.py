"""The frame of the pages for those who log in: who one is, the way out, the other language; nobody else's files."""

from fastapi import Response
from fastapi.responses import HTMLResponse

from aarshjul.web.frame_words import WORDS
from aarshjul.web.page import templates
from aarshjul.web.place import Place
from aarshjul.web.sessions import Viewer
from aarshjul.web.static_files import named

_POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)


def framed(
    template: str, place: Place, viewer: Viewer | None, heading: str, *, status: int = 200, **values: object
) -> Response:
    """A page in its frame; whatever is put into it is text."""
    content = (
        templates()
        .get_template(template)
        .render(
            place=place,
            viewer=viewer,
            heading=heading,
            frame=WORDS[place.language],
            files=named(),
            **values,
        )
    )
    headers = {"Content-Security-Policy": _POLICY, "Content-Language": place.language}
    return HTMLResponse(content, status_code=status, headers=headers)
