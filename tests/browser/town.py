"""A running installation with its own time: pages that are served, rounds when the day comes, mail in a folder."""

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

import uvicorn
from pydantic import SecretStr
from sqlalchemy import Engine

from aarshjul.acts.perform import perform
from aarshjul.files.act_arguments import parse_act
from aarshjul.files.script import Script
from aarshjul.settings import Settings
from aarshjul.web.app import create_app
from aarshjul.web.login.mail import Postman
from flows.playing import PlayedAct, acts_of
from flows.rehearsing import deliver_to_files, plain_round
from models.engine import writing
from models.logins import make_link
from notifications.forgetting import FOLDER
from tests.web.logged_in import parsed
from tests.web.serving import SECRET, Clock
from tests.world import moment_of

CYCLE = "nordjylland-2023"
_CODE = re.compile(r"\b\d{4} \d{4}\b")
_LINK = re.compile(r"https?://[^\s<>\"]+/p/[^\s<>\"]+")


@dataclass(kw_only=True)
class Town:
    """An installation that people visit.

    Attributes:
        base: where its pages are.
        clock: its time, which only `at` moves.
        script: the year and what people do in it who have no browser in a test.
    """

    engine: Engine
    settings: Settings
    base: str
    clock: Clock
    postman: Postman
    seen: set[str] = field(default_factory=set)
    script: Script | None = None

    def at(self, when: str) -> None:
        """It is now that moment: `2022-11-18`, or with a time."""
        self.clock.moment = moment_of(when, "08:00")

    def round(self, when: str) -> None:
        """The round of a morning, and the mail that it sends."""
        self.at(f"{when} 07:00")
        plain_round(self.engine, self.clock())
        deliver_to_files(self.engine, self.settings, self.clock())

    def mails(self, address: str) -> list[EmailMessage]:
        """The mails to an address, the earliest first: those of cycles, then those that carry links and codes."""
        self.postman.finish()
        home = self.settings.home
        files = [*sorted((home / "mail").glob("*.eml")), *sorted((home / FOLDER).glob("*.eml"))]
        found = [parsed(file.read_bytes()) for file in files]
        return [mail for mail in found if address in str(mail["To"])]

    def link(self, address: str) -> str:
        """The latest link to somebody's own page that a mail to them has."""
        for mail in reversed(self.mails(address)):
            body = mail.get_body(("plain",))
            if body is not None and (found := _LINK.search(body.get_content())):
                return found[0]
        raise AssertionError(f"no mail to {address} has a link")

    def subjects(self, person: str) -> list[str]:
        """What the mails to one of the example's people are about, the earliest first."""
        return [str(mail["Subject"]) for mail in self.mails(f"{person}@example.org")]

    def code(self, person: str) -> str:
        """The one-time code that was mailed to somebody last."""
        for mail in reversed(self.mails(f"{person}@example.org")):
            body = mail.get_body(("plain",))
            if "kode" in str(mail["Subject"]) and body and (found := _CODE.search(body.get_content())):
                return found[0]
        raise AssertionError(f"no code was sent to {person}")

    def others(self, first: str, last: str, but: Callable[[PlayedAct], bool] = lambda _: False) -> None:
        """What the example's people did between two days, but what is done in a browser."""
        assert self.script is not None
        assert self.script.acts is not None
        for act in acts_of(self.script.acts, self.script.zone, self.script.drafts):
            if first <= str(act.at.date()) <= last and not but(act):
                perform(self.engine, CYCLE, act.by, act.name, act.form, act.at)

    def act(self, when: str, by: str, do: str, **fields: str) -> None:
        """One act of somebody without a browser."""
        perform(self.engine, CYCLE, by, do, parse_act(do, fields), moment_of(when))

    def login(self, person: str) -> str:
        """A link that logs a coordinator in."""
        with writing(self.engine) as session:
            return f"{self.base}/login/{make_link(session, person, self.clock())[1]}"


@contextmanager
def town_over(engine: Engine, folder: Path, when: str) -> Iterator[Town]:
    """Serve a record on a free port, at a moment."""
    clock = Clock(moment=moment_of(when, "08:00"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        base = f"http://127.0.0.1:{listener.getsockname()[1]}"
        settings = Settings(home=folder, secret=SecretStr(SECRET), web_url=base, files_only=True)
        postman = Postman(settings, engine)
        app = create_app(settings, engine, clock, postman)
        server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield Town(engine=engine, settings=settings, base=base, clock=clock, postman=postman)
        finally:
            server.should_exit = True
            thread.join(20)
    assert not thread.is_alive()
