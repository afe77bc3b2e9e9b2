"""What a personal link is worth: stopped by who was sent it by mistake, renewed by mail to the address on record."""

from dataclasses import replace

from fastapi import APIRouter, Request, Response

from aarshjul.web.addresses import AT_HOME
from aarshjul.web.desk import Desk
from aarshjul.web.doing.doors import dead_link, too_many
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.limits import QUARTER, Limit, network_of
from aarshjul.web.notices import notice
from aarshjul.web.personal.new_link import NewLink
from aarshjul.web.personal.stopping import Stopped
from aarshjul.web.personal.stopping import stop as stop_link
from aarshjul.web.personal.words import WORDS
from aarshjul.web.place import place_of
from models.cycle import Membership
from models.engine import reading, writing
from notifications.personal_links import PersonalLink, read_link


def link_pages(desk: Desk) -> APIRouter:
    """The routes of `/p/TOKEN/not-me` and `/p/TOKEN/renew`."""
    router, presses = APIRouter(), Limit(30, QUARTER)

    def explain(_request: Request, seat: Seat) -> Response:
        way = ("not_me_button", seat.to("not-me"))
        ways = (("not_me_back", seat.to()),)
        return notice(
            seat.place,
            "not_me",
            words=_named(seat.name),
            more=("not_me_do", "not_me_calendars"),
            press=way,
            ways=ways,
            seat=seat,
            name=seat.name,
        )

    def stop(request: Request, seat: Seat, _typed: Typed) -> Response:
        link = read_link(desk.secret, seat.top[1])
        if link is None:  # the door has read it
            return dead_link(seat.place)
        with writing(desk.engine) as session:
            stopped = stop_link(session, link, desk.now())
        if stopped is not None:
            _send(desk, request, replace(link, made_at=stopped.since), stopped)
        return notice(seat.place, "stopped", words=WORDS)

    @router.post("/p/{key}/renew")
    def renew(request: Request, key: str) -> Response:
        place = place_of(request)
        link = read_link(desk.secret, key)
        if not desk.sessions.is_ours(request):
            return notice(place, "foreign", status=403)
        if not presses.allows(network_of(request), desk.now()):
            return too_many(place)
        if link is None or not _takes_part(desk, link):
            return dead_link(place)
        _send(desk, request, replace(link, made_at=desk.now()))
        return notice(place, "renewed", words=WORDS, more=("renewed_none",))

    desk.doors.look_by_link(router, "/not-me", explain)
    desk.doors.press_by_link(router, "/not-me", stop)
    return router


def _named(name: str) -> dict[str, dict[str, str]]:
    """The words with a name in those that `notice` does not fill in."""
    return {
        language: {
            **words,
            "not_me_back": words["not_me_back"].format(name=name),
        }
        for language, words in WORDS.items()
    }


def _takes_part(desk: Desk, link: PersonalLink) -> bool:
    with reading(desk.engine) as session:
        member = session.get(Membership, (link.cycle, link.person))
        return member is not None and member.left_at is None


def _send(desk: Desk, request: Request, link: PersonalLink, stopped: Stopped | None = None) -> None:
    desk.postman.take(
        NewLink(
            cycle=link.cycle,
            person=link.person,
            made_at=link.made_at,
            base=desk.sessions.safe_base(request) or AT_HOME,
            secret=desk.secret,
            now=desk.now(),
            stopped=stopped,
        )
    )
