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

_OLDER = re.compile(r'href="[^"]*(before=\d+)')
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
    """How many pages there are; each can be opened."""
    asked, pages = "", 0
    while True:
        answer = client.get(f"/cycles/{CYCLE}/history?lang={language}&{asked}")
        assert (answer.status_code, asked) == (200, asked)
        pages += 1
        older = _OLDER.findall(answer.text)
        if not older or older[-1] == asked:
            return pages
        asked = older[-1]
