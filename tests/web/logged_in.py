"""A site where people log in: two cycles with a coordinator each, one board member, and the mails that went out."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import httpx
from pydantic import SecretStr
from sqlalchemy import Engine

from aarshjul.acts.importing import import_cycle
from aarshjul.files.read import read_cycle
from aarshjul.settings import Settings
from aarshjul.web.app import create_app
from aarshjul.web.login.mail import Postman
from models.engine import writing
from models.logins import make_link
from notifications.forgetting import FOLDER
from tests.builders import at
from tests.web.serving import SECRET, Clock, client_of
from tests.world import YEAR, World

OTHER = YEAR
for ours, theirs in (
    ("id: c\n", "id: other\n"),
    ("Kontrakt 2023", "Another contract"),
    ("id: co, name: Koordinator, email: co@", "id: co2, name: Another, email: co2@"),
    ("holder, working-group, coordinator]}", "holder]}"),
    ("scores: small.contract.yaml\n", "language: en\n"),
    (", score]", "]"),
):
    OTHER = OTHER.replace(ours, theirs)
_LINK = re.compile(r"https?://\S+/login/(\S+)")


@dataclass(kw_only=True)
class Site:
    """An installation with a web; `client` keeps cookies as a browser does."""

    world: World
    client: httpx.Client
    clock: Clock
    postman: Postman
    settings: Settings
    seen: set[str] = field(default_factory=set)

    def ask(self, address: str, **headers: str) -> httpx.Response:
        """Ask for a link as our form does, and wait until it went."""
        answer = self.post("/login", {"address": address}, **headers)
        self.postman.finish()
        return answer

    def post(self, path: str, data: dict[str, str] | None = None, **headers: str) -> httpx.Response:
        """A form of ours; `headers` say it otherwise."""
        named = {"sec-fetch-site": "same-origin"} | {k.replace("_", "-"): v for k, v in headers.items()}
        return self.client.post(path, data=data or {}, headers={k: v for k, v in named.items() if v})

    def mails(self) -> list[EmailMessage]:
        """The mails that went since this was last asked."""
        new = [
            each for each in sorted((self.settings.home / FOLDER).glob("*.eml")) if each.name not in self.seen
        ]
        self.seen |= {each.name for each in new}
        return [parsed(each.read_bytes()) for each in new]

    def link(self, person: str = "co", leads_to: str = "/cycles") -> str:
        """The path of a new link, as an operator prints it."""
        with writing(self.world.engine) as session:
            return f"/login/{make_link(session, person, self.clock(), leads_to=leads_to)[1]}"

    def log_in(self, person: str = "co") -> None:
        """Be somebody from now on."""
        self.client.cookies.clear()
        assert self.post(self.link(person)).status_code == 303


def parsed(data: bytes) -> EmailMessage:
    found = message_from_bytes(data, policy=default)
    assert isinstance(found, EmailMessage)
    return found


def link_in(mail: EmailMessage) -> str:
    """The path of the link in a mail."""
    found = _LINK.search(mail.get_content())
    assert found is not None
    return f"/login/{found[1]}"


@contextmanager
def site_over(engine: Engine, folder: Path, web_url: str | None = None) -> Iterator[Site]:
    """A server over two activated cycles."""
    world = World(engine=engine, folder=folder)
    (folder / "other.cycle.yaml").write_text(OTHER, encoding="utf-8")
    with writing(engine) as session:
        import_cycle(session, read_cycle(str(folder / "other.cycle.yaml")), None, at("2022-04-01"))
    world.act("2022-04-19", "co", "activate")
    clock = Clock()
    settings = Settings(home=folder, secret=SecretStr(SECRET), web_url=web_url)
    postman = Postman(settings, engine)
    with client_of(create_app(settings, engine, clock, postman)) as client:
        yield Site(world=world, client=client, clock=clock, postman=postman, settings=settings)
