"""A milestone's page, and what tests press and read there."""

import re

from sqlmodel import col, select

from models.engine import reading
from models.message import Message
from models.milestone import Milestone
from tests.web.logged_in import Site

PAGE = "/cycles/c/milestones/dialogue"
STANDS = {"was_to": "2022-11-18", "was_at": "10:00", "was_ends": "12:00", "was_place": "Aalborg"}
AS_IT_IS = {**STANDS, **{name.removeprefix("was_"): value for name, value in STANDS.items()}}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


def offered(text: str) -> set[str]:
    """The acts that a page has a form for."""
    found = re.findall(r'<form method="post" action="[^"]*milestones/[^"/]*/([a-z]+)[/"]', text)
    return set(found)


def hidden(text: str) -> dict[str, str]:
    """What the one form of an act carries unseen."""
    return dict(HIDDEN.findall(act_in(text)))


def act_in(text: str) -> str:
    """The part of a page that does the act, and not what leads back from it."""
    return text[text.index('<section class="act"') :].partition("</section>")[0]


def row_of(site: Site, slug: str) -> Milestone:
    with reading(site.world.engine) as session:
        return session.exec(
            select(Milestone).where(col(Milestone.cycle_id) == "c", col(Milestone.slug) == slug)
        ).one()


def told(site: Site) -> set[str]:
    with reading(site.world.engine) as session:
        return {row.person_id for row in session.exec(select(Message).where(col(Message.revision) == 2))}


def attach(site: Site, name: str, content: bytes = b"a paper", **fields: str) -> int:
    found = site.client.post(
        f"{PAGE}/attach",
        data={"once": name, **fields},
        files={"file": (name, content)},
        headers={"sec-fetch-site": "same-origin"},
    )
    return found.status_code
