"""A site with a draft of two goals, and its coordinator at the forms."""

import pytest

from tests.builders import at
from tests.web.drafting.pen import GOALS, Pen
from tests.web.logged_in import Site


@pytest.fixture
def pen(logins: Site) -> Pen:
    """The coordinator, over version 1 that the house submitted."""
    logins.world.act("2022-09-01", "holder", "submit-draft", text=GOALS)
    logins.clock.moment = at("2022-09-03")
    logins.log_in()
    return Pen(logins)
