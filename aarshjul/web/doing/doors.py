"""The two ways to a cycle's pages, and routes that stand at both: `/cycles/CYCLE/...` and `/p/TOKEN/...`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import Engine

from aarshjul.core.cycle import effective_roles
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import TooMuch, Typed, read_typed
from aarshjul.web.gate import not_here, refused
from aarshjul.web.limits import QUARTER, Limit, network_of
from aarshjul.web.login.sessions import Sessions
from aarshjul.web.notices import notice
from aarshjul.web.place import Place, place_of
from models.cycle import Cycle, Membership
from models.engine import reading
from models.held import held_until
from models.person import Person
from notifications.personal_links import read_link

_OF_ANYBODY = 2_000_000
"""The bytes that are taken from whoever is nobody here, as they are all in memory at once; what is typed is less."""
Look = Callable[[Request, Seat], Response]
Press = Callable[[Request, Seat, Typed], Response]
_Endpoint = Callable[[Request, str], Response] | Callable[[Request, str], Awaitable[Response]]


class Door(Protocol):
    """A way to the pages of one cycle."""

    @property
    def prefix(self) -> str:
        """What its addresses begin with."""

    def seat(
        self, request: Request, key: str, keeps: tuple[str, ...] = (), typed: Typed | None = None
    ) -> Seat | Response:
        """Who asks; else what they are answered, with what they typed, so that they need not do so again."""


@dataclass(frozen=True, slots=True)
class LoginDoor:
    """Coordinators who are logged in."""

    engine: Engine
    sessions: Sessions
    prefix: str = "/cycles"

    def seat(
        self, request: Request, key: str, keeps: tuple[str, ...] = (), typed: Typed | None = None
    ) -> Seat | Response:
        """A coordinator of the cycle; everybody else gets what says nothing of it."""
        viewer = self.sessions.viewer(request)
        if viewer is None and typed is not None:
            place = place_of(request)
            return notice(place, "logged_out", status=401, ways=(("log_in", place.to("login")),), typed=typed)
        if (refusal := refused(request, viewer, key)) is not None or viewer is None:
            return refusal or not_here()
        with reading(self.engine) as session:
            cycle, member = session.get_one(Cycle, key), session.get_one(Membership, (key, viewer.person))
            held = held_until(session, cycle, self.sessions.now())
        place = place_of(request, viewer.language, keeps=keeps)
        return Seat.of_login(cycle, viewer, effective_roles(member.roles), place, held)


@dataclass(frozen=True, slots=True)
class LinkDoor:
    """Whoever has a link of their own, as a mail brought it. It needs no cookie: the link is in every address."""

    engine: Engine
    secret: bytes
    now: Callable[[], datetime]
    prefix: str = "/p"
    unknown: Limit = field(default_factory=lambda: Limit(60, QUARTER))

    def seat(
        self, request: Request, key: str, keeps: tuple[str, ...] = (), typed: Typed | None = None
    ) -> Seat | Response:
        """The person of a link that works; one that is none, or ended, is answered alike but for renewing it."""
        link = read_link(self.secret, key)
        if link is None:
            known = self.unknown.allows(network_of(request), self.now())
            return dead_link(place_of(request)) if known else too_many(place_of(request))
        with reading(self.engine) as session:
            cycle, person = session.get(Cycle, link.cycle), session.get(Person, link.person)
            member = session.get(Membership, (link.cycle, link.person))
            held = held_until(session, cycle, self.now()) if cycle is not None else None
        if cycle is None or person is None or member is None or member.left_at is not None:
            return dead_link(place_of(request))
        place = place_of(request, person.language or cycle.language, keeps=keeps)
        if not link.works(self.now(), member.links_since):
            return ended_link(place, key, typed)
        return Seat(
            person=person.id,
            name=person.name,
            cycle=cycle.id,
            title=cycle.title,
            zone=cycle.timezone,
            roles=effective_roles(member.roles),
            place=place,
            top=("p", key),
            network=network_of(request),
            presents=cycle.contract_id is not None,
            held_until=held,
        )


def dead_link(place: Place) -> Response:
    """For what is no link of ours, or of somebody who takes no part: which of them is nobody's business."""
    return notice(place, "link_dead", status=404)


def too_many(place: Place) -> Response:
    """For a network that tries one address after the other."""
    response = notice(place, "many", status=429)
    response.headers["Retry-After"] = str(int(QUARTER.total_seconds()))
    return response


def ended_link(place: Place, key: str, typed: Typed | None) -> Response:
    """For a link that was one: a new one can be sent to the address on record."""
    way = ("renew", place.to("p", key, "renew"))
    more = ("link_ended_typed",) if typed else ()
    return notice(place, "link_ended", status=410, more=more, press=way, typed=typed)


@dataclass(frozen=True, slots=True)
class Doors:
    """Both ways, for pages that stand at both."""

    sessions: Sessions
    login: Door
    link: Door

    def look(
        self, router: APIRouter, path: str, page: Look, *, keeps: tuple[str, ...] = (), by_link: bool = True
    ) -> None:
        """A page at `path` below the cycle's (`/draft`, `/milestones/{slug}`): `page(request, seat)`."""
        self._look(router, self._both(by_link=by_link), path, page, keeps)

    def look_by_link(self, router: APIRouter, path: str, page: Look, *, keeps: tuple[str, ...] = ()) -> None:
        """A page that only a personal link leads to: coordinators have another one there."""
        self._look(router, (self.link,), path, page, keeps)

    def _look(
        self, router: APIRouter, doors: tuple[Door, ...], path: str, page: Look, keeps: tuple[str, ...]
    ) -> None:
        for door in doors:
            router.add_api_route(
                f"{door.prefix}/{{key}}{path}", _looked(door, page, keeps), methods=["GET", "HEAD"]
            )

    def press(
        self,
        router: APIRouter,
        path: str,
        press: Press,
        *,
        keeps: tuple[str, ...] = (),
        by_link: bool = True,
        most: int = _OF_ANYBODY,
    ) -> None:
        """A form's press at `path`: `press(request, seat, typed)`; at most so many bytes, only from pages of ours.

        A session that ended meanwhile loses nothing: what was typed comes back, to be sent again after logging in.
        """
        self._press(router, self._both(by_link=by_link), path, press, keeps, most)

    def press_by_link(self, router: APIRouter, path: str, press: Press, *, most: int = 20_000) -> None:
        """A press on a page that only a personal link leads to."""
        self._press(router, (self.link,), path, press, (), most)

    def _press(
        self,
        router: APIRouter,
        doors: tuple[Door, ...],
        path: str,
        press: Press,
        keeps: tuple[str, ...],
        most: int,
    ) -> None:
        for door in doors:
            router.add_api_route(
                f"{door.prefix}/{{key}}{path}",
                _pressed(self.sessions, door, press, keeps, most),
                methods=["POST"],
            )

    def _both(self, *, by_link: bool) -> tuple[Door, ...]:
        return (self.login, self.link) if by_link else (self.login,)


def _looked(door: Door, page: Look, keeps: tuple[str, ...]) -> _Endpoint:
    def answer(request: Request, key: str) -> Response:
        seat = door.seat(request, key, keeps)
        return page(request, seat) if isinstance(seat, Seat) else seat

    return answer


def _pressed(sessions: Sessions, door: Door, press: Press, keeps: tuple[str, ...], most: int) -> _Endpoint:
    async def answer(request: Request, key: str) -> Response:
        place = place_of(request)
        if not sessions.is_ours(request):
            return notice(place, "foreign", status=403)
        unknown = most > _OF_ANYBODY and await run_in_threadpool(_is_unknown, door, request, key)
        try:
            typed = await read_typed(request, _OF_ANYBODY if unknown else most)
        except TooMuch as problem:
            if not unknown:
                return notice(place, problem.about, status=413 if problem.about == "too_much" else 400)
            typed = Typed()  # they are told that they are not known, which comes first
        return await run_in_threadpool(_press, door, press, request, key, keeps, typed)

    return answer


def _is_unknown(door: Door, request: Request, key: str) -> bool:
    return not isinstance(door.seat(request, key), Seat)


def _press(
    door: Door, press: Press, request: Request, key: str, keeps: tuple[str, ...], typed: Typed
) -> Response:
    seat = door.seat(request, key, keeps, typed)
    return press(request, seat, typed) if isinstance(seat, Seat) else seat
