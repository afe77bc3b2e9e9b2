"""The account page: sessions to end, tokens to make and to revoke; each for who is logged in alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core.errors import Invalid
from aarshjul.web.account.words import WORDS
from aarshjul.web.cycle_view import moment_in_words
from aarshjul.web.desk import Desk
from aarshjul.web.doing.form import Field, FormView, Option, Problem
from aarshjul.web.doing.typed import TooMuch, Typed, read_typed
from aarshjul.web.doing.words import WORDS as FORM_WORDS
from aarshjul.web.frame import framed
from aarshjul.web.gate import to_login
from aarshjul.web.login.sessions import Viewer
from aarshjul.web.notices import notice
from aarshjul.web.place import Place, place_of
from models.api_tokens import DAYS, Scope, make_token, revoke_token, tokens_of, works
from models.cycle import Cycle
from models.engine import reading, writing
from models.logins import end_sessions, find_session, open_sessions
from models.standing import CUSTOMERS_ZONE
from models.webuse import ApiToken

_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Account:
    """What is answered to who is logged in."""

    desk: Desk

    def look(self, request: Request) -> Response:
        """The page."""
        viewer = self.desk.sessions.viewer(request)
        if viewer is None:
            return to_login(place_of(request))
        return self._page(request, viewer)

    def press(self, request: Request, typed: Typed) -> Response:
        """A button of it; what is somebody else's stays as it is."""
        viewer = self.desk.sessions.viewer(request)
        if viewer is None:
            return to_login(place_of(request))
        do = typed.text("do")
        if do == "new":
            return self._make(request, viewer, typed)
        number = typed.text("number")
        with writing(self.desk.engine) as session:
            self._end(session, viewer, do, int(number) if number.isdecimal() and len(number) < 10 else 0)
        place = place_of(request, viewer.language)
        return Response(status_code=303, headers={"Location": place.here(done=do)})

    def _end(self, session: Session, viewer: Viewer, do: str, number: int) -> None:
        now = self.desk.now()
        if do == "revoke":
            for each in tokens_of(session, viewer.person):
                if each.id == number:
                    revoke_token(session, each, now)
        elif do == "end":
            end_sessions(session, viewer.person, [number], now)
        elif do == "others":
            mine = find_session(session, viewer.secret, now)
            others = [each.id or 0 for each in open_sessions(session, viewer.person, now)]
            end_sessions(session, viewer.person, [each for each in others if mine and each != mine.id], now)

    def _make(self, request: Request, viewer: Viewer, typed: Typed) -> Response:
        cycle, days = typed.text("cycle"), typed.text("days")
        number = int(days) if days.isdecimal() and len(days) < 5 else 0
        if cycle and cycle not in viewer.cycles:
            return self._page(request, viewer)
        try:
            with writing(self.desk.engine) as session:
                _, secret = make_token(
                    session,
                    viewer.person,
                    typed.text("name"),
                    typed.all("scope"),
                    self.desk.now(),
                    cycle_id=cycle or None,
                    days=number,
                )
        except Invalid as error:
            said = WORDS[place_of(request, viewer.language).language]
            names = [each.partition(":")[0].removeprefix("--") for each in error.problems]
            problems = tuple(Problem(field=name, said=said[f"wrong_{name}"]) for name in names)
            return self._page(request, viewer, typed=typed, problems=problems)
        return self._page(request, viewer, secret=secret)

    def _page(
        self,
        request: Request,
        viewer: Viewer,
        *,
        secret: str = "",
        typed: Typed | None = None,
        problems: tuple[Problem, ...] = (),
    ) -> Response:
        place, now = place_of(request, viewer.language), self.desk.now()
        words = WORDS[place.language]
        with reading(self.desk.engine) as session:
            titles = _titles(session, viewer.cycles)
            mine = find_session(session, viewer.secret, now)
            sessions = [
                {
                    "number": each.id,
                    "since": _moment(each.made_at, place.language),
                    "way": words[each.way],
                    "seen": _moment(each.seen_at, place.language),
                    "this": mine is not None and each.id == mine.id,
                }
                for each in open_sessions(session, viewer.person, now)
            ]
            tokens = [
                _token(each, place.language, titles)
                for each in tokens_of(session, viewer.person)
                if works(each, now)
            ]
        form = _form(place, titles)
        values: dict[str, Any] = {"sessions": sessions, "tokens": tokens, "secret": secret, "words": words}
        values |= {
            "form": form.filled(typed, problems) if typed else form,
            "said": FORM_WORDS[place.language],
        }
        return framed(
            "account/account.html", place, viewer, words["title"], status=400 if problems else 200, **values
        )


def _titles(session: Session, cycles: tuple[str, ...]) -> dict[str, str]:
    """What cycles are called, with the name that files and addresses have, in their order."""
    query = select(col(Cycle.id), col(Cycle.title)).where(col(Cycle.id).in_(cycles))
    found = dict(session.execute(query).tuples().all())
    return {each: f"{found[each]} ({each})" for each in cycles if each in found}


def _form(place: Place, titles: Mapping[str, str]) -> FormView:
    words = WORDS[place.language]
    scopes = tuple(Option(value=str(each), label=words[f"scope_{each}"]) for each in Scope)
    cycles = tuple(Option(value=each, label=title) for each, title in titles.items())
    return FormView(
        id="token",
        action=place.in_this,
        button=words["make"],
        fields=(
            Field(name="do", label="", kind="hidden", values=("new",)),
            Field(name="name", label=words["name"], hint=words["name_hint"], required=True),
            Field(
                name="scope",
                label=words["scopes"],
                kind="checkbox",
                options=scopes,
                values=("read",),
                required=True,
            ),
            Field(name="cycle", label=words["cycle"], kind="select", options=cycles),
            Field(
                name="days",
                label=words["days"],
                hint=words["days_hint"],
                kind="number",
                values=(str(DAYS),),
                required=True,
            ),
        ),
    )


def _token(each: ApiToken, language: str, titles: Mapping[str, str]) -> dict[str, Any]:
    words = WORDS[language]
    return {
        "number": each.id,
        "name": each.name,
        "scopes": ", ".join(words[f"scope_{scope}"].lower() for scope in each.scopes),
        "cycle": titles.get(each.cycle_id, each.cycle_id) if each.cycle_id else words["all"],
        "until": _moment(each.expires_at, language),
        "seen": _moment(each.seen_at, language) if each.seen_at else words["never"],
    }


def _moment(moment: datetime, language: str) -> str:
    return moment_in_words(moment, CUSTOMERS_ZONE.key, language)


def account(desk: Desk) -> APIRouter:
    """The routes of `/account`."""
    router, pages = APIRouter(), Account(desk)
    router.add_api_route("/account", pages.look, methods=["GET", "HEAD"], response_model=None)

    async def press(request: Request) -> Response:
        if not desk.sessions.is_ours(request):
            return notice(place_of(request), "foreign", status=403)
        try:
            typed = await read_typed(request, _MOST)
        except TooMuch as problem:
            return notice(
                place_of(request), problem.about, status=413 if problem.about == "too_much" else 400
            )
        return await run_in_threadpool(pages.press, request, typed)

    router.add_api_route("/account", press, methods=["POST"], response_model=None)
    return router
