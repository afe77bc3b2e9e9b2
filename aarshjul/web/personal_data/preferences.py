"""How somebody wants to hear: channels, language, one mail a morning, quiet days, secretary; and mail for information."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fastapi import APIRouter, Request, Response

from aarshjul.core import cycle as core
from aarshjul.core.cycle_words import role_in_words
from aarshjul.web.cycle_view import moment_in_words
from aarshjul.web.desk import Desk
from aarshjul.web.doing.deeds import Wish, gone_on
from aarshjul.web.doing.form import Field, FormView, Problem
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.personal_data.own_page import Block, coordinators, own_page
from aarshjul.web.personal_data.wishes import changed, wishes_form
from aarshjul.web.personal_data.words import WORDS
from models.cycle import Cycle, Membership
from models.engine import reading
from models.loading import load_cycle
from models.person import Person
from notifications.dates import joined


def preferences(desk: Desk) -> APIRouter:
    """`/preferences`, and `/preferences/news` where mail for information is stopped, and asked for again."""
    router, pages = APIRouter(), _Preferences(desk)
    desk.doors.look(router, "/preferences", pages.look)
    desk.doors.press(router, "/preferences", pages.prefer)
    desk.doors.press(router, "/preferences/news", pages.news)
    return router


@dataclass(frozen=True, slots=True)
class _Preferences:
    desk: Desk

    def look(self, _request: Request, seat: Seat) -> Response:
        return self._page(seat, self._wishes(seat))

    def prefer(self, _request: Request, seat: Seat, typed: Typed) -> Response:
        form = self._wishes(seat)

        def again(problems: Sequence[Problem]) -> Response:
            at = {"quiet": "quiet_from"}
            named = tuple(replace(each, field=at.get(each.field, each.field)) for each in problems)
            return self._page(seat, form.filled(typed, named), status=409)

        if typed.text("quiet_until") and not typed.text("quiet_from"):
            return again((Problem(field="quiet_from", said=WORDS[seat.language]["half_period"]),))
        with reading(self.desk.engine) as session:
            fields = changed(session.get_one(Person, seat.person), typed)
        then = seat.to("preferences")
        if not fields:
            return gone_on(then, "already")
        return self.desk.deeds.press(seat, typed, Wish(do="prefer", fields=fields), then=then, again=again)

    def news(self, _request: Request, seat: Seat, typed: Typed) -> Response:
        wanted = typed.text("news") == "true"

        def again(problems: Sequence[Problem]) -> Response:
            filled = _news_form(seat, wanted=wanted).filled(typed, problems)
            return self._page(seat, self._wishes(seat), filled, status=409)

        wish = Wish(do="prefer", fields={"news": "true"}) if wanted else Wish(do="unsubscribe", fields={})
        return self.desk.deeds.press(seat, typed, wish, then=seat.to("preferences"), again=again)

    def _wishes(self, seat: Seat) -> FormView:
        with reading(self.desk.engine) as session:
            person = session.get_one(Person, seat.person)
        return wishes_form(person, self.desk.settings.services, seat.to("preferences"), seat.language)

    def _page(
        self, seat: Seat, wishes: FormView, refused: FormView | None = None, status: int = 200
    ) -> Response:
        say = WORDS[seat.language]
        blocks = (
            Block(id="wishes", title=say["wishes_title"], forms=(wishes,)),
            self._news(seat, refused),
            self._address(seat),
        )
        return own_page(seat, "preferences", blocks, status)

    def _news(self, seat: Seat, refused: FormView | None) -> Block:
        say = WORDS[seat.language]
        with reading(self.desk.engine) as session:
            member = session.get_one(Membership, (seat.cycle, seat.person))
            cycle = session.get_one(Cycle, seat.cycle)
        held = sorted(seat.roles & core.BOUND_ROLES)
        if held:
            bodies = {"holder": cycle.holder, "council": cycle.council}
            roles = joined([role_in_words(each, seat.language, **bodies) for each in held], seat.language)
            said: tuple[str, ...] = (say["news_on"], say["news_bound"].format(roles=roles))
        else:
            said = (say["news_on" if member.subscribed else "news_off"], say["news_goes_on"])
        offered = () if held else (_news_form(seat, wanted=not member.subscribed),)
        forms = (refused,) if refused else offered
        return Block(id="news", title=say["news_title"], sentences=said, forms=forms)

    def _address(self, seat: Seat) -> Block:
        say = WORDS[seat.language]
        with reading(self.desk.engine) as session:
            person = session.get_one(Person, seat.person)
            ask = coordinators(session, load_cycle(session, seat.cycle), seat.language)
        said = [say["address"].format(name=person.name, email=person.email, names=ask)]
        if person.bounced_at is not None:
            when = moment_in_words(person.bounced_at, seat.zone, seat.language)
            said.append(say["bounced"].format(when=when))
        return Block(id="address", title=say["address_title"], sentences=tuple(said))


def _news_form(seat: Seat, *, wanted: bool) -> FormView:
    say = WORDS[seat.language]
    return FormView(
        id="news",
        action=seat.to("preferences", "news"),
        button=say["subscribe" if wanted else "unsubscribe"],
        fields=(Field(name="news", label="", kind="hidden", values=("true" if wanted else "false",)),),
        secondary=True,
    )
