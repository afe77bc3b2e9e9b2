"""One real Prefect server for all tests that want one; what they run, they find by the ids of their own runs."""

from collections.abc import Iterator

import pytest

from flows.server import RunningServer, running_server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with running_server(tmp_path_factory.mktemp("prefect-home")) as running:
        yield running
