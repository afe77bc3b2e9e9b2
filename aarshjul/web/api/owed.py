"""What the token's person owes, by the API: each thing with its day, and the act that answers it."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Response
from pydantic import Field

from aarshjul.acts.offering import Offer, looking, offered
from aarshjul.files.act_forms import ACT_FORMS
from aarshjul.web.api.callers import Part, Reader
from aarshjul.web.api.routing import answer, look
from aarshjul.web.api.shapes import Value
from aarshjul.web.personal.owed import Ask, Wanted, mine
from models.loading import load_cycle
from notifications.facts import Owed

ANSWERED_BY: Mapping[str, tuple[str, ...]] = {
    Owed.ANSWER: ("answer",),
    Owed.DONE: ("done",),
    Owed.RESULTS: ("record-result",),
    Owed.DRAFT: ("submit-draft",),
    Owed.COMMENT: ("respond", "comment"),
    Owed.DECISION: ("decide", "vote"),
    Wanted.VOTE: ("vote",),
    Wanted.SIGNATURE: ("sign",),
    Wanted.ATTAINMENT: ("decide-attainment",),
    Wanted.CONDITION: ("settle-condition",),
}
"""The acts that do each thing; of a decision those that are open to whose it is."""


class Debt(Value):
    """One thing that is owed, or waits for its person, and what answers it."""

    cycle: str
    what: str = Field(description="What is owed, such as `answer`, `results`, `draft`, `comment`, `vote`.")
    person: str = Field(description="Whose it is: one's own, or that of somebody whom one stands in for.")
    milestone: str | None = Field(description="At which milestone; null for what has none.")
    title: str | None = Field(description="The milestone's.")
    due: str | None = Field(description="Its day; null where it has none, or waits for one.")
    at: str | None
    ends: str | None
    place: str | None
    late: bool = Field(description="Whether its day has passed.")
    waits: bool = Field(description="Whether it cannot be done yet, as the text has not come so far.")
    text: str | None = Field(description="A condition's words.")
    acts: list[str] = Field(description="The acts that answer it; none while it waits.")
    fields: dict[str, str] = Field(description="What is known already of the first one's fields.")


def owed_routes() -> APIRouter:
    """The route of `/me/owed`."""
    router = APIRouter(tags=["cycles"])
    look(router, "/me/owed", owed, "What I owe", list[Debt])
    return router


def owed(caller: Reader) -> Response:
    """In all cycles that the token reaches, what is late first; what one may do without owing it is not among it.

    Each names the acts that answer it, and what is known of the first one's fields: `GET /acts/ACT` has all.
    """
    found = [each for part in caller.parts.values() for each in _of(part)]
    return answer(sorted(found, key=lambda each: (not each["late"], each["due"] is None, each["due"] or "")))


def _of(part: Part) -> list[dict[str, Any]]:
    with part.reading() as session:
        view = load_cycle(session, part.cycle)
        found = mine(session, view, part.person, part.moment).asks
        acting = looking(session, part.cycle, part.person, part.moment, view) if found else None
        offer = offered(acting) if acting is not None else Offer()
    return [_debt(part, each, offer) for each in found]


def _debt(part: Part, ask: Ask, offer: Offer) -> dict[str, Any]:
    milestone, row, acts = ask.milestone, ask.row, _acts(ask, offer)
    return {
        "cycle": part.cycle,
        "what": str(ask.what),
        "person": ask.person,
        "milestone": row.slug if row else None,
        "title": row.title if row else None,
        "due": milestone.on.isoformat() if milestone and milestone.on else None,
        "at": milestone.at if milestone else None,
        "ends": milestone.ends if milestone else None,
        "place": milestone.place if milestone else None,
        "late": ask.late,
        "waits": ask.waits,
        "text": ask.text or None,
        "acts": acts,
        "fields": _taken_by(acts[0], _known(part, ask, offer)) if acts else {},
    }


def _acts(ask: Ask, offer: Offer) -> list[str]:
    """Those that would be done now."""
    if ask.waits:
        return []
    if ask.what is Owed.DECISION:
        votes = any(ask.person in those for those in offer.votes.values())
        return [*(["decide"] if offer.outcomes else []), *(["vote"] if votes else [])]
    return list(ANSWERED_BY[ask.what])


def _known(part: Part, ask: Ask, offer: Offer) -> dict[str, str]:
    found: dict[str, str] = {}
    if ask.what in (Owed.ANSWER, Owed.DONE) and ask.row:
        found["milestone"] = ask.row.slug
    if ask.what is Owed.DONE or ask.person != part.person:
        found["person"] = ask.person  # one's own part, never everybody's
    if ask.number:
        found["condition" if ask.what is Wanted.CONDITION else "indicator"] = ask.number
    bodies = _bodies(ask, offer)
    if len(bodies) == 1:
        found["body"] = bodies[0]
    return found


def _taken_by(act: str, known: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in known.items() if name in ACT_FORMS[act].model_fields}


def _bodies(ask: Ask, offer: Offer) -> list[str]:
    """Of which bodies it could be decided or signed."""
    if ask.what is Wanted.SIGNATURE:
        return list(offer.signs)
    if ask.what not in (Owed.DECISION, Wanted.VOTE):
        return []
    return [body for body, those in offer.votes.items() if ask.person in those] or list(offer.outcomes)
