"""A site over the small year, and one over the real contract of 2021."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import Engine

from aarshjul.acts.importing import import_cycle
from aarshjul.acts.perform import perform
from aarshjul.files.act_arguments import parse_act
from aarshjul.files.read import read_contract, read_cycle
from aarshjul.settings import Settings
from aarshjul.web.app import create_app
from models.engine import writing
from notifications.personal_links import make_link
from tests.builders import at
from tests.web.serving import SECRET, client_of

EXAMPLE = Path(__file__).parents[3] / "examples" / "nordjylland-2021.contract.yaml"
SMALL = Path(__file__).parents[2] / "years" / "small.cycle.yaml"


def linked(person: str, path: str, made: str = "2022-05-01") -> str:
    """The address of a page of cycle c by somebody's own link."""
    return f"/p/{make_link(SECRET.encode(), 'c', person, at(made))}/{path}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Year:
    """The contract of 2021 in a small cycle."""

    client: httpx.Client

    def page(self, path: str, person: str = "co") -> str:
        """A page as somebody sees it by link, with plain spaces."""
        answer = self.client.get(linked(person, path))
        assert answer.status_code == 200, answer.text
        return answer.text.replace("\u00a0", " ")


@pytest.fixture
def year(sqlite: Engine, tmp_path: Path) -> Iterator[Year]:
    """The contract of 2021 as it was reported."""
    with writing(sqlite) as session:
        import_cycle(session, read_cycle(str(SMALL)), read_contract(str(EXAMPLE)), at("2022-04-01"))
    perform(sqlite, "c", "co", "activate", parse_act("activate", {}), at("2022-04-19"))
    settings = Settings(home=tmp_path, secret=SecretStr(SECRET))
    with client_of(create_app(settings, sqlite, lambda: at("2022-05-02"))) as client:
        yield Year(client=client)
