"""What the API says no with: `application/problem+json` (RFC 9457), the same words that people get."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from aarshjul.core.errors import Invalid, Refused
from aarshjul.web.doing.refusals import problems_of

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: "The request cannot be read",
    401: "No token that works",
    403: "Not with this token",
    404: "Nothing of that name is here",
    405: "Not in this way",
    409: "A rule forbids it",
    413: "Too large",
    415: "Of another type",
    422: "The fields are not as they must be",
    429: "Too many requests",
    503: "Not at this moment",
}


class FieldProblem(BaseModel):
    """What is wrong with one field."""

    field: str = Field(description="The field's name; empty where it is none of them alone.")
    message: str = Field(description="What is wrong, and what would be right.")


class ProblemDetails(BaseModel):
    """Why a request was not answered or an act not done."""

    type: str = Field(description="`about:blank`: the status says what kind it is.")
    title: str = Field(description="The kind of problem, in words.")
    status: int = Field(description="The status of the answer.")
    detail: str = Field(description="What is the matter, in words for people.")
    errors: list[FieldProblem] | None = Field(None, description="The fields that are wrong (status 422).")


class Problem(Exception):  # noqa: N818 -- it is the answer itself
    """The answer is a problem."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        errors: Sequence[FieldProblem] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors = status, detail, tuple(errors)
        self.headers = dict(headers or {})

    @property
    def response(self) -> Response:
        """As it goes out."""
        said: dict[str, Any] = {
            "type": "about:blank",
            "title": TITLES.get(self.status, "A problem"),
            "status": self.status,
            "detail": self.detail,
        }
        if self.errors:
            said["errors"] = [each.model_dump() for each in self.errors]
        return JSONResponse(said, self.status, headers=self.headers, media_type=MEDIA_TYPE)


NOWHERE = Problem(404, TITLES[404])
"""What is said of an address that nothing stands at."""


def said_by(error: Invalid | Refused) -> Problem:
    """What a rule (409) or a field (422) says no with; the API speaks English."""
    if isinstance(error, Refused):
        return Problem(409, str(error))
    errors = [FieldProblem(field=each.field, message=each.said) for each in problems_of(error, "en")]
    return Problem(422, "; ".join(f"{each.field} {each.message}".strip() for each in errors), errors=errors)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a route can answer with, for its description."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
    return {status: {"description": TITLES[status], "content": content} for status in sorted(statuses)}


def answer_problems(app: FastAPI) -> None:
    """Make every error of an application a problem of this form."""

    @app.exception_handler(Problem)
    def ours(_request: Request, problem: Problem) -> Response:
        return problem.response

    @app.exception_handler(Invalid)
    def invalid(_request: Request, error: Invalid) -> Response:
        return said_by(error).response

    @app.exception_handler(Refused)
    def refused(_request: Request, error: Refused) -> Response:
        return said_by(error).response

    @app.exception_handler(HTTPException)
    def plain(_request: Request, error: HTTPException) -> Response:
        detail = TITLES.get(error.status_code, str(error.detail))
        return Problem(error.status_code, detail, headers=error.headers).response

    @app.exception_handler(RequestValidationError)
    def unreadable(_request: Request, error: RequestValidationError) -> Response:
        errors = [
            FieldProblem(field=str(each["loc"][-1]), message=str(each["msg"])) for each in error.errors()
        ]
        said = "; ".join(f"{each.field}: {each.message}" for each in errors)
        return Problem(422, said, errors=errors).response

    @app.exception_handler(SQLAlchemyError)
    def unreachable(_request: Request, _error: SQLAlchemyError) -> Response:
        return Problem(
            503, "The database cannot be reached: try again in a minute.", headers={"Retry-After": "60"}
        ).response
