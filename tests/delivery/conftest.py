"""A mail server for the tests of a file, and a crowd that gets its mail from there."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.delivery.crowd import Crowd, crowd, cycle_of
from tests.servers.smtp import Server, smtp_server

Make = Callable[..., Crowd]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for the whole file."""
    with smtp_server(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture
def server(running: Server) -> Server:
    """The server, obedient and with nothing received."""
    running.stop()  # a test may have left it so
    running.start()
    running.obey()
    running.forget()
    return running


@pytest.fixture
def make(sqlite: Engine, tmp_path: Path, server: Server) -> Make:
    """Makes an active installation with so many people."""

    def made(people: int = 3, *, extra: str = "", **settings: Any) -> Crowd:
        return crowd(sqlite, tmp_path, server, cycle_of(people, extra=extra), **settings)

    return made
