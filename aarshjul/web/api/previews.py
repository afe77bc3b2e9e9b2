"""What an act would do and whom it would tell, by the API, for the acts that the pages show before they are done."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Response
from pydantic import Field

from aarshjul.acts.rehearsing import Change, Rehearsal, rehearse
from aarshjul.core.meeting_words import words_of
from aarshjul.files.act_arguments import parse_act
from aarshjul.web.api.act_fields import as_fields, schema_of
from aarshjul.web.api.bodies import Body, read_json, takes_schema
from aarshjul.web.api.callers import Actor, CycleId
from aarshjul.web.api.problems import documented
from aarshjul.web.api.routing import answer
from aarshjul.web.api.shapes import Value
from aarshjul.web.milestones.forms import PREVIEWED
from models.json_values import told_json

SHOWN_FIRST = (*PREVIEWED, "activate")


class Told(Value):
    """A milestone's date, time and place as people know them."""

    on: str | None
    at: str | None
    ends: str | None
    place: str | None
    status: str = Field(description="`confirmed`, `tentative` or `cancelled`.")


class Changed(Value):
    """A milestone that would be otherwise."""

    cycle: str
    milestone: str
    title: str
    was: Told
    will: Told
    closes: bool = Field(description="Whether it would be done.")


class Line(Value):
    """What a message would tell."""

    kind: str
    title: str = Field(description="Of the milestone that it is about; empty for one about the cycle.")


class Hearing(Value):
    """Somebody who would get a message."""

    person: str
    name: str
    lines: list[Line]


class CautionSaid(Value):
    """What to look at before it is done."""

    code: str
    message: str
    error: bool = Field(description="Whether it is against a rule, and not only unusual.")


class Preview(Value):
    """What an act would do; nothing was done."""

    cycle: str
    act: str
    changes: list[Changed]
    tells: list[Hearing]
    told_on: str | None = Field(description="The day on which they would be told; null for today.")
    cautions: list[CautionSaid]


def preview_routes() -> APIRouter:
    """The route `/preview` of each act that has one."""
    router = APIRouter(tags=["acts"])
    for name in SHOWN_FIRST:
        router.add_api_route(
            f"/cycles/{{cycle}}/acts/{name}/preview",
            _preview(name),
            methods=["POST"],
            summary=f"What {name} would do",
            description="What would change and whom it would tell; nothing is done. Wants the scope `act`.",
            operation_id=f"preview_{name}",
            response_model=Preview,
            responses=documented(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
            openapi_extra=takes_schema(schema_of(name)),
        )
    return router


def _preview(name: str) -> Callable[..., Response]:
    def show(caller: Actor, cycle: CycleId, body: Body) -> Response:
        part = caller.part(cycle)
        form = parse_act(name, as_fields(name, read_json(body))[0])
        seen = rehearse(part.desk.engine, part.cycle, part.person, name, form, part.desk.now())
        return answer({"cycle": part.cycle, "act": name, **_said(seen)})

    return show


def _said(seen: Rehearsal) -> dict[str, Any]:
    return {
        "changes": [_changed(each) for each in seen.changes],
        "tells": [
            {
                "person": each.person,
                "name": each.name,
                "lines": [{"kind": str(kind), "title": title} for kind, title in each.lines],
            }
            for each in seen.told
        ],
        "told_on": seen.told_on.isoformat() if seen.told_on is not None else None,
        "cautions": [
            {"code": str(each.code), "message": words_of(each, "en"), "error": each.is_error}
            for each in seen.cautions
        ],
    }


def _changed(change: Change) -> dict[str, Any]:
    return {
        "cycle": change.cycle,
        "milestone": change.milestone,
        "title": change.title,
        "was": told_json(change.was),
        "will": told_json(change.will),
        "closes": change.closes,
    }
