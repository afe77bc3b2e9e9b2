"""Who sits at a cycle's pages: a person in a cycle, by a login or by a link of their own, and where the pages stand."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from aarshjul.core.cycle import COORDINATOR

if TYPE_CHECKING:
    from datetime import datetime

    from aarshjul.web.login.sessions import Viewer
    from aarshjul.web.place import Place
    from models.cycle import Cycle

SUBSCRIBER = "subscriber"


@dataclass(frozen=True, kw_only=True, slots=True)
class Seat:
    """Somebody at the pages of one cycle.

    Attributes:
        person: the id of who acts here; `name` is theirs.
        cycle: the cycle's id; `title` is its title, `zone` its time zone.
        roles: what they are in it, a chair being a member as well; empty for whoever left.
        place: the page that was asked for, and the language it is answered in.
        top: the path of the cycle's pages for them: `("cycles", ID)`, or `("p", TOKEN)`.
        viewer: the login; None where they came by a link.
        network: where they came by a link from, for counting what that network presses.
        presents: whether the cycle presents a contract's results: goals and scores to look at.
        held_until: until when the coordinator can take back what people are to be told; None where nothing waits.
    """

    person: str
    name: str
    cycle: str
    title: str
    zone: str
    roles: frozenset[str]
    place: "Place"
    top: tuple[str, str]
    viewer: "Viewer | None" = None
    network: str = "unknown"
    presents: bool = True
    held_until: "datetime | None" = None

    @classmethod
    def of_login(
        cls, cycle: "Cycle", viewer: "Viewer", roles: frozenset[str], place: "Place", held: "datetime | None"
    ) -> "Seat":
        """A coordinator of a cycle, who is logged in."""
        return cls(
            person=viewer.person,
            name=viewer.name,
            cycle=cycle.id,
            title=cycle.title,
            zone=cycle.timezone,
            roles=roles,
            place=place,
            top=("cycles", cycle.id),
            viewer=viewer,
            presents=cycle.contract_id is not None,
            held_until=held,
        )

    @property
    def by_link(self) -> bool:
        """Whether they have no login: approving and signing then want a code as well."""
        return self.viewer is None

    @property
    def coordinates(self) -> bool:
        """Whether they may act as the cycle's coordinator."""
        return COORDINATOR in self.roles

    @property
    def sees_drafts(self) -> bool:
        """Whether texts that are not in force are theirs to read: everybody's but subscribers'."""
        return bool(self.roles - {SUBSCRIBER})

    @property
    def language(self) -> str:
        """What their pages are written in."""
        return self.place.language

    def to(self, *parts: str, **query: str | int) -> str:
        """The way to a page of this cycle, for them, in the same language; relative, as every way of ours."""
        path = "/".join(quote(part, safe="") for part in (*self.top, *parts))
        asked = {**query, **({"lang": self.place.asked} if self.place.asked else {})}
        return f"{self.place.root}{path}{f'?{urlencode(asked)}' if asked else ''}"
