"""`/tasks`: the changes that meetings want, and what becomes of them."""

from collections import Counter
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from aarshjul.acts.offering import settles_comments
from aarshjul.papers.markdown import safe_html
from aarshjul.web.desk import Desk
from aarshjul.web.discussing.minute_words import WORDS
from aarshjul.web.discussing.opened import Opened, Pressed, filled, is_pressed, opened
from aarshjul.web.discussing.shared_words import WORDS as SHARED
from aarshjul.web.doing.deeds import Wish
from aarshjul.web.doing.form import Field, FormView, Problem, options
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.doing.words import WORDS as FORM_WORDS
from aarshjul.web.frame import seated
from aarshjul.web.notices import not_yours
from models.dialogue import Task
from models.dialogues import tasks_of
from models.milestone import Milestone


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskView:
    """A change that a meeting wants, and what became of it."""

    number: int
    about: str
    text: Markup
    state: str
    settled: str
    because: str
    form: FormView | None


def task_pages(desk: Desk) -> APIRouter:
    """The routes of `/tasks` and of each change."""
    router = APIRouter()

    def look(_request: Request, seat: Seat) -> Response:
        return _page(desk, seat)

    def settle(request: Request, seat: Seat, typed: Typed) -> Response:
        if not seat.sees_drafts:
            return not_yours(seat)
        number = str(request.path_params["number"])

        def again(problems: tuple[Problem, ...]) -> Response:
            return _page(desk, seat, Pressed(form=f"settle-{number}", typed=typed, problems=problems))

        wish = Wish(do="settle-task", fields={"task": number, **typed.fields("outcome", "reason")})
        return desk.deeds.press(seat, typed, wish, then=f"{seat.to('tasks')}#task-{number}", again=again)

    desk.doors.look(router, "/tasks", look)
    desk.doors.look(router, "/tasks/{number}/settle", look)
    desk.doors.press(router, "/tasks/{number}/settle", settle)
    return router


def _page(desk: Desk, seat: Seat, pressed: Pressed | None = None) -> Response:
    if not seat.sees_drafts:
        return not_yours(seat)
    words = WORDS[seat.language]
    with opened(desk, seat) as looked:
        tasks = tasks_of(looked.session, looked.cycle.id)
        may = looked.acting is not None and settles_comments(looked.acting)
        views = tuple(_view(looked, each, pressed, may=may) for each in tasks)
    counts = Counter(each.state for each in tasks)
    named = {state: counts[state] for state in ("open", "done", "declined")}
    return seated(
        "discussing/tasks.html",
        seat,
        words["tasks_title"],
        status=409 if pressed else 200,
        words=words,
        said=FORM_WORDS[seat.language],
        counts=words["tasks_counts"].format(**named) if tasks else words["tasks_none"],
        tasks=views,
        refused=pressed,
        shown_forms=[each.form.id for each in views if each.form is not None],
    )


def _view(looked: Opened, task: Task, pressed: Pressed | None, *, may: bool) -> TaskView:
    words, shared = WORDS[looked.language], SHARED[looked.language]
    meeting = looked.session.get_one(Milestone, task.milestone_id)
    about = words["task_about"].format(area=task.area, meeting=meeting.title)
    form = settling(looked.seat, task)
    state = shared[task.state]
    if task.state == "done" and task.draft_version:
        state = words["done_in"].format(version=task.draft_version)
    settled = ""
    if task.settled_at is not None:
        name, when = looked.name(task.settled_by or ""), looked.when(task.settled_at)
        settled = words["settled"].format(state=shared[task.state], name=name, when=when)
    return TaskView(
        number=task.number,
        about=f"{about}, {words['task_goal'].format(id=task.goal)}" if task.goal else about,
        text=safe_html(task.text, below=3),
        state=state,
        settled=settled[:1].upper() + settled[1:],
        because=words["because"].format(reason=task.reason) if task.reason else "",
        form=filled(form, pressed) if may or is_pressed(pressed, form.id) else None,
    )


def settling(seat: Seat, task: Task) -> FormView:
    """What becomes of a change."""
    words, shared = WORDS[seat.language], SHARED[seat.language]
    ways = options({"done": words["settle_done"], "declined": words["settle_declined"]})
    about = "settle" if task.state == "open" else "settle_again"
    return FormView(
        id=f"settle-{task.number}",
        action=seat.to("tasks", str(task.number), "settle"),
        button=words["settle_save"],
        title=words[about].format(number=task.number),
        fields=(
            Field(name="outcome", label=shared["outcome"], kind="radio", options=ways, required=True),
            Field(
                name="reason",
                label=shared["reason"],
                kind="textarea",
                hint=words["reason_hint"],
                rows=3,
            ),
        ),
    )
