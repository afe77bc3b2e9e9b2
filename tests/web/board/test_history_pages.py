"""The history of a whole year, page by page: every kind of entry that acts leave can be shown."""

import re
import shutil
from pathlib import Path

import httpx
import pytest
from sqlmodel import func, select

from models.engine import open_engine, reading, writing
from models.history import HistoryEntry
from models.logins import make_link
from tests.browser.town import town_over
from tests.interop.conftest import shared  # noqa: F401 -- the fixture itself
from tests.interop.homes import EXAMPLE, played
from tests.world import moment_of

_BEFORE = re.compile(r'href="[^"]*before=(\d+)')
CYCLE = "nordjylland-2023"


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_entry_of_a_year_is_shown(shared: Path, tmp_path: Path, language: str) -> None:  # noqa: F811
    home = tmp_path / "home"
    shutil.copytree(played(EXAMPLE, shared).folder, home)
    engine = open_engine(f"sqlite:///{home / 'aarshjul.db'}")
    try:
        with reading(engine) as session:
            last = session.exec(select(func.max(HistoryEntry.happened_at))).one()
        with town_over(engine, home, f"{last:%Y-%m-%d} 23:00") as town, writing(engine) as session:
            link = make_link(session, "koordinator", moment_of(f"{last:%Y-%m-%d} 23:00"))[1]
            session.commit()
            with httpx.Client(base_url=town.base, timeout=20, trust_env=False) as client:
                client.post(f"/login/{link}", headers={"sec-fetch-site": "same-origin"})
                assert _pages(client, language) > 1
    finally:
        engine.dispose()


def _pages(client: httpx.Client, language: str) -> int:
    """How many pages there are, going from each to the one with what came before; every one can be opened."""
    before, pages = "", 0
    while True:
        answer = client.get(f"/cycles/{CYCLE}/history?lang={language}{before}")
        assert (answer.status_code, before) == (200, before)
        pages += 1
        shown = int(before.rpartition("=")[2]) if before else None
        older = [each for each in map(int, _BEFORE.findall(answer.text)) if shown is None or each < shown]
        if not older:
            return pages
        before = f"&before={min(older)}"
