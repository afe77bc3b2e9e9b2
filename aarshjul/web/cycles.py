"""The coordinators' pages: their cycles, one of them, one of its meetings.

Whoever is not logged in sees what entries in calendars lead to: the same for every cycle, and for what is none. So
does a coordinator of another cycle, and is told that there is nothing here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request, Response
from sqlalchemy import Engine

from aarshjul.web.board_words import WORDS
from aarshjul.web.cycle_view import CycleView, names_in
from aarshjul.web.frame import framed
from aarshjul.web.gate import not_here, refused, to_login
from aarshjul.web.meeting_view import MeetingView
from aarshjul.web.place import place_of
from aarshjul.web.sessions import Sessions
from models.attendance import load_roll
from models.cycle import Cycle
from models.engine import reading
from models.standing import standing


@dataclass(frozen=True, slots=True)
class Cycles:
    """What is answered, over a database."""

    engine: Engine
    sessions: Sessions
    now: Callable[[], datetime]

    def all(self, request: Request) -> Response:
        """Those that somebody coordinates; whoever is not logged in is asked to."""
        viewer = self.sessions.viewer(request)
        if viewer is None:
            return to_login(place_of(request))
        place = place_of(request, viewer.language)
        with reading(self.engine) as session:
            found = standing(session, viewer.cycles, self.now())
            names = names_in(session, found)
        views = [CycleView.of(each, names, place.language) for each in found]
        views.sort(key=lambda each: viewer.cycles.index(each.id))
        words = WORDS[place.language]
        return framed("cycles.html", place, viewer, words["cycles_title"], words=words, cycles=views)

    def one(self, request: Request, cycle: str) -> Response:
        """Where a cycle stands."""
        viewer = self.sessions.viewer(request)
        if (refusal := refused(request, viewer, cycle)) is not None or viewer is None:
            return refusal or not_here()
        place = place_of(request, viewer.language)
        with reading(self.engine) as session:
            found = standing(session, [cycle], self.now())
            names = names_in(session, found)
        view = CycleView.of(found[0], names, place.language)
        return framed("cycle.html", place, viewer, view.title, words=WORDS[place.language], cycle=view)

    def meeting(self, request: Request, cycle: str, slug: str) -> Response:
        """One meeting, or whatever else a milestone is."""
        viewer = self.sessions.viewer(request)
        if (refusal := refused(request, viewer, cycle)) is not None or viewer is None:
            return refusal or not_here()
        place = place_of(request, viewer.language)
        with reading(self.engine) as session:
            row = session.get_one(Cycle, cycle)
            roll = load_roll(session, cycle, slug, row.played_until or self.now())
        if roll is None:
            return not_here()
        view = MeetingView.of(roll, row.timezone, place.language)
        words = WORDS[place.language]
        return framed("milestone.html", place, viewer, view.title, words=words, meeting=view, cycle=row)


def cycles(pages: Cycles) -> APIRouter:
    """The routes of `/cycles`, `/cycles/CYCLE` and `/cycles/CYCLE/milestones/MILESTONE`."""
    router = APIRouter()
    looks = ["GET", "HEAD"]

    @router.api_route("/cycles", methods=looks)
    def look_at_all(request: Request) -> Response:
        return pages.all(request)

    @router.api_route("/cycles/{cycle}", methods=looks)
    def look(cycle: str, request: Request) -> Response:
        return pages.one(request, cycle)

    @router.api_route("/cycles/{cycle}/milestones/{slug}", methods=looks)
    def look_at_meeting(cycle: str, slug: str, request: Request) -> Response:
        return pages.meeting(request, cycle, slug)

    return router
