"""A browser for the tests of a process, and installations to visit."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import Engine

from aarshjul.acts.importing import import_cycle
from aarshjul.files.script import read_script
from models.engine import writing
from tests.browser.town import Town, town_over
from tests.browser.visitor import chromium
from tests.builders import at
from tests.interop.needs import need

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed with its file: while it is open its thread has an event loop, which other files start for themselves."""
    need("chromium")
    need("axe-core")
    with chromium() as found:
        yield found


@pytest.fixture
def town(sqlite: Engine, tmp_path: Path) -> Iterator[Town]:
    """The example year on the day before it begins: imported, silent."""
    script = read_script(EXAMPLE / "nordjylland-2023.cycle.yaml", EXAMPLE / "nordjylland-2023.acts.yaml")
    with writing(sqlite) as session:
        import_cycle(session, script.form, script.contract, at("2022-04-01"))
    with town_over(sqlite, tmp_path, "2022-04-18") as found:
        found.script = script
        yield found
