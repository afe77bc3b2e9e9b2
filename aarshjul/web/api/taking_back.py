"""Taking back by the API: an act that was sent under a key, for a day; and messages that have not gone yet."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field
from sqlalchemy import select
from sqlmodel import col

from aarshjul.wake import wake
from aarshjul.web.api.acts import BINDING, Done, named_by, seat_of, what_happened
from aarshjul.web.api.bodies import Body, read_as, takes
from aarshjul.web.api.callers import Actor, CycleId, Part
from aarshjul.web.api.problems import Problem, documented
from aarshjul.web.api.routing import answer
from aarshjul.web.api.shapes import Value
from aarshjul.web.doing.taking_back import CannotUndo, take_back
from aarshjul.web.doing.undo_words import NOTICES
from models.api_tokens import Scope
from models.cycle import Cycle
from models.engine import writing
from models.webuse import FormPress
from notifications.upkeep import withdraw_held


class Undo(Value):
    """Which act is to be taken back."""

    key: str = Field(
        description="The Idempotency-Key that the act was sent with.", min_length=1, max_length=200
    )


def taking_back_routes() -> APIRouter:
    """The routes `/undo` and `/withdraw` of a cycle."""
    router = APIRouter(tags=["acts"])
    router.add_api_route(
        "/cycles/{cycle}/undo",
        undo,
        operation_id="undo",
        methods=["POST"],
        summary="Take back an act of one's own",
        response_model=Done,
        responses=documented(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
        openapi_extra=takes(Undo),
    )
    router.add_api_route(
        "/cycles/{cycle}/withdraw",
        withdraw,
        operation_id="withdraw",
        methods=["POST"],
        summary="Take back the messages that have not gone yet",
        response_model=Done,
        responses=documented(401, 403, 404, 409, 422, 429, 503),
    )
    return router


def _acting(caller: Actor, cycle: CycleId) -> Part:
    return caller.part(cycle)


Acting = Annotated[Part, Depends(_acting)]


def undo(caller: Actor, part: Acting, body: Body, request: Request) -> Response:
    """What was sent under an `Idempotency-Key` within a day becomes what it was before, if nothing changed it since.

    Wants the scope `act`, and `decide` for an act that does. Sent again, it does nothing: `repeated` says so.
    """
    press = _press(part, read_as(body, Undo).key)
    if press.act in BINDING and Scope.DECIDE not in caller.token.scopes:
        raise Problem(403, "This token lacks the scope decide.")
    before, hold = _length(part), timedelta(minutes=part.desk.settings.withdraw_minutes)
    try:
        fresh = take_back(part.desk.engine, seat_of(caller, part, request), press.once, part.desk.now(), hold)
    except CannotUndo as no:
        raise _cannot(no.about) from None
    wake(part.desk.settings.home)
    return answer(what_happened(part, press.act, before, fresh=fresh))


def withdraw(part: Acting) -> Response:
    """All messages of the cycle that are still held: nobody gets them. For coordinators; wants the scope `act`."""
    if not part.coordinates:
        raise Problem(403, "This is for the coordinators of the cycle.")
    before = _length(part)
    with writing(part.desk.engine) as session:
        gone = withdraw_held(session, part.cycle, part.person, part.desk.now())
    if not gone:
        raise _cannot("nothing_held")
    return answer(what_happened(part, "withdraw", before, fresh=True))


def _press(part: Part, key: str) -> FormPress:
    query = select(FormPress).where(col(FormPress.once).startswith(named_by(part, key)))
    with part.reading() as session:
        found = session.scalars(query).first()
    if found is None:
        raise _cannot("undo_none")
    return found


def _length(part: Part) -> int:
    with part.reading() as session:
        return session.get_one(Cycle, part.cycle).history_length


def _cannot(about: str) -> Problem:
    words = NOTICES["en"]
    return Problem(409, f"{words[f'{about}_title']}. {words[about]}")
