"""The two pages that everybody may read, linked from the foot of all the others."""

from collections.abc import Callable

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from aarshjul.settings import Settings
from aarshjul.web.desk import Desk
from aarshjul.web.duties.accessibility import accessibility
from aarshjul.web.duties.privacy import kept_json, privacy
from aarshjul.web.duties.section import Section
from aarshjul.web.frame import framed
from aarshjul.web.place import place_of

Told = Callable[[Settings, str, bool], tuple[str, str, tuple[Section, ...]]]


def duties(desk: Desk) -> APIRouter:
    """`/accessibility`, `/privacy`, and `/privacy.json` with the list that the latter is made from."""
    router = APIRouter()

    def page(told: Told) -> Callable[[Request], Response]:
        def look(request: Request) -> Response:
            viewer = desk.sessions.viewer(request)
            place = place_of(request, viewer.language if viewer else "da")
            heading, intro, sections = told(desk.settings, place.language, viewer is not None)
            return framed("duties/told.html", place, viewer, heading, intro=intro, sections=sections)

        return look

    def listed(_request: Request) -> Response:
        return JSONResponse(kept_json())

    for path, answer in (
        ("/accessibility", page(accessibility)),
        ("/privacy", page(privacy)),
        ("/privacy.json", listed),
    ):
        router.add_api_route(path, answer, methods=["GET", "HEAD"], response_model=None)
    return router
