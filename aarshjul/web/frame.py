"""The frame of the pages: who one is, the way out, the other language, what a public body owes; nobody else's files."""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from fastapi import Response
from fastapi.responses import HTMLResponse

from aarshjul.web.doing.words import WORDS as FORM_WORDS
from aarshjul.web.frame_words import WORDS
from aarshjul.web.login.sessions import Viewer
from aarshjul.web.page import templates
from aarshjul.web.place import Place
from aarshjul.web.static_files import named
from notifications.dates import clock

if TYPE_CHECKING:
    from aarshjul.web.doing.seat import Seat

POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


def framed(
    template: str,
    place: Place,
    viewer: Viewer | None,
    heading: str,
    *,
    status: int = 200,
    seat: "Seat | None" = None,
    **values: object,
) -> Response:
    """A page in its frame; whatever is put into it is text. `seat` is whose page of a cycle it is."""
    content = (
        templates()
        .get_template(template)
        .render(
            place=place,
            viewer=viewer,
            seat=seat,
            heading=heading,
            frame=WORDS[place.language],
            held=_held(seat),
            files=named(),
            **values,
        )
    )
    headers = {"Content-Security-Policy": POLICY, "Content-Language": place.language}
    return HTMLResponse(content, status_code=status, headers=headers)


def _held(seat: "Seat | None") -> Mapping[str, str] | None:
    """Until when a coordinator can take back what people are to be told, and the words of the button."""
    if seat is None or seat.held_until is None or not seat.coordinates:
        return None
    words = FORM_WORDS[seat.language]
    at = clock(f"{seat.held_until.astimezone(ZoneInfo(seat.zone)):%H:%M}", seat.language)
    return {"said": words["held"].format(time=at), "button": words["take_back"]}


def seated(template: str, seat: "Seat", heading: str, *, status: int = 200, **values: object) -> Response:
    """A page of a cycle for who sits at it, in its frame."""
    return framed(template, seat.place, seat.viewer, heading, status=status, seat=seat, **values)


def part(template: str, seat: "Seat", **values: object) -> Response:
    """A piece of a page, as a script of ours asks for it to put it in its place."""
    content = templates().get_template(template).render(place=seat.place, seat=seat, **values)
    return HTMLResponse(content, headers={"Content-Security-Policy": POLICY})
