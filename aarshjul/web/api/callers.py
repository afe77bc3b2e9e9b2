"""Who asks the API: the token of a request, the person behind it, and what that person may see in which cycle."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Annotated, cast

from fastapi import Depends, Path, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer, SecurityScopes
from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core.cycle import COORDINATOR, effective_roles
from aarshjul.web.api.problems import Problem
from aarshjul.web.desk import Desk
from aarshjul.web.doing.seat import SUBSCRIBER
from aarshjul.web.limits import QUARTER, Limit, network_of
from models.api_tokens import Scope, find_token, note_use, wants_noting
from models.cycle import Cycle, Membership
from models.engine import reading, write_if_free
from models.person import Person
from models.webuse import ApiToken

bearer = HTTPBearer(
    auto_error=False, scheme_name="token", description="A token of `aarshjul token new` or of `/account`."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """Somebody's part in one cycle, as the API is asked about it.

    Attributes:
        moment: what is now in it: a year that was played stands where its play ended.
        language: the cycle's, `da` or `en`.
    """

    desk: Desk
    person: str
    name: str
    cycle: str
    title: str
    zone: str
    language: str
    state: str
    year: int
    moment: datetime
    roles: frozenset[str]

    @property
    def coordinates(self) -> bool:
        """Whether they may act as its coordinator."""
        return COORDINATOR in self.roles

    @property
    def sees_drafts(self) -> bool:
        """Whether texts that are not in force are theirs to read: everybody's but subscribers'."""
        return bool(self.roles - {SUBSCRIBER})

    def reading(self) -> AbstractContextManager[Session]:
        """The record, to be read."""
        return reading(self.desk.engine)


@dataclass(frozen=True, kw_only=True, slots=True)
class Caller:
    """Who asks, with the cycles that the token reaches: those of the person, or the one that it is bound to."""

    token: ApiToken
    person: Person
    parts: Mapping[str, Part]

    def part(self, cycle: str) -> Part:
        """Their part in a cycle; one that is none of theirs is answered as one that does not exist."""
        found = self.parts.get(cycle)
        if found is None:
            raise Problem(404, "There is no such cycle here, or this token does not reach it.")
        return found


@dataclass(frozen=True, slots=True)
class Callers:
    """Finds out who asks; what fails is counted by network, what works by token."""

    desk: Desk
    failures: Limit = field(default_factory=lambda: Limit(60, QUARTER))
    uses: Limit = field(default_factory=lambda: Limit(6000, QUARTER))

    def find(self, request: Request, secret: str, scopes: Iterable[str]) -> Caller:
        """The caller of a request; no cookie is looked at.

        Raises:
            Problem: 401 for a token that is none or has ended, 403 for one that lacks a scope, 429 for too many.
        """
        now = self.desk.now()
        with reading(self.desk.engine) as session:
            token = find_token(session, secret, now)
            caller = self._caller(session, token) if token is not None else None
        if token is None or caller is None:
            raise self._unknown(request, now, given=bool(secret))
        if not self.uses.allows(str(token.id), now):
            raise _too_many()
        if lacking := [each for each in scopes if each not in token.scopes]:
            raise Problem(403, f"This token lacks the scope {lacking[0]}.", headers=_asks(lacking[0]))
        if wants_noting(token, now) and token.id is not None:
            write_if_free(self.desk.engine, partial(note_use, number=token.id, now=now))
        return caller

    def _unknown(self, request: Request, now: datetime, *, given: bool) -> Problem:
        if not self.failures.allows(network_of(request), now):
            return _too_many()
        if not given:
            return Problem(401, "Send `Authorization: Bearer TOKEN`.", headers=_asks())
        wrong = {"WWW-Authenticate": 'Bearer realm="aarshjul", error="invalid_token"'}
        return Problem(401, "This token is unknown, has ended or was taken back.", headers=wrong)

    def _caller(self, session: Session, token: ApiToken) -> Caller:
        person = session.get_one(Person, token.person_id)
        query = (
            select(Membership, Cycle)
            .join(Cycle, col(Cycle.id) == col(Membership.cycle_id))
            .where(col(Membership.person_id) == person.id, col(Membership.left_at).is_(None))
            .order_by(col(Cycle.contract_year).desc(), col(Cycle.id))
        )
        if token.cycle_id is not None:
            query = query.where(col(Cycle.id) == token.cycle_id)
        parts = [self._part(person, member, cycle) for member, cycle in session.execute(query).tuples()]
        shown = {each.cycle: each for each in parts if each.state != "draft" or each.coordinates}
        return Caller(token=token, person=person, parts=shown)

    def _part(self, person: Person, member: Membership, cycle: Cycle) -> Part:
        return Part(
            desk=self.desk,
            person=person.id,
            name=person.name,
            cycle=cycle.id,
            title=cycle.title,
            zone=cycle.timezone,
            language=cycle.language,
            state=cycle.state,
            year=cycle.contract_year,
            moment=cycle.played_until or self.desk.now(),
            roles=effective_roles(member.roles),
        )


def _asks(scope: str = "") -> dict[str, str]:
    lacking = f', error="insufficient_scope", scope="{scope}"' if scope else ""
    return {"WWW-Authenticate": f'Bearer realm="aarshjul"{lacking}'}


def _too_many() -> Problem:
    return Problem(429, "Wait a quarter of an hour.", headers={"Retry-After": "900"})


def callers_of(request: Request) -> Callers:
    """What finds out who asks, of the application that is asked."""
    return cast("Callers", request.app.state.callers)


def caller_of(
    request: Request,
    scopes: SecurityScopes,
    given: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)],
) -> Caller:
    """Who asks."""
    return callers_of(request).find(request, given.credentials if given else "", scopes.scopes)


Reader = Annotated[Caller, Security(caller_of, scopes=[Scope.READ])]
Actor = Annotated[Caller, Security(caller_of, scopes=[Scope.ACT])]
Decider = Annotated[Caller, Security(caller_of, scopes=[Scope.DECIDE])]
CycleId = Annotated[str, Path(description="The cycle's id.", max_length=80, examples=["nordjylland-2023"])]


def _member(caller: Reader, cycle: CycleId) -> Part:
    return caller.part(cycle)


def _insider(part: Annotated[Part, Depends(_member)]) -> Part:
    if not part.sees_drafts:
        raise Problem(403, "Subscribers see the dates and the wheel alone.")
    return part


def _coordinator(part: Annotated[Part, Depends(_member)]) -> Part:
    if not part.coordinates:
        raise Problem(403, "This is for the coordinators of the cycle.")
    return part


Member = Annotated[Part, Depends(_member)]
"""Anybody who takes part in the cycle."""
Insider = Annotated[Part, Depends(_insider)]
"""Who may read what is not in force yet."""
Coordinator = Annotated[Part, Depends(_coordinator)]
"""Who coordinates the cycle."""
