"""The pages of all goals, of one of them, and of the findings."""

from dataclasses import replace

from fastapi import APIRouter, Request, Response

from aarshjul.core.contract import Goal
from aarshjul.core.figures import half_up
from aarshjul.papers.markdown import safe_html
from aarshjul.papers.results_words import WORDS as PAPER_WORDS
from aarshjul.web.desk import Desk
from aarshjul.web.doing.form import FormView
from aarshjul.web.doing.seat import Seat
from aarshjul.web.gate import not_here
from aarshjul.web.scores.forms import deciding, recommending, resolving
from aarshjul.web.scores.goal_view import figure, goal_view, groups
from aarshjul.web.scores.loading import Scored
from aarshjul.web.scores.showing import not_yours, shown, with_scores
from aarshjul.web.scores.values_view import findings_of, values_of
from aarshjul.web.scores.words import WORDS


def goal_pages(desk: Desk) -> APIRouter:
    """`/goals`, `/goals/GOAL` and `/findings`, as they are looked at."""
    router = APIRouter()

    def all_goals(_request: Request, seat: Seat) -> Response:
        return with_scores(desk, seat, goals_page)

    def one_goal(request: Request, seat: Seat) -> Response:
        def page(found: Scored) -> Response:
            goal = goal_of(found, request)
            return goal_page(found, goal) if goal is not None else not_here()

        return with_scores(desk, seat, page)

    def all_findings(_request: Request, seat: Seat) -> Response:
        if not seat.sees_drafts:
            return not_yours(seat)
        return with_scores(desk, seat, findings_page)

    desk.doors.look(router, "/goals", all_goals)
    desk.doors.look(router, "/goals/{goal}", one_goal)
    desk.doors.look(router, "/findings", all_findings)
    return router


def goal_of(found: Scored, request: Request) -> Goal | None:
    """The goal that an address names."""
    name = str(request.path_params["goal"])
    return next((goal for goal in found.contract.goals if goal.id == name), None)


def goals_page(found: Scored, form: FormView | None = None, status: int = 200) -> Response:
    """All goals as a picture and a table; `form` is the one that was pressed, with what is wrong."""
    words, paper = WORDS[found.language], PAPER_WORDS[found.language]
    all_said = any(goal.recommended is not None for goal in found.contract.goals)
    if form is None and found.decides and all_said:
        form = deciding(found, None)
    decided = found.results.decided
    return shown(
        "goals.html",
        found,
        words["goals"],
        status=status,
        above=False,
        total=figure(found, found.scores.total, found.best.total.high),
        decided=paper.score(decided) if decided is not None else "",
        groups=groups(found),
        wanted=[leaf for _, leaf in found.contract.leaves() if leaf.actual is None and found.gives(leaf)],
        said_of={goal.id: values_of(found, goal) for goal in found.results.goals},
        effects=paper.effects(found.results),
        most=half_up(found.frame),
        open_findings=_open_findings(found),
        public=found.public,
        form=form,
    )


def _open_findings(found: Scored) -> str:
    count, words = sum(each.open for each in found.results.findings), WORDS[found.language]
    return words["open_finding"] if count == 1 else words["open_findings"].format(count=count)


def goal_page(found: Scored, goal: Goal, form: FormView | None = None, status: int = 200) -> Response:
    """One goal; `form` is the one that was pressed, which stands in the place of its like."""
    forms = [recommending(found, goal)] if found.in_charge else []
    forms += [deciding(found, goal)] if found.decides else []
    view = goal_view(found, goal)
    line = next(each for each in found.results.goals if each.id == goal.id)
    return shown(
        "goal.html",
        found,
        WORDS[found.language]["goal_title"].format(id=goal.id, title=goal.title),
        status=status,
        goal=view,
        text=safe_html(goal.text, below=1) if goal.text else "",
        note=goal.note or "",
        values=values_of(found, line),
        findings=findings_of(found, goal.id),
        acts=[form if form is not None and form.id == each.id else each for each in forms],
        public=found.public,
        most=half_up(found.frame),
    )


def findings_page(found: Scored, form: FormView | None = None, status: int = 200) -> Response:
    """All findings; `form` is the one that was pressed, told apart by what it is about."""
    about = form.fields[0].value if form is not None else ""
    rows = []
    for number, finding in enumerate(findings_of(found), start=1):
        own = resolving(found, finding, number) if found.in_charge else None
        if own is not None and form is not None and finding.id == about:
            own = replace(form, id=own.id, title=own.title)
        rows.append((finding, own))
    return shown("findings.html", found, WORDS[found.language]["findings"], status=status, rows=rows)
