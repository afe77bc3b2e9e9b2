"""A subscriber's page and what can be done there: looking changes nothing, the two buttons do.

The secret in the address is the authority, as in a mail's link for unsubscribing: no cookie, no sign-in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, quote

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import Engine

from aarshjul.papers.draft_page import draft_page
from aarshjul.settings import Settings
from aarshjul.web.addresses import Addresses, base_of
from aarshjul.web.papers.frame import paper_for_anybody
from aarshjul.web.place import Place
from aarshjul.web.request_body import small_body
from aarshjul.web.subscribers.page import calendar_page, foreign_page, no_such_page, stopped_page
from aarshjul.web.subscribers.process_view import published_text
from aarshjul.web.subscribers.process_words import WORDS
from aarshjul.web.subscribers.wanted import Wanted, read_query
from aarshjul.web.subscribers.words import BY_CODE
from calendars.address import Address
from calendars.choice import Choice
from calendars.content import content_for, language_for
from calendars.publication import publication
from models.cycle import Cycle
from models.draft_text import contract_in_draft
from models.engine import reading, writing
from models.subscriptions import find, renew, revoke

MOST_BYTES = 1024  # of a form that is some twenty


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asked:
    """A request for a page, as far as its answer depends on it."""

    secret: str
    wanted: Wanted
    base: str
    renewed: bool = False

    @property
    def addresses(self) -> Addresses:
        return Addresses(base=self.base, secret=self.secret, query=self.wanted.query)


def subscribing(engine: Engine, settings: Settings, now: Callable[[], datetime]) -> APIRouter:
    """`/calendars/SECRET` and what stands below it; every other path under `/calendars` opens nothing."""
    router = APIRouter()
    pages = _Pages(engine, settings, now)
    asked = _asking(settings.web_url)
    looks = ["GET", "HEAD"]

    @router.api_route("/calendars/{secret}", methods=looks)
    def look(secret: str, request: Request) -> Response:
        return pages.look(asked(secret, request))

    @router.api_route("/calendars/{secret}/{uid}.ics", methods=looks)
    def one_date(secret: str, uid: str, request: Request) -> Response:
        return pages.one_date(asked(secret, request), uid)

    @router.api_route("/calendars/{secret}/text/{cycle}", methods=looks)
    def text(secret: str, cycle: str, request: Request) -> Response:
        return pages.text(asked(secret, request), cycle)

    @router.post("/calendars/{secret}/{deed}")
    async def press(secret: str, deed: str, request: Request) -> Response:
        foreign = not _is_ours(request, base_of(settings.web_url, request))
        confirmed = await _is_confirmed(request)
        return await run_in_threadpool(
            pages.press, asked(secret, request), deed, foreign=foreign, confirmed=confirmed
        )

    @router.api_route("/calendars", methods=looks)
    @router.api_route("/calendars/{rest:path}", methods=looks)
    def nothing(rest: str = "") -> Response:  # noqa: ARG001 -- whatever it is
        return no_such_page()

    return router


def _asking(web_url: str | None) -> Callable[[str, Request], _Asked]:
    def asked(secret: str, request: Request) -> _Asked:
        return _Asked(
            secret=secret,
            wanted=read_query(request.scope["query_string"]),
            base=base_of(web_url, request),
            renewed="renewed" in request.query_params,
        )

    return asked


@dataclass(frozen=True, slots=True)
class _Pages:
    """What is answered, over a database."""

    engine: Engine
    settings: Settings
    now: Callable[[], datetime]

    def look(self, asked: _Asked) -> Response:
        with reading(self.engine) as session:
            row = find(session, asked.secret)
            if row is None:
                return no_such_page()
            notice = "renewed" if asked.renewed else ""
            return calendar_page(session, row, asked.wanted, asked.addresses, self.now(), notice=notice)

    def one_date(self, asked: _Asked, uid: str) -> Response:
        """One entry to take by hand, of those that this feed has."""
        with reading(self.engine) as session:
            row = find(session, asked.secret)
            if row is None:
                return no_such_page()
            content = content_for(session, row, Choice(), asked.wanted.language, self.settings.web_url)
        item = next((each for each in content.items if each.uid == uid), None)
        if item is None:
            return no_such_page()
        sender = Address(name=self.settings.sender_name, email=self.settings.sender_address)
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(uid.partition('@')[0])}.ics"}
        data = publication(item, sender)
        return Response(data, media_type="text/calendar; charset=utf-8; method=PUBLISH", headers=headers)

    def text(self, asked: _Asked, cycle: str) -> Response:
        """The text of a process of this feed that has been published: no draft, and no later one."""
        with reading(self.engine) as session:
            row = find(session, asked.secret)
            draft = published_text(session, row, cycle) if row is not None else None
            if row is None or draft is None:
                return no_such_page()
            language = language_for(session, row, asked.wanted.language)
            page = draft_page(session.get_one(Cycle, cycle), draft, contract_in_draft(draft))
            # Two levels below the page of the feed: the bar above a paper is of the frame's own words.
            path = f"/calendars/{asked.secret}/text/{quote(cycle, safe='')}"
        place = Place(path=path, asked=asked.wanted.language, own=language)
        back = ((f"../../{asked.secret}{asked.wanted.query}", WORDS[language]["back"]),)
        return paper_for_anybody(page, place, back)

    def press(self, asked: _Asked, deed: str, *, foreign: bool, confirmed: bool) -> Response:
        """One of the two buttons, on a person's own feed only: others' is not one reader's to close."""
        with reading(self.engine) as session:  # what will be refused takes no lock
            row = find(session, asked.secret)
            if row is None or row.scope != "person" or deed not in ("renew", "stop"):
                return no_such_page()
            words = BY_CODE[language_for(session, row, asked.wanted.language)]
            if foreign:
                return foreign_page(words)
            if not confirmed:
                return calendar_page(
                    session, row, asked.wanted, asked.addresses, self.now(), "not_confirmed", 400, "../"
                )
        secret = self._changed(asked.secret, deed)
        if secret is None:
            return no_such_page()
        if not secret:
            return stopped_page(words)
        query = asked.wanted.query
        # Relative: whatever path a proxy has put before ours stays.
        where = f"../{secret}{query}{'&' if query else '?'}renewed=1"
        return Response(status_code=303, headers={"Location": where})

    def _changed(self, secret: str, deed: str) -> str | None:
        """The new secret, nothing once it is stopped; None where somebody else was first."""
        with writing(self.engine) as session:
            row = find(session, secret, for_change=True)
            if row is None:
                return None
            if deed == "renew":
                # Who has the address has the new one: what a link has shown, a link has shown.
                return renew(session, row, self.now(), by_link=row.told_by_link)
            revoke(session, row, self.now())
            return ""


def _is_ours(request: Request, base: str) -> bool:
    """Whether a wish came from our own page; a browser says so, and no other page can make it say that."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    scheme, _, rest = base.partition("://")
    return request.headers.get("origin") == f"{scheme}://{rest.partition('/')[0]}"


async def _is_confirmed(request: Request) -> bool:
    body = await small_body(request, MOST_BYTES)
    return ("confirm", "yes") in parse_qsl(body.decode("ascii", errors="replace"))
