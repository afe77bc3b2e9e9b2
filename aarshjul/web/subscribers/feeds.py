"""Calendars as subscribers' programs fetch them, in front of the pages: `/calendars/SECRET.ics`.

A program asks every hour, for years, and mostly has what there is: so this is plain ASGI with one look-up, and
whatever the path is not, goes on to the pages behind.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from aarshjul.core.errors import AarshjulError
from aarshjul.web.conditional import Conditions, http_date
from aarshjul.web.subscribers.lookups import Found, Lookups
from aarshjul.web.subscribers.publishing import Bodies, Body, Published, publish
from aarshjul.web.subscribers.wanted import Wanted, read_query

PREFIX, SUFFIX = "/calendars/", ".ics"
Headers = list[tuple[bytes, bytes]]
_PRIVATE: Headers = [
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-robots-tag", b"noindex"),
]
_OF_A_FEED: Headers = [
    *_PRIVATE,
    # Kept by the subscriber's own program alone, which asks each time whether it changed: that costs a 304.
    (b"cache-control", b"private, no-cache"),
    (b"vary", b"accept-encoding"),
]
_OF_CONTENT: Headers = [
    (b"content-type", b"text/calendar; charset=utf-8"),
    (b"content-disposition", b'inline; filename="aarshjul.ics"'),
]
_OF_A_SENTENCE: Headers = [
    *_PRIVATE,
    (b"cache-control", b"no-store"),
    (b"content-type", b"text/plain; charset=utf-8"),
]
_NOT_FOUND = (
    "Kalenderen findes ikke, eller dens adresse er skiftet.\n"
    "There is no such calendar, or its address was changed.\n"
)
_LATER = "Prøv igen om lidt.\nTry again in a little while.\n"
_METHODS = "Kalenderen kan kun hentes.\nThe calendar can only be fetched.\n"
_BUILDERS = 4  # feeds built at a time: each may wait for somebody who writes, and others need threads as well
_log = logging.getLogger("aarshjul.web")


class Feeds:
    """The application that serves feeds, and hands all other requests to the one behind it."""

    def __init__(
        self, behind: ASGIApp, engine: Engine, web_url: str | None, now: Callable[[], datetime]
    ) -> None:
        self._behind = behind
        self._engine = engine
        self._web_url = web_url
        self._now = now
        self._lookups = Lookups(engine, web_url)
        self._bodies = Bodies()
        self._builders = asyncio.Semaphore(_BUILDERS)
        self._building: dict[tuple[int, str, str], asyncio.Task[Published | None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or (secret := _secret(scope["path"])) is None:
            await self._behind(scope, receive, send)
        elif scope["method"] not in ("GET", "HEAD"):
            await _say(send, 405, _METHODS, [(b"allow", b"GET, HEAD")])
        else:
            try:
                await self._serve(secret, scope, send)
            except (sqlite3.Error, SQLAlchemyError, OSError) as error:
                # Its kind alone: what a database says of a statement can hold what was looked up.
                _log.error("a calendar could not be served: %s", type(error).__name__)
                await _say(send, 503, _LATER, [(b"retry-after", b"60")])
            except AarshjulError as error:
                _log.error("a calendar could not be built: %s", error)
                await _say(send, 503, _LATER, [(b"retry-after", b"3600")])

    async def _serve(self, secret: str, scope: Scope, send: Send) -> None:
        wanted = read_query(scope["query_string"])
        found = await self._lookups.find(secret, wanted.variant)
        if found is None:
            await _say(send, 404, _NOT_FOUND)
        elif wanted.wrong:
            await _say(send, 400, f"{wanted.wrong}\n")
        else:
            await self._answer(found, wanted, Conditions.of(scope["headers"]), send)

    async def _answer(self, found: Found, wanted: Wanted, conditions: Conditions, send: Send) -> None:
        zipped = conditions.takes_gzip
        if found.fresh and found.etag and found.modified:
            if conditions.has(_tag(found.etag, zipped), found.modified):
                await _unchanged(send, found.etag, self._said(found.modified), zipped)
                return
            if body := self._bodies.get(found.etag):
                await _content(send, body, self._said(found.modified), zipped)
                return
        published = await self._published(found, wanted)
        if published is None:
            await _say(send, 404, _NOT_FOUND)
        elif conditions.has(_tag(published.body.etag, zipped), published.modified):
            await _unchanged(send, published.body.etag, self._said(published.modified), zipped)
        else:
            await _content(send, published.body, self._said(published.modified), zipped)

    async def _built(self, number: int, wanted: Wanted) -> Published | None:
        async with self._builders:
            return await run_in_threadpool(publish, self._engine, number, wanted, self._web_url, self._now())

    def _said(self, modified: datetime) -> datetime:
        """Last-Modified: never later than the answer (RFC 9110, 8.8.2.1), though two changes in a second are told apart."""
        return min(modified, self._now())

    async def _published(self, found: Found, wanted: Wanted) -> Published | None:
        """Built once, however many ask for it meanwhile; who leaves while waiting stops nobody else's."""
        key = (found.id, wanted.variant, found.state)
        if (task := self._building.get(key)) is None:
            task = self._building[key] = asyncio.ensure_future(self._built(found.id, wanted))
            task.add_done_callback(lambda _done: self._building.pop(key, None))
        published = await asyncio.shield(task)
        if published is not None:
            self._bodies.keep(published.body)
        return published


def _secret(path: str) -> str | None:
    """What stands for a secret in the path of a feed; None for any other path, as `SECRET/DATE.ics` is one."""
    if not path.startswith(PREFIX) or not path.endswith(SUFFIX):
        return None
    secret = path[len(PREFIX) : -len(SUFFIX)]
    _, slash, one_date = secret.partition("/")
    return None if slash and one_date else secret


@lru_cache(maxsize=1024)
def _tag(etag: str, zipped: bool) -> bytes:
    """The entity tag: each encoding has its own, as a strong one names bytes."""
    return f'"{etag}-gzip"'.encode() if zipped else f'"{etag}"'.encode()


@lru_cache(maxsize=1024)
def _validators(etag: str, modified: datetime, zipped: bool) -> Headers:
    return [*_OF_A_FEED, (b"etag", _tag(etag, zipped)), (b"last-modified", http_date(modified))]


@lru_cache(maxsize=1024)
def _of_content(etag: str, modified: datetime, zipped: bool, length: int) -> Headers:
    encoding = [(b"content-encoding", b"gzip")] if zipped else []
    return [
        *_validators(etag, modified, zipped),
        *_OF_CONTENT,
        (b"content-length", str(length).encode()),
        *encoding,
    ]


async def _unchanged(send: Send, etag: str, modified: datetime, zipped: bool) -> None:
    await _send(send, 304, _validators(etag, modified, zipped), b"")


async def _content(send: Send, body: Body, modified: datetime, zipped: bool) -> None:
    data = body.zipped if zipped else body.plain
    await _send(send, 200, _of_content(body.etag, modified, zipped, len(data)), data)


async def _say(send: Send, status: int, text: str, more: Headers | None = None) -> None:
    data = text.encode()
    await _send(
        send, status, [*_OF_A_SENTENCE, (b"content-length", str(len(data)).encode()), *(more or [])], data
    )


async def _send(send: Send, status: int, headers: Headers, data: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": data})
