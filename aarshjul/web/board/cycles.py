"""The coordinators' pages: their cycles, and one of them.

Whoever is not logged in sees what entries in calendars lead to: the same for every cycle, and for what is none. So
does a coordinator of another cycle, and is told that there is nothing here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy import Engine
from sqlmodel import Session

from aarshjul.web.board.board_view import BoardRow, Choices
from aarshjul.web.board.cycle_page import cycle_page
from aarshjul.web.board.keeping import Kept
from aarshjul.web.board.round_watch import is_late, last_acts
from aarshjul.web.board.since import News, news
from aarshjul.web.board.words import WORDS as OWN
from aarshjul.web.board_words import WORDS
from aarshjul.web.cycle_view import moment_in_words, names_in
from aarshjul.web.frame import framed, seated
from aarshjul.web.gate import not_here, refused, to_login
from aarshjul.web.login.sessions import Sessions, Viewer
from aarshjul.web.place import Place, place_of
from aarshjul.wheel.drawing import wheel_svg
from aarshjul.wheel.loading import wheel_of
from models.cycle import Cycle
from models.engine import reading
from models.standing import CUSTOMERS_ZONE, Standing, standing

_FILTERS = ("body", "year", "phase")
_PICTURE = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"


@dataclass(frozen=True, slots=True)
class Cycles:
    """What is answered, over a database."""

    engine: Engine
    sessions: Sessions
    now: Callable[[], datetime]
    kept: Kept

    def all(self, request: Request) -> Response:
        """Those that somebody coordinates; whoever is not logged in is asked to."""
        viewer = self.sessions.viewer(request)
        if viewer is None:
            return to_login(place_of(request))
        place = place_of(request, viewer.language, keeps=_FILTERS)
        return self.kept.answer(request, self.now(), (viewer, place), lambda: self._all(viewer, place))

    def _all(self, viewer: Viewer, place: Place) -> Response:
        with reading(self.engine) as session:
            found = standing(session, viewer.cycles, self.now())
            names, last = names_in(session, found), last_acts(session, viewer.cycles)
            happened = _news(session, found, names, viewer, place.language)
        rows = [
            BoardRow.of(each, names, place.language, stalled=is_late(each, last.get(each.row.id), self.now()))
            for each in found
        ]
        choices = Choices.of(rows, place.kept)
        here = viewer.last_here
        values: dict[str, Any] = {
            "cycles": choices.shown(rows),
            "stalled": [each for each in rows if each.stalled],
            "news": happened,
            "here": moment_in_words(here, str(CUSTOMERS_ZONE), place.language) if here else "",
            "own": OWN[place.language],
        }
        words = WORDS[place.language]
        return framed(
            "board/cycles.html", place, viewer, words["cycles_title"], words=words, choices=choices, **values
        )

    def one(self, request: Request, cycle: str) -> Response:
        """Where a cycle stands."""
        viewer = self.sessions.viewer(request)
        if (refusal := refused(request, viewer, cycle)) is not None or viewer is None:
            return refusal or not_here()
        place = place_of(request, viewer.language)
        return self.kept.answer(
            request, self.now(), (viewer, place, cycle), lambda: self._one(viewer, place, cycle)
        )

    def _one(self, viewer: Viewer, place: Place, cycle: str) -> Response:
        with reading(self.engine) as session:
            page = cycle_page(session, viewer, place, cycle, self.now())
        words, own = WORDS[place.language], OWN[place.language]
        return seated(
            "board/cycle.html", page.seat, page.view.title, words=words, own=own, cycle=page.view, shown=page
        )

    def wheel(self, request: Request, cycle: str) -> Response:
        """The year as a picture; `?narrow` is the one for telephones."""
        viewer = self.sessions.viewer(request)
        if (refusal := refused(request, viewer, cycle)) is not None or viewer is None:
            return refusal or not_here()
        language = place_of(request, viewer.language).language
        narrow = "narrow" in request.query_params
        return self.kept.answer(
            request,
            self.now(),
            ("wheel", cycle, language, narrow),
            lambda: self._wheel(cycle, language, narrow=narrow),
        )

    def _wheel(self, cycle: str, language: str, *, narrow: bool) -> Response:
        with reading(self.engine) as session:
            drawn = wheel_of(session, cycle)
            moment = session.get_one(Cycle, cycle).played_until or self.now()
        picture = wheel_svg(
            drawn, language=language, today=moment.astimezone(drawn.zone).date(), narrow=narrow
        )
        return Response(picture, media_type="image/svg+xml", headers={"Content-Security-Policy": _PICTURE})


def _news(
    session: Session, found: list[Standing], names: dict[str, str], viewer: Viewer, language: str
) -> tuple[News, ...]:
    """What others did since the reader was last here; nothing on a first visit."""
    if viewer.last_here is None:
        return ()
    return news(session, found, names, language, person=viewer.person, since=viewer.last_here)


def cycles(pages: Cycles) -> APIRouter:
    """The routes of `/cycles`, `/cycles/CYCLE` and its wheel."""
    router = APIRouter()
    looks = ["GET", "HEAD"]

    @router.api_route("/cycles", methods=looks)
    def look_at_all(request: Request) -> Response:
        return pages.all(request)

    @router.api_route("/cycles/{cycle}", methods=looks)
    def look(cycle: str, request: Request) -> Response:
        return pages.one(request, cycle)

    @router.api_route("/cycles/{cycle}/wheel.svg", methods=looks)
    def look_at_wheel(cycle: str, request: Request) -> Response:
        return pages.wheel(request, cycle)

    return router
