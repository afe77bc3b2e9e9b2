"""A record with one active cycle, `c`, to make feeds of."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.calendars.records import MILESTONES, PEOPLE, act, bring, small


@pytest.fixture
def record(sqlite: Engine, tmp_path: Path) -> Engine:
    """One active cycle, `c`."""
    bring(sqlite, tmp_path, small(*MILESTONES, people=PEOPLE))
    act(sqlite, "c", "2022-05-02", "c-k", "activate")
    return sqlite
