"""The buttons that take back: `/undo` what one pressed, `/withdraw` what people have not been told yet."""

from datetime import timedelta

from fastapi import APIRouter, Request, Response

from aarshjul.core.errors import Refused
from aarshjul.wake import wake
from aarshjul.web.desk import Desk
from aarshjul.web.doing.deeds import gone_on
from aarshjul.web.doing.names import names_in
from aarshjul.web.doing.refusals import problems_of
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.taking_back import CannotUndo, back_to, take_back
from aarshjul.web.doing.typed import Typed
from aarshjul.web.doing.undo_words import NOTICES
from aarshjul.web.notices import not_yours, notice
from models.engine import writing
from notifications.upkeep import withdraw_held


def taking_back(desk: Desk) -> APIRouter:
    """The routes; both only change something when a button of ours is pressed."""
    router = APIRouter()

    def undo(_request: Request, seat: Seat, typed: Typed) -> Response:
        then, hold = back_to(seat, typed.text("then")), timedelta(minutes=desk.settings.withdraw_minutes)
        try:
            fresh = take_back(desk.engine, seat, typed.text("press"), desk.now(), hold)
        except CannotUndo as no:
            return _said(seat, no.about, then)
        except Refused as error:
            names = names_in(desk.engine, seat.cycle, seat.language)
            why = " ".join(each.said for each in problems_of(error, seat.language, names))
            return _said(seat, "undo_refused", then, why=why)
        wake(desk.settings.home)
        return gone_on(then, "undo" if fresh else "already")

    def withdraw(_request: Request, seat: Seat, typed: Typed) -> Response:
        if not seat.coordinates:
            return not_yours(seat)
        then = back_to(seat, typed.text("then"))
        with writing(desk.engine) as session:
            gone = withdraw_held(session, seat.cycle, seat.person, desk.now())
        return gone_on(then, "withdraw") if gone else _said(seat, "nothing_held", then)

    desk.doors.press(router, "/undo", undo)
    desk.doors.press(router, "/withdraw", withdraw)
    return router


def _said(seat: Seat, about: str, then: str, why: str = "") -> Response:
    return notice(seat.place, about, status=409, words=NOTICES, ways=(("back", then),), seat=seat, why=why)
