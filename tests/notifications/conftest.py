"""A mail server for a file of tests; each of them finds it well-behaved and empty."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.certificates import Certificates, certificates
from tests.servers.smtp import Server, smtp_server


@pytest.fixture(scope="session")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """Certificates for all servers of a run."""
    return certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, trusted: Certificates) -> Iterator[Server]:
    """A server; its folder outlives it."""
    folder: Path = tmp_path_factory.mktemp("mail-server")
    with smtp_server(folder, trusted=trusted) as server:
        yield server


@pytest.fixture(params=[False, True], ids=["one-by-one", "in-one-go"])
def server(running: Server, request: pytest.FixtureRequest) -> Iterator[Server]:
    """The server, once as it asks for command after command, once with PIPELINING."""
    running.forget()
    running.order(pipelining=request.param)
    yield running
    running.order(pipelining=False, size=32_000_000, smtputf8=False)
    running.obey()
