"""What programs send: the bytes of a request, as JSON, and as the fields that a route takes."""

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect

from aarshjul.web.api.problems import FieldProblem, Problem

MOST_BYTES = 30_000_000  # a document of 20 MB in base64, and what stands beside it
MOST_VALUES = 5_000
"""So many values one request holds: what is wrong with each of them is said, which takes its time."""
_JSON = ("application/json", "")
Shape = TypeVar("Shape", bound=BaseModel)


class Digits(str):
    """A number as it was written, so that no digit is lost."""

    __slots__ = ()


async def _body(request: Request) -> bytes:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _JSON:
        raise Problem(415, "Send the act's fields as application/json.")
    parts, length = [], 0
    try:
        async for part in request.stream():
            parts.append(part)
            length += len(part)
            if length > MOST_BYTES:
                raise Problem(413, f"A request has at most {MOST_BYTES} bytes.")
    except ClientDisconnect:
        raise Problem(400, "The request ended in the middle.") from None
    return b"".join(parts)


Body = Annotated[bytes, Depends(_body)]


def takes(shape: type[BaseModel]) -> dict[str, Any]:
    """What the description of a route says of the fields that it takes."""
    return takes_schema(shape.model_json_schema())


def takes_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The same for a JSON Schema."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def read_as(body: bytes, shape: type[Shape]) -> Shape:
    """A request's fields.

    Raises:
        Problem: 400 for what is no JSON object, 422 for fields that are not as the shape has them.
    """
    try:
        return shape.model_validate(read_json(body))
    except ValidationError as error:
        errors = [
            FieldProblem(field=".".join(map(str, each["loc"])), message=each["msg"])
            for each in error.errors()
        ]
        said = "; ".join(f"{each.field}: {each.message}" for each in errors)
        raise Problem(422, said, errors=errors) from None


def read_json(body: bytes) -> dict[str, Any]:
    """A request's JSON object; numbers as their digits; nothing at all is an object without fields.

    Raises:
        Problem: 400 for what is no JSON object, has a name twice, or text that is none; 413 for too many values.
    """
    if not body.strip():
        return {}
    try:
        found = json.loads(
            body,
            parse_float=Digits,
            parse_int=Digits,
            parse_constant=_refuse,
            object_pairs_hook=_without_doubles,
        )
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Problem(400, f"The body is not JSON that can be read: {str(error)[:200]}") from None
    if not isinstance(found, dict):
        raise Problem(400, "The body must be a JSON object with the act's fields.")
    if _values(found) > MOST_VALUES:
        raise Problem(413, f"A request holds at most {MOST_VALUES} values.")
    return found


def _values(found: Any) -> int:
    """How many values stand in a value, itself among them; whatever is nested too deeply was refused before."""
    inner = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    return 1 + sum(map(_values, inner))


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")


def _without_doubles(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return found
