"""The web application of an installation."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col
from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aarshjul import clock
from aarshjul.settings import Settings
from aarshjul.web.account.area import account
from aarshjul.web.api.app import PATH, LateApi
from aarshjul.web.api.problems import NOWHERE
from aarshjul.web.board.area import board
from aarshjul.web.board.cycles import Cycles, cycles
from aarshjul.web.board.keeping import Kept
from aarshjul.web.board.present import Present
from aarshjul.web.conditional import http_date
from aarshjul.web.desk import Desk, desk_over
from aarshjul.web.discussing.area import discussing
from aarshjul.web.doing.undo_pages import taking_back
from aarshjul.web.drafting.area import drafting
from aarshjul.web.duties.area import duties
from aarshjul.web.gate import not_here
from aarshjul.web.identity.oidc import oidc_pages
from aarshjul.web.identity.provider import name_of
from aarshjul.web.login.mail import Postman
from aarshjul.web.login.pages import LoggingIn, logging_in
from aarshjul.web.milestones.acting import milestone_acts
from aarshjul.web.page import Page, page
from aarshjul.web.papers.area import papers
from aarshjul.web.personal.area import personal
from aarshjul.web.personal_data.area import personal_data
from aarshjul.web.scores.area import scores
from aarshjul.web.static_files import static_files
from aarshjul.web.subscribers.area import subscribing
from aarshjul.web.subscribers.feeds import Feeds
from aarshjul.web.unsubscribing import unsubscribing
from aarshjul.web.words import DANISH
from models.cycle import Cycle
from models.engine import reading
from models.version import Version, version_of
from notifications.unsubscribing import signing_key

ALWAYS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
"""Headers of every answer: an address here may itself be a secret, and is nobody else's to keep."""
AREAS: tuple[Callable[[Desk], APIRouter], ...] = (
    board,
    milestone_acts,
    taking_back,
    duties,
    personal,
    personal_data,
    discussing,
    drafting,
    scores,
    oidc_pages,
    account,
)
"""The areas of the pages, each with its routes."""
_TRY_LATER = Page(status=503, words=DANISH, heading=DANISH.later_title, sentences=(DANISH.later,))


def create_app(
    settings: Settings,
    engine: Engine,
    now: Callable[[], datetime] = clock.now,
    postman: Postman | None = None,
) -> ASGIApp:
    """The application over an open database; `now` is asked for the moment of each request that changes something.

    `postman` sends the links that log in; one of its own where none is given.

    Raises:
        Refused: where the key that links are signed with cannot be read or made.
    """
    return Feeds(guarded(pages(settings, engine, now, postman)), engine, settings.web_url, now)


def pages(
    settings: Settings, engine: Engine, now: Callable[[], datetime], postman: Postman | None
) -> FastAPI:
    """All that stands behind the feeds, with its routes.

    Raises:
        Refused: where the key that links are signed with cannot be read or made.
    """
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.include_router(watching(engine))  # first: whoever watches asks every few seconds
    app.include_router(unsubscribing(engine, signing_key(settings), now))
    app.include_router(subscribing(engine, settings, now))
    desk = desk_over(settings, engine, now, postman)
    app.include_router(logging_in(LoggingIn(desk.sessions, desk.postman, name_of(settings))))
    app.include_router(cycles(Cycles(engine, desk.sessions, now, Kept(Present(engine)))))
    app.include_router(papers(desk))
    for area in AREAS:
        app.include_router(area(desk))
    app.mount(PATH, LateApi(desk))
    app.include_router(static_files())

    # Pages may be compressed: a browser that another site drives sends no cookie of ours but with a visible visit, whoever
    # can ask for a personal page knows its link, and a form's token is nothing without Sec-Fetch-Site.
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)

    @app.exception_handler(404)
    def nowhere(request: Request, _error: Exception) -> Response:
        # A path with a line's end in it is not taken for the API's by what mounts it.
        return NOWHERE.response if request.url.path.startswith(f"{PATH}/") else not_here()

    @app.exception_handler(SQLAlchemyError)
    def unreachable(_request: Request, _error: Exception) -> Response:
        response = page(_TRY_LATER)
        response.headers["Retry-After"] = "60"  # a mailbox that asked for its reader asks again
        return response

    return app


def guarded(app: ASGIApp) -> ASGIApp:
    """The application with those headers on every answer that does not say otherwise of itself, as files may be kept."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def out(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in ALWAYS.items():
                    headers.setdefault(name, value)
            await send(message)

        await app(scope, receive, out)

    return answer


def watching(engine: Engine) -> APIRouter:
    """The routes by which an operator's machines see whether this lives and can work."""
    router = APIRouter()

    @router.api_route("/healthz", methods=["GET", "HEAD"])
    async def health() -> Response:  # needs no thread, as all may wait for a database
        return JSONResponse({"status": "ok"})

    @router.api_route("/readyz", methods=["GET", "HEAD"])
    def ready() -> Response:
        found = readiness(engine)
        return JSONResponse(found, status_code=200 if found["ready"] else 503)

    return router


def dated(app: ASGIApp, now: Callable[[], datetime]) -> ASGIApp:
    """The application with a Date on every answer, which is the moment at which it goes out."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def out(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [(b"date", http_date(now())), *message["headers"]]
            await send(message)

        await app(scope, receive, out)

    return answer


def readiness(engine: Engine) -> dict[str, Any]:
    """Whether the database answers and is at this program's version, and when a cycle last had a round."""
    try:
        version = version_of(engine)
        if version is not Version.PRESENT:
            return {"ready": False, "database": str(version), "last_round": None}
        with reading(engine) as session:
            last = session.scalar(select(func.max(col(Cycle.last_round_at))))
    except SQLAlchemyError:
        return {"ready": False, "database": "unreachable", "last_round": None}
    return {"ready": True, "database": "present", "last_round": last.isoformat() if last else None}
