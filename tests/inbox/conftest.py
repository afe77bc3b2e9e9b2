"""An installation whose mail is handled."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.inbox.place import Place


@pytest.fixture
def place(engine: Engine, tmp_path: Path) -> Place:
    return Place(engine=engine, folder=tmp_path)
