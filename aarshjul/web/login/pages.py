"""Logging in and out: an address is asked for, a link goes out, opening it changes nothing, its button logs in."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from aarshjul.web.addresses import AT_HOME
from aarshjul.web.frame import framed
from aarshjul.web.limits import QUARTER, Limit, network_of
from aarshjul.web.login.mail import Postman, Wish
from aarshjul.web.login.sessions import Cookie, Sessions
from aarshjul.web.login.words import WORDS
from aarshjul.web.notices import notice
from aarshjul.web.place import Place, place_of, within
from aarshjul.web.request_body import small_body
from models.engine import reading, writing
from models.logins import cycles_coordinated, end_session, find_link, language_of, use_link
from models.person import Person

MOST_BYTES = 4096
_ADDRESS = re.compile(r"[^@\s\x00-\x1f\x7f]{1,64}@[^@\s\x00-\x1f\x7f]{1,253}")


@dataclass(frozen=True, slots=True)
class LoggingIn:
    """What is answered to those who want in or out; a body behind one address has many people, so limits are wide.

    `elsewhere` is what the provider of logins is called, where there is one.
    """

    sessions: Sessions
    postman: Postman
    elsewhere: str = ""
    wishes: Limit = field(default_factory=lambda: Limit(30, QUARTER))
    presses: Limit = field(default_factory=lambda: Limit(60, QUARTER))

    def form(self, request: Request, *, wrong: bool = False, typed: str = "") -> Response:
        """Where an address is asked for."""
        place = place_of(request)
        words = WORDS[place.language]
        if self.sessions.cookie(request) is None:
            return _notice(place, "unsafe", 403)
        if "sent" in request.query_params:
            return _notice(place, "sent", more=("sent_none",), ways=(("again", place.to("login")),))
        asked = {"next": within(request.query_params.get("next")), "lang": place.asked or ""}
        action = f"{place.to('login').partition('?')[0]}?{urlencode({k: v for k, v in asked.items() if v})}"
        values: dict[str, Any] = {"words": words, "wrong": wrong, "typed": typed, "action": action}
        asked = {name: value for name, value in asked.items() if value}
        values |= {"elsewhere": self.elsewhere, "elsewhere_way": f"{place.root}oidc/start?{urlencode(asked)}"}
        return framed(
            "login/login.html", place, None, words["login_title"], status=400 if wrong else 200, **values
        )

    def ask(self, request: Request, typed: str) -> Response:
        """An address was given: the answer is the same whosever it is, and nothing is looked up for it."""
        place, now = place_of(request), self.sessions.now()
        if not self.sessions.is_ours(request):
            return _notice(place, "foreign", 403)
        if self.sessions.cookie(request) is None:
            return _notice(place, "unsafe", 403)
        address = typed.strip()
        if not _ADDRESS.fullmatch(address) or len(address) > 254:
            return self.form(request, wrong=True, typed=typed[:254])
        if not self.wishes.allows(network_of(request), now):
            return _many(place)
        base = self.sessions.safe_base(request) or AT_HOME
        leads_to = within(request.query_params.get("next"))
        self.postman.take(Wish(address=address, leads_to=leads_to, base=base, now=now))
        query = urlencode({"sent": "1", **({"lang": place.asked} if place.asked else {})})
        return Response(status_code=303, headers={"Location": f"{place.root}login?{query}"})

    def look(self, request: Request, secret: str) -> Response:
        """A link was opened, by a person or by what looks into mails: it says whose it is, and has a button."""
        with reading(self.sessions.engine) as session:
            link = find_link(session, secret, self.sessions.now())
            if link is None:
                return _dead(place_of(request))
            person = session.get_one(Person, link.person_id)
            own = language_of(session, person, cycles_coordinated(session, person.id))
        place = place_of(request, own)
        if self.sessions.cookie(request) is None:
            return _notice(place, "unsafe", 403)
        return _notice(place, "press", more=("press_other",), button=True, name=person.name)

    def press(self, request: Request, secret: str) -> Response:
        """The button of a link: the session that the browser had before ends, and a new one begins."""
        place, now = place_of(request), self.sessions.now()
        cookie = self.sessions.cookie(request)
        if cookie is None or not self.sessions.is_ours(request):
            return _notice(place, "foreign" if cookie else "unsafe", 403)
        if not self.presses.allows(network_of(request), now):
            return _many(place)
        with writing(self.sessions.engine) as session:
            used = use_link(session, secret, now)
            if used is not None and (old := self.sessions.secret(request)):
                end_session(session, old, now)
        if used is None:
            return _dead(place)
        link, opened = used
        response = Response(status_code=303, headers={"Location": place.after(within(link.leads_to))})
        cookie.set(response, opened)
        return response

    def leave(self, request: Request, token: str) -> Response:
        """The button that logs out; one of another's page, or of an earlier session, is not ours."""
        place = place_of(request)
        viewer, cookie = self.sessions.viewer(request), self.sessions.cookie(request)
        if viewer is not None and (not self.sessions.is_ours(request) or not viewer.wrote(token)):
            return _notice(place, "foreign", 403)
        if viewer is not None:
            with writing(self.sessions.engine) as session:
                end_session(session, viewer.secret, self.sessions.now())
        response = Response(status_code=303, headers={"Location": place.to("login")})
        _drop(cookie, response)
        return response


def logging_in(deeds: LoggingIn) -> APIRouter:
    """The routes of `/login`, `/login/SECRET` and `/logout`."""
    router = APIRouter()

    @router.api_route("/login", methods=["GET", "HEAD"])
    def form(request: Request) -> Response:
        return deeds.form(request)

    @router.post("/login")
    async def ask(request: Request) -> Response:
        return deeds.ask(request, await _field(request, "address"))

    @router.api_route("/login/{secret}", methods=["GET", "HEAD"])
    def look(secret: str, request: Request) -> Response:
        return deeds.look(request, secret)

    @router.post("/login/{secret}")
    def press(secret: str, request: Request) -> Response:
        return deeds.press(request, secret)

    @router.post("/logout")
    async def leave(request: Request) -> Response:
        token = await _field(request, "form")
        return await run_in_threadpool(deeds.leave, request, token)

    return router


async def _field(request: Request, name: str) -> str:
    body = await small_body(request, MOST_BYTES)
    try:
        fields = parse_qsl(body.decode("utf-8", errors="replace"), max_num_fields=10)
    except ValueError:
        return ""
    return next((value for each, value in fields if each == name), "")


def _drop(cookie: Cookie | None, response: Response) -> None:
    if cookie is not None:
        cookie.drop(response)


def _many(place: Place) -> Response:
    response = _notice(place, "many", 429)
    response.headers["Retry-After"] = str(int(QUARTER.total_seconds()))
    return response


def _dead(place: Place) -> Response:
    ways = (("again", place.to("login")), ("to_cycles", place.to("cycles")))
    return _notice(place, "dead", 404, ways=ways)


def _notice(
    place: Place,
    about: str,
    status: int = 200,
    *,
    more: tuple[str, ...] = (),
    ways: tuple[tuple[str, str], ...] = (),
    button: bool = False,
    name: str = "",
) -> Response:
    """A page of a few sentences, perhaps with one button that presses this page itself."""
    here = f"?lang={place.asked}" if place.asked else "?"
    press = ("press_button", here) if button else None
    return notice(place, about, status=status, words=WORDS, more=more, ways=ways, press=press, name=name)
