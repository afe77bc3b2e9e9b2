"""Feeds over a real server: a small cycle, its subscriptions, and what a calendar program would ask."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from pydantic import SecretStr
from sqlalchemy import Engine, event

from aarshjul.settings import Settings
from aarshjul.web.app import create_app
from calendars.choice import Choice
from calendars.subscription_feed import feed_for
from models.engine import reading, writing
from models.subscription import Subscription
from models.subscriptions import renew, revoke, subscribe
from tests.builders import at
from tests.world import World

SECRET = "a secret of thirty-two characters"
WEB_URL = "https://wheel.example.org"


@dataclass(kw_only=True)
class Clock:
    """The server's time, which only the test moves."""

    moment: datetime = field(default_factory=lambda: at("2022-05-02"))

    def __call__(self) -> datetime:
        return self.moment


@contextmanager
def client_of(app: Any) -> Iterator[httpx.Client]:
    """A server with an application on a free port, and somebody who asks it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else each answer waits 40 ms
        server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            base = f"http://127.0.0.1:{listener.getsockname()[1]}"
            with httpx.Client(base_url=base, timeout=20, trust_env=False) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join(20)
    assert not thread.is_alive()


@dataclass(kw_only=True)
class Feeds:
    """An installation that serves: `world` acts, `client` asks."""

    world: World
    client: httpx.Client
    clock: Clock
    settings: Settings

    def subscribe(self, scope: str = "cycle", shows: str = Choice().text, **named: Any) -> str:
        """A new feed's secret."""
        if scope in ("cycle", "role", "public"):
            named.setdefault("cycle_id", "c")
        with writing(self.world.engine) as session:
            return subscribe(session, scope=scope, shows=shows, now=self.clock(), **named)[1]

    def get(self, secret: str, query: str = "", method: str = "GET", **headers: str) -> httpx.Response:
        """What a program gets that asks for a feed; it takes no compression unless it says so."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named.setdefault("accept-encoding", "identity")
        return self.client.request(method, f"/calendars/{secret}.ics{query}", headers=named)

    def page(self, path: str, **more: Any) -> httpx.Response:
        return self.client.get(f"/calendars/{path}", **more)

    def renew(self, number: int = 1) -> str:
        with writing(self.world.engine) as session:
            return renew(session, session.get_one(Subscription, number), self.clock())

    def revoke(self, number: int = 1) -> None:
        with writing(self.world.engine) as session:
            revoke(session, session.get_one(Subscription, number), self.clock())

    def move(self, day: str, to: str, milestone: str = "start") -> None:
        self.world.act(day, "co", "move", milestone=milestone, to=to)


@contextmanager
def feeds_over(engine: Engine, folder: Path, web_url: str | None = WEB_URL) -> Iterator[Feeds]:
    """A server over an activated cycle."""
    world = World(engine=engine, folder=folder)
    world.act("2022-04-19", "co", "activate")
    with serving(world, Clock(), web_url) as feeds:
        yield feeds


@contextmanager
def serving(world: World, clock: Clock, web_url: str | None = WEB_URL) -> Iterator[Feeds]:
    """A server over a world that is there: a second one, or one that was started again."""
    settings = Settings(home=world.folder, secret=SecretStr(SECRET), web_url=web_url)
    with client_of(create_app(settings, world.engine, clock)) as client:
        yield Feeds(world=world, client=client, clock=clock, settings=settings)


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """What is asked of a database through its engine meanwhile."""
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)


def built(feeds: Feeds, choice: Choice | None = None, language: str | None = None, number: int = 1) -> bytes:
    """What a feed is to be."""
    with reading(feeds.world.engine) as session:
        row = session.get_one(Subscription, number)
        return feed_for(session, row, choice or Choice(), language, feeds.settings.web_url)


def without_date(response: httpx.Response) -> tuple[int, dict[str, str], bytes]:
    """An answer, but for when it was given."""
    named = {name: value for name, value in response.headers.items() if name != "date"}
    return response.status_code, named, response.content
