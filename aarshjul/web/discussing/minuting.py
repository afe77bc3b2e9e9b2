"""`/milestones/MILESTONE/minute`: what was said of each focus area, and which changes are wanted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeGuard

from fastapi import APIRouter, Request, Response
from markupsafe import Markup
from sqlmodel import Session

from aarshjul.acts.acting import ActRefused
from aarshjul.acts.offering import minutes_begin
from aarshjul.core.cycle import Kind
from aarshjul.core.focus_areas import Area
from aarshjul.papers.dossier import areas_of, folded
from aarshjul.papers.markdown import safe_html
from aarshjul.papers.words import area_title
from aarshjul.web.desk import Desk
from aarshjul.web.discussing import minute_forms as forms
from aarshjul.web.discussing.minute_words import WORDS
from aarshjul.web.discussing.opened import Opened, Pressed, filled, opened
from aarshjul.web.discussing.shared_words import WORDS as SHARED
from aarshjul.web.doing.deeds import Guard, Wish
from aarshjul.web.doing.form import FormView, Option, Problem
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.doing.words import WORDS as FORM_WORDS
from aarshjul.web.frame import seated
from aarshjul.web.gate import not_here
from models.dialogue import MinutesItem, Task
from models.dialogues import minutes_of, tasks_of
from models.draft_text import present_draft, present_goals
from models.loading import milestone_of
from models.milestone import Milestone


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemView:
    """An item as it stands: who wrote it when, and the changes with what became of them."""

    area: str
    by: str
    said: Markup
    tasks: tuple[tuple[str, str], ...]
    form: FormView | None


def minute_pages(desk: Desk) -> APIRouter:
    """The routes of a meeting's minutes, for its coordinators."""
    router = APIRouter()

    def look(request: Request, seat: Seat) -> Response:
        return _page(desk, seat, str(request.path_params["slug"]))

    def press(request: Request, seat: Seat, typed: Typed) -> Response:
        slug, form = str(request.path_params["slug"]), typed.text(forms.FORM)
        if typed.text(forms.MORE):
            return _page(desk, seat, slug, Pressed(form=form, typed=typed), status=200)

        def again(problems: tuple[Problem, ...]) -> Response:
            at_row = tuple(
                Problem(field="change-1", said=each.said) if each.field == "change" else each
                for each in problems
            )
            return _page(desk, seat, slug, Pressed(form=form, typed=typed, problems=at_row))

        fields = {"milestone": slug, **typed.fields("area", "said", "goal", "replaces")}
        wish = Wish(
            do="minute",
            fields={**fields, "change": forms.changes_typed(typed)},
            guard=_same_item(seat, slug, typed) if typed.text(forms.WAS) else None,
        )
        return desk.deeds.press(seat, typed, wish, then=seat.to("milestones", slug, "minute"), again=again)

    desk.doors.look(router, "/milestones/{slug}/minute", look, by_link=False)
    desk.doors.press(router, "/milestones/{slug}/minute", press, by_link=False)
    return router


def _same_item(seat: Seat, slug: str, typed: Typed) -> Guard:
    """Let through only where the item still says what the page had of it."""

    def guard(session: Session) -> None:
        row = milestone_of(session, seat.cycle, slug)
        items = minutes_of(session, [row.id or 0]) if row is not None else []
        item = next((each for each in items if folded(each.area) == folded(typed.text("area"))), None)
        if item is None or forms.said_now(item) != typed.text(forms.WAS):
            raise ActRefused(WORDS[seat.language]["item_changed"])

    return guard


def _is_meeting(row: Milestone | None) -> TypeGuard[Milestone]:
    return row is not None and row.kind != Kind.DEADLINE


def _page(
    desk: Desk, seat: Seat, slug: str, pressed: Pressed | None = None, *, status: int = 409
) -> Response:
    words = WORDS[seat.language]
    with opened(desk, seat) as looked:
        row = milestone_of(looked.session, seat.cycle, slug)
        if not _is_meeting(row):
            return not_here()
        may = pressed is not None or (looked.acting is not None and minutes_begin(looked.acting, slug))
        items = minutes_of(looked.session, [row.id or 0])
        areas = areas_of(present_draft(looked.session, looked.cycle))
        tasks = [each for each in tasks_of(looked.session, seat.cycle) if each.milestone_id == row.id]
        if pressed is not None and not _is_ours(pressed.form, len(areas), items):
            pressed = replace(pressed, form="other")
        views = tuple(_item(looked, slug, each, tasks, pressed, may=may) for each in items)
        new = tuple(_new(looked, slug, areas, items, pressed)) if may else ()
    return seated(
        "discussing/minute.html",
        seat,
        words["title"].format(meeting=row.title),
        status=status if pressed else 200,
        words=words,
        said=FORM_WORDS[seat.language],
        slug=slug,
        may=may,
        items=views,
        new=new,
        refused=pressed,
        shown_forms=[each.id for each in new] + [each.form.id for each in views if each.form is not None],
    )


def _item(
    looked: Opened, slug: str, item: MinutesItem, tasks: list[Task], pressed: Pressed | None, *, may: bool
) -> ItemView:
    words, shared = WORDS[looked.language], SHARED[looked.language]
    own = [each for each in tasks if each.area == item.area]
    goals = forms.goal_choices(present_goals(looked.session, looked.cycle), looked.language)
    form = filled(forms.rewriting(looked.seat, slug, item, own, goals, _own(pressed)), _own(pressed))
    return ItemView(
        area=item.area,
        by=words["by"].format(name=looked.name(item.recorded_by), when=looked.when(item.recorded_at)),
        said=safe_html(item.said, below=3),
        tasks=tuple((f"{each.number}. {each.text}", shared[each.state]) for each in own),
        form=form if may else None,
    )


def _own(pressed: Pressed | None) -> Pressed | None:
    """The press without what the page said of the item: its form has that anew."""
    if pressed is None:
        return None
    texts = {name: value for name, value in pressed.typed.texts.items() if name != forms.WAS}
    return Pressed(form=pressed.form, typed=Typed(texts=texts), problems=pressed.problems)


def _is_ours(form: str, areas: int, items: list[MinutesItem]) -> bool:
    """Whether the page has a form of that name; the draft can have fewer areas than when it was made."""
    return form in {*(f"item-{each}" for each in range(areas)), *(f"rewrite-{each.id}" for each in items)}


def _new(
    looked: Opened,
    slug: str,
    areas: Sequence[Area],
    items: list[MinutesItem],
    pressed: Pressed | None,
) -> Iterator[FormView]:
    """A form for each area of the draft without an item, and one for anything else."""
    written = {folded(each.area) for each in items}
    goals = forms.goal_choices(present_goals(looked.session, looked.cycle), looked.language)
    for number, area in enumerate(areas):
        title = area_title(area, looked.cycle.language)
        is_pressed = pressed is not None and pressed.form == f"item-{number}"
        if folded(title) not in written or is_pressed:
            form = forms.new_item(looked.seat, slug, number, title, _within(area, goals), pressed)
            yield filled(form, pressed)
    yield filled(forms.new_item(looked.seat, slug, 0, "", goals, pressed), pressed)


def _within(area: Area, goals: tuple[Option, ...]) -> tuple[Option, ...]:
    return tuple(each for each in goals if area.has(each.value))
