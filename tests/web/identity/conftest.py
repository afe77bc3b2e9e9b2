"""A site whose coordinators may log in at a provider that runs beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine

from aarshjul.settings import Settings
from aarshjul.web.app import create_app
from aarshjul.web.login.mail import Postman
from tests.servers.oidc import CLIENT, SECRET, oidc_server
from tests.web.identity.elsewhere import Elsewhere
from tests.web.logged_in import Site, site_over
from tests.web.serving import SECRET as KEY
from tests.web.serving import client_of


@pytest.fixture
def elsewhere(sqlite: Engine, tmp_path: Path) -> Iterator[Elsewhere]:
    with site_over(sqlite, tmp_path) as site, oidc_server(site.clock) as provider:
        settings = Settings(
            home=tmp_path,
            secret=SecretStr(KEY),
            oidc_issuer=provider.issuer,
            oidc_client_id=CLIENT,
            oidc_client_secret=SecretStr(SECRET),
            oidc_name="Prøvekommunen",
        )
        app = create_app(settings, sqlite, site.clock, Postman(settings, sqlite))
        with client_of(app) as client:
            own = Site(
                world=site.world, client=client, clock=site.clock, postman=site.postman, settings=settings
            )
            yield Elsewhere(site=own, provider=provider)
