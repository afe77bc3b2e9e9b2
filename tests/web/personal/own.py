"""A site seen by people with links of their own."""

import re
from dataclasses import dataclass, field
from datetime import datetime

import httpx
from sqlalchemy import select

from models.engine import reading
from models.milestone import Completion, Invitation
from notifications.forgetting import FOLDER
from notifications.personal_links import make_link
from tests.web.logged_in import Site, parsed
from tests.web.serving import SECRET


@dataclass(kw_only=True)
class Own:
    """Somebody's own pages at a site; the link is as old as the moment it was first asked for."""

    site: Site
    read: set[str] = field(default_factory=set)

    def token(self, person: str = "b1", cycle: str = "c", made: datetime | None = None) -> str:
        return make_link(SECRET.encode(), cycle, person, made or self.site.clock())

    def get(self, token: str, *parts: str, method: str = "GET") -> httpx.Response:
        return self.site.client.request(method, "/".join(("/p", token, *parts)))

    def post(self, token: str, *parts: str, **fields: str) -> httpx.Response:
        answer = self.site.post("/".join(("/p", token, *parts)), fields)
        self.site.postman.finish()
        return answer

    def new_links(self) -> list[tuple[str, str]]:
        """To whom new links went since this was last asked, and their tokens."""
        files = sorted((self.site.settings.home / FOLDER).glob("*.code.eml"))
        mails = [parsed(each.read_bytes()) for each in files if each.name not in self.read]
        self.read |= {each.name for each in files}
        return [(str(each["To"]), re.findall(r"/p/(\S+)", each.get_content())[0]) for each in mails]

    def answers(self) -> dict[str, str]:
        """By person what they said to the dialogue meeting, or whatever else they were asked."""
        with reading(self.site.world.engine) as session:
            return {row.person_id: row.partstat for row in session.scalars(select(Invitation))}

    def done(self) -> list[str]:
        with reading(self.site.world.engine) as session:
            return sorted(row.person_id for row in session.scalars(select(Completion)))
