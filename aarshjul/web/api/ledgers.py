"""Reading what happened: the history, and whether it holds."""

from datetime import date
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Response
from sqlalchemy import select
from sqlmodel import col

from aarshjul.web.api import shapes
from aarshjul.web.api.callers import Coordinator
from aarshjul.web.api.routing import Slug, Windowed, answer, look
from models.cycle import Cycle
from models.history import HistoryEntry
from models.history_json import checked, entry_json, is_about

Day = Annotated[date, Query(description="A day, on the clocks of the cycle.")]


def ledger_routes() -> APIRouter:
    """The routes of the history."""
    router = APIRouter(tags=["what was sent, what happened"])
    base = "/cycles/{cycle}"
    look(router, f"{base}/history", history, "What happened", shapes.Listing[shapes.HistoryLine])
    look(router, f"{base}/history/verify", verify, "Whether the history holds", shapes.Verified)
    return router


def history(
    part: Coordinator,
    window: Windowed,
    who: Slug | None = None,
    what: Slug | None = None,
    milestone: Slug | None = None,
    since: Day | None = None,
    until: Day | None = None,
) -> Response:
    """Who did what, when, from what to what, from the first on; as `aarshjul history show --json`."""
    zone = ZoneInfo(part.zone)
    query = select(HistoryEntry).where(col(HistoryEntry.cycle_id) == part.cycle)
    if who is not None:
        query = query.where(col(HistoryEntry.who) == who)
    if what is not None:
        query = query.where(col(HistoryEntry.what) == what)
    with part.reading() as session:
        rows = session.scalars(query.order_by(col(HistoryEntry.number))).all()
    found: list[Any] = [
        row
        for row in rows
        if (milestone is None or is_about(row, milestone))
        and (since is None or row.happened_at.astimezone(zone).date() >= since)
        and (until is None or row.happened_at.astimezone(zone).date() <= until)
    ]
    return answer({**window.of(found), "items": [entry_json(row, zone) for row in window.of(found)["items"]]})


def verify(part: Coordinator) -> Response:
    """Checks the chain, and the record against it, as `aarshjul history verify --json`; it takes a moment."""
    with part.reading() as session:
        return answer(checked(session, session.get_one(Cycle, part.cycle)))
