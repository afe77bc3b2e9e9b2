"""A browser that logs in at a provider."""

from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
from sqlmodel import select

from models.engine import reading
from models.login import LoginSession
from models.webuse import Identity
from tests.servers.oidc import OidcServer
from tests.web.logged_in import Site


@dataclass(kw_only=True)
class Elsewhere:
    """A site and the provider beside it."""

    site: Site
    provider: OidcServer

    def start(self, query: str = "") -> httpx.Response:
        return self.site.client.get(f"/oidc/start{query}")

    def at_provider(self, started: httpx.Response) -> str:
        """Log in there: the path with which the browser comes back."""
        sent = httpx.get(started.headers["location"], timeout=20, trust_env=False)
        parts = urlsplit(sent.headers["location"])
        return f"{parts.path}?{parts.query}"

    def log_in(self, query: str = "") -> httpx.Response:
        """All of it."""
        return self.site.client.get(self.at_provider(self.start(query)))

    def is_in(self) -> bool:
        return self.site.client.get("/cycles").status_code == 200

    def ways(self) -> list[str]:
        with reading(self.site.world.engine) as session:
            return [each.way for each in session.exec(select(LoginSession))]

    def identities(self) -> list[tuple[str, str]]:
        with reading(self.site.world.engine) as session:
            return [(each.subject, each.person_id) for each in session.exec(select(Identity))]
