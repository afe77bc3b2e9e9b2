"""Asking the API over a real server: tokens for people of a small site, and what the description promises."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import jsonschema_rs

from models.api_tokens import make_token
from models.engine import writing
from tests.web.logged_in import Site

TOP = "/api/v1"
READ_PATHS = (
    *("/cycles/c", "/cycles/c/milestones", "/cycles/c/milestones/dialogue", "/cycles/c/people"),
    *("/cycles/c/milestones/dialogue/attendance", "/cycles/c/wheel.svg", "/cycles/c/messages"),
    *("/cycles/c/history", "/cycles/c/history/verify", "/cycles/c/contract", "/cycles/c/scores"),
    *("/cycles/c/findings", "/cycles/c/results", "/cycles/c/draft", "/cycles/c/draft/file"),
    *("/cycles/c/draft/check", "/cycles/c/draft/differences", "/cycles/c/draft/versions"),
    *("/cycles/c/draft/versions/1", "/cycles/c/comments", "/cycles/c/consultation"),
    *("/cycles/c/milestones/dialogue/minutes", "/cycles/c/tasks", "/cycles/c/decisions"),
    *("/cycles/c/conditions", "/cycles/c/documents", "/cycles/c/documents/1"),
    *("/cycles/c/milestones/dialogue/agenda", "/cycles/c/draft/versions/1/paper"),
    *("/cycles/c/draft/differences/paper", "/cycles/c/results/paper"),
    *("/cycles/c/messages/1", "/cycles/c/my-data", "/me/owed"),
    *("/cycles/c/published", "/cycles/c/published/paper"),
    *("/cycles/c/compare", "/cycles/c/meetings", "/cycles/c/votes"),
    *("/cycles/c/documents/1/content", "/acts", "/acts/confirm", "/me", "/me/feeds", "/cycles"),
)
"""Every route that reads, over the cycle `c`."""


@dataclass(kw_only=True)
class Asking:
    """A program that asks."""

    site: Site

    def token(self, person: str = "co", *scopes: str, **more: Any) -> str:
        """A new token's secret; for all scopes where none is named."""
        chosen = scopes or ("read", "act", "decide")
        with writing(self.site.world.engine) as session:
            return make_token(session, person, "a program", chosen, self.site.clock(), **more)[1]

    def get(self, path: str, token: str | None = None, **query: Any) -> httpx.Response:
        return self.site.client.get(f"{TOP}{path}", headers=bearer(token), params=query)

    def post(
        self, path: str, token: str | None, fields: object = None, *, key: str | None = None
    ) -> httpx.Response:
        named = {"Idempotency-Key": key} if key else {}
        return self.site.client.post(
            f"{TOP}{path}", json={} if fields is None else fields, headers=bearer(token) | named
        )

    def delete(self, path: str, token: str | None) -> httpx.Response:
        return self.site.client.delete(f"{TOP}{path}", headers=bearer(token))

    def act(self, do: str, token: str, /, *, key: str | None = None, **fields: Any) -> httpx.Response:
        named = {name.rstrip("_"): value for name, value in fields.items()}
        return self.post(f"/cycles/c/acts/{do}", token, named, key=key)


def bearer(token: str | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


def operations(description: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every path, method and operation."""
    for path, item in description["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def conforms(description: dict[str, Any], path: str, answer: httpx.Response, method: str = "get") -> None:
    """That a JSON answer is what the description of its route says."""
    content = description["paths"][path][method]["responses"][str(answer.status_code)]["content"]
    kind = answer.headers["content-type"].partition(";")[0]
    schema = {**content[kind].get("schema", {}), "components": description["components"]}
    if kind.endswith("json"):
        jsonschema_rs.Draft202012Validator(schema).validate(answer.json())
