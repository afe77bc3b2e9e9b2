"""Who acts for somebody between two dates, ending that, and for whom they act themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request, Response
from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core import cycle as core
from aarshjul.files.act_forms import NO_ONE
from aarshjul.web.desk import Desk
from aarshjul.web.doing.deeds import Wish, gone_on
from aarshjul.web.doing.doors import Press
from aarshjul.web.doing.form import Field, FormView, Problem, options
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.notices import not_yours
from aarshjul.web.personal_data.own_page import Block, own_page
from aarshjul.web.personal_data.words import WORDS
from models.engine import reading
from models.loading import load_cycle
from models.person import Person
from notifications.dates import day_in_words


def delegate(desk: Desk) -> APIRouter:
    """`/delegate`, and `/delegate/end`."""
    router, pages = APIRouter(), _Delegates(desk)
    desk.doors.look(router, "/delegate", lambda request, seat: _not_theirs(seat) or pages.look(request, seat))
    for path, press in (("/delegate", pages.name), ("/delegate/end", pages.end)):
        desk.doors.press(router, path, _unless_subscriber(press))
    return router


def _not_theirs(seat: Seat) -> Response | None:
    """Who only subscribes owes nothing that another could do, and is not shown who takes part."""
    return None if seat.sees_drafts else not_yours(seat)


def _unless_subscriber(press: Press) -> Press:
    return lambda request, seat, typed: _not_theirs(seat) or press(request, seat, typed)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Standing:
    """Somebody's part in the cycle today, with the names of all who take part."""

    me: core.Member
    view: core.Cycle
    names: dict[str, str]
    today: date

    @property
    def present(self) -> str | None:
        """The delegate who acts now, or will; None where the time has passed."""
        until = self.me.delegate_until
        return None if until is not None and until < self.today else self.me.delegate

    @property
    def others(self) -> list[tuple[str, str]]:
        """Who could stand in, by name: whoever takes part and is not them."""
        here = [m for m in self.view.members if not m.left and m.person != self.me.person]
        named = [(m.person, self.names[m.person]) for m in here if m.roles - {core.SUBSCRIBER}]
        return sorted(named, key=lambda each: (each[1].casefold(), each[0]))


@dataclass(frozen=True, slots=True)
class _Delegates:
    desk: Desk

    def look(self, _request: Request, seat: Seat) -> Response:
        found = self._standing(seat)
        return _page(seat, found, _naming(seat, found), _ending(seat))

    def name(self, _request: Request, seat: Seat, typed: Typed) -> Response:
        found = self._standing(seat)

        def again(problems: Sequence[Problem]) -> Response:
            return _page(seat, found, _naming(seat, found).filled(typed, problems), _ending(seat), status=409)

        if typed.text("to") not in dict(found.others):
            return again((Problem(field="to", said=WORDS[seat.language]["not_member"]),))
        wish = Wish(do="delegate", fields=typed.fields("to", "from", "until"))
        return self.desk.deeds.press(seat, typed, wish, then=seat.to("delegate"), again=again)

    def end(self, _request: Request, seat: Seat, typed: Typed) -> Response:
        """Today the one who is absent acts again."""
        found = self._standing(seat)

        def again(problems: Sequence[Problem]) -> Response:
            return _page(seat, found, _naming(seat, found), _ending(seat).filled(typed, problems), status=409)

        if found.present is None:
            return gone_on(seat.to("delegate"), "already")
        wish = Wish(do="delegate", fields={"to": NO_ONE})
        return self.desk.deeds.press(seat, typed, wish, then=seat.to("delegate"), again=again)

    def _standing(self, seat: Seat) -> _Standing:
        with reading(self.desk.engine) as session:
            view = load_cycle(session, seat.cycle)
            names = _names(session, view)
        me = view.by_person[seat.person]
        return _Standing(me=me, view=view, names=names, today=view.today(self.desk.now()))


def _names(session: Session, view: core.Cycle) -> dict[str, str]:
    ids = [each.person for each in view.members]
    query = select(col(Person.id), col(Person.name)).where(col(Person.id).in_(ids))
    return dict(session.execute(query).tuples().all())


def _naming(seat: Seat, found: _Standing) -> FormView:
    say = WORDS[seat.language]
    replaces = say["replaces"].format(name=found.names[found.present]) if found.present else ""
    return FormView(
        id="delegate",
        action=seat.to("delegate"),
        button=say["name_button"],
        intro=f"{say['name_intro']} {say['open_end']}",
        warning=replaces,
        fields=(
            Field(name="to", label=say["to"], kind="select", options=options(found.others), required=True),
            Field(name="from", label=say["from"], kind="date"),
            Field(name="until", label=say["until"], kind="date"),
        ),
    )


def _ending(seat: Seat) -> FormView:
    say = WORDS[seat.language]
    return FormView(id="end", action=seat.to("delegate", "end"), button=say["end"], secondary=True)


def _page(seat: Seat, found: _Standing, naming: FormView, ending: FormView, status: int = 200) -> Response:
    say = WORDS[seat.language]
    shows_ending = (ending,) if found.present or ending.problems else ()
    blocks = (
        Block(id="now", title=say["now_title"], sentences=_now(found, seat), forms=shows_ending),
        Block(id="name", title=say["name_title"], forms=(naming,)),
        _stands_in_for(found, seat),
    )
    return own_page(seat, "delegate", blocks, status)


def _now(found: _Standing, seat: Seat) -> tuple[str, ...]:
    say, said = WORDS[seat.language], []
    if found.present:
        begun = found.me.delegate_on(found.today) is not None
        sentence = say["delegate_is" if begun else "delegate_will"]
        said.append(sentence.format(name=found.names[found.present], dates=_dates(found.me, seat.language)))
    else:
        said.append(say["no_delegate"])
    if found.me.deputy:
        said.append(say["deputy_is"].format(name=found.names.get(found.me.deputy, found.me.deputy)))
    return tuple(said)


def _stands_in_for(found: _Standing, seat: Seat) -> Block:
    say, me, items = WORDS[seat.language], found.me.person, []
    for each in found.view.members:
        if each.left or each.stand_in_on(found.today) != me:
            continue
        as_delegate = each.delegate_on(found.today) == me
        said = say["for_delegate" if as_delegate else "for_deputy"]
        items.append(said.format(name=found.names[each.person], dates=_dates(each, seat.language)))
    sentences = () if items else (say["for_nobody"],)
    return Block(id="for", title=say["for_title"], sentences=sentences, items=tuple(items))


def _dates(member: core.Member, language: str) -> str:
    """Between which days somebody has a delegate, in words."""
    say = WORDS[language]
    since = day_in_words(member.delegate_from, language) if member.delegate_from else ""
    until = day_in_words(member.delegate_until, language) if member.delegate_until else ""
    about = "from_until" if since and until else "from_on" if since else "until_on" if until else "for_now"
    return say[about].format(from_=since, until=until)
