"""The messages of a cycle and their fate, and one of them: what it said, each attempt, and what can be done about it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from aarshjul.core.errors import Refused
from aarshjul.wake import wake
from aarshjul.web.board.history_words import FATES, SENT
from aarshjul.web.board.ledger_view import SHOWN, how_many, message_view, message_views
from aarshjul.web.board.message_text import message_text
from aarshjul.web.board.words import WORDS as OWN
from aarshjul.web.board_words import WORDS
from aarshjul.web.cycle_view import moment_in_words
from aarshjul.web.desk import Desk
from aarshjul.web.doing.deeds import gone_on
from aarshjul.web.doing.form import Field, FormView
from aarshjul.web.doing.refusals import problems_of
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.doing.words import WORDS as FORM_WORDS
from aarshjul.web.frame import seated
from aarshjul.web.gate import not_here
from models.cycle import Cycle, Membership
from models.deliveries import Delivery, OneMessage, Wanted, deliveries
from models.engine import reading, writing
from models.message import Message
from models.person import Person
from models.webuse import FormPress
from notifications.upkeep import resend, withdraw

FILTERS = ("person", "state", "kind")
_MOST = 2**31 - 1  # no id is larger, and no database asks for one that is


@dataclass(frozen=True, slots=True)
class Messages:
    """What is answered."""

    desk: Desk

    def all(self, request: Request, seat: Seat) -> Response:
        """The ledger, a page at a time."""
        chosen = {name: value for name, value in seat.place.kept if name in FILTERS and value}
        skip = _number(request.query_params.get("after", "0"))
        wanted = Wanted(
            cycle=seat.cycle, person=chosen.get("person"), state=chosen.get("state"), kind=chosen.get("kind")
        )
        with reading(self.desk.engine) as session:
            cycle, names = session.get_one(Cycle, seat.cycle), _names(session, seat.cycle)
            count = how_many(session, wanted)
            messages = message_views(session, cycle, names, seat.language, wanted, skip)
        words = OWN[seat.language]
        return seated(
            "board/messages.html",
            seat,
            words["messages_title"],
            words=WORDS[seat.language],
            own=words,
            chosen=chosen,
            choices=_choices(names, seat.language),
            messages=messages,
            count=count,
            skip=skip if messages else 0,
            newer=seat.to("messages", **chosen, after=max(skip - SHOWN, 0)) if skip else "",
            older=seat.to("messages", **chosen, after=skip + SHOWN) if skip + SHOWN < count else "",
        )

    def one(self, request: Request, seat: Seat) -> Response:
        """One message."""
        return self._one(seat, _number(request.path_params["number"]))

    def press(self, request: Request, seat: Seat, typed: Typed) -> Response:
        """Send it again, or take it back, once however often the form is pressed."""
        number, what = _number(request.path_params["number"]), request.path_params["what"]
        if what not in ("resend", "withdraw") or not self._is_here(seat, number):
            return not_here()
        try:
            fresh = self._do(seat, number, what, typed)
        except Refused as error:
            problems = problems_of(error, seat.language)
            return self._one(seat, number, lambda form: form.filled(typed, problems), status=409)
        wake(self.desk.settings.home)
        return gone_on(seat.to("messages", str(number)), what if fresh else "already")

    def _do(self, seat: Seat, number: int, what: str, typed: Typed) -> bool:
        now, once = self.desk.now(), typed.once
        try:
            with writing(self.desk.engine) as session:
                if once:
                    if session.get(FormPress, once) is not None:
                        return False
                    session.add(
                        FormPress(
                            once=once, person_id=seat.person, cycle_id=seat.cycle, act=what, pressed_at=now
                        )
                    )
                    session.flush()
                if what == "resend":
                    resend(session, [number], seat.person, now, again=typed.text("again") == "yes")
                else:
                    withdraw(session, [number], seat.person, now)
        except IntegrityError:
            with reading(self.desk.engine) as session:
                if session.get(FormPress, once) is None:
                    raise
            return False  # two presses at one moment: the other one did it
        return True

    def _is_here(self, seat: Seat, number: int) -> bool:
        with reading(self.desk.engine) as session:
            row = session.get(Message, number)
            return row is not None and row.cycle_id == seat.cycle

    def _one(
        self, seat: Seat, number: int, filled: Callable[[FormView], FormView] | None = None, status: int = 200
    ) -> Response:
        with reading(self.desk.engine) as session:
            found = deliveries(session, OneMessage(cycle=seat.cycle, number=number))
            if not found:
                return not_here()
            cycle, names = session.get_one(Cycle, seat.cycle), _names(session, seat.cycle)
            row = session.get_one(Message, number)
            address = session.get_one(Person, row.person_id).email
            moment = cycle.played_until or self.desk.now()
            text = message_text(session, self.desk.settings, row, moment)
            sent = row.payload is not None
        view, own = message_view(found[0], cycle, names, seat.language), OWN[seat.language]
        forms = _forms(seat, found[0], address)
        return seated(
            "board/message.html",
            seat,
            f"{view.what}: {view.title}" if view.title else view.what,
            status=status,
            words=WORDS[seat.language],
            own=own,
            said=FORM_WORDS[seat.language],
            view=view,
            address=found[0].address if sent else "",
            forms_=[filled(form) for form in forms] if filled else forms,
            attempts=_attempts(found[0], cycle.timezone, seat.language),
            text=text,
            sent=sent,
        )


def message_pages(desk: Desk) -> APIRouter:
    """The routes of `/messages` and `/messages/NUMBER`, and what their forms post to; for coordinators."""
    router, pages = APIRouter(), Messages(desk)
    desk.doors.look(router, "/messages", pages.all, keeps=(*FILTERS, "after"), by_link=False)
    desk.doors.look(router, "/messages/{number}", pages.one, by_link=False)
    desk.doors.press(router, "/messages/{number}/{what}", pages.press, by_link=False)
    return router


def _forms(seat: Seat, found: Delivery, address: str) -> list[FormView]:
    """What can be done about a message; its rule decides when it is pressed."""
    words, number = OWN[seat.language], str(found.id)
    to = address if found.channel == "email" else found.channel

    def form(what: str, warning: str, fields: tuple[Field, ...] = ()) -> FormView:
        return FormView(
            id=what,
            action=seat.to("messages", number, what),
            button=words[what],
            title=words[what],
            warning=words[warning].format(address=to),
            fields=fields,
            secondary=True,
        )

    match found.state:
        case "waiting" if not found.tries:
            return [form("withdraw", "withdraw_warning")]
        case "sent":
            return [
                form(
                    "resend", "resend_again", (Field(name="again", label="", kind="hidden", values=("yes",)),)
                )
            ]
        case "merged" | "sending":
            return []
    return [form("resend", "resend_warning")]


def _attempts(found: Delivery, zone: str, language: str) -> Sequence[tuple[str, str, str]]:
    return [
        (
            moment_in_words(each.at, zone, language),
            each.recipient or found.address or "",
            each.text
            if each.code is None or each.text.startswith(str(each.code))
            else f"{each.code} {each.text}",
        )
        for each in found.attempts
    ]


def _choices(names: Mapping[str, str], language: str) -> tuple[tuple[str, Sequence[tuple[str, str]]], ...]:
    people = sorted(names.items(), key=lambda each: (each[1].casefold(), each[0]))
    return (
        ("person", people),
        ("state", list(FATES[language].items())),
        ("kind", list(SENT[language].items())),
    )


def _names(session: Session, cycle: str) -> dict[str, str]:
    """Everybody who takes part or did."""
    query = (
        select(col(Person.id), col(Person.name))
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(col(Membership.cycle_id) == cycle)
    )
    return dict(session.execute(query).tuples().all())


def _number(text: str) -> int:
    """A number of an address; 0 for what is none."""
    return min(int(text), _MOST) if text.isascii() and text.isdigit() and len(text) < 20 else 0
