"""Ways to the pages about oneself, for the tests here: by a personal link of anybody in the small cycle."""

import re

import httpx

from notifications.personal_links import make_link
from tests.builders import at
from tests.web.logged_in import Site
from tests.web.serving import SECRET


def link_of(person: str, page: str = "", cycle: str = "c") -> str:
    """The path of somebody's page, by a link made a day before the server's time."""
    return f"/p/{make_link(SECRET.encode(), cycle, person, at('2022-05-01'))}/{page}"


def once_of(answer: httpx.Response, action: str = "") -> str:
    """The number that a page drew for the form that posts to `action`, or its first."""
    found = re.search(
        rf'action="[^"]*{action}"[^>]*>\s*<input type="hidden" name="once" value="([^"]+)"', answer.text
    )
    assert found is not None, f"no form that posts to {action}"
    return found[1]


def facts_of(site: Site) -> dict[str, object]:
    return site.world.last_facts()
