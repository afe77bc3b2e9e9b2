"""Starting a cycle, with what people would be told first, and ending one."""

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from aarshjul.acts.rehearsing import Rehearsal, rehearse
from aarshjul.core.errors import Refused
from aarshjul.files.act_arguments import parse_act
from aarshjul.web.board.history_words import SENT
from aarshjul.web.board.words import WORDS as OWN
from aarshjul.web.board_words import WORDS
from aarshjul.web.cycle_view import day_of
from aarshjul.web.desk import Desk
from aarshjul.web.doing.deeds import Wish
from aarshjul.web.doing.form import Field, FormView, Problem
from aarshjul.web.doing.refusals import problems_of
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.doing.words import WORDS as FORM_WORDS
from aarshjul.web.frame import seated


@dataclass(frozen=True, slots=True)
class CycleActs:
    """What is answered."""

    desk: Desk

    def look_activate(self, _request: Request, seat: Seat) -> Response:
        """Whom it would tell, tried and taken back, and the button; what is refused is said at once."""
        return self._activate(seat, _activating(seat))

    def activate(self, _request: Request, seat: Seat, typed: Typed) -> Response:
        """The silence ends."""

        def again(problems: tuple[Problem, ...]) -> Response:
            return self._activate(seat, _activating(seat).filled(typed, problems), status=409)

        wish = Wish(do="activate", fields={})
        return self.desk.deeds.press(seat, typed, wish, then=seat.to(), again=again)

    def look_close(self, _request: Request, seat: Seat) -> Response:
        """The form with its warning."""
        return _close(seat, _closing(seat))

    def close(self, _request: Request, seat: Seat, typed: Typed) -> Response:
        """The cycle ends."""

        def again(problems: tuple[Problem, ...]) -> Response:
            return _close(seat, _closing(seat).filled(typed, problems), status=409)

        wish = Wish(do="close", fields=typed.fields("reason"))
        return self.desk.deeds.press(seat, typed, wish, then=seat.to(), again=again)

    def _activate(self, seat: Seat, form: FormView, status: int = 200) -> Response:
        tried: Rehearsal | None = None
        now, desk = self.desk.now(), self.desk
        try:
            act = parse_act("activate", {})
            tried = rehearse(desk.engine, seat.cycle, seat.person, "activate", act, now)
        except Refused as error:
            if not form.problems:
                form = form.filled(Typed(), problems_of(error, seat.language))
        words = OWN[seat.language]
        return seated(
            "board/activate.html",
            seat,
            words["activate_title"],
            status=status,
            words=WORDS[seat.language],
            own=words,
            said=FORM_WORDS[seat.language],
            form=form,
            told=_told(tried, seat.language) if tried else (),
            day=_day(tried, seat.language),
        )


def cycle_acts(desk: Desk) -> APIRouter:
    """The routes of `/activate` and `/close`; for coordinators."""
    router, pages = APIRouter(), CycleActs(desk)
    desk.doors.look(router, "/activate", pages.look_activate, by_link=False)
    desk.doors.press(router, "/activate", pages.activate, by_link=False)
    desk.doors.look(router, "/close", pages.look_close, by_link=False)
    desk.doors.press(router, "/close", pages.close, by_link=False)
    return router


def _told(tried: Rehearsal, language: str) -> list[tuple[str, list[str]]]:
    said = SENT[language]
    return [
        (
            each.name,
            [
                f"{said.get(kind, kind)}: {title}" if title else said.get(kind, kind)
                for kind, title in each.lines
            ],
        )
        for each in tried.told
    ]


def _day(tried: Rehearsal | None, language: str) -> str:
    """When they would be told."""
    if tried is None or tried.told_on is None:
        return OWN[language]["today"].lower()
    return day_of(tried.told_on, language).lower()


def _activating(seat: Seat) -> FormView:
    words = OWN[seat.language]
    return FormView(
        id="activate",
        action=seat.to("activate"),
        button=words["activate"],
        warning=words["activate_warning"],
    )


def _closing(seat: Seat) -> FormView:
    words = OWN[seat.language]
    reason = Field(name="reason", label=words["reason"], hint=words["reason_hint"], kind="textarea")
    return FormView(
        id="close",
        action=seat.to("close"),
        button=words["close"],
        warning=words["close_warning"],
        fields=(reason,),
    )


def _close(seat: Seat, form: FormView, status: int = 200) -> Response:
    words, said = OWN[seat.language], FORM_WORDS[seat.language]
    return seated("act.html", seat, words["close_title"], status=status, words=words, said=said, form=form)
