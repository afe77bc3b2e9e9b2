"""`/comments`: what members say of the draft, by goal, and what becomes of it."""

from collections import Counter
from dataclasses import replace

from fastapi import APIRouter, Request, Response

from aarshjul.core.consultation import STATES
from aarshjul.web.desk import Desk
from aarshjul.web.discussing import comment_forms as forms
from aarshjul.web.discussing.comment_view import Goals, groups_of
from aarshjul.web.discussing.comment_words import WORDS
from aarshjul.web.discussing.opened import Pressed, filled, is_pressed, opened
from aarshjul.web.doing.deeds import Wish
from aarshjul.web.doing.form import Problem
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.doing.words import WORDS as FORM_WORDS
from aarshjul.web.frame import seated
from aarshjul.web.notices import not_yours
from models.consultations import comments_of
from models.consulting import threads_of
from models.draft_text import present_goals


def comment_pages(desk: Desk) -> APIRouter:
    """The routes of `/comments` and of each comment."""
    router = APIRouter()

    def look(request: Request, seat: Seat) -> Response:
        return _page(desk, seat, goal=request.query_params.get("goal", "")[:80])

    def write(_request: Request, seat: Seat, typed: Typed) -> Response:
        kind, _, key = typed.text("about").partition(":")
        fields = {"text": typed.text("text"), **({kind: key} if kind in ("goal", "indicator") else {})}
        then = seat.to("comments", goal=key) if kind == "goal" else seat.to("comments")
        return _press(desk, seat, typed, Wish(do="comment", fields=fields), "new", then)

    def reply(request: Request, seat: Seat, typed: Typed) -> Response:
        number = str(request.path_params["number"])
        wish = Wish(do="comment", fields={"text": typed.text("text"), "reply_to": number})
        return _press(desk, seat, typed, wish, f"reply-{number}", _at(seat, number))

    def settle(request: Request, seat: Seat, typed: Typed) -> Response:
        number = str(request.path_params["number"])
        wish = Wish(do="settle-comment", fields={"comment": number, **typed.fields("outcome", "reason")})
        return _press(desk, seat, typed, wish, f"settle-{number}", _at(seat, number))

    desk.doors.look(router, "/comments", look, keeps=("goal",))
    desk.doors.press(router, "/comments", write)
    for name, press in (("reply", reply), ("settle", settle)):
        desk.doors.look(router, f"/comments/{{number}}/{name}", look)
        desk.doors.press(router, f"/comments/{{number}}/{name}", press)
    return router


def _at(seat: Seat, number: str) -> str:
    return f"{seat.to('comments')}#comment-{number}"


def _press(desk: Desk, seat: Seat, typed: Typed, wish: Wish, form: str, then: str) -> Response:
    if not seat.sees_drafts:
        return not_yours(seat)

    def again(problems: tuple[Problem, ...]) -> Response:
        # What names another comment than there is has no form to stand in: it is said with the new comment.
        return _page(desk, seat, pressed=Pressed(form=form, typed=typed, problems=problems))

    return desk.deeds.press(seat, typed, wish, then=then, again=again)


def _page(desk: Desk, seat: Seat, *, goal: str = "", pressed: Pressed | None = None) -> Response:
    if not seat.sees_drafts:
        return not_yours(seat)
    words = WORDS[seat.language]
    with opened(desk, seat) as looked:
        goals = Goals.of(present_goals(looked.session, looked.cycle))
        threads = threads_of(comments_of(looked.session, looked.cycle.id), looked.names)
        shown = [each for each in threads if not goal or each.goal == goal]
        groups = groups_of(looked, shown, goals, pressed)
        new = forms.writing(seat, goals.choices(seat.language), f"goal:{goal}" if goal in goals.goals else "")
        if pressed is not None and pressed.form not in {form.id for each in groups for form in each.forms}:
            pressed = replace(pressed, form=new.id)
        counts = Counter(each.state for each in shown)
        can = looked.acting is not None or is_pressed(pressed, new.id)
    return seated(
        "discussing/comments.html",
        seat,
        words["title_goal"].format(goal=goal) if goal else words["title"],
        status=409 if pressed else 200,
        words=words,
        said=FORM_WORDS[seat.language],
        stands=[each for each in groups if not each.gone],
        gone=[each for each in groups if each.gone],
        counts=words["counts"].format(**{state: counts[state] for state in STATES}) if shown else "",
        new=filled(new, pressed) if can else None,
        goal=goal,
        refused=pressed,
        shown_forms=[form.id for each in groups for form in each.forms] + [new.id],
    )
