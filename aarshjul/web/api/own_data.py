"""What is kept about the token's own person, by the API."""

from typing import Any

from fastapi import APIRouter, Response
from pydantic import Field

from aarshjul.web.api.callers import Member
from aarshjul.web.api.routing import look
from aarshjul.web.api.shapes import Value
from aarshjul.web.personal_data.data import data_file


class OwnData(Value):
    """All that is kept about somebody in one cycle, and apart from any."""

    person: str
    cycle: str
    at: str
    data: dict[str, list[dict[str, Any]]] = Field(
        description="Rows by table; `/privacy.json` says for how long."
    )


def own_data_routes() -> APIRouter:
    """The route of `/cycles/CYCLE/my-data`."""
    router = APIRouter(tags=["one's own data"])
    look(router, "/cycles/{cycle}/my-data", my_data, "What is kept about me", OwnData)
    return router


def my_data(part: Member) -> Response:
    """What is kept about the person of the token, to take along (GDPR, articles 15 and 20); nobody else's words."""
    return data_file(part.desk, part.person, part.cycle)
