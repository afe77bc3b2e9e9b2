"""The agenda of a meeting for those who are of it, by a link of their own."""

from fastapi import APIRouter, Request, Response
from sqlmodel import Session

from aarshjul.acts.checking import check
from aarshjul.core import cycle as core
from aarshjul.core.languages import Language
from aarshjul.papers.agenda import agenda_sheet
from aarshjul.papers.dossier import load_dossier
from aarshjul.papers.sheet_html import as_html
from aarshjul.web.desk import Desk
from aarshjul.web.doing.seat import Seat
from aarshjul.web.notices import not_yours, notice
from aarshjul.web.papers.frame import on_paper
from aarshjul.web.papers.meeting import meets
from aarshjul.web.personal.meeting import is_of
from aarshjul.web.personal.words import WORDS
from models.attendance import load_roll
from models.cycle import Cycle
from models.draft_text import contract_in_draft, present_draft
from models.engine import reading
from models.loading import load_cycle, milestone_of
from notifications.minutes import gathering


def agenda_pages(desk: Desk) -> APIRouter:
    """The route of `/p/TOKEN/milestones/MILESTONE/agenda`."""
    router = APIRouter()

    def look(request: Request, seat: Seat) -> Response:
        slug = str(request.path_params["slug"])
        with reading(desk.engine) as session:
            return _answer(desk, session, seat, slug)

    desk.doors.look_by_link(router, "/milestones/{slug}/agenda", look)
    return router


def _answer(desk: Desk, session: Session, seat: Seat, slug: str) -> Response:
    """The paper; somebody who is not of the meeting is told so, and what has none has no such page."""
    cycle = session.get_one(Cycle, seat.cycle)
    moment = cycle.played_until or desk.now()
    row, roll = milestone_of(session, cycle.id, slug), load_roll(session, cycle.id, slug, moment)
    has_one = cycle.state != "draft" and roll is not None and roll.state != core.State.CANCELLED
    if row is None or roll is None or not has_one or not meets(session, cycle.id, slug):
        return notice(seat.place, "no_milestone", status=404, words=WORDS, seat=seat)
    view = load_cycle(session, cycle.id)
    if not (seat.sees_drafts and is_of(view, view.by_id[slug], seat.person, view.today(moment))):
        return not_yours(seat)
    language: Language = "en" if seat.language == "en" else "da"
    draft = present_draft(session, cycle)
    contract = contract_in_draft(draft) if draft is not None else None
    findings = check(session, cycle, contract, language) if contract is not None else ()
    dossier = load_dossier(session, cycle, row, moment, findings)
    sheet = agenda_sheet(dossier, gathering(roll.as_answered(), language), language)
    back = ((seat.to(), seat.title), (seat.to("milestones", slug), roll.title))
    return on_paper(as_html(sheet), seat.place, back=back, by_link=True)
