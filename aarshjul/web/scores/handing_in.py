"""An indicator's own page: to hand in its result with what proves it, and to ask somebody for it."""

from collections.abc import Callable

from fastapi import APIRouter, Request, Response

from aarshjul.core.contract import Goal, Indicator
from aarshjul.core.rules import YesNo
from aarshjul.web.desk import Desk
from aarshjul.web.doing.deeds import Wish
from aarshjul.web.doing.form import FormView, Problem
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.gate import not_here
from aarshjul.web.scores.forms import Read, asking, attaching, handing_in, read_fields
from aarshjul.web.scores.goal_view import goal_view
from aarshjul.web.scores.loading import Scored
from aarshjul.web.scores.pressing import press
from aarshjul.web.scores.showing import not_yours, shown, with_scores
from aarshjul.web.scores.words import WORDS

_MOST = 21_000_000
Act = Callable[[Scored, Indicator], Response]


def results(desk: Desk) -> APIRouter:
    """`/results/INDICATOR`, its own press, and those at `.../attach` and `.../request`."""
    router = APIRouter()

    def look(request: Request, seat: Seat) -> Response:
        return _for_giver(desk, seat, request, _page)

    def record(request: Request, seat: Seat, typed: Typed) -> Response:
        def act(found: Scored, leaf: Indicator) -> Response:
            return _record(desk, found, leaf, typed)

        return _for_giver(desk, seat, request, act)

    def attach(request: Request, seat: Seat, typed: Typed) -> Response:
        def act(found: Scored, leaf: Indicator) -> Response:
            return _attach(desk, found, leaf, typed)

        return _for_giver(desk, seat, request, act)

    def ask(request: Request, seat: Seat, typed: Typed) -> Response:
        def act(found: Scored, leaf: Indicator) -> Response:
            return _ask(desk, found, leaf, typed) if found.in_charge else not_yours(seat)

        return _for_giver(desk, seat, request, act)

    desk.doors.look(router, "/results/{indicator}", look)
    desk.doors.press(router, "/results/{indicator}", record, most=_MOST)
    desk.doors.press(router, "/results/{indicator}/attach", attach, most=_MOST)
    desk.doors.press(router, "/results/{indicator}/request", ask)
    return router


def _for_giver(desk: Desk, seat: Seat, request: Request, act: Act) -> Response:
    """For whose result it is to give; others learn of it on the page of its goal."""

    def page(found: Scored) -> Response:
        both = _leaf(found, str(request.path_params["indicator"]))
        if both is None:
            return not_here()
        return act(found, both[1]) if found.gives(both[1]) else not_yours(seat, alive=found.alive)

    return with_scores(desk, seat, page) if seat.sees_drafts else not_yours(seat)


def _leaf(found: Scored, name: str) -> tuple[Goal, Indicator] | None:
    return next((both for both in found.contract.leaves() if both[1].id == name), None)


def _page(found: Scored, leaf: Indicator, form: FormView | None = None, status: int = 200) -> Response:
    both = _leaf(found, leaf.id)
    assert both is not None  # noqa: S101 -- it came from there
    goal, words = goal_view(found, both[0]), WORDS[found.language]
    forms = [attaching(found, leaf)] + ([asking(found, leaf)] if found.in_charge else [])
    main = handing_in(found, leaf)
    known = found.lines[leaf.id]
    heading = words["hand_in_title"].format(id=leaf.id)
    return shown(
        "result.html",
        found,
        f"{heading}: {leaf.title}" if leaf.title else heading,
        status=status,
        goal=goal,
        line=next(each for each in goal.lines if each.id == leaf.id),
        asked=known.asked,
        main=form if form is not None and form.id == main.id else main,
        acts=[form if form is not None and form.id == each.id else each for each in forms],
    )


def _record(desk: Desk, found: Scored, leaf: Indicator, typed: Typed) -> Response:
    yes_no = isinstance(leaf.rule, YesNo)
    number, word = ("", "need_answer") if yes_no else ("actual", "need_number")
    read = read_fields(
        typed, found.language, "actual", "source", "evidence", number=number, needs=(("actual", word),)
    )
    form = handing_in(found, leaf)

    def again(problems: tuple[Problem, ...]) -> Response:
        return _page(found, leaf, form.filled(typed, problems), status=409)

    wishes = [Wish(do="record-result", fields={"indicator": leaf.id, **read.fields})]
    if "file" in typed.files:
        wishes.append(_file(leaf, typed, {}))
    return press(desk, found.seat, typed, read, *wishes, then=_here(found, leaf), again=again)


def _attach(desk: Desk, found: Scored, leaf: Indicator, typed: Typed) -> Response:
    read = read_fields(typed, found.language, "title", *(("closed",) if found.in_charge else ()))
    if "file" not in typed.files:
        read = Read(
            fields=read.fields,
            problems=(Problem(field="file", said=WORDS[found.language]["need_file"]),),
        )
    form = attaching(found, leaf)

    def again(problems: tuple[Problem, ...]) -> Response:
        return _page(found, leaf, form.filled(typed, problems), status=409)

    wish = _file(leaf, typed, read.fields)
    return press(desk, found.seat, typed, read, wish, then=_here(found, leaf), again=again)


def _ask(desk: Desk, found: Scored, leaf: Indicator, typed: Typed) -> Response:
    needs = (("owner", "need_owner"), ("due", "need_due"))
    read = read_fields(typed, found.language, "owner", "due", "source", "note", needs=needs)
    form = asking(found, leaf)

    def again(problems: tuple[Problem, ...]) -> Response:
        return _page(found, leaf, form.filled(typed, problems), status=409)

    wish = Wish(do="request-data", fields={"indicator": leaf.id, **read.fields})
    return press(desk, found.seat, typed, read, wish, then=_here(found, leaf), again=again)


def _file(leaf: Indicator, typed: Typed, fields: dict[str, str]) -> Wish:
    """The file's own name is made harmless where it is kept; here it only stands for itself."""
    upload = typed.files.get("file")
    return Wish(do="attach", fields={"file": "file", "indicator": leaf.id, **fields}, upload=upload)


def _here(found: Scored, leaf: Indicator) -> str:
    return found.seat.to("results", leaf.id)
