"""Reading what was sent and what happened: messages with their attempts, the history, and whether it holds."""

from datetime import date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Response
from sqlalchemy import select
from sqlmodel import col

from aarshjul.core.duties import DutyKind
from aarshjul.web.api import shapes
from aarshjul.web.api.callers import Coordinator, Insider
from aarshjul.web.api.routing import Slug, Windowed, answer, look
from models.cycle import Cycle
from models.deliveries import Wanted, deliveries
from models.history import HistoryEntry
from models.history_json import checked, entry_json, is_about
from models.message import STATES

State = Annotated[str, Query(pattern=f"^({'|'.join(STATES)})$", description="How it stands.")]
Kind = Annotated[DutyKind, Query(description="What kind of message.")]
Day = Annotated[date, Query(description="A day, on the clocks of the cycle.")]


def ledger_routes() -> APIRouter:
    """The routes of messages and of the history."""
    router = APIRouter(tags=["what was sent, what happened"])
    base = "/cycles/{cycle}"
    look(router, f"{base}/messages", messages, "Messages and their fate", shapes.Listing[shapes.Message])
    look(router, f"{base}/history", history, "What happened", shapes.Listing[shapes.HistoryLine])
    look(router, f"{base}/history/verify", verify, "Whether the history holds", shapes.Verified)
    return router


def messages(
    part: Insider,
    window: Windowed,
    person: Slug | None = None,
    state: State | None = None,
    kind: Kind | None = None,
    since: Day | None = None,
) -> Response:
    """The newest first, with every attempt and the other side's own answer. Who is no coordinator sees their own."""
    wanted = Wanted(
        cycle=part.cycle,
        person=person if part.coordinates else part.person,
        state=state,
        kind=str(kind) if kind is not None else None,
        since=_begins(since, part.zone) if since is not None else None,
    )
    if not part.coordinates and person not in (None, part.person):
        return answer(window.of([]))
    with part.reading() as session:
        found = deliveries(session, wanted)
    return answer({**window.of(found), "items": [each.as_json() for each in window.of(found)["items"]]})


def _begins(day: date, zone: str) -> datetime:
    if day.year < 2:
        day = day.replace(year=2)
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))


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
