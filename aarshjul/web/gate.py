"""Who may see a cycle's pages, and what everybody else gets: the same whether the cycle exists or not."""

from dataclasses import replace
from urllib.parse import quote

from fastapi import Request, Response

from aarshjul.web.about import ABOUT
from aarshjul.web.login.sessions import Viewer
from aarshjul.web.page import page
from aarshjul.web.place import Place, place_of

_NOT_HERE = replace(ABOUT, status=404)


def refused(request: Request, viewer: Viewer | None, cycle: str) -> Response | None:
    """The page for who may not see a cycle; None for its coordinators."""
    if viewer is None:
        # The way in is this very address with a question, so that the page is the same wherever it stands.
        place = place_of(request)
        return to_login(place) if "login" in request.query_params else page(ABOUT, place.root)
    return None if cycle in viewer.cycles else not_here()


def not_here() -> Response:
    """What stands at an address that leads nowhere, and at one that is not the reader's."""
    return page(_NOT_HERE)


def to_login(place: Place) -> Response:
    """The way in, and from there to the page that was asked for."""
    lang = f"&lang={place.asked}" if place.asked else ""
    where = f"{place.root}login?next={quote(place.path, safe='/%')}{lang}"
    return Response(status_code=303, headers={"Location": where})
