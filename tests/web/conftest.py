"""The real server with the real application over a small cycle, on a free port of this machine."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import Engine
from sqlmodel import col, select

from aarshjul.acts.importing import import_cycle
from aarshjul.acts.perform import perform
from aarshjul.files.act_arguments import parse_act
from aarshjul.files.read import read_contract, read_cycle
from aarshjul.settings import Settings
from aarshjul.web.app import create_app
from models.cycle import Membership
from models.engine import reading, writing
from models.history import HistoryEntry
from notifications.unsubscribing import make_token
from tests.builders import at
from tests.web.logged_in import Site as Login
from tests.web.logged_in import site_over
from tests.web.serving import SECRET, Feeds, client_of, feeds_over

YEARS = Path(__file__).parents[1] / "years"


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """A server that answers, and the database behind it."""

    engine: Engine
    client: httpx.Client

    def path(self, person: str, cycle: str = "c") -> str:
        return f"/unsubscribe/{make_token(SECRET.encode(), cycle, person)}"

    def act(self, by: str, do: str, **fields: str) -> None:
        perform(self.engine, "c", by, do, parse_act(do, fields), at("2022-05-01"))

    def member(self, person: str) -> Membership:
        with reading(self.engine) as session:
            return session.get_one(Membership, ("c", person))

    def history(self) -> list[tuple[str, str | None]]:
        with reading(self.engine) as session:
            rows = session.exec(select(HistoryEntry).order_by(col(HistoryEntry.number)))
            return [(row.what, row.who) for row in rows]


@pytest.fixture
def site(sqlite: Engine, tmp_path: Path) -> Iterator[Site]:
    with writing(sqlite) as session:
        cycle = read_cycle(str(YEARS / "small.cycle.yaml"))
        import_cycle(session, cycle, read_contract(str(YEARS / "small.contract.yaml")), at("2022-04-01"))
    perform(sqlite, "c", "co", "activate", parse_act("activate", {}), at("2022-04-19"))
    settings = Settings(home=tmp_path, secret=SecretStr(SECRET))
    with client_of(create_app(settings, sqlite, lambda: at("2022-05-02"))) as client:
        yield Site(engine=sqlite, client=client)


@pytest.fixture
def feeds(engine: Engine, tmp_path: Path) -> Iterator[Feeds]:
    """A server of feeds, over each kind of database."""
    with feeds_over(engine, tmp_path) as found:
        yield found


@pytest.fixture
def at_home(sqlite: Engine, tmp_path: Path) -> Iterator[Feeds]:
    """One over a file."""
    with feeds_over(sqlite, tmp_path) as found:
        yield found


@pytest.fixture
def logins(sqlite: Engine, tmp_path: Path) -> Iterator[Login]:
    """A site where people log in, on this machine without https."""
    with site_over(sqlite, tmp_path) as found:
        yield found
