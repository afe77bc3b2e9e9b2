"""What every area of the pages is built on: the record, who may come in, what they may do, and the time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from aarshjul.settings import Settings
from aarshjul.web.doing.codes import Codes
from aarshjul.web.doing.deeds import Deeds
from aarshjul.web.doing.doors import Doors, LinkDoor, LoginDoor
from aarshjul.web.login.mail import Postman
from aarshjul.web.login.sessions import Sessions
from notifications.unsubscribing import signing_key


@dataclass(frozen=True, slots=True)
class Desk:
    """Shared by all areas; each of them is `routes(desk) -> APIRouter`."""

    engine: Engine
    settings: Settings
    now: Callable[[], datetime]
    sessions: Sessions
    postman: Postman
    doors: Doors
    deeds: Deeds

    @property
    def secret(self) -> bytes:
        """What links are signed with."""
        return signing_key(self.settings)


def desk_over(
    settings: Settings, engine: Engine, now: Callable[[], datetime], postman: Postman | None = None
) -> Desk:
    """The desk of an installation.

    Raises:
        Refused: where the key that links are signed with cannot be read or made.
    """
    postman = postman or Postman(settings, engine)
    sessions = Sessions(engine, settings.web_url, now)
    login, link = LoginDoor(engine, sessions), LinkDoor(engine, signing_key(settings), now)
    return Desk(
        engine=engine,
        settings=settings,
        now=now,
        sessions=sessions,
        postman=postman,
        doors=Doors(sessions, login, link),
        deeds=Deeds(engine, settings, now, Codes(engine, now, postman)),
    )
