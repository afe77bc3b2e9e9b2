"""`/conditions`: what approvals were given on, who sees to it, and what becomes of it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from aarshjul.acts.offering import settles
from aarshjul.core.cycle import COUNCIL
from aarshjul.papers.markdown import safe_html
from aarshjul.web.approving.condition_words import WORDS
from aarshjul.web.desk import Desk
from aarshjul.web.discussing.opened import Opened, Pressed, filled, is_pressed, opened
from aarshjul.web.discussing.shared_words import WORDS as SHARED
from aarshjul.web.doing.deeds import Wish
from aarshjul.web.doing.form import Field, FormView, Problem, options
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.doing.undoing import warning_for
from aarshjul.web.doing.words import WORDS as FORM_WORDS
from aarshjul.web.frame import seated
from aarshjul.web.notices import not_yours
from models.approval import Condition
from models.conditions import condition_json, conditions_of
from models.loading import load_cycle
from notifications.dates import day_in_words

_STATES = ("open", "met", "waived", "lapsed")


@dataclass(frozen=True, kw_only=True, slots=True)
class ConditionView:
    """A condition in words; `form` where the reader may settle it."""

    number: int
    state: str
    overdue: str
    text: Markup
    facts: str
    settled: str
    because: str
    form: FormView | None


def condition_pages(desk: Desk) -> APIRouter:
    """The routes of `/conditions` and of each condition."""
    router = APIRouter()

    def look(_request: Request, seat: Seat) -> Response:
        return _page(desk, seat)

    def settle(request: Request, seat: Seat, typed: Typed) -> Response:
        number = str(request.path_params["number"])

        def again(problems: tuple[Problem, ...]) -> Response:
            return _page(desk, seat, Pressed(form=f"settle-{number}", typed=typed, problems=problems))

        wish = Wish(do="settle-condition", fields={"condition": number, **typed.fields("outcome", "reason")})
        if not typed.text("outcome"):  # the act takes it for met
            return again((Problem(field="outcome", said=FORM_WORDS[seat.language]["choose"]),))
        then = f"{seat.to('conditions')}#condition-{number}"
        return desk.deeds.press(seat, typed, wish, then=then, again=again)

    desk.doors.look(router, "/conditions", look)
    desk.doors.look(router, "/conditions/{number}/settle", look)
    desk.doors.press(router, "/conditions/{number}/settle", settle)
    return router


def _page(desk: Desk, seat: Seat, pressed: Pressed | None = None) -> Response:
    words = WORDS[seat.language]
    with opened(desk, seat) as looked:
        rows = _theirs(looked)
        views = tuple(_view(looked, each, pressed) for each in rows)
    if not seat.sees_drafts and not rows:
        return not_yours(seat)
    counts = Counter(each.state for each in rows)
    return seated(
        "approving/conditions.html",
        seat,
        words["title"],
        status=409 if pressed else 200,
        words=words,
        said=FORM_WORDS[seat.language],
        counts=words["counts"].format(**{each: counts[each] for each in _STATES}) if rows else words["none"],
        conditions=views,
        refused=pressed,
        shown_forms=[each.form.id for each in views if each.form is not None],
    )


def _theirs(looked: Opened) -> list[Condition]:
    """All of them; to who sees no drafts, those alone that they see to."""
    rows = conditions_of(looked.session, looked.cycle.id)
    if looked.seat.sees_drafts:
        return list(rows)
    view = load_cycle(looked.session, looked.cycle.id)
    return [row for row in rows if looked.seat.person in {each.person for each in view.people((row.owner,))}]


def _view(looked: Opened, row: Condition, pressed: Pressed | None) -> ConditionView:
    words, shared = WORDS[looked.language], SHARED[looked.language]
    ways = settles(looked.acting, row) if looked.acting is not None else ()
    form = settling(looked.seat, row.number, ways or ("met", "waived"))
    facts = condition_json(
        looked.session, row, looked.moment.astimezone(ZoneInfo(looked.cycle.timezone)).date()
    )
    settled = ""
    if row.settled_at is not None and row.settled_by:
        name, when = looked.name(row.settled_by), looked.when(row.settled_at)
        settled = words["settled"].format(state=shared[row.state], name=name, when=when)
    return ConditionView(
        number=row.number,
        state=shared[row.state],
        overdue=shared["overdue"] if facts["overdue"] else "",
        text=safe_html(row.text, below=2),
        facts=" ".join(_facts(looked, row, facts["body"], facts["decided_on"], facts["due"])),
        settled=settled[:1].upper() + settled[1:],
        because=words["because"].format(reason=row.reason) if row.reason else "",
        form=filled(form, pressed) if ways or is_pressed(pressed, form.id) else None,
    )


def _facts(looked: Opened, row: Condition, body: str, decided: str | None, due: str | None) -> list[str]:
    """Who set it and when, who sees to it, by when."""
    words = WORDS[looked.language]
    name = looked.cycle.council if body == COUNCIL else words["board"]
    on = day_in_words(date.fromisoformat(decided), looked.language) if decided else ""
    found = [
        words["set_by" if on else "set_by_undated"].format(body=name, day=on),
        words["owner"].format(owner=looked.owner(row.owner)),
    ]
    if due:
        found.append(words["due"].format(day=day_in_words(date.fromisoformat(due), looked.language)))
    return found


def settling(seat: Seat, number: int, ways: tuple[str, ...]) -> FormView:
    """What becomes of a condition: as far as the reader may say it."""
    words, shared = WORDS[seat.language], SHARED[seat.language]
    return FormView(
        id=f"settle-{number}",
        action=seat.to("conditions", str(number), "settle"),
        button=words["save"],
        title=words["settle"].format(number=number),
        warning=warning_for("settle-condition", seat.language),
        fields=(
            Field(
                name="outcome",
                label=shared["outcome"],
                kind="radio",
                options=options([(each, words[each]) for each in ways]),
                required=True,
            ),
            Field(
                name="reason",
                label=words["reason"],
                kind="textarea",
                hint=words["reason_hint"] if "waived" in ways else "",
                rows=3,
            ),
        ),
    )
