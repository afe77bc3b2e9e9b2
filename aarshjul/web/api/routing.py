"""How the API's routes are described: each with a summary, a description, its answer and its problems."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from aarshjul.web.api.problems import documented

LONGEST_PAGE, MOST_BEFORE = 500, 1_000_000_000
_ID = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
Slug = Annotated[str, Query(max_length=80, pattern=_ID)]


class Window(BaseModel):
    """Which of many are asked for."""

    limit: int = 100
    offset: int = 0

    def of(self, items: Sequence[Any]) -> dict[str, Any]:
        """Those of a list, with how many there are in all."""
        return self.around(items[self.offset : self.offset + self.limit], len(items))

    def around(self, items: Sequence[Any], total: int) -> dict[str, Any]:
        """The same where they were cut out already."""
        return {"items": list(items), "total": total, "limit": self.limit, "offset": self.offset}


def _window(
    limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE, description="How many at most.")] = 100,
    offset: Annotated[int, Query(ge=0, le=MOST_BEFORE, description="How many to leave out before.")] = 0,
) -> Window:
    return Window(limit=limit, offset=offset)


Windowed = Annotated[Window, Depends(_window)]


def look(
    router: APIRouter,
    path: str,
    endpoint: Callable[..., Response],
    summary: str,
    shape: Any,
    **more: Any,
) -> None:
    """Add a route that reads; the function's docstring is its description.

    What it answers is not checked against `shape` on the way out: tests do that once, for all routes.
    """
    statuses = {401, 403, 404, 422, 429, 503}
    router.add_api_route(
        path,
        endpoint,
        methods=["GET"],
        summary=summary,
        response_model=shape,
        operation_id=endpoint.__name__,
        responses={**documented(*statuses), **more.pop("responses", {})},
        **more,
    )


def answer(value: Any, status: int = 200) -> Response:
    """Plain values as JSON."""
    return JSONResponse(value, status)
