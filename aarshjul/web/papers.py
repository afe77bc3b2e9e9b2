"""The papers of a cycle for its coordinators: the draft and its versions, agendas, minutes, results."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response
from sqlalchemy import Engine
from sqlmodel import Session

from aarshjul.acts.checking import check
from aarshjul.core.cycle import Kind
from aarshjul.core.languages import Language
from aarshjul.core.roll import Roll
from aarshjul.papers.agenda import agenda_sheet
from aarshjul.papers.differences_page import differences_page
from aarshjul.papers.dossier import Dossier, load_dossier
from aarshjul.papers.draft_page import draft_page
from aarshjul.papers.minutes import minutes_sheet, settled_since
from aarshjul.papers.results_loading import results_of
from aarshjul.papers.results_page import results_page
from aarshjul.papers.sheet import Sheet
from aarshjul.papers.sheet_html import as_html
from aarshjul.papers.versions import VersionLine, differences, versions_of
from aarshjul.web.board_words import WORDS
from aarshjul.web.frame import framed
from aarshjul.web.gate import not_here, refused
from aarshjul.web.paper_frame import on_paper
from aarshjul.web.place import Place, place_of
from aarshjul.web.sessions import Sessions, Viewer
from aarshjul.web.version_view import version_views
from models.attendance import load_roll
from models.consulting import people_of
from models.cycle import Cycle
from models.draft_text import contract_in_draft, present_draft
from models.engine import reading
from models.loading import load_cycle, milestone_of
from notifications.minutes import gathering

_ASKED = ("version", "from", "to")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asked:
    """A paper that somebody may see, while the record is open."""

    session: Session
    cycle: Cycle
    place: Place
    viewer: Viewer
    query: dict[str, str]

    @property
    def language(self) -> Language:
        """What the paper is written in."""
        return "en" if self.place.language == "en" else "da"

    @property
    def back(self) -> tuple[tuple[str, str], ...]:
        """The way to the cycle."""
        return ((self.place.to("cycles", self.cycle.id), self.cycle.title),)

    def nothing(self, word: str, *, status: int = 200) -> Response:
        """That there is no such paper (yet)."""
        words = WORDS[self.place.language]
        values: dict[str, Any] = {"words": words, "cycle": self.cycle, "sentence": words[word]}
        return framed("no_paper.html", self.place, self.viewer, words["no_paper"], status=status, **values)


@dataclass(frozen=True, slots=True)
class Papers:
    """What is answered, over a database."""

    engine: Engine
    sessions: Sessions
    now: Callable[[], datetime]

    def draft(self, request: Request, cycle: str) -> Response:
        """The present version; another one, or what changed between two, where the query asks for it."""
        return self._answer(request, cycle, _draft)

    def results(self, request: Request, cycle: str) -> Response:
        """What has come in of the contract that the cycle presents, and what is said of each goal."""

        def made(asked: _Asked) -> Response:
            if asked.cycle.contract_id is None:
                return asked.nothing("no_results")
            moment = asked.cycle.played_until or self.now()
            found = results_of(asked.session, asked.cycle.id, moment, language=asked.language)
            return on_paper(results_page(found), asked.place, back=asked.back)

        return self._answer(request, cycle, made)

    def agenda(self, request: Request, cycle: str, slug: str) -> Response:
        """By focus area what is open in the draft, or the text to be decided on."""

        def sheet(dossier: Dossier, roll: Roll, asked: _Asked) -> Sheet:
            return agenda_sheet(dossier, gathering(roll.as_answered(), asked.language), asked.language)

        return self._of_meeting(request, cycle, slug, sheet)

    def minutes(self, request: Request, cycle: str, slug: str) -> Response:
        """Who was there, what was said of each focus area, what is to change."""

        def sheet(dossier: Dossier, roll: Roll, asked: _Asked) -> Sheet:
            settled = settled_since(dossier, load_cycle(asked.session, asked.cycle.id).milestones)
            return minutes_sheet(dossier, gathering(roll, asked.language), settled, asked.language)

        return self._of_meeting(request, cycle, slug, sheet)

    def _of_meeting(
        self, request: Request, cycle: str, slug: str, sheet: Callable[[Dossier, Roll, _Asked], Sheet]
    ) -> Response:
        def made(asked: _Asked) -> Response:
            moment = asked.cycle.played_until or self.now()
            roll = load_roll(asked.session, cycle, slug, moment)
            if roll is None or not meets(asked.session, cycle, slug):
                return not_here()
            if roll.state == "cancelled":
                return asked.nothing("cancelled_has_none")
            paper = as_html(sheet(_dossier(asked, slug, moment), roll, asked))
            meeting = (asked.place.to("cycles", cycle, "milestones", slug), roll.title)
            return on_paper(paper, asked.place, back=(*asked.back, meeting))

        return self._answer(request, cycle, made)

    def _answer(self, request: Request, cycle: str, made: Callable[[_Asked], Response]) -> Response:
        viewer = self.sessions.viewer(request)
        if (refusal := refused(request, viewer, cycle)) is not None or viewer is None:
            return refusal or not_here()
        place = place_of(request, viewer.language, keeps=_ASKED)
        query = {name: request.query_params[name] for name in _ASKED if name in request.query_params}
        with reading(self.engine) as session:
            row = session.get_one(Cycle, cycle)
            return made(_Asked(session=session, cycle=row, place=place, viewer=viewer, query=query))


def papers(pages: Papers) -> APIRouter:
    """The routes of `/cycles/CYCLE/draft`, `.../results` and `.../milestones/MILESTONE/agenda` and `.../minutes`."""
    router = APIRouter()
    looks = ["GET", "HEAD"]

    @router.api_route("/cycles/{cycle}/draft", methods=looks)
    def look_at_draft(cycle: str, request: Request) -> Response:
        return pages.draft(request, cycle)

    @router.api_route("/cycles/{cycle}/results", methods=looks)
    def look_at_results(cycle: str, request: Request) -> Response:
        return pages.results(request, cycle)

    @router.api_route("/cycles/{cycle}/milestones/{slug}/agenda", methods=looks)
    def look_at_agenda(cycle: str, slug: str, request: Request) -> Response:
        return pages.agenda(request, cycle, slug)

    @router.api_route("/cycles/{cycle}/milestones/{slug}/minutes", methods=looks)
    def look_at_minutes(cycle: str, slug: str, request: Request) -> Response:
        return pages.minutes(request, cycle, slug)

    return router


def _draft(asked: _Asked) -> Response:
    lines = versions_of(asked.session, asked.cycle.id)
    if not lines:
        return asked.nothing("no_draft_yet")
    paper = _difference(asked, lines) if "from" in asked.query or "to" in asked.query else _text(asked, lines)
    if paper is None:
        return asked.nothing("no_version", status=404)
    return on_paper(
        paper,
        asked.place,
        back=asked.back,
        words=WORDS[asked.place.language],
        compared=_compared(asked, lines),
        versions=version_views(lines, asked.cycle, asked.place, asked.query.get("version")),
    )


def _text(asked: _Asked, lines: list[VersionLine]) -> str | None:
    """A version as a paper, in the reader's language; None where there is none of that number."""
    wanted = _number(asked.query["version"]) if "version" in asked.query else lines[-1].draft.version
    draft = next((line.draft for line in lines if line.draft.version == wanted), None)
    if draft is None:
        return None
    # The paper speaks the cycle's language: it is given one that speaks the reader's, which is never stored.
    spoken = Cycle(**{**asked.cycle.model_dump(), "language": asked.language})
    names, _ = people_of(asked.session, asked.cycle.id)
    return draft_page(spoken, draft, contract_in_draft(draft), names)


def _difference(asked: _Asked, lines: list[VersionLine]) -> str | None:
    """What changed between two versions, by default up to the present one; None where there are no such."""
    drafts = {line.draft.version: line.draft for line in lines}
    after = drafts.get(_number(asked.query["to"]) if asked.query.get("to") else max(drafts))
    before = drafts.get(
        _number(asked.query["from"]) if asked.query.get("from") else (after.version - 1 if after else 0)
    )
    if before is None or after is None:
        return None
    report = differences(before, after, asked.language)
    zone = ZoneInfo(asked.cycle.timezone)
    return differences_page(asked.cycle.title, before, after, report, asked.language, zone)


def _compared(asked: _Asked, lines: list[VersionLine]) -> dict[str, int]:
    """Which two versions the form below names: those that are shown, else the last two."""
    newest = lines[-1].draft.version
    after = _number(asked.query.get("to", "")) or newest
    return {"from": _number(asked.query.get("from", "")) or max(after - 1, 1), "to": after}


def _number(text: str) -> int:
    """A version's number; 0, which none has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def meets(session: Session, cycle: str, slug: str) -> bool:
    """Whether people meet at a milestone."""
    found = next((each for each in load_cycle(session, cycle).milestones if each.id == slug), None)
    return found is not None and (found.kind is not Kind.DEADLINE or bool(found.invitees))


def _dossier(asked: _Asked, slug: str, now: datetime) -> Dossier:
    row = milestone_of(asked.session, asked.cycle.id, slug)
    draft = present_draft(asked.session, asked.cycle)
    contract = contract_in_draft(draft) if draft is not None else None
    findings = check(asked.session, asked.cycle, contract, asked.language) if contract is not None else ()
    assert row is not None  # noqa: S101 -- the roll is its
    return load_dossier(asked.session, asked.cycle, row, now, findings)
