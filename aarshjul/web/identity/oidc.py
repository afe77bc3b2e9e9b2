"""Logging in at a provider: a link leads there, and what comes back opens a session like a link in a mail does."""

import hmac
import logging
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response

from aarshjul.web.desk import Desk
from aarshjul.web.identity.asking import ProviderError
from aarshjul.web.identity.provider import Attempt, Provider, Vouched, provider_of
from aarshjul.web.identity.words import WORDS
from aarshjul.web.limits import QUARTER, Limit, network_of
from aarshjul.web.notices import notice
from aarshjul.web.place import place_of, within
from models.engine import writing
from models.identities import person_at
from models.logins import end_session, open_session
from notifications.tokens import read_signed, signed

_LASTS = timedelta(minutes=10)
_PURPOSE = b"aarshjul oidc attempt 1"
_LONGEST_CODE = 4000
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Oidc:
    """What is answered to those who log in elsewhere."""

    desk: Desk
    provider: Provider
    tries: Limit = field(default_factory=lambda: Limit(60, QUARTER))

    def start(self, request: Request) -> Response:
        """To the provider, with a note in the browser of what was begun."""
        back, now = self._back(request), self.desk.now()
        if not back:
            return self._said(request, "unsafe", 403)
        if not self.tries.allows(network_of(request), now):
            return self._said(request, "many", 429)
        attempt = Attempt(state=secrets.token_urlsafe(32), secret=self.desk.secret)
        try:
            way = self.provider.way_in(attempt, back, now)
        except ProviderError as error:
            return self._failed(request, error)
        response = Response(status_code=303, headers={"Location": way})
        leads_to = within(request.query_params.get("next"))
        note = signed(self.desk.secret, _PURPOSE, attempt.state, leads_to[:200], str(int(now.timestamp())))
        name, secure = self._note(request)
        response.set_cookie(
            name,
            note,
            max_age=int(_LASTS.total_seconds()),
            path="/",
            secure=secure,
            httponly=True,
            samesite="lax",
        )
        return response

    def back(self, request: Request) -> Response:
        """From the provider: the note in the browser and what came must belong together."""
        back, now = self._back(request), self.desk.now()
        cookie = self.desk.sessions.cookie(request)
        if not back or cookie is None:
            return self._said(request, "unsafe", 403)
        if not self.tries.allows(network_of(request), now):
            return self._said(request, "many", 429)
        try:
            state, leads_to = self._begun(request)
            who = self.provider.who(
                Attempt(state=state, secret=self.desk.secret), self._code(request, state), back, now
            )
        except ProviderError as error:
            return self._without_note(request, self._failed(request, error))
        opened = self._open(request, who)
        if opened is None:
            return self._without_note(request, self._said(request, "nobody", 403))
        response = Response(status_code=303, headers={"Location": place_of(request).after(within(leads_to))})
        cookie.set(response, opened)
        return self._without_note(request, response)

    def _begun(self, request: Request) -> tuple[str, str]:
        """The state that this browser began, and where it wanted to go."""
        note = read_signed(
            self.desk.secret, _PURPOSE, request.cookies.get(self._note(request)[0], "").strip('"')
        )
        if note is None or len(note) != 3:
            raise ProviderError("this browser began no login")
        state, leads_to, begun = note
        if not 0 <= int(self.desk.now().timestamp()) - int(begun) <= _LASTS.total_seconds():
            raise ProviderError("it was begun too long ago")
        return state, leads_to

    def _code(self, request: Request, state: str) -> str:
        asked = request.query_params
        if not hmac.compare_digest(asked.get("state", "").encode(), state.encode()):
            raise ProviderError("what came back belongs to another login")
        if asked.get("iss", self.provider.issuer) != self.provider.issuer:
            raise ProviderError("what came back is of another provider")
        code = asked.get("code", "")
        if asked.get("error") or not 0 < len(code) <= _LONGEST_CODE:
            raise ProviderError("it did not log anybody in")
        return code

    def _open(self, request: Request, who: Vouched) -> str | None:
        now = self.desk.now()
        with writing(self.desk.engine) as session:
            person = person_at(session, self.provider.issuer, who.subject, who.address, now)
            opened = open_session(session, person, now, "oidc") if person is not None else None
            if opened is not None and (old := self.desk.sessions.secret(request)):
                end_session(session, old, now)
            return opened

    def _back(self, request: Request) -> str:
        """Where the provider sends browsers back to; empty where that would not be safe."""
        base = self.desk.sessions.safe_base(request)
        return f"{base}/oidc/back" if base and self.desk.sessions.cookie(request) is not None else ""

    def _note(self, request: Request) -> tuple[str, bool]:
        secure = urlsplit(self.desk.sessions.base(request)).scheme == "https"
        return ("__Host-aarshjul-oidc" if secure else "aarshjul-oidc"), secure

    def _without_note(self, request: Request, response: Response) -> Response:
        name, secure = self._note(request)
        response.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="lax")
        return response

    def _failed(self, request: Request, error: ProviderError) -> Response:
        _LOG.warning("logging in at the provider failed: %s", error)
        return self._said(request, "failed", 502)

    def _said(self, request: Request, about: str, status: int) -> Response:
        place = place_of(request)
        ways = (("again", place.to("login")),)
        name = self.desk.settings.oidc_name
        return notice(place, about, status=status, words=WORDS, ways=ways, name=name)


def oidc_pages(desk: Desk) -> APIRouter:
    """The routes of `/oidc/start` and `/oidc/back`, where a provider is set."""
    router = APIRouter()
    provider = provider_of(desk.settings)
    if provider is None:
        return router
    pages = Oidc(desk, provider)
    router.add_api_route("/oidc/start", pages.start, methods=["GET"], response_model=None)
    router.add_api_route("/oidc/back", pages.back, methods=["GET"], response_model=None)
    return router
