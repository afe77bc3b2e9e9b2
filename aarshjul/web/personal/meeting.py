"""A milestone as who takes part sees it: when and where, their own part, the papers, and who else comes."""

from fastapi import APIRouter, Request, Response

from aarshjul.core import cycle as core
from aarshjul.core.whose_meeting import is_of, meets
from aarshjul.web.desk import Desk
from aarshjul.web.doing.form import Problem
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.words import WORDS as FORM_WORDS
from aarshjul.web.frame import seated
from aarshjul.web.milestones.meeting_view import MeetingView
from aarshjul.web.notices import notice
from aarshjul.web.personal.owed import mine
from aarshjul.web.personal.view import Shown
from aarshjul.web.personal.words import WORDS
from models.attendance import load_roll
from models.consulting import people_of
from models.cycle import Cycle
from models.engine import reading
from models.loading import load_cycle


def meeting_page(desk: Desk, seat: Seat, slug: str, problems: tuple[Problem, ...] = ()) -> Response:
    """The page of a milestone for who sits there.

    What others answered is for those who are of the meeting themselves; a subscriber sees the date alone. A cycle
    that has not begun tells nobody its dates.
    """
    words = WORDS[seat.language]
    with reading(desk.engine) as session:
        cycle = session.get_one(Cycle, seat.cycle)
        moment = cycle.played_until or desk.now()
        roll = load_roll(session, seat.cycle, slug, moment) if cycle.state != "draft" else None
        if roll is None:
            return notice(seat.place, "no_milestone", status=404, words=WORDS, seat=seat)
        view = load_cycle(session, seat.cycle)
        found = mine(session, view, seat.person, moment)
        names, _ = people_of(session, seat.cycle)
        takes_part = seat.sees_drafts and is_of(view, view.by_id[slug], seat.person, view.today(moment))
        papers = takes_part and roll.state != core.State.CANCELLED and meets(view.by_id[slug])
    shown = Shown(seat=seat, names=names)
    meeting = MeetingView.of(roll, cycle.timezone, seat.language)
    return seated(
        "personal/milestone.html",
        seat,
        meeting.title,
        status=409 if problems else 200,
        words=words,
        said=FORM_WORDS[seat.language],
        problems=problems,
        meeting=meeting,
        slug=slug,
        asks=shown.asks(
            [each for each in (*found.asks, *found.may) if each.row and each.row.slug == slug], at=slug
        ),
        answered=shown.answered([each for each in found.answered if each.row.slug == slug], at=slug),
        groups=meeting.groups if takes_part and view.by_id[slug].kind is not core.Kind.DEADLINE else (),
        papers=papers,
        over=roll.state in (core.State.DONE, core.State.CANCELLED),
        cancelled=roll.state == core.State.CANCELLED,
    )


def meeting_pages(desk: Desk) -> APIRouter:
    """The route of `/p/TOKEN/milestones/MILESTONE`."""
    router = APIRouter()

    def look(request: Request, seat: Seat) -> Response:
        return meeting_page(desk, seat, str(request.path_params["slug"]))

    desk.doors.look_by_link(router, "/milestones/{slug}", look)
    return router
