"""The papers of a cycle: the draft and its versions, agendas, minutes, results; for whom each of them is."""

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response
from sqlmodel import Session

from aarshjul.acts.meeting_papers import Meeting, load_meeting
from aarshjul.core.languages import Language
from aarshjul.papers.differences_page import differences_page
from aarshjul.papers.draft_page import draft_page
from aarshjul.papers.results_loading import results_of
from aarshjul.papers.results_page import results_page
from aarshjul.papers.sheet import Sheet
from aarshjul.papers.sheet_html import as_html
from aarshjul.papers.versions import VersionLine, differences, versions_of
from aarshjul.web.board_words import WORDS
from aarshjul.web.desk import Desk
from aarshjul.web.doing.seat import Seat
from aarshjul.web.drafting.gate import refusal, writes
from aarshjul.web.drafting.words import WORDS as DRAFTING
from aarshjul.web.frame import seated
from aarshjul.web.gate import not_here
from aarshjul.web.papers.frame import on_paper
from aarshjul.web.papers.versions import version_views
from aarshjul.web.place import Place
from models.consulting import people_of
from models.cycle import Cycle
from models.draft import Draft
from models.draft_text import contract_in_draft
from models.engine import reading

_ASKED = ("version", "from", "to")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asked:
    """A paper that somebody may see, while the record is open."""

    session: Session
    cycle: Cycle
    seat: Seat
    query: dict[str, str]

    @property
    def place(self) -> Place:
        """Where the page stands."""
        return self.seat.place

    @property
    def language(self) -> Language:
        """What the paper is written in."""
        return "en" if self.seat.language == "en" else "da"

    def on_paper(self, paper: str, *back: tuple[str, str], **values: object) -> Response:
        """The paper with the way back above it."""
        by_link = {"by_link": True} if self.seat.by_link else {}
        ways = ((self.seat.to(), self.cycle.title), *back)
        return on_paper(paper, self.place, back=ways, **by_link, **values)

    def nothing(self, word: str, *, status: int = 200) -> Response:
        """That there is no such paper (yet)."""
        words = {**DRAFTING[self.seat.language], **WORDS[self.seat.language]}
        ways = _ways(self) if word == "no_draft_yet" and writes(self.seat) else ()
        return seated(
            "papers/none.html", self.seat, words["no_paper"], status=status, sentence=words[word], ways=ways
        )


Making = Callable[[_Asked], Response]


@dataclass(frozen=True, slots=True)
class Papers:
    """What is answered, over a database."""

    desk: Desk

    def draft(self, request: Request, seat: Seat) -> Response:
        """The present version; another one, or what changed between two, where the query asks for it.

        Who sees no drafts gets the published text alone.
        """
        return self._answer(request, seat, _draft if seat.sees_drafts else _published)

    def results(self, request: Request, seat: Seat) -> Response:
        """What has come in of the contract that the cycle presents, and what is said of each goal."""

        def made(asked: _Asked) -> Response:
            if asked.cycle.contract_id is None:
                return asked.nothing("no_results")
            moment = asked.cycle.played_until or self.desk.now()
            found = results_of(asked.session, asked.cycle.id, moment, language=asked.language)
            return asked.on_paper(results_page(found))

        return self._answer(request, seat, made) if seat.sees_drafts else refusal(seat)

    def agenda(self, request: Request, seat: Seat) -> Response:
        """By focus area what is open in the draft, or the text to be decided on."""
        return self._of_meeting(request, seat, Meeting.agenda)

    def minutes(self, request: Request, seat: Seat) -> Response:
        """Who was there, what was said of each focus area, what is to change."""
        return self._of_meeting(request, seat, Meeting.minutes)

    def _of_meeting(self, request: Request, seat: Seat, sheet: Callable[[Meeting], Sheet]) -> Response:
        """A paper of a meeting, for those who are of it."""
        slug = str(request.path_params["slug"])

        def made(asked: _Asked) -> Response:
            moment = asked.cycle.played_until or self.desk.now()
            meeting = load_meeting(asked.session, asked.cycle, slug, moment, asked.language)
            if meeting is None or (asked.cycle.state == "draft" and not seat.coordinates):
                return not_here()
            if not meeting.is_of(seat.person):
                return refusal(seat)
            if meeting.is_cancelled:
                return asked.nothing("cancelled_has_none")
            return asked.on_paper(as_html(sheet(meeting)), (seat.to("milestones", slug), meeting.title))

        return self._answer(request, seat, made) if seat.sees_drafts else refusal(seat)

    def _answer(self, request: Request, seat: Seat, made: Making) -> Response:
        query = {name: request.query_params[name] for name in _ASKED if name in request.query_params}
        with reading(self.desk.engine) as session:
            row = session.get_one(Cycle, seat.cycle)
            return made(_Asked(session=session, cycle=row, seat=seat, query=query))


def papers(desk: Desk) -> APIRouter:
    """The routes of `/draft`, `/results` and `/milestones/MILESTONE/agenda` and `.../minutes` below a cycle's pages."""
    router, pages = APIRouter(), Papers(desk)
    desk.doors.look(router, "/draft", pages.draft, keeps=_ASKED)
    desk.doors.look(router, "/results", pages.results)
    desk.doors.look(router, "/milestones/{slug}/agenda", pages.agenda)
    desk.doors.look(router, "/milestones/{slug}/minutes", pages.minutes)
    return router


def _published(asked: _Asked) -> Response:
    """The text that the public has."""
    number = asked.cycle.published_draft
    draft = asked.session.get(Draft, (asked.cycle.id, number)) if number is not None else None
    return asked.nothing("not_published") if draft is None else asked.on_paper(_page(asked, draft))


def _draft(asked: _Asked) -> Response:
    lines = versions_of(asked.session, asked.cycle.id)
    if not lines:
        return asked.nothing("no_draft_yet")
    paper = _difference(asked, lines) if "from" in asked.query or "to" in asked.query else _text(asked, lines)
    if paper is None:
        return asked.nothing("no_version", status=404)
    return asked.on_paper(
        paper,
        words=WORDS[asked.place.language],
        ways=_ways(asked),
        compared=_compared(asked, lines),
        versions=version_views(lines, asked.cycle, asked.place, asked.query.get("version")),
    )


def _text(asked: _Asked, lines: list[VersionLine]) -> str | None:
    """A version as a paper, in the reader's language; None where there is none of that number."""
    wanted = _number(asked.query["version"]) if "version" in asked.query else lines[-1].draft.version
    draft = next((line.draft for line in lines if line.draft.version == wanted), None)
    return None if draft is None else _page(asked, draft)


def _ways(asked: _Asked) -> tuple[tuple[str, str], ...]:
    """What can be done with the draft from here."""
    words, seat = DRAFTING[asked.place.language], asked.seat
    writing = ((seat.to("draft", "edit"), words["edit"]),) if writes(seat) else ()
    return (*writing, (seat.to("draft", "versions"), words["versions_title"]))


def _page(asked: _Asked, draft: Draft) -> str:
    """A version as a paper."""
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
