"""The history of a cycle, a page at a time, and whether it verifies: worked out when somebody asks for it."""

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from sqlmodel import Session

from aarshjul.web.board.history_view import SHOWN, happenings
from aarshjul.web.board.words import WORDS as OWN
from aarshjul.web.board_words import WORDS
from aarshjul.web.cycle_view import names_in
from aarshjul.web.desk import Desk
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.frame import seated
from models.engine import reading
from models.proof import verify
from models.standing import standing


@dataclass(frozen=True, slots=True)
class History:
    """What is answered."""

    desk: Desk

    def look(self, request: Request, seat: Seat) -> Response:
        """Some of it, the newest first, or what came before a number."""
        before = request.query_params.get("before", "")
        fine = before.isascii() and before.isdigit() and len(before) < 10
        return self._page(seat, int(before) if fine else None, None)

    def verify(self, _request: Request, seat: Seat, _typed: Typed) -> Response:
        """The newest of it, and whether the record is what its history says; nothing is written."""
        with reading(self.desk.engine) as session:
            problems = _verified(session, seat.cycle)
        return self._page(seat, None, problems)

    def _page(self, seat: Seat, before: int | None, problems: list[str] | None) -> Response:
        with reading(self.desk.engine) as session:
            found = standing(session, [seat.cycle], self.desk.now())[0]
            names = names_in(session, [found])
            happened = happenings(session, found, names, seat.language, before)
        words, last = OWN[seat.language], happened[-1].number if happened else 1
        return seated(
            "board/history.html",
            seat,
            words["history_title"],
            words=WORDS[seat.language],
            own=words,
            happened=happened,
            problems=problems,
            count=found.row.history_length,
            newest=seat.to("history", before=happened[0].number + SHOWN + 1) if happened and before else "",
            older=seat.to("history", before=last) if last > 1 else "",
        )


def history_pages(desk: Desk) -> APIRouter:
    """The routes of `/history` and of its button; for coordinators."""
    router, pages = APIRouter(), History(desk)
    desk.doors.look(router, "/history", pages.look, keeps=("before",), by_link=False)
    desk.doors.press(router, "/history/verify", pages.verify, by_link=False)
    return router


def _verified(session: Session, cycle: str) -> list[str]:
    try:
        return verify(session, cycle)
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        return [f"{cycle}: an entry cannot be read: {error}"]
