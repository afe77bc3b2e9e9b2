"""Somebody's own calendars: made here, given another address, stopped; what they show stands on the calendar's page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from aarshjul.web.desk import Desk
from aarshjul.web.doing.deeds import gone_on
from aarshjul.web.doing.form import Field, FormView, Problem, options
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.notices import not_yours
from aarshjul.web.personal.stopping import still_works
from aarshjul.web.personal_data.own_page import Block, own_page
from aarshjul.web.personal_data.words import WORDS
from aarshjul.web.subscribers.words import BY_CODE
from calendars.choice import NAMES, Choice
from models.engine import reading, writing
from models.subscription import Subscription
from models.subscriptions import (
    MOST_OWN,
    Enough,
    make_own_calendar,
    own_calendar,
    own_calendars,
    renew,
    revoke,
)
from models.webuse import FormPress
from notifications.dates import day_in_words
from notifications.personal_links import read_link

Change = Callable[[Session, Subscription | None], str]


def calendars(desk: Desk) -> APIRouter:
    """`/calendars`, where one is made, and `/calendars/NUMBER/renew` and `/stop`."""
    router, pages = APIRouter(), _Calendars(desk)
    desk.doors.look(router, "/calendars", pages.look)
    desk.doors.press(router, "/calendars", pages.make)
    desk.doors.press(router, "/calendars/{number}/{deed}", pages.change)
    return router


@dataclass(frozen=True, slots=True)
class _Calendars:
    desk: Desk

    def look(self, _request: Request, seat: Seat) -> Response:
        return self._page(seat, _making(seat))

    def make(self, _request: Request, seat: Seat, typed: Typed) -> Response:
        say, shows = WORDS[seat.language], [each for each in typed.all("show") if each in NAMES]

        def again(said: str) -> Response:
            problem = Problem(field="show", said=said)
            return self._page(seat, _making(seat).filled(typed, (problem,)), status=409)

        if set(shows) <= {"alarms"}:  # alarms are of what it shows
            return again(say["nothing_shown"])
        choice = Choice.parse(",".join(shows)).text
        now = self.desk.now()

        def new(session: Session, _found: Subscription | None) -> str:
            return make_own_calendar(session, seat.person, choice, now, by_link=seat.by_link)[1]

        try:
            return self._gone_on(seat, self._once(seat, typed, "calendar", None, new))
        except Enough:
            return again(say["enough"].format(most=MOST_OWN))

    def change(self, request: Request, seat: Seat, typed: Typed) -> Response:
        number, deed = str(request.path_params["number"]), request.path_params["deed"]
        known = {str(each.id): each for each in self._mine(seat)}
        row = known.get(number)
        if row is None or deed not in ("renew", "stop"):
            return not_yours(seat, 404)
        now = self.desk.now()

        def renewed(session: Session, found: Subscription | None) -> str:
            return renew(session, found, now, by_link=seat.by_link) if found is not None else ""

        def stopped(session: Session, found: Subscription | None) -> str:
            if found is not None:
                revoke(session, found, now)
            return ""

        if deed == "renew":
            return self._gone_on(seat, self._once(seat, typed, "calendar-renew", row.id, renewed))
        done = self._once(seat, typed, "calendar-stop", row.id, stopped)
        return gone_on(seat.to("calendars"), "already" if done is None else "calendar-stop")

    def _once(self, seat: Seat, typed: Typed, act: str, number: int | None, change: Change) -> str | None:
        """Change a feed and say its new secret; None where this very form was pressed before."""
        press = FormPress(
            once=typed.once,
            person_id=seat.person,
            cycle_id=seat.cycle,
            act=act,
            pressed_at=self.desk.now(),
        )
        try:
            with writing(self.desk.engine) as session:
                if typed.once and session.get(FormPress, typed.once) is not None:
                    return None
                if typed.once:
                    session.add(press)
                    session.flush()
                link = read_link(self.desk.secret, seat.top[1]) if seat.by_link else None
                if link is not None and not still_works(session, link, self.desk.now()):
                    return None  # stopped at this moment: no calendar may be told by it afterwards
                found = own_calendar(session, seat.person, number) if number is not None else None
                return change(session, found)
        except IntegrityError:
            return None  # two presses at one moment: the other one did it

    def _gone_on(self, seat: Seat, secret: str | None) -> Response:
        """To the calendar's own page: the only time that its address is known."""
        if not secret:
            return gone_on(seat.to("calendars"), "already")
        return Response(status_code=303, headers={"Location": seat.place.to("calendars", secret)})

    def _mine(self, seat: Seat) -> Sequence[Subscription]:
        with reading(self.desk.engine) as session:
            return own_calendars(session, seat.person)

    def _page(self, seat: Seat, making: FormView, status: int = 200) -> Response:
        say, mine = WORDS[seat.language], self._mine(seat)
        own = (
            Block(id="yours", title=say["yours_title"], sentences=(say["feeds" if mine else "no_feed"],)),
            *(_feed(seat, row) for row in mine),
        )
        new = Block(id="new", title=say["new_title"], sentences=(say["new_intro"],), forms=(making,))
        blocks = (*own, new) if mine else (new,)
        return own_page(seat, "calendars", blocks, status)


def _feed(seat: Seat, row: Subscription) -> Block:
    say = WORDS[seat.language]
    days = {
        name: day_in_words(moment.astimezone(ZoneInfo(seat.zone)).date(), seat.language) if moment else ""
        for name, moment in (("day", row.made_at), ("renewed", row.renewed_at))
    }
    title = say["feed_renewed" if row.renewed_at else "feed"].format(number=row.id, **days)
    shows = [BY_CODE[seat.language].choices[each] for each in row.shows.split(",")]
    forms = tuple(
        FormView(
            id=f"{deed}-{row.id}",
            action=seat.to("calendars", str(row.id), deed),
            title=say[deed],
            button=say[deed],
            warning=say[f"{deed}_warning"],
            secondary=True,
        )
        for deed in ("renew", "stop")
    )
    return Block(id=f"feed-{row.id}", title=title, items=tuple(shows), folded=forms)


def _making(seat: Seat) -> FormView:
    say = WORDS[seat.language]
    kinds = BY_CODE[seat.language].choices
    shows = Field(
        name="show",
        label=say["shows"],
        hint=say["shows_hint"],
        kind="checkbox",
        options=options([(name, kinds[name]) for name in NAMES]),
        values=tuple(Choice().text.split(",")),
        required=True,
    )
    return FormView(id="new-calendar", action=seat.to("calendars"), button=say["new_button"], fields=(shows,))
