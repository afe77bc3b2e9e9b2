"""Two cycles at one meeting."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.rounds.houses import Houses


@pytest.fixture
def houses(sqlite: Engine, tmp_path: Path) -> Houses:
    return Houses(engine=sqlite, folder=tmp_path)


@pytest.fixture
def running(houses: Houses) -> Houses:
    houses.activate("2023-01-02")
    return houses
