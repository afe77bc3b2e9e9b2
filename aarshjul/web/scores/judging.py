"""What is pressed about a goal: to recommend its attainment, to decide it, to close a finding."""

from fastapi import APIRouter, Request, Response

from aarshjul.web.desk import Desk
from aarshjul.web.doing.deeds import Wish
from aarshjul.web.doing.form import Problem
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.gate import not_here
from aarshjul.web.scores.forms import deciding, read_fields, recommending, resolving
from aarshjul.web.scores.goals import findings_page, goal_of, goal_page, goals_page
from aarshjul.web.scores.loading import Scored
from aarshjul.web.scores.pressing import press
from aarshjul.web.scores.showing import not_yours, with_scores
from aarshjul.web.scores.values_view import findings_of

_MINUTES = (("minutes", "need_minutes"),)


def judging(desk: Desk) -> APIRouter:
    """The presses at `/goals/GOAL/recommend`, `/goals/GOAL/decide`, `/attainment` and `/findings`."""
    router = APIRouter()

    def about_goal(act: str) -> None:
        def pressed(request: Request, seat: Seat, typed: Typed) -> Response:
            return with_scores(desk, seat, lambda found: _about_goal(desk, found, request, act, typed))

        desk.doors.press(router, f"/goals/{{goal}}/{act}", pressed)

    def all_decided(_request: Request, seat: Seat, typed: Typed) -> Response:
        return with_scores(desk, seat, lambda found: _all_decided(desk, found, typed))

    def resolved(_request: Request, seat: Seat, typed: Typed) -> Response:
        return with_scores(desk, seat, lambda found: _resolved(desk, found, typed))

    about_goal("recommend")
    about_goal("decide")
    desk.doors.press(router, "/attainment", all_decided)
    desk.doors.press(router, "/findings", resolved)
    return router


def _about_goal(desk: Desk, found: Scored, request: Request, act: str, typed: Typed) -> Response:
    goal = goal_of(found, request)
    if goal is None:
        return not_here()
    if act == "recommend":
        if not found.in_charge:
            return not_yours(found.seat, alive=found.alive)
        form = recommending(found, goal)
        read = read_fields(
            typed, found.language, "value", "reason", number="value", needs=(("value", "need_number"),)
        )
        do = "recommend"
    else:
        if not found.decides:
            return not_yours(found.seat, alive=found.alive)
        form = deciding(found, goal)
        needs = _MINUTES if found.records_decisions else ()
        read = read_fields(typed, found.language, "value", "reason", "minutes", number="value", needs=needs)
        do = "decide-attainment"

    def again(problems: tuple[Problem, ...]) -> Response:
        return goal_page(found, goal, form.filled(typed, problems), status=409)

    wish = Wish(do=do, fields={"goal": goal.id, **read.fields})
    return press(desk, found.seat, typed, read, wish, then=found.seat.to("goals", goal.id), again=again)


def _all_decided(desk: Desk, found: Scored, typed: Typed) -> Response:
    if not found.decides:
        return not_yours(found.seat, alive=found.alive)
    form = deciding(found, None)
    needs = _MINUTES if found.records_decisions else ()
    read = read_fields(typed, found.language, "reason", "minutes", needs=needs)

    def again(problems: tuple[Problem, ...]) -> Response:
        return goals_page(found, form.filled(typed, problems), status=409)

    wish = Wish(do="decide-attainment", fields=read.fields)
    return press(desk, found.seat, typed, read, wish, then=found.seat.to("goals"), again=again)


def _resolved(desk: Desk, found: Scored, typed: Typed) -> Response:
    if not found.in_charge:
        return not_yours(found.seat, alive=found.alive)
    finding = next((each for each in findings_of(found) if each.id == typed.text("finding")), None)
    if finding is None:
        return not_here()
    form = resolving(found, finding, 0)
    needs = (("reason", "need_reason"),)
    read = read_fields(typed, found.language, "finding", "reason", "value", number="value", needs=needs)

    def again(problems: tuple[Problem, ...]) -> Response:
        return findings_page(found, form.filled(typed, problems), status=409)

    wish = Wish(do="resolve-finding", fields=read.fields)
    return press(desk, found.seat, typed, read, wish, then=found.seat.to("findings"), again=again)
