"""Played years, once for all processes of a run."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.interop.homes import Home, played


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run have in common."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "interop"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def year(shared: Path) -> Callable[[str], Home]:
    """A played year by its name."""
    return lambda name: played(name, shared)
