"""What a cycle has published, by the API: the text and the scores that everybody may see, subscribers too."""

from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Response
from pydantic import Field
from sqlmodel import Session

from aarshjul.core.score_json import figures
from aarshjul.core.scoring import score
from aarshjul.papers.draft_page import draft_page
from aarshjul.web.api.callers import Member
from aarshjul.web.api.papers import (
    Lang,
    Page,
    PageForm,
    as_paper_file,
    language_of,
    papers_described,
    spoken_by,
)
from aarshjul.web.api.problems import Problem
from aarshjul.web.api.result_shapes import Contract, Score
from aarshjul.web.api.routing import answer, look
from aarshjul.web.api.shapes import Value
from aarshjul.web.scores.loading import contract_of, published_run
from aarshjul.web.subscribers.process_view import published_draft
from models.consulting import people_of
from models.contract_rows import contract_json
from models.cycle import Cycle
from models.draft import Draft
from models.draft_text import contract_in_draft


class PublishedText(Value):
    """The text that the public has."""

    version: int
    hash: str
    structured: bool = Field(description="Whether it is goals; else it is prose.")
    contract: Contract | None = Field(description="Its goals, where it is structured.")
    text: str = Field(description="What the hash is of.")


class PublishedGoal(Score):
    """What was published of a goal."""

    id: str
    title: str


class PublishedScores(Value):
    """The attainment that the public has, as it was scored then."""

    contract: str
    title: str
    on: str
    total: Score
    goals: list[PublishedGoal]


class Published(Value):
    """What a cycle has published; null where it has not."""

    cycle: str
    draft: PublishedText | None
    scores: PublishedScores | None


def published_routes() -> APIRouter:
    """The routes of `/published`."""
    router = APIRouter(tags=["what was published"])
    base = "/cycles/{cycle}/published"
    look(router, base, published, "The published text and scores", Published)
    responses = papers_described(*PageForm)
    look(
        router,
        f"{base}/paper",
        published_paper,
        "The published text as a paper",
        None,
        responses=responses,
        response_class=Response,
    )
    return router


def published(part: Member) -> Response:
    """What the action `publish` let out, for everybody of the cycle; whatever was written or scored since is not it."""
    with part.reading() as session:
        cycle = session.get_one(Cycle, part.cycle)
        draft = published_draft(session, cycle)
        found = {
            "cycle": cycle.id,
            "draft": _text(draft) if draft is not None else None,
            "scores": _scores(session, cycle),
        }
    return answer(found)


def published_paper(part: Member, form: Page = PageForm.HTML, lang: Lang = None) -> Response:
    """With its hash, as the parties approved it."""
    with part.reading() as session:
        cycle = session.get_one(Cycle, part.cycle)
        draft = published_draft(session, cycle)
        if draft is None:
            raise Problem(404, "No text of this cycle has been published.")
        names, _ = people_of(session, part.cycle)
        made = draft_page(spoken_by(cycle, language_of(part, lang)), draft, contract_in_draft(draft), names)
    return as_paper_file(made, f"{part.cycle}-v{draft.version}", form)


def _text(draft: Draft) -> dict[str, Any]:
    contract = contract_in_draft(draft)
    return {
        "version": draft.version,
        "hash": draft.hash,
        "structured": draft.structured,
        "contract": None if contract is None else contract_json(contract),
        "text": draft.text,
    }


def _scores(session: Session, cycle: Cycle) -> dict[str, Any] | None:
    run = published_run(session, cycle)
    if run is None:
        return None
    contract = contract_of(run)
    scored = score(contract)
    return {
        "contract": contract.id,
        "title": contract.title,
        "on": run.scored_at.astimezone(ZoneInfo(cycle.timezone)).date().isoformat(),
        "total": figures(scored.total),
        "goals": [
            {"id": each.id, "title": each.title, **figures(scored.goals[each.id])} for each in contract.goals
        ],
    }
