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
from aarshjul.papers.frame import Paper
from aarshjul.papers.results_loading import results_of
from aarshjul.papers.results_page import results_page
from aarshjul.papers.sheet import Sheet
from aarshjul.papers.sheet_html import as_paper
from aarshjul.papers.versions import VersionLine, differences, versions_of
from aarshjul.web.board_words import WORDS
from aarshjul.web.desk import Desk
from aarshjul.web.doing.seat import Seat
from aarshjul.web.drafting.gate import refusal, writes
from aarshjul.web.drafting.words import WORDS as DRAFTING
from aarshjul.web.frame import seated
from aarshjul.web.gate import not_here
from aarshjul.web.papers.frame import as_file, on_paper
from aarshjul.web.papers.versions import version_views
from aarshjul.web.place import Place
from models.consulting import people_of
from models.cycle import Cycle
from models.draft import Draft
from models.draft_text import contract_in_draft
from models.engine import reading

_KEPT = ("version", "from", "to")
_PDF = "pdf"


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

    def on_paper(self, paper: Paper, name: str, **values: object) -> Response:
        """The paper on its page, or as a file of that name where that is what was asked for."""
        file = f"{self.cycle.id}-{name}"
        if self.query.get("format") == _PDF:
            return as_file(paper, self.seat, file)
        kept = {key: value for key, value in self.query.items() if key in _KEPT}
        return on_paper(paper, self.seat, file=self.place.here(**kept, format=_PDF), **values)

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
            return asked.on_paper(results_page(found), "results")

        return self._answer(request, seat, made) if seat.sees_drafts else refusal(seat)

    def agenda(self, request: Request, seat: Seat) -> Response:
        """By focus area what is open in the draft, or the text to be decided on."""
        return self._of_meeting(request, seat, "agenda", Meeting.agenda)

    def minutes(self, request: Request, seat: Seat) -> Response:
        """Who was there, what was said of each focus area, what is to change."""
        return self._of_meeting(request, seat, "minutes", Meeting.minutes)

    def _of_meeting(
        self, request: Request, seat: Seat, name: str, sheet: Callable[[Meeting], Sheet]
    ) -> Response:
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
            beyond = ((seat.to("milestones", slug), meeting.title),)
            return asked.on_paper(as_paper(sheet(meeting)), f"{slug}-{name}", beyond=beyond)

        return self._answer(request, seat, made) if seat.sees_drafts else refusal(seat)

    def _answer(self, request: Request, seat: Seat, made: Making) -> Response:
        query = {
            name: request.query_params[name] for name in (*_KEPT, "format") if name in request.query_params
        }
        with reading(self.desk.engine) as session:
            row = session.get_one(Cycle, seat.cycle)
            return made(_Asked(session=session, cycle=row, seat=seat, query=query))


def papers(desk: Desk) -> APIRouter:
    """The routes of `/draft`, `/results` and `/milestones/MILESTONE/agenda` and `.../minutes` below a cycle's pages."""
    router, pages = APIRouter(), Papers(desk)
    desk.doors.look(router, "/draft", pages.draft, keeps=_KEPT)
    desk.doors.look(router, "/results", pages.results)
    desk.doors.look(router, "/milestones/{slug}/agenda", pages.agenda)
    desk.doors.look(router, "/milestones/{slug}/minutes", pages.minutes)
    return router


def _published(asked: _Asked) -> Response:
    """The text that the public has."""
    number = asked.cycle.published_draft
    draft = asked.session.get(Draft, (asked.cycle.id, number)) if number is not None else None
    return (
        asked.nothing("not_published")
        if draft is None
        else asked.on_paper(_page(asked, draft), f"v{draft.version}")
    )


def _draft(asked: _Asked) -> Response:
    lines = versions_of(asked.session, asked.cycle.id)
    if not lines:
        return asked.nothing("no_draft_yet")
    is_difference, compared = "from" in asked.query or "to" in asked.query, _compared(asked, lines)
    paper = _difference(asked, lines) if is_difference else _text(asked, lines)
    if paper is None:
        return asked.nothing("no_version", status=404)
    return asked.on_paper(
        paper,
        f"v{compared['from']}-v{compared['to']}" if is_difference else f"v{_wanted(asked, lines)}",
        words=WORDS[asked.place.language],
        ways=_ways(asked),
        compared=compared,
        versions=version_views(lines, asked.cycle, asked.place, asked.query.get("version")),
    )


def _text(asked: _Asked, lines: list[VersionLine]) -> Paper | None:
    """A version as a paper, in the reader's language; None where there is none of that number."""
    wanted = _wanted(asked, lines)
    draft = next((line.draft for line in lines if line.draft.version == wanted), None)
    return None if draft is None else _page(asked, draft)


def _wanted(asked: _Asked, lines: list[VersionLine]) -> int:
    """The version that is asked for: the present one where none is named."""
    return _number(asked.query["version"]) if "version" in asked.query else lines[-1].draft.version


def _ways(asked: _Asked) -> tuple[tuple[str, str], ...]:
    """What can be done with the draft from here."""
    words, seat = DRAFTING[asked.place.language], asked.seat
    writing = ((seat.to("draft", "edit"), words["edit"]),) if writes(seat) else ()
    return (*writing, (seat.to("draft", "versions"), words["versions_title"]))


def _page(asked: _Asked, draft: Draft) -> Paper:
    """A version as a paper."""
    # The paper speaks the cycle's language: it is given one that speaks the reader's, which is never stored.
    spoken = Cycle(**{**asked.cycle.model_dump(), "language": asked.language})
    names, _ = people_of(asked.session, asked.cycle.id)
    return draft_page(spoken, draft, contract_in_draft(draft), names)


def _difference(asked: _Asked, lines: list[VersionLine]) -> Paper | None:
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
