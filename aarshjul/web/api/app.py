"""The API as an application of its own, which stands at `/api/v1`."""

from typing import Any

from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

from aarshjul.web.api.acts import act_routes
from aarshjul.web.api.beside import beside_routes
from aarshjul.web.api.callers import Callers
from aarshjul.web.api.cycles import cycle_routes
from aarshjul.web.api.drafts import draft_routes
from aarshjul.web.api.feeds import feed_routes
from aarshjul.web.api.ledgers import ledger_routes
from aarshjul.web.api.meetings import meeting_routes
from aarshjul.web.api.messages import message_routes
from aarshjul.web.api.owed import owed_routes
from aarshjul.web.api.own_data import own_data_routes
from aarshjul.web.api.papers import paper_routes
from aarshjul.web.api.previews import preview_routes
from aarshjul.web.api.problems import ProblemDetails, answer_problems
from aarshjul.web.api.published import published_routes
from aarshjul.web.api.results import result_routes
from aarshjul.web.api.taking_back import taking_back_routes
from aarshjul.web.desk import Desk

PATH = "/api/v1"
ROUTES = (
    cycle_routes,
    feed_routes,
    own_data_routes,
    owed_routes,
    published_routes,
    result_routes,
    draft_routes,
    meeting_routes,
    paper_routes,
    beside_routes,
    message_routes,
    ledger_routes,
    preview_routes,
    act_routes,
    taking_back_routes,
)
_DESCRIPTION = """All that the pages of Aarshjul show and do, for programs, in the name of a person.

A request carries `Authorization: Bearer TOKEN`; cookies are not read. A token has the authority of its person in each
cycle, narrowed by its scopes: `read` to read, `act` for acts, `decide` for what binds a body. Dates are ISO 8601; exact
numbers are texts of digits. A cycle that the token does not reach is answered as one that does not exist.
"""


class Api(FastAPI):
    """An application whose description has the form of problems, which all its routes point to."""

    def openapi(self) -> dict[str, Any]:
        """The description, as OpenAPI 3.1 has it."""
        if self.openapi_schema is None:
            schemas = super().openapi().setdefault("components", {}).setdefault("schemas", {})
            problem = ProblemDetails.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas.update({**problem.pop("$defs", {}), "ProblemDetails": problem})
        return super().openapi()


class LateApi:
    """The API, made when it is first asked for: describing it takes longer than many a program's whole run."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._made: FastAPI | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; all of them come in one thread."""
        if self._made is None:
            self._made = api(self._desk)
        await self._made(scope, receive, send)


def api(desk: Desk) -> FastAPI:
    """The API over a desk; mount it at `PATH`."""
    app = Api(
        title="Aarshjul",
        version="1",
        summary="The annual wheel: results, scoring, drafting, dialogue and approval of a performance contract.",
        description=_DESCRIPTION,
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        separate_input_output_schemas=False,
    )
    app.state.callers = Callers(desk)
    for routes in ROUTES:
        app.include_router(routes())
    answer_problems(app)
    return app
