"""A browser for the tests of a process, and installations to visit."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import Engine

from aarshjul.acts.importing import import_cycle
from aarshjul.files.read import read_contract, read_cycle
from models.engine import writing
from tests.browser.town import Town, town_over
from tests.browser.visitor import chromium
from tests.builders import at
from tests.interop.needs import need

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    need("chromium")
    need("axe-core")
    with chromium() as found:
        yield found


@pytest.fixture
def town(sqlite: Engine, tmp_path: Path) -> Iterator[Town]:
    """The example year on the day before it begins: imported, silent."""
    with writing(sqlite) as session:
        cycle = read_cycle(str(EXAMPLE / "nordjylland-2023.cycle.yaml"))
        contract = read_contract(str(EXAMPLE / "nordjylland-2021.contract.yaml"))
        import_cycle(session, cycle, contract, at("2022-04-01"))
    with town_over(sqlite, tmp_path, "2022-04-18") as found:
        yield found
