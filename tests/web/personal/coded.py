"""A site with one button that binds: a vote by link, on its way through the code."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from fastapi import APIRouter, FastAPI, Request, Response
from pydantic import SecretStr
from sqlalchemy import Engine, func, select
from sqlmodel import Session

from aarshjul.core.errors import Refused
from aarshjul.settings import Settings
from aarshjul.web.desk import Desk, desk_over
from aarshjul.web.doing.deeds import Wish
from aarshjul.web.doing.form import Problem
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.login.mail import Postman
from models.approval import Vote
from models.engine import reading
from notifications.forgetting import FOLDER
from notifications.personal_links import make_link
from tests.builders import at
from tests.web.logged_in import parsed
from tests.web.serving import SECRET, Clock, client_of
from tests.world import World

NOW = "2022-10-10"
TYPED = {"once": "a", "vote": "for", "reason": 'line\r\n"two" & <b>'}


@dataclass(kw_only=True)
class Voting:
    """A member with a link, a text before the board, and the mails that went out."""

    world: World
    client: httpx.Client
    clock: Clock
    postman: Postman
    folder: Path
    read: set[str] = field(default_factory=set)
    stumbles: list[bool] = field(default_factory=list)

    def post(self, data: dict[str, str], person: str = "b1") -> httpx.Response:
        """A press of who has the link of a person."""
        token = make_link(SECRET.encode(), "c", person, at(NOW))
        headers = {"sec-fetch-site": "same-origin"}
        answer = self.client.post(f"/p/{token}/vote", data=data, headers=headers)
        self.postman.finish()
        return answer

    def codes(self) -> list[str]:
        """The codes of the mails that went since this was last asked."""
        files = sorted(self.folder.glob(f"{FOLDER}/*.code.eml"))
        new = [each for each in files if each.name not in self.read]
        self.read |= {each.name for each in new}
        texts = [parsed(each.read_bytes()).get_content() for each in new]
        return [found[1] for text in texts if (found := re.search(r"(\d{4} \d{4})", text))]

    def votes(self) -> int:
        with reading(self.world.engine) as session:
            return session.scalar(select(func.count()).select_from(Vote)) or 0


def hidden(answer: httpx.Response) -> dict[str, str]:
    """What the first form of a page sends unseen."""
    form = answer.text.partition("<form")[2].partition("</form>")[0]
    pairs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in pairs}


@contextmanager
def voting_over(engine: Engine, folder: Path) -> Iterator[Voting]:
    """The site; the board may vote about the first version."""
    world = World(engine=engine, folder=folder)
    world.act("2022-04-19", "co", "activate")
    world.act("2022-09-20", "holder", "submit-draft", text="The first text")
    world.act("2022-09-21", "co", "cancel", milestone="dialogue", reason="none this year")
    clock = Clock(moment=at(NOW))
    settings = Settings(home=folder, secret=SecretStr(SECRET))
    postman = Postman(settings, engine)
    desk = desk_over(settings, engine, clock, postman)
    app = FastAPI()
    stumbles: list[bool] = []
    app.include_router(_button(desk, stumbles))
    with client_of(app) as client:
        yield Voting(
            world=world, client=client, clock=clock, postman=postman, folder=folder, stumbles=stumbles
        )


def _button(desk: Desk, stumbles: list[bool]) -> APIRouter:
    """A vote; before each of its looks at the record it stumbles or not, as the test says."""
    router = APIRouter()

    def guard(_session: Session) -> None:
        if stumbles and stumbles.pop(0):
            raise Refused("it stumbled")

    def press(_request: Request, seat: Seat, typed: Typed) -> Response:
        def again(problems: tuple[Problem, ...]) -> Response:
            return Response(f"again: {'; '.join(each.said for each in problems)}", status_code=409)

        wish = Wish(do="vote", fields={"body": "board", "vote": typed.text("vote")}, guard=guard)
        return desk.deeds.press(seat, typed, wish, then=seat.to(), again=again)

    desk.doors.press(router, "/vote", press)
    return router
