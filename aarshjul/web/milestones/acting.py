"""The milestone's page for coordinators, and what they do about it: looked at first where it tells others, then pressed."""

from functools import partial

from fastapi import APIRouter, Request, Response
from sqlalchemy.exc import OperationalError

from aarshjul.acts.rehearsing import Rehearsal, rehearse
from aarshjul.core.errors import Invalid, Refused
from aarshjul.files.act_arguments import parse_act
from aarshjul.web.board_words import WORDS as BOARD_WORDS
from aarshjul.web.desk import Desk
from aarshjul.web.doing.form import FormView, Problem
from aarshjul.web.doing.held_up import held_up
from aarshjul.web.doing.names import names_in
from aarshjul.web.doing.refusals import problems_of
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import SEEN, Typed
from aarshjul.web.doing.words import WORDS as FORM_WORDS
from aarshjul.web.frame import seated
from aarshjul.web.gate import not_here
from aarshjul.web.milestones.document_page import document, document_views
from aarshjul.web.milestones.forms import ACTS, LARGEST_FORM, PREVIEWED, done_forms, form_of, wish_of
from aarshjul.web.milestones.loading import Loaded, load
from aarshjul.web.milestones.meeting_view import MeetingView
from aarshjul.web.milestones.preview import mark_of
from aarshjul.web.milestones.preview_page import preview_page
from aarshjul.web.milestones.words import WORDS

CORRECT = "correct"
"""The field of the button that goes back to the form, with what was typed in it."""


def milestone_acts(desk: Desk) -> APIRouter:
    """`/milestones/MILESTONE`, its forms below it, each with a look ahead where it has one, and `/documents/NUMBER`."""
    router = APIRouter()
    desk.doors.look(router, "/milestones/{slug}", partial(_look, desk, ""), by_link=False)
    for act in ACTS:
        path, most = f"/milestones/{{slug}}/{act}", LARGEST_FORM if act == "attach" else 2_000_000
        desk.doors.look(router, path, partial(_look, desk, act), by_link=False)
        desk.doors.press(router, path, partial(_press, desk, act), by_link=False, most=most)
    for act in PREVIEWED:
        path = f"/milestones/{{slug}}/{act}/preview"
        desk.doors.look(router, path, partial(_look, desk, act), by_link=False)
        desk.doors.press(router, path, partial(_preview, desk, act), by_link=False)
    desk.doors.look(router, "/documents/{number}", partial(document, desk))
    return router


def _slug(request: Request) -> str:
    return str(request.path_params["slug"])


def _look(desk: Desk, act: str, request: Request, seat: Seat) -> Response:
    """The page, with the form of an act open where the address names one."""
    found = load(desk.engine, seat, _slug(request), desk.now())
    if found is None:
        return not_here()
    return _page(seat, found, form_of(seat, found, act) if act else None)


def _preview(desk: Desk, act: str, request: Request, seat: Seat, typed: Typed) -> Response:
    """What the act would do, and the button that does it."""
    found = load(desk.engine, seat, _slug(request), desk.now())
    if found is None:
        return not_here()
    if typed.text(CORRECT):
        return _page(seat, found, form_of(seat, found, act).filled(typed, ()))
    try:
        seen = _rehearsed(desk, seat, act, _slug(request), typed)
    except (Invalid, Refused) as error:
        problems = problems_of(error, seat.language, names_in(desk.engine, seat.cycle, seat.language))
        return _page(seat, found, form_of(seat, found, act).filled(typed, problems), status=409)
    except OperationalError as error:
        problems = held_up(error, seat.language)
        return _page(seat, found, form_of(seat, found, act).filled(typed, problems), status=409)
    return preview_page(desk, seat, found, act, typed, seen)


def _press(desk: Desk, act: str, request: Request, seat: Seat, typed: Typed) -> Response:
    """Do it; what a page showed before and would no longer happen is shown anew."""
    slug = _slug(request)

    def again(problems: tuple[Problem, ...]) -> Response:
        found = load(desk.engine, seat, slug, desk.now())
        if found is None:
            return not_here()
        return _page(seat, found, form_of(seat, found, act).filled(typed, problems), status=409)

    try:
        other = _seen_otherwise(desk, seat, act, slug, typed)
    except OperationalError as error:
        return again(held_up(error, seat.language))
    if other is not None:
        found = load(desk.engine, seat, slug, desk.now())
        return not_here() if found is None else preview_page(desk, seat, found, act, typed, other, anew=True)
    then = seat.to("milestones", slug)
    return desk.deeds.press(seat, typed, wish_of(act, slug, typed), then=then, again=again)


def _seen_otherwise(desk: Desk, seat: Seat, act: str, slug: str, typed: Typed) -> Rehearsal | None:
    """What would happen now, where that is not what the page showed; a refusal is left to the act itself."""
    if act not in PREVIEWED or not typed.text(SEEN):
        return None
    try:
        seen = _rehearsed(desk, seat, act, slug, typed)
    except (Invalid, Refused):  # the act says so, or was done by this very form
        return None
    return seen if mark_of(seen) != typed.text(SEEN) else None


def _rehearsed(desk: Desk, seat: Seat, act: str, slug: str, typed: Typed) -> Rehearsal:
    form = parse_act(act, wish_of(act, slug, typed).fields)
    return rehearse(desk.engine, seat.cycle, seat.person, act, form, desk.now())


def _page(seat: Seat, found: Loaded, opened: FormView | None, status: int = 200) -> Response:
    """Everything about the milestone; `opened` is the form that is asked for, or has something wrong with it."""
    view = MeetingView.of(found.roll, found.row.timezone, seat.language)
    acts = [act for act in ACTS if act in found.offers and act != "done"]
    forms = [opened if opened is not None and opened.id == act else form_of(seat, found, act) for act in acts]
    if opened is not None and opened.id not in acts and opened.problems:
        forms.insert(0, opened)  # what was offered is no more: what was typed stands there still
    return seated(
        "milestones/milestone.html",
        seat,
        view.title,
        status=status,
        words=BOARD_WORDS[seat.language],
        own=WORDS[seat.language],
        said=FORM_WORDS[seat.language],
        meeting=view,
        cycle=found.row,
        slug=found.milestone.id,
        papers=found.papers,
        owing=found.owing,
        onward=found.onward,
        forms=forms,
        opened=opened.id if opened is not None else "",
        done=done_forms(seat, found) if "done" in found.offers else (),
        done_warning=form_of(seat, found, "done").warning,
        documents=document_views(seat, found),
    )
