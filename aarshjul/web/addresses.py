"""The addresses of one feed, and the links by which calendar programs add it."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from starlette.requests import Request

AT_HOME = "http://127.0.0.1:8000"
"""Where `aarshjul serve` and `up` are, unless they were told otherwise."""
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Addresses:
    """Of one feed.

    Attributes:
        base: where the pages are, without a slash at the end.
        secret: the feed's; whoever has it may read the feed.
        query: the choice of contents, with its question mark, or nothing.
    """

    base: str
    secret: str
    query: str = ""

    @property
    def feed(self) -> str:
        """What a calendar program is given."""
        return f"{self.base}/calendars/{self.secret}.ics{self.query}"

    @property
    def page(self) -> str:
        """What a person opens."""
        return f"{self.base}/calendars/{self.secret}{self.query}"

    @property
    def webcal(self) -> str:
        """Opens the calendar program of a Mac, an iPhone, or a Windows machine with Outlook."""
        return f"webcal://{self.feed.partition('://')[2]}"

    @property
    def google(self) -> str:
        """Google's page that asks whether to add it; it wants `webcal` here."""
        return f"https://calendar.google.com/calendar/r?cid={quote(self.webcal, safe='')}"

    def outlook(self, host: str, name: str) -> str:
        """Microsoft's page that does: `outlook.office.com` for work, `outlook.live.com` for a private account."""
        named = urlencode({"url": self.feed, "name": name}, quote_via=quote, safe="")
        return f"https://{host}/calendar/0/addfromweb?{named}"


def base_of(web_url: str | None, request: "Request") -> str:
    """Where the pages are: as the operator said, else as the request came (a proxy says by its headers)."""
    if web_url:
        return web_url.rstrip("/")
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        return AT_HOME
    scheme = "https" if request.url.scheme == "https" else "http"
    return f"{scheme}://{host}"
