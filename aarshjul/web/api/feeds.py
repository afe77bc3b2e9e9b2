"""A person's own calendar feeds by the API: listed, made, given another address, stopped."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import Field, field_validator
from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.web.addresses import Addresses, base_of
from aarshjul.web.api import shapes
from aarshjul.web.api.bodies import Body, read_as, takes
from aarshjul.web.api.callers import Actor, Caller, Reader, callers_of
from aarshjul.web.api.problems import Problem, documented
from aarshjul.web.api.routing import answer, look
from aarshjul.web.desk import Desk
from calendars.choice import NAMES, Choice
from calendars.errors import CalendarError
from models.engine import reading, writing
from models.subscription import Subscription
from models.subscriptions import make_own_calendar, own_calendar, renew, revoke

Number = Annotated[int, Path(description="The feed's number.", ge=1, le=999_999_999)]


class NewFeed(shapes.Value):
    """What a feed is to hold."""

    show: list[Literal[NAMES]] = Field(  # type: ignore[valid-type]
        default=Choice().text.split(","),
        description="What it holds; not `alarms` alone.",
        max_length=len(NAMES),
    )

    @field_validator("show")
    @classmethod
    def _something(cls, show: list[str]) -> list[str]:
        try:
            Choice.parse(",".join(show))
        except CalendarError as error:
            raise ValueError(str(error)) from None
        return show


class MadeFeed(shapes.Feed):
    """A feed with its addresses, which are told this once: whoever has one may read the feed."""

    address: str = Field(description="What a calendar program is given.")
    page: str = Field(description="What a person opens, with the steps for each program.")
    webcal: str = Field(description="Opens the calendar program of most computers.")


def feed_routes() -> APIRouter:
    """The routes of `/me/feeds`."""
    router = APIRouter(tags=["calendar feeds"])
    look(router, "/me/feeds", feeds, "My calendar feeds", list[shapes.Feed])
    statuses = (400, 401, 403, 404, 409, 413, 415, 422, 429, 503)
    router.add_api_route(
        "/me/feeds",
        make_feed,
        operation_id="make_feed",
        methods=["POST"],
        status_code=201,
        summary="Make a calendar feed",
        response_model=MadeFeed,
        responses=documented(*statuses),
        openapi_extra=takes(NewFeed),
    )
    router.add_api_route(
        "/me/feeds/{number}/renew",
        renew_feed,
        operation_id="renew_feed",
        methods=["POST"],
        summary="Give a feed another address",
        response_model=MadeFeed,
        responses=documented(401, 403, 404, 422, 429, 503),
    )
    router.add_api_route(
        "/me/feeds/{number}",
        stop_feed,
        operation_id="stop_feed",
        methods=["DELETE"],
        status_code=204,
        summary="Stop a feed",
        responses=documented(401, 403, 404, 422, 429, 503),
    )
    return router


def _unbound(caller: Actor) -> Caller:
    if caller.token.cycle_id is not None:
        raise Problem(403, "A feed shows all cycles of a person, and this token is bound to one.")
    return caller


Owner = Annotated[Caller, Depends(_unbound)]


def feeds(caller: Reader, request: Request) -> Response:
    """The calendar feeds that were made for the person; their addresses are known to nobody but who has them."""
    if caller.token.cycle_id is not None:
        return answer([])
    query = select(Subscription).where(col(Subscription.person_id) == caller.person.id)
    with reading(_desk(request).engine) as session:
        rows = session.scalars(query.order_by(col(Subscription.id))).all()
    return answer([_feed(row) for row in rows])


def make_feed(caller: Owner, body: Body, request: Request) -> Response:
    """A feed of all that concerns the person, in all cycles; its address is told in this answer alone.

    Wants the scope `act`. Sent twice it makes two: stop the one that is too many. A person has at most 20 that work.
    """
    shows = Choice.parse(",".join(read_as(body, NewFeed).show)).text
    desk = _desk(request)
    with writing(desk.engine) as session:
        row, secret = make_own_calendar(session, caller.person.id, shows, desk.now())
        return answer(_made(desk, request, row, secret), 201)


def renew_feed(caller: Owner, number: Number, request: Request) -> Response:
    """The address that it had is unknown from now on; the new one is told in this answer alone. Wants `act`."""
    desk = _desk(request)
    with writing(desk.engine) as session:
        row = _own(session, caller, number)
        secret = renew(session, row, desk.now())
        return answer(_made(desk, request, row, secret))


def stop_feed(caller: Owner, number: Number, request: Request) -> Response:
    """Calendar programs get nothing from it any more, for good. Wants the scope `act`."""
    desk = _desk(request)
    with writing(desk.engine) as session:
        revoke(session, _own(session, caller, number), desk.now())
    return Response(status_code=204)


def _own(session: Session, caller: Caller, number: int) -> Subscription:
    found = own_calendar(session, caller.person.id, number)
    if found is None:
        raise Problem(404, "You have no feed of that number that works.")
    return found


def _desk(request: Request) -> Desk:
    return callers_of(request).desk


def _made(desk: Desk, request: Request, row: Subscription, secret: str) -> dict[str, Any]:
    named = Addresses(base=base_of(desk.settings.web_url, request), secret=secret)
    return {**_feed(row), "address": named.feed, "page": named.page, "webcal": named.webcal}


def _feed(row: Subscription) -> dict[str, Any]:
    moments = {"made": row.made_at, "renewed": row.renewed_at, "revoked": row.revoked_at}
    return {
        "id": row.id,
        "scope": row.scope,
        "show": row.shows.split(","),
        "language": row.language,
        **{name: moment.isoformat() if moment else None for name, moment in moments.items()},
    }
