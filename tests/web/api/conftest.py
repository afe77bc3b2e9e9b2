"""A program that asks the API of a site."""

import pytest

from tests.web.api.asking import Asking
from tests.web.logged_in import Site


@pytest.fixture
def asking(logins: Site) -> Asking:
    return Asking(site=logins)
