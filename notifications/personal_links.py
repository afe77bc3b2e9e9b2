"""Links to somebody's own page in a cycle: who, in which cycle, since when, and that we wrote it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from aarshjul.settings import Settings
from notifications.tokens import read_signed, signed
from notifications.unsubscribing import page_address, signing_key

LASTS = timedelta(days=45)
"""From when the message that carries it was owed: longer than between two messages that ask for something."""
_PURPOSE = b"aarshjul personal page 1\0"  # so that nothing else that the same key signs is such a link


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonalLink:
    """Whom a link names, in which cycle, and when it was made (to the second)."""

    cycle: str
    person: str
    made_at: datetime

    def works(self, now: datetime, since: datetime | None) -> bool:
        """Whether it leads somewhere: not too old, and not from before `since`, when the person stopped all earlier ones."""
        stopped = since is not None and self.made_at < since.replace(microsecond=0)
        return not stopped and now < self.made_at + LASTS


def make_link(secret: bytes, cycle: str, person: str, made_at: datetime) -> str:
    """The token of a link; the same person, cycle and second give the same."""
    return signed(secret, _PURPOSE, cycle, person, str(int(made_at.timestamp())))


def read_link(secret: bytes, token: str) -> PersonalLink | None:
    """What a token that `make_link` wrote with this secret says; None for anything else."""
    parts = read_signed(secret, _PURPOSE, token)
    if parts is None or len(parts) != 3:
        return None
    made_at = datetime.fromtimestamp(int(parts[2]), tz=UTC)
    return PersonalLink(cycle=parts[0], person=parts[1], made_at=made_at)


def own_pages(settings: Settings, channel: str) -> Callable[[str, str, datetime], str | None]:
    """Where somebody's own page is, as the messages of a channel name it; None where others would read it as well.

    A mail is its reader's. An address of Teams or another service is, where it stands under the person's own id:
    under a role or `*` it is a room that several read, and whoever has the link acts as the person.
    """
    secret = signing_key(settings)
    rooms = (
        settings.teams_urls if channel == "teams" else settings.services.get(channel.partition(":")[2], {})
    )

    def page(cycle: str, person: str, made_at: datetime) -> str | None:
        shared = bool(rooms) and person not in rooms
        return None if shared else personal_page(settings, secret, cycle, person, made_at)

    return page


def personal_page(
    settings: Settings, secret: bytes, cycle: str, person: str, made_at: datetime
) -> str | None:
    """The address of the page, as a mail names it; None where there is no page to name."""
    page = page_address(settings)
    return f"{page}/p/{make_link(secret, cycle, person, made_at)}" if page else None
