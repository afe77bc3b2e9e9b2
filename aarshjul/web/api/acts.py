"""Doing acts: each a route of its own, with the JSON Schema of its fields; done once per `Idempotency-Key`."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Header, Path, Request, Response
from pydantic import Field
from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.files.act_forms import ACT_FORMS
from aarshjul.web.api.act_fields import as_fields, schema_of
from aarshjul.web.api.bodies import Body, read_json, takes_schema
from aarshjul.web.api.callers import Actor, Caller, CycleId, Decider, Part, Reader
from aarshjul.web.api.problems import Problem, documented
from aarshjul.web.api.routing import answer, look
from aarshjul.web.api.shapes import HistoryLine, Value
from aarshjul.web.doing.deeds import Wish
from aarshjul.web.doing.seat import Seat
from aarshjul.web.login.sessions import Viewer
from aarshjul.web.place import place_of
from models.api_tokens import Scope
from models.cycle import Cycle
from models.history import HistoryEntry
from models.history_json import entry_json
from models.webuse import FormPress

BINDING = frozenset({"decide", "decide-attainment", "vote", "sign", "put-in-force"})
"""The acts that bind a body or the parties: they want the scope `decide`."""
_HALF = 32  # of the 64 digits that a press is known by


class Act(Value):
    """An act that can be done."""

    act: str
    scope: str = Field(description="What a token needs for it.")
    description: str
    fields: dict[str, Any] = Field(description="The JSON Schema of its fields.")


class Done(Value):
    """What came of an act."""

    cycle: str
    act: str
    repeated: bool = Field(
        description="True where this Idempotency-Key had done it before: nothing was done."
    )
    happened: list[HistoryLine] = Field(description="What it left in the history.")
    held_until: str | None = Field(description="Until then what others are told of it can be taken back.")


Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="A number of your own for this request: sent twice, it is done once.",
        min_length=1,
        max_length=200,
    ),
]
ActName = Annotated[str, Path(description="The act's name.", max_length=40)]


def act_routes() -> APIRouter:
    """The routes of the list of acts, and of each of them."""
    router = APIRouter(tags=["acts"])
    look(router, "/acts", acts, "All acts with their fields", list[Act])
    look(router, "/acts/{act}", one_act, "One act with its fields", Act)
    for name, form in ACT_FORMS.items():
        fields = schema_of(name)
        router.add_api_route(
            f"/cycles/{{cycle}}/acts/{name}",
            _binding(name) if name in BINDING else _ordinary(name),
            methods=["POST"],
            summary=f"{name.replace('-', ' ').capitalize()}",
            description=f"{fields.get('description') or form.__doc__} Wants the scope `{scope_of(name)}`.",
            operation_id=f"act_{name.replace('-', '_')}",
            response_model=Done,
            responses=documented(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
            openapi_extra=takes_schema(fields),
        )
    return router


def scope_of(act: str) -> Scope:
    """What a token needs for an act."""
    return Scope.DECIDE if act in BINDING else Scope.ACT


def _act(name: str) -> dict[str, Any]:
    fields = schema_of(name)
    return {
        "act": name,
        "scope": str(scope_of(name)),
        "description": fields.get("description") or ACT_FORMS[name].__doc__,
        "fields": fields,
    }


def acts(_caller: Reader) -> Response:
    """Whether one is allowed is said when it is done: that depends on the cycle, the person and the day."""
    return answer([_act(name) for name in ACT_FORMS])


def one_act(_caller: Reader, act: ActName) -> Response:
    """Its fields as a JSON Schema, and the scope that it wants."""
    if act not in ACT_FORMS:
        raise Problem(404, "There is no such act.")
    return answer(_act(act))


def _ordinary(name: str) -> Callable[..., Response]:
    def do(caller: Actor, cycle: CycleId, body: Body, request: Request, key: Key = None) -> Response:
        return _done(caller, request, cycle, name, body, key)

    return do


def _binding(name: str) -> Callable[..., Response]:
    def do(caller: Decider, cycle: CycleId, body: Body, request: Request, key: Key = None) -> Response:
        return _done(caller, request, cycle, name, body, key)

    return do


def _done(caller: Caller, request: Request, cycle: str, name: str, body: bytes, key: str | None) -> Response:
    part = caller.part(cycle)
    fields, upload = as_fields(name, read_json(body))
    once = _once(part, name, body, key)
    with part.reading() as session:
        before = session.get_one(Cycle, cycle).history_length
    wish = Wish(do=name, fields=fields, upload=upload, guard=_alone(once))
    fresh = part.desk.deeds.do(seat_of(caller, part, request), wish, once=once)
    return answer(what_happened(part, name, before, fresh=fresh))


def named_by(part: Part, key: str) -> str:
    """How the numbers of presses begin that somebody sent under a key of theirs in a cycle."""
    return sha256(f"aarshjul api\0{part.person}\0{part.cycle}\0{key}".encode()).hexdigest()[:_HALF]


def _once(part: Part, name: str, body: bytes, key: str | None) -> str:
    """The number of a press: half of it names the person's key, half what it was sent with."""
    return named_by(part, key) + sha256(name.encode() + b"\0" + body).hexdigest()[:_HALF] if key else ""


def _alone(once: str) -> Callable[[Session], None] | None:
    """Asked in the act's transaction, with the cycle locked: of two wishes under one key at one moment, one is done."""

    def guard(session: Session) -> None:
        same, other = col(FormPress.once).startswith(once[:_HALF]), col(FormPress.once) != once
        if session.scalars(select(col(FormPress.once)).where(same, other).limit(1)).first() is not None:
            raise Problem(422, "This Idempotency-Key was sent before with something else.")

    return guard if once else None


def seat_of(caller: Caller, part: Part, request: Request) -> Seat:
    """Where the token's person sits when they act in a cycle."""
    viewer = Viewer(person=part.person, name=part.name, language="en", cycles=tuple(caller.parts), secret="")
    return Seat(
        person=part.person,
        name=part.name,
        cycle=part.cycle,
        title=part.title,
        zone=part.zone,
        roles=part.roles,
        place=place_of(request, "en"),
        top=("cycles", part.cycle),
        viewer=viewer,  # a token is a login of its own: what binds wants its scope, not a code by mail
    )


def what_happened(part: Part, name: str, before: int, *, fresh: bool) -> Mapping[str, Any]:
    """`Done`, with what the person left in the history after its entry `before`."""
    query = select(HistoryEntry).where(
        col(HistoryEntry.cycle_id) == part.cycle,
        col(HistoryEntry.number) > before,
        col(HistoryEntry.who) == part.person,
    )
    with part.reading() as session:
        rows = session.scalars(query.order_by(col(HistoryEntry.number))).all() if fresh else []
        held = session.get_one(Cycle, part.cycle).held_until
    waits = fresh and held is not None and held > part.desk.now()
    return {
        "cycle": part.cycle,
        "act": name,
        "repeated": not fresh,
        "happened": [entry_json(row, ZoneInfo(part.zone)) for row in rows],
        "held_until": held.isoformat() if waits and held is not None else None,
    }
