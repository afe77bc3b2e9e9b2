"""The real server over a record, on a free port of this machine, with a note of what it was asked and answered."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import uvicorn
from pydantic import SecretStr
from sqlalchemy import Engine
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aarshjul.settings import Settings
from aarshjul.web.app import create_app


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """A request and its answer: lower-case header names."""

    method: str
    status: int
    headers: dict[str, str]
    etag: str
    size: int


@dataclass(kw_only=True)
class Site:
    """A server that answers.

    Attributes:
        address: without a slash at its end.
        exchanges: in their order.
    """

    address: str
    exchanges: list[Exchange] = field(default_factory=list)


@contextmanager
def served(engine: Engine, folder: Path, now: datetime) -> Iterator[Site]:
    """The application as `aarshjul serve` runs it, ended at the end."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        site = Site(address=f"http://127.0.0.1:{listener.getsockname()[1]}")
        settings = Settings(home=folder, secret=SecretStr("a secret of thirty-two characters"))
        app = _noting(create_app(settings, engine, lambda: now), site)
        server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.should_exit = True
            thread.join(20)
    assert not thread.is_alive()


def _noting(app: ASGIApp, site: Site) -> ASGIApp:
    async def noting(scope: Scope, receive: Receive, send: Send) -> None:
        start: dict[str, object] = {}
        size = 0

        async def noted(message: Message) -> None:
            nonlocal size
            start.update(message if message["type"] == "http.response.start" else {})
            size += len(message.get("body", b""))
            await send(message)

        await app(scope, receive, noted)
        answer = _texts(start["headers"])
        site.exchanges.append(
            Exchange(
                method=scope["method"],
                status=int(str(start["status"])),
                headers=_texts(scope["headers"]),
                etag=answer.get("etag", ""),
                size=size,
            )
        )

    return noting


def _texts(headers: object) -> dict[str, str]:
    assert isinstance(headers, list)
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}
