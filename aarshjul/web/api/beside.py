"""What stands beside a cycle, by the API: contracts of other years and regions, real meetings, members' votes."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Response
from pydantic import Field
from sqlalchemy import select
from sqlmodel import col

from aarshjul.core.cycle import BODIES
from aarshjul.core.score_json import figures
from aarshjul.web.api.callers import Coordinator, Insider, Reader
from aarshjul.web.api.problems import Problem
from aarshjul.web.api.result_shapes import Score
from aarshjul.web.api.routing import Windowed, answer, look
from aarshjul.web.api.shapes import Listing, Value
from aarshjul.web.scores.comparing import Beside, by_region, by_year, to_be_seen
from models.contract_rows import load_contract
from models.cycle import Cycle
from models.draft_text import present_draft
from models.meeting import Meeting
from models.votes import votes_on


class BesideGoal(Score):
    """A goal of a contract that stands beside another."""

    id: str
    title: str


class BesideContract(Value):
    """A contract beside others."""

    contract: str
    title: str
    year: int
    holder: str
    council: str
    published: bool = Field(
        description="Whether it is what was published, of a cycle that is none of one's own."
    )
    total: Score
    goals: list[BesideGoal]


class Comparison(Value):
    """The contract that a cycle presents, beside those of other years and of other regions; itself among both."""

    cycle: str
    contract: str
    years: list[BesideContract] = Field(description="Of the same house, the earliest first.")
    regions: list[BesideContract] = Field(description="Of the same year, its own first.")


class RealMeeting(Value):
    """A real meeting of a body, as its calendar has it; `anchor` ties a milestone to one by its id."""

    id: str
    body: str
    title: str
    on: str
    at: str | None
    ends: str | None
    place: str | None
    status: str
    timezone: str


class Vote(Value):
    """A member's vote on the present version."""

    body: str
    person: str
    vote: str
    cast_by: str


def beside_routes() -> APIRouter:
    """The routes of `/compare`, `/meetings` and `/votes` of a cycle."""
    router = APIRouter(tags=["beside a cycle"])
    base = "/cycles/{cycle}"
    look(router, f"{base}/compare", compare, "Years and regions beside each other", Comparison)
    look(router, f"{base}/meetings", meetings, "Real meetings to come", Listing[RealMeeting])
    look(router, f"{base}/votes", votes, "Votes on the present version", list[Vote])
    return router


def compare(caller: Reader, part: Coordinator) -> Response:
    """Of one's own cycles as they stand, of all others what was published. For coordinators."""
    with part.reading() as session:
        cycle = session.get_one(Cycle, part.cycle)
        base = load_contract(session, cycle.contract_id) if cycle.contract_id is not None else None
        if base is None:
            raise Problem(404, "This cycle presents no contract.")
        own = [name for name, each in caller.parts.items() if each.coordinates]
        seen = to_be_seen(session, own)
    return answer(
        {
            "cycle": part.cycle,
            "contract": base.id,
            "years": _contracts(by_year(base, seen)),
            "regions": _contracts(by_region(base, seen)),
        }
    )


def _contracts(found: Sequence[Beside]) -> list[dict[str, Any]]:
    return [
        {
            "contract": each.contract.id,
            "title": each.contract.title,
            "year": each.contract.year,
            "holder": each.contract.holder,
            "council": each.contract.council,
            "published": each.frozen,
            "total": figures(each.scores.total),
            "goals": [
                {"id": goal.id, "title": goal.title, **figures(each.scores.goals[goal.id])}
                for goal in each.contract.goals
            ],
        }
        for each in found
    ]


def meetings(part: Coordinator, window: Windowed) -> Response:
    """Of all bodies that were imported, from yesterday on, by day: what the act `anchor` can tie a milestone to."""
    first = part.moment.date() - timedelta(days=1)
    query = select(Meeting).where(col(Meeting.status) != "cancelled", col(Meeting.on) >= first)
    with part.reading() as session:
        rows = session.scalars(query.order_by(col(Meeting.on), col(Meeting.at), col(Meeting.id))).all()
    return answer(window.of([_meeting(row) for row in rows]))


def _meeting(row: Meeting) -> dict[str, Any]:
    names = ("id", "body", "title", "at", "ends", "place", "status", "timezone")
    return {**{name: getattr(row, name) for name in names}, "on": row.on.isoformat()}


def votes(part: Insider) -> Response:
    """Of this round, by body and person; they are optional, and decide nothing."""
    with part.reading() as session:
        cycle = session.get_one(Cycle, part.cycle)
        draft = present_draft(session, cycle)
        rows = [each for body in BODIES if draft for each in votes_on(session, draft, body, cycle.round)]
    return answer(
        [
            {"body": each.body, "person": each.person_id, "vote": each.vote, "cast_by": each.cast_by}
            for each in rows
        ]
    )
