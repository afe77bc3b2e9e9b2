"""The people of a cycle and the page of each: what they owe, what was sent to them, and what is done about them."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from sqlmodel import Session

from aarshjul.web.board.ledger_view import MessageView, message_views
from aarshjul.web.board.people_forms import ACTS, about, about_fields, joined_fields, joining
from aarshjul.web.board.people_view import PersonView, people_views
from aarshjul.web.board.words import WORDS as OWN
from aarshjul.web.board_words import WORDS
from aarshjul.web.cycle_view import names_in
from aarshjul.web.desk import Desk
from aarshjul.web.doing.deeds import Wish
from aarshjul.web.doing.form import FormView, Problem
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.doing.words import WORDS as FORM_WORDS
from aarshjul.web.frame import seated
from aarshjul.web.gate import not_here
from models.deliveries import Wanted
from models.engine import reading
from models.person import Person
from models.standing import Standing, standing

Filled = Callable[[FormView], FormView]


@dataclass(frozen=True, slots=True)
class People:
    """What is answered."""

    desk: Desk

    def all(self, _request: Request, seat: Seat) -> Response:
        """Everybody who takes part, and a form for somebody new."""
        return self._all(seat)

    def one(self, request: Request, seat: Seat) -> Response:
        """Somebody's own page."""
        return self._one(seat, _person(request))

    def join(self, _request: Request, seat: Seat, typed: Typed) -> Response:
        """Somebody joins."""

        def again(problems: tuple[Problem, ...]) -> Response:
            return self._all(seat, lambda form: form.filled(typed, problems), status=409)

        wish = Wish(do="join", fields=joined_fields(typed))
        return self.desk.deeds.press(seat, typed, wish, then=seat.to("people"), again=again)

    def act(self, request: Request, seat: Seat, typed: Typed) -> Response:
        """What is done about somebody."""
        person, what = _person(request), str(request.path_params["what"])
        if what not in ACTS:
            return not_here()

        def again(problems: tuple[Problem, ...]) -> Response:
            return self._one(seat, person, (what, lambda form: form.filled(typed, problems)), status=409)

        then = seat.to("people") if what == "leave" else seat.to("people", person)
        wish = Wish(do=ACTS[what], fields=about_fields(what, person, typed))
        return self.desk.deeds.press(seat, typed, wish, then=then, again=again)

    def _all(self, seat: Seat, filled: Filled | None = None, status: int = 200) -> Response:
        with reading(self.desk.engine) as session:
            found = standing(session, [seat.cycle], self.desk.now())[0]
            names = names_in(session, [found])
            people = people_views(session, found, names, seat.language)
        form = joining(seat, found)
        return _shown(
            "board/people.html",
            seat,
            OWN[seat.language]["people_title"],
            status=status,
            people=people,
            form=filled(form) if filled else form,
        )

    def _one(
        self, seat: Seat, person: str, filled: tuple[str, Filled] | None = None, status: int = 200
    ) -> Response:
        with reading(self.desk.engine) as session:
            found = standing(session, [seat.cycle], self.desk.now())[0]
            member = found.view.by_person.get(person)
            if member is None:
                return not_here()
            names = names_in(session, [found])
            row = session.get_one(Person, person)
            shown = _of(session, found, names, seat.language, person)
            messages = _messages(session, found, names, seat, person)
        forms = {} if member.left else about(seat, found, member, names, row.email)
        if filled and filled[0] in forms:
            forms[filled[0]] = filled[1](forms[filled[0]])
        values = {"person": row, "member": member, "view": shown, "messages": messages}
        return _shown(
            "board/person.html", seat, names[person], status=status, forms_=tuple(forms.values()), **values
        )


def people_pages(desk: Desk) -> APIRouter:
    """The routes of `/people` and `/people/PERSON`, and what their forms post to; for coordinators."""
    router, pages = APIRouter(), People(desk)
    desk.doors.look(router, "/people", pages.all, by_link=False)
    desk.doors.press(router, "/people/join", pages.join, by_link=False)
    desk.doors.look(router, "/people/{person}", pages.one, by_link=False)
    desk.doors.press(router, "/people/{person}/{what}", pages.act, by_link=False)
    return router


def _person(request: Request) -> str:
    return str(request.path_params["person"])


def _of(
    session: Session, found: Standing, names: dict[str, str], language: str, person: str
) -> PersonView | None:
    """How they stand in the cycle; None for who has left."""
    views = people_views(session, found, names, language)
    return next((each for each in views if each.id == person), None)


def _messages(
    session: Session, found: Standing, names: dict[str, str], seat: Seat, person: str
) -> tuple[MessageView, ...]:
    wanted = Wanted(cycle=seat.cycle, person=person)
    return message_views(session, found.row, names, seat.language, wanted)


def _shown(template: str, seat: Seat, heading: str, *, status: int, **values: object) -> Response:
    language = seat.language
    return seated(
        template,
        seat,
        heading,
        status=status,
        words=WORDS[language],
        own=OWN[language],
        said=FORM_WORDS[language],
        **values,
    )
