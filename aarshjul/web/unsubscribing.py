"""Unsubscribing by a link: looking changes nothing, the button and a mailbox's one click do (RFC 8058)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import Engine
from sqlmodel import Session

from aarshjul.acts.perform import perform
from aarshjul.core.errors import Refused
from aarshjul.files.act_forms import Unsubscribe
from aarshjul.web.page import Page, page
from aarshjul.web.request_body import small_body
from aarshjul.web.words import BY_CODE, DANISH, ENGLISH, Words
from models.cycle import Cycle, Membership
from models.engine import reading
from models.person import Person
from notifications.unsubscribing import read_token

FIELD, VALUE = "List-Unsubscribe", "One-Click"  # RFC 8058, 3.1
_ROOT = "../"  # from /unsubscribe/TOKEN
MOST_BYTES = 4096  # of a body that is some thirty


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """Whom a token names, as the record knows them now.

    Attributes:
        hears: whether mail for information would still be sent to them.
        takes_part: whether any would be.
    """

    cycle: str
    title: str
    person: str
    name: str
    words: Words
    hears: bool
    takes_part: bool

    def page(self, status: int, title: str, sentences: tuple[str, ...], button: str = "") -> Page:
        """A page with their name and their cycle's title in it."""
        named: Mapping[str, str] = {"cycle": self.title, "name": self.name}
        return Page(
            status=status,
            words=self.words,
            heading=title.format_map(named),
            sentences=tuple(sentence.format_map(named) for sentence in sentences),
            button=button,
        )


def unsubscribing(engine: Engine, secret: bytes, now: Callable[[], datetime]) -> APIRouter:
    """The two routes of `/unsubscribe/TOKEN`; the token is the authority, so no cookie and no sign-in is asked for."""
    router = APIRouter()

    @router.api_route("/unsubscribe/{token}", methods=["GET", "HEAD"])
    def look(token: str) -> Response:
        reader = _reader(engine, secret, token)
        return page(_asked(reader) if reader is not None else NO_SUCH, _ROOT)

    @router.post("/unsubscribe/{token}")
    async def press(token: str, request: Request) -> Response:
        meant = await _is_meant(request)
        shown = await run_in_threadpool(_pressed, engine, secret, token, now(), meant=meant)
        return page(shown, _ROOT)

    return router


NO_SUCH = Page(
    status=404,
    words=DANISH,
    heading=DANISH.unknown_title,
    sentences=(DANISH.unknown,),
    other=ENGLISH,
)
"""For every link that is not ours, or no longer: which of them it was is nobody's business."""


def _reader(engine: Engine, secret: bytes, token: str) -> Reader | None:
    named = read_token(secret, token)
    if named is None:
        return None
    with reading(engine) as session:
        return _found(session, *named)


def _found(session: Session, cycle_id: str, person_id: str) -> Reader | None:
    cycle, person = session.get(Cycle, cycle_id), session.get(Person, person_id)
    member = session.get(Membership, (cycle_id, person_id))
    if cycle is None or person is None or member is None:
        return None
    takes_part = member.left_at is None and cycle.state != "closed"
    return Reader(
        cycle=cycle_id,
        title=cycle.title,
        person=person_id,
        name=person.name,
        words=BY_CODE[person.language or cycle.language],
        hears=takes_part and member.subscribed,
        takes_part=takes_part,
    )


def _asked(reader: Reader) -> Page:
    words = reader.words
    return reader.page(200, words.ask_title, words.ask, words.button) if reader.hears else _done(reader)


def _done(reader: Reader) -> Page:
    return reader.page(200, reader.words.done_title, reader.words.done[: 2 if reader.takes_part else 1])


def _pressed(engine: Engine, secret: bytes, token: str, now: datetime, *, meant: bool) -> Page:
    """What was asked for is done once; a second time, or for somebody who gets nothing more, all is well already."""
    reader = _reader(engine, secret, token)
    if reader is None:
        return NO_SUCH
    if not meant:
        return reader.page(400, reader.words.ask_title, reader.words.ask, reader.words.button)
    if not reader.hears:
        return _done(reader)
    try:
        perform(engine, reader.cycle, reader.person, "unsubscribe", Unsubscribe(), now)
    except Refused:
        # 409, not 200: a mailbox that asks for its reader would else say that it is done.
        return reader.page(409, reader.words.refused_title, reader.words.refused)
    return _done(reader)


async def _is_meant(request: Request) -> bool:
    """Whether the body is that of a one-click request or of our button, which sends the same; never of a scanner."""
    body = await small_body(request, MOST_BYTES)
    if request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        return f'name="{FIELD}"'.encode() in body and VALUE.encode() in body
    return (FIELD, VALUE) in parse_qsl(body.decode("ascii", errors="replace"))
