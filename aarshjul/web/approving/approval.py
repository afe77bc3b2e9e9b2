"""`/approval`: where the approval stands, exactly the text that it is about, and the forms of whoever may act."""

from collections.abc import Iterator

from fastapi import APIRouter, Request, Response

from aarshjul.acts.offering import Offer, offered
from aarshjul.core.cycle import BODIES
from aarshjul.core.stages import Outcome, Stage
from aarshjul.papers.draft_page import draft_body
from aarshjul.papers.versions import versions_of
from aarshjul.web.approving import forms
from aarshjul.web.approving.basis import news_for
from aarshjul.web.approving.view import (
    condition_views,
    decisions_of,
    in_the_way,
    steps_of,
    votes_of,
)
from aarshjul.web.approving.words import WORDS
from aarshjul.web.desk import Desk
from aarshjul.web.discussing.opened import HASH, Opened, Pressed, filled, is_pressed, opened, same_text
from aarshjul.web.doing.deeds import Wish
from aarshjul.web.doing.form import FormView, Option, Problem
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.doing.words import WORDS as FORM_WORDS
from aarshjul.web.frame import seated
from aarshjul.web.notices import not_yours
from models.draft import Draft
from models.draft_text import contract_in_draft

_BEFORE = (Stage.SUBMITTED, Stage.DISCUSSED, Stage.BOARD_APPROVED)
_AFTER = (Stage.COUNCIL_APPROVED, Stage.IN_FORCE)


def approval_page(desk: Desk) -> APIRouter:
    """The routes of `/approval` and of what is pressed there."""
    router = APIRouter()

    def look(_request: Request, seat: Seat) -> Response:
        return _page(desk, seat)

    def vote(_request: Request, seat: Seat, typed: Typed) -> Response:
        wish = _wish(seat, typed, "vote", "body", "vote", "person")
        return _press(desk, seat, typed, wish, f"vote-{typed.text('body')}")

    def decide(_request: Request, seat: Seat, typed: Typed) -> Response:
        form = f"decide-{typed.text('body')}"
        if typed.text(forms.MORE):
            return _page(desk, seat, Pressed(form=form, typed=typed), status=200)
        conditions, missing = forms.conditions_typed(typed, seat.language)
        if missing:
            return _page(desk, seat, Pressed(form=form, typed=typed, problems=missing))
        names = ("body", "outcome", "reason", "minutes", "decided_on")
        return _press(desk, seat, typed, _wish(seat, typed, "decide", *names, conditions=conditions), form)

    def sign(_request: Request, seat: Seat, typed: Typed) -> Response:
        return _press(desk, seat, typed, _wish(seat, typed, "sign", "body"), f"sign-{typed.text('body')}")

    def put(_request: Request, seat: Seat, typed: Typed) -> Response:
        return _press(desk, seat, typed, _wish(seat, typed, "put-in-force", "reason"), "put-in-force")

    desk.doors.look(router, "/approval", look)
    for path, press in (("vote", vote), ("decide", decide), ("sign", sign), ("put-in-force", put)):
        desk.doors.look(router, f"/approval/{path}", look)
        desk.doors.press(router, f"/approval/{path}", press)
    return router


def _wish(seat: Seat, typed: Typed, act: str, *names: str, conditions: str = "") -> Wish:
    fields = {**typed.fields(*names), **({"conditions": conditions} if conditions else {})}
    return Wish(do=act, fields=fields, guard=same_text(seat, typed.text(HASH)))


def _press(desk: Desk, seat: Seat, typed: Typed, wish: Wish, form: str) -> Response:
    if not seat.sees_drafts:
        return not_yours(seat)

    def again(problems: tuple[Problem, ...]) -> Response:
        at_row = tuple(
            Problem(field="condition-1-text", said=each.said) if each.field == "conditions" else each
            for each in problems
        )
        return _page(desk, seat, Pressed(form=form, typed=typed, problems=at_row))

    return desk.deeds.press(seat, typed, wish, then=seat.to("approval"), again=again)


def _page(desk: Desk, seat: Seat, pressed: Pressed | None = None, *, status: int = 409) -> Response:
    if not seat.sees_drafts:
        return not_yours(seat)
    words = WORDS[seat.language]
    with opened(desk, seat) as looked:
        values = _values(looked, pressed)
    return seated(
        "approving/approval.html",
        seat,
        words["title"],
        status=status if pressed else 200,
        words=words,
        said=FORM_WORDS[seat.language],
        refused=pressed,
        **values,
    )


def _values(looked: Opened, pressed: Pressed | None) -> dict[str, object]:
    words, lines = WORDS[looked.language], versions_of(looked.session, looked.cycle.id)
    stage = looked.cycle.stage
    about = words[stage].format(council=looked.cycle.council)
    if not lines:
        said = words["no_draft"] if stage == Stage.DRAFTING else about
        return {"draft": None, "about": said, "shown_forms": ()}
    draft = lines[-1].draft
    offer = offered(looked.acting) if looked.acting is not None else Offer()
    shown = tuple(_forms(looked, draft, offer, pressed))
    return {
        "about": about,
        "draft": draft,
        "when": looked.when(draft.submitted_at),
        "who": looked.name(draft.submitted_by),
        "steps": steps_of(looked, lines) if stage != Stage.REJECTED else (),
        "tasks": in_the_way(looked),
        "news": news_for(looked, lines, pressed.typed.text(HASH) if pressed else ""),
        "text": draft_body(draft, contract_in_draft(draft), looked.language, looked.names, top=3),
        "text_title": words[
            "text_open" if stage in _BEFORE else "text_approved" if stage in _AFTER else "text_latest"
        ],
        "votes": votes_of(looked, lines[-1]),
        "decisions": decisions_of(looked, lines),
        "conditions": condition_views(looked),
        "forms_here": shown,
        "shown_forms": [each.id for each in shown],
    }


def _forms(looked: Opened, draft: Draft, offer: Offer, pressed: Pressed | None) -> Iterator[FormView]:
    """What is offered, and what was pressed though it may be so no more: nothing that was typed gets lost."""
    seat, council = looked.seat, looked.cycle.council
    for body in BODIES:
        if body in offer.votes or is_pressed(pressed, f"vote-{body}"):
            whom = looked.people(offer.votes.get(body, ()))
            yield filled(forms.voting(seat, draft, body, whom, council), pressed)
        if body in offer.outcomes or is_pressed(pressed, f"decide-{body}"):
            yield filled(_deciding(looked, draft, body, offer, pressed), pressed)
        if body in offer.signs or is_pressed(pressed, f"sign-{body}"):
            yield filled(forms.signing(seat, draft, body, council), pressed)
    if offer.puts_in_force or is_pressed(pressed, "put-in-force"):
        yield filled(forms.putting_in_force(seat, draft), pressed)


def _deciding(looked: Opened, draft: Draft, body: str, offer: Offer, pressed: Pressed | None) -> FormView:
    here = pressed is not None and pressed.form == f"decide-{body}"
    return forms.deciding(
        looked.seat,
        draft,
        body,
        offer.outcomes.get(body) or tuple(Outcome),
        recorded=body in offer.recorded,
        council=looked.cycle.council,
        owners=_owners(looked),
        rows=forms.rows_typed(pressed.typed) if here and pressed is not None else 1,
    )


def _owners(looked: Opened) -> tuple[Option, ...]:
    """Who can see to a condition: a role that somebody has, or a person who takes part."""
    if looked.acting is None:
        return ()
    view = looked.acting.view
    roles = [Option(value=role, label=looked.owner(role)) for role in sorted(view.by_role)]
    people = sorted(each.person for each in view.members if not each.left and each.person not in view.by_role)
    return (*roles, *looked.people(tuple(people)))
