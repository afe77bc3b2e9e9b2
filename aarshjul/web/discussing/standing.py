"""`/consultation`: where each member stands on the present version, and the form to say so."""

from collections.abc import Iterator

from fastapi import APIRouter, Request, Response

from aarshjul.acts.offering import speaks_for
from aarshjul.core.consultation import POSITIONS, Consultation
from aarshjul.core.stages import ENDED
from aarshjul.web.desk import Desk
from aarshjul.web.discussing.opened import HASH, Opened, Pressed, filled, is_pressed, opened, same_text
from aarshjul.web.discussing.shared_words import WORDS as SHARED
from aarshjul.web.discussing.standing_view import counts_of, stand_views
from aarshjul.web.discussing.standing_words import WORDS
from aarshjul.web.doing.deeds import Wish
from aarshjul.web.doing.form import Field, FormView, Option, Problem, options
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.doing.words import WORDS as FORM_WORDS
from aarshjul.web.frame import seated
from aarshjul.web.notices import not_yours
from models.consulting import load_consultation
from models.draft_text import present_draft
from models.loading import load_cycle

_OWN, _OTHER = "own", "other"


def consultation_page(desk: Desk) -> APIRouter:
    """The routes of `/consultation`; a press with `person` is for somebody else."""
    router = APIRouter()

    def look(_request: Request, seat: Seat) -> Response:
        return _page(desk, seat)

    def press(_request: Request, seat: Seat, typed: Typed) -> Response:
        if not seat.sees_drafts:
            return not_yours(seat)
        form = _OTHER if "person" in typed.texts else _OWN

        def again(problems: tuple[Problem, ...]) -> Response:
            return _page(desk, seat, Pressed(form=form, typed=typed, problems=problems))

        if form == _OTHER and not typed.text("person"):
            said = FORM_WORDS[seat.language]["choose"]
            return again((Problem(field="person", said=said),))
        fields = typed.fields("position", "remarks", "person")
        wish = Wish(do="respond", fields=fields, guard=same_text(seat, typed.text(HASH)))
        return desk.deeds.press(seat, typed, wish, then=seat.to("consultation"), again=again)

    desk.doors.look(router, "/consultation", look)
    desk.doors.press(router, "/consultation", press)
    return router


def _page(desk: Desk, seat: Seat, pressed: Pressed | None = None) -> Response:
    if not seat.sees_drafts:
        return not_yours(seat)
    words = WORDS[seat.language]
    with opened(desk, seat) as looked:
        view = looked.acting.view if looked.acting is not None else load_cycle(looked.session, seat.cycle)
        found = load_consultation(looked.session, looked.cycle, looked.moment, view)
        forms = tuple(_forms(looked, found, pressed))
        views = stand_views(looked, view, found)
    return seated(
        "discussing/consultation.html",
        seat,
        words["title"],
        status=409 if pressed else 200,
        words=words,
        said=FORM_WORDS[seat.language],
        intro=words["about"].format(version=found.version) if found.version else words["no_draft"],
        ended=looked.cycle.stage in ENDED,
        counts=counts_of(found, seat.language),
        members=views,
        forms_here=forms,
        refused=pressed,
        shown_forms=[each.id for each in forms],
    )


def _forms(looked: Opened, found: Consultation, pressed: Pressed | None) -> Iterator[FormView]:
    """The own position where there is one to give, and that of others for whom one speaks."""
    seat, draft = looked.seat, present_draft(looked.session, looked.cycle)
    whom = speaks_for(looked.acting) if looked.acting is not None else ()
    others = looked.people(tuple(each for each in whom if each != seat.person))
    shown = draft.hash if draft is not None else ""
    if seat.person in whom or is_pressed(pressed, _OWN):
        yield filled(_own(seat, found, shown), pressed)
    if others or is_pressed(pressed, _OTHER):
        yield filled(_other(seat, found, shown, others), pressed)


def _own(seat: Seat, found: Consultation, shown: str) -> FormView:
    words = WORDS[seat.language]
    stand = next((m.stand for m in found.members if m.person == seat.person and m.current), None)
    said = (stand.position, stand.remarks or "") if stand is not None else ("", "")
    return FormView(
        id=_OWN,
        action=seat.to("consultation"),
        button=words["respond"],
        title=words["own"],
        intro=words["own_intro"].format(version=found.version),
        fields=(Field(name=HASH, label="", kind="hidden", values=(shown,)), *_fields(seat, *said)),
    )


def _other(seat: Seat, found: Consultation, shown: str, others: tuple[Option, ...]) -> FormView:
    words, shared = WORDS[seat.language], SHARED[seat.language]
    intro = words["other_intro" if seat.coordinates else "other_stand_in"]
    whom = Field(name="person", label=shared["whom"], kind="select", options=others, required=True)
    return FormView(
        id=_OTHER,
        action=seat.to("consultation"),
        button=words["respond_other"],
        title=words["other"],
        intro=intro.format(version=found.version),
        fields=(Field(name=HASH, label="", kind="hidden", values=(shown,)), whom, *_fields(seat)),
        secondary=True,
    )


def _fields(seat: Seat, position: str = "", remarks: str = "") -> tuple[Field, ...]:
    words = WORDS[seat.language]
    return (
        Field(
            name="position",
            label=words["positions"],
            kind="radio",
            options=options([(each, words[f"choose_{each}"]) for each in POSITIONS]),
            values=(position,),
            required=True,
        ),
        Field(
            name="remarks",
            label=words["remarks"],
            kind="textarea",
            hint=words["remarks_hint"],
            values=(remarks,),
        ),
    )
