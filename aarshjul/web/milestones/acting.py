"""What a coordinator does about a milestone by pressing buttons."""

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response

from aarshjul.web.desk import Desk
from aarshjul.web.doing.deeds import Wish
from aarshjul.web.doing.form import FormView, Problem
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.doing.words import WORDS as FORM_WORDS
from aarshjul.web.frame import seated
from aarshjul.web.milestones.words import WORDS


def milestone_acts(desk: Desk) -> APIRouter:
    """The routes below `/milestones/MILESTONE` that change something."""
    router = APIRouter()

    def look(_request: Request, seat: Seat) -> Response:
        return _page(seat, _confirming(seat, _slug(_request)))

    def press(request: Request, seat: Seat, typed: Typed) -> Response:
        slug = _slug(request)

        def again(problems: tuple[Problem, ...]) -> Response:
            return _page(seat, _confirming(seat, slug).filled(typed, problems), status=409)

        wish = Wish(do="confirm", fields={"milestone": slug})
        return desk.deeds.press(seat, typed, wish, then=seat.to("milestones", slug), again=again)

    desk.doors.look(router, "/milestones/{slug}/confirm", look, by_link=False)
    desk.doors.press(router, "/milestones/{slug}/confirm", press, by_link=False)
    return router


def _slug(request: Request) -> str:
    return str(request.path_params["slug"])


def _confirming(seat: Seat, slug: str) -> FormView:
    words = _words(seat)
    return FormView(id="confirm", action=seat.to("milestones", slug, "confirm"), button=words["confirm"])


def _page(seat: Seat, form: FormView, status: int = 200) -> Response:
    words = _words(seat)
    said = FORM_WORDS[seat.language]
    return seated("act.html", seat, words["confirm_title"], status=status, words=words, said=said, form=form)


def _words(seat: Seat) -> Mapping[str, str]:
    return WORDS[seat.language]
