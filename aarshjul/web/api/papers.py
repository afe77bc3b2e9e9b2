"""Papers by the API: a meeting's agenda and minutes, a version of the draft, what changed in it, the results."""

from enum import StrEnum
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Response

from aarshjul.acts.meeting_papers import load_meeting
from aarshjul.core.languages import Language
from aarshjul.papers.differences_page import differences_page
from aarshjul.papers.draft_page import draft_page
from aarshjul.papers.errors import PaperError
from aarshjul.papers.frame import Paper
from aarshjul.papers.results_loading import results_of
from aarshjul.papers.results_page import results_page
from aarshjul.papers.sheet_html import as_paper
from aarshjul.papers.sheet_text import as_markdown, as_text
from aarshjul.papers.versions import differences
from aarshjul.web.api import meeting_shapes as shapes
from aarshjul.web.api.callers import Insider, Part
from aarshjul.web.api.cycles import MilestoneId
from aarshjul.web.api.drafts import AfterVersion, BeforeVersion, Number, pair, version_of
from aarshjul.web.api.problems import Problem
from aarshjul.web.api.routing import answer, look
from aarshjul.web.papers.printing import PRINTER, PrinterBusy
from models.consulting import people_of
from models.cycle import Cycle
from models.draft_text import contract_in_draft

_MEDIA = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}


class PageForm(StrEnum):
    """What a paper of one page can be."""

    HTML = "html"
    PDF = "pdf"


class SheetForm(StrEnum):
    """What a paper of a meeting can be."""

    JSON = "json"
    HTML = "html"
    PDF = "pdf"
    MD = "md"
    TXT = "txt"


Page = Annotated[PageForm, Query(alias="format", description="What it becomes.")]
Form = Annotated[SheetForm, Query(alias="format", description="What it becomes.")]
Lang = Annotated[Language | None, Query(description="Its language; else the cycle's.")]


def paper_routes() -> APIRouter:
    """The routes of agenda and minutes of a meeting, and of the papers of the draft and of the results."""
    router = APIRouter(tags=["papers"])
    meeting, draft = "/cycles/{cycle}/milestones/{milestone}", "/cycles/{cycle}/draft"
    look(
        router,
        f"{meeting}/agenda",
        agenda,
        "The agenda",
        shapes.Agenda,
        responses=papers_described(*SheetForm),
    )
    look(
        router,
        f"{meeting}/minutes",
        minutes,
        "The minutes",
        shapes.Minutes,
        responses=papers_described(*SheetForm),
    )
    for path, made, summary in (
        (f"{draft}/versions/{{version}}/paper", version_paper, "One version as a paper"),
        (f"{draft}/differences/paper", differences_paper, "What changed between versions, as a paper"),
        ("/cycles/{cycle}/results/paper", results_paper, "What came in, as a paper"),
    ):
        look(
            router, path, made, summary, None, responses=papers_described(*PageForm), response_class=Response
        )
    return router


def papers_described(*forms: str) -> dict[int, dict[str, Any]]:
    """A paper in these forms, for the description of its route."""
    content = {}
    for form in forms:
        if form in _MEDIA:
            binary = {"format": "binary"} if form == "pdf" else {}
            content[_MEDIA[form].partition(";")[0]] = {"schema": {"type": "string", **binary}}
    return {200: {"description": "The paper.", "content": content}}


def agenda(part: Insider, milestone: MilestoneId, form: Form = SheetForm.JSON, lang: Lang = None) -> Response:
    """By focus area what is open in the draft, or the text to be decided on; for those whose meeting it is."""
    return _of_meeting(part, milestone, "agenda", form, lang)


def minutes(
    part: Insider, milestone: MilestoneId, form: Form = SheetForm.JSON, lang: Lang = None
) -> Response:
    """Who was there, what was said of each area, what is to change; for those whose meeting it is."""
    return _of_meeting(part, milestone, "minutes", form, lang)


def _of_meeting(
    part: Part, milestone: str, paper: Literal["agenda", "minutes"], form: SheetForm, lang: Language | None
) -> Response:
    with part.reading() as session:
        cycle = session.get_one(Cycle, part.cycle)
        meeting = load_meeting(session, cycle, milestone, part.moment, language_of(part, lang))
        if meeting is None or meeting.is_cancelled:
            raise Problem(404, "There is no such meeting in this cycle, or it was cancelled.")
        if not meeting.is_of(part.person):
            raise Problem(403, "The papers of this meeting are for those who are of it.")
        if form is SheetForm.JSON:
            return answer(meeting.agenda_values() if paper == "agenda" else meeting.minutes_values())
        made = meeting.agenda() if paper == "agenda" else meeting.minutes()
    name = f"{part.cycle}-{milestone}-{paper}"
    if form in (SheetForm.MD, SheetForm.TXT):
        return _sent(as_markdown(made) if form is SheetForm.MD else as_text(made), name, form)
    return as_paper_file(as_paper(made), name, PageForm(form))


def version_paper(part: Insider, version: Number, form: Page = PageForm.HTML, lang: Lang = None) -> Response:
    """The text with its hash, as the parties read it."""
    with part.reading() as session:
        draft = version_of(session, part, version)
        names, _ = people_of(session, part.cycle)
        cycle = session.get_one(Cycle, part.cycle)
        made = draft_page(spoken_by(cycle, language_of(part, lang)), draft, contract_in_draft(draft), names)
    return as_paper_file(made, f"{part.cycle}-v{version}", form)


def differences_paper(
    part: Insider,
    before: BeforeVersion = None,
    after: AfterVersion = None,
    form: Page = PageForm.HTML,
    lang: Lang = None,
) -> Response:
    """By goal, indicator and field, and word by word, with what went struck through and what came underlined."""
    old, new = pair(part, before, after)
    language = language_of(part, lang)
    report = differences(old, new, language)
    made = differences_page(part.title, old, new, report, language, ZoneInfo(part.zone))
    return as_paper_file(made, f"{part.cycle}-v{old.version}-v{new.version}", form)


def results_paper(part: Insider, form: Page = PageForm.HTML, lang: Lang = None) -> Response:
    """What has come in of the contract that the cycle presents, and what is said of each goal."""
    with part.reading() as session:
        if session.get_one(Cycle, part.cycle).contract_id is None:
            raise Problem(404, "This cycle presents no contract.")
        found = results_of(session, part.cycle, part.moment, language=language_of(part, lang))
    return as_paper_file(results_page(found), f"{part.cycle}-results", form)


def spoken_by(cycle: Cycle, language: Language) -> Cycle:
    """The cycle as one that speaks the asker's language, as its papers speak the cycle's; it is never stored."""
    return Cycle(**{**cycle.model_dump(), "language": language})


def language_of(part: Part, asked: Language | None) -> Language:
    """What is asked for, else the cycle's."""
    return asked or ("en" if part.language == "en" else "da")


def as_paper_file(page: Paper, name: str, form: PageForm) -> Response:
    """A paper of one page, to keep; named without its ending."""
    return _sent(_printed(page) if form is PageForm.PDF else page.html, name, form)


def _printed(page: Paper) -> bytes:
    try:
        return PRINTER.pdf(page)
    except PrinterBusy:
        headers = {"Retry-After": "10"}
        raise Problem(503, "Many want a PDF just now: try again in a moment.", headers=headers) from None
    except PaperError:  # the operator is told of what is missing where a command makes one
        raise Problem(
            503, "This server cannot make a PDF, or none of something this long; ask for another form."
        ) from None


def _sent(content: str | bytes, name: str, form: str) -> Response:
    """As a file to keep: what people wrote is never shown within this site's own origin."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{form}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(content, media_type=_MEDIA[form], headers=headers)
