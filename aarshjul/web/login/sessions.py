"""Who asks: the cookie of a session, the person behind it, and whether a form came from a page of ours."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from urllib.parse import urlsplit

from fastapi import Response
from sqlalchemy import Engine
from starlette.requests import Request

from aarshjul.web.addresses import base_of
from models.engine import reading, write_if_free
from models.logins import (
    LASTS,
    cycles_coordinated,
    find_session,
    language_of,
    note_use,
    wants_noting,
    was_here,
)
from models.person import Person
from notifications.trust import is_loopback


@dataclass(frozen=True, kw_only=True, slots=True)
class Viewer:
    """Somebody who is logged in, and the cycles that they coordinate, the latest first (never none).

    `secret` is the session's own: it stands in the cookie and nowhere else. `last_here` is until when they were here
    before this visit.
    """

    person: str
    name: str
    language: str
    cycles: tuple[str, ...]
    secret: str
    last_here: datetime | None = None

    @property
    def csrf(self) -> str:
        """What our forms carry: bound to the session, and not to be made without its secret."""
        return hmac.digest(self.secret.encode(), b"aarshjul form 1", sha256).hex()

    def wrote(self, token: str) -> bool:
        """Whether a form's token belongs to who is logged in."""
        return hmac.compare_digest(self.csrf.encode(), token.encode())


@dataclass(frozen=True, kw_only=True, slots=True)
class Cookie:
    """The session's cookie at an address: under https bound to this host alone, which no other can set or read."""

    secure: bool

    @property
    def name(self) -> str:
        """Under https its name alone makes a browser refuse it from another host or over http."""
        return "__Host-aarshjul" if self.secure else "aarshjul"

    def set(self, response: Response, secret: str) -> None:
        """Hand it out; it ends when the session does."""
        response.set_cookie(
            self.name,
            secret,
            max_age=int(LASTS.total_seconds()),
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="lax",
        )

    def drop(self, response: Response) -> None:
        """Take it back."""
        response.delete_cookie(self.name, path="/", secure=self.secure, httponly=True, samesite="lax")


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions of an installation."""

    engine: Engine
    web_url: str | None
    now: Callable[[], datetime]

    def base(self, request: Request) -> str:
        """Where the pages are for who asks."""
        return base_of(self.web_url, request)

    def safe_base(self, request: Request) -> str:
        """What may stand in a mail: an address that whoever asks cannot choose, as a request names any host and port."""
        base = self.base(request)
        if self.web_url:
            return base
        host, server = urlsplit(base).hostname or "", request.scope.get("server")
        if not is_loopback(host) or not server or server[1] is None:
            return ""
        return f"http://{f'[{host}]' if ':' in host else host}:{server[1]}"

    def cookie(self, request: Request) -> Cookie | None:
        """The cookie that can be kept there; None over plain http to another machine, where none is safe."""
        parts = urlsplit(self.base(request))
        if parts.scheme == "https":
            return Cookie(secure=True)
        return Cookie(secure=False) if is_loopback(parts.hostname or "") else None

    def secret(self, request: Request) -> str | None:
        """What the browser sent as its session's secret."""
        cookie = self.cookie(request)
        return request.cookies.get(cookie.name) if cookie else None

    def viewer(self, request: Request) -> Viewer | None:
        """Who asks; None for everybody who is no coordinator (any more), or not logged in."""
        secret, now = self.secret(request), self.now()
        if not secret:
            return None
        with reading(self.engine) as session:
            found = find_session(session, secret, now)
            if found is None or found.id is None:
                return None
            cycles = cycles_coordinated(session, found.person_id)
            if not cycles:
                return None
            person = session.get_one(Person, found.person_id)
            language = language_of(session, person, cycles)
        if wants_noting(found, now):  # a look waits for nobody: another one notes it
            write_if_free(self.engine, partial(note_use, number=found.id, now=now))
        return Viewer(
            person=person.id,
            name=person.name,
            language=language,
            cycles=cycles,
            secret=secret,
            last_here=was_here(found, now),
        )

    def is_ours(self, request: Request) -> bool:
        """Whether a form came from a page of ours; a browser says so, and no other page can make it say that."""
        site = request.headers.get("sec-fetch-site")
        if site is not None:
            return site in ("same-origin", "none")
        parts = urlsplit(self.base(request))
        return request.headers.get("origin") == f"{parts.scheme}://{parts.netloc}"
