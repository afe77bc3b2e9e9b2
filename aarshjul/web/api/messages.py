"""Messages by the API: the ledger, one of them as its reader got it, and what a coordinator does about one."""

from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import Field
from sqlmodel import Session

from aarshjul.core.duties import DutyKind
from aarshjul.core.errors import Refused
from aarshjul.wake import wake
from aarshjul.web.api import shapes
from aarshjul.web.api.bodies import Body, read_as, takes
from aarshjul.web.api.callers import Actor, Coordinator, CycleId, Insider, Part
from aarshjul.web.api.problems import Problem, documented
from aarshjul.web.api.routing import Slug, Windowed, answer, look
from aarshjul.web.board.message_text import message_text
from models.deliveries import OneMessage, Wanted, deliveries
from models.engine import writing
from models.message import STATES, Message
from notifications.upkeep import resend, withdraw

State = Annotated[str, Query(pattern=f"^({'|'.join(STATES)})$", description="How it stands.")]
Kind = Annotated[DutyKind, Query(description="What kind of message.")]
Day = Annotated[date, Query(description="A day, on the clocks of the cycle.")]
Number = Annotated[int, Path(description="The message's number.", ge=1, le=2**31 - 1)]


class Resend(shapes.Value):
    """How a message is to be sent again."""

    again: bool = Field(False, description="Also where it was sent: it then arrives a second time.")


class MessageText(shapes.Message):
    """A message with what it says."""

    text: str | None = Field(
        description="Subject and text, without the links that are the reader's alone; null where it cannot be written."
    )


def message_routes() -> APIRouter:
    """The routes of messages."""
    router = APIRouter(tags=["what was sent, what happened"])
    base = "/cycles/{cycle}/messages"
    one = f"{base}/{{number}}"
    look(router, base, messages, "Messages and their fate", shapes.Listing[shapes.Message])
    look(router, one, one_message, "One message with its text", MessageText)
    router.add_api_route(
        f"{one}/resend",
        resend_message,
        operation_id="resend_message",
        methods=["POST"],
        summary="Send a message again",
        response_model=shapes.Message,
        responses=documented(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
        openapi_extra=takes(Resend),
    )
    router.add_api_route(
        f"{one}/withdraw",
        withdraw_message,
        operation_id="withdraw_message",
        methods=["POST"],
        summary="Take back a message that has not gone yet",
        response_model=shapes.Message,
        responses=documented(401, 403, 404, 409, 422, 429, 503),
    )
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


def one_message(part: Coordinator, number: Number) -> Response:
    """As it was sent, else as it would be now."""
    with part.reading() as session:
        found = _one(session, part, number)
        text = message_text(session, part.desk.settings, session.get_one(Message, number), part.moment)
    return answer({**found, "text": text})


def _acting(caller: Actor, cycle: CycleId) -> Part:
    part = caller.part(cycle)
    if not part.coordinates:
        raise Problem(403, "This is for the coordinators of the cycle.")
    return part


Acting = Annotated[Part, Depends(_acting)]


def resend_message(part: Acting, number: Number, body: Body) -> Response:
    """It goes with the next delivery, to the address that its reader has now. Wants the scope `act`."""
    again = read_as(body, Resend).again
    with writing(part.desk.engine) as session:
        _one(session, part, number)
        try:
            resend(session, [number], part.person, part.desk.now(), again=again)
        except Refused as no:  # it speaks of the command's option
            raise Problem(409, str(no).replace("`--again`", "`again: true`")) from None
        session.flush()
        found = _one(session, part, number)
    wake(part.desk.settings.home)
    return answer(found)


def withdraw_message(part: Acting, number: Number) -> Response:
    """It is not sent; what it would have told stands. Wants the scope `act`."""
    with writing(part.desk.engine) as session:
        _one(session, part, number)
        withdraw(session, [number], part.person, part.desk.now())
        session.flush()
        return answer(_one(session, part, number))


def _one(session: Session, part: Part, number: int) -> dict[str, object]:
    for each in deliveries(session, OneMessage(cycle=part.cycle, number=number)):
        return each.as_json()
    raise Problem(404, "This cycle has no message of that number.")
