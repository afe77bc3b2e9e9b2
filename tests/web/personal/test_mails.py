"""Links in messages: the reader's own, to them alone, and nothing that follows them changes anything."""

import json
import re
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, select
from sqlmodel import col

from aarshjul.acts.leaving_out import LeavingOut
from aarshjul.settings import Settings
from aarshjul.web.app import create_app
from models.cycle import Membership
from models.engine import reading, writing
from models.message import Message
from notifications.channels import renderer
from notifications.personal_links import LASTS, read_link
from tests.builders import at
from tests.web.serving import SECRET, WEB_URL, Clock, client_of
from tests.world import World

LINK = re.compile(rf"{WEB_URL}/p/([\w.-]+)(/[\w/-]+)?")


@pytest.fixture
def world(sqlite: Engine, tmp_path: Path) -> World:
    made = World(engine=sqlite, folder=tmp_path)
    made.act("2022-04-19", "co", "activate")
    return made


def settings(world: World, **more: Any) -> Settings:
    return Settings(home=world.folder, secret=SecretStr(SECRET), **{"web_url": WEB_URL} | more)


def rendered(world: World, channel: str = "email", **more: Any) -> dict[str, tuple[Message, bytes]]:
    """Every message of the year so far as it would go now, by its key."""
    with reading(world.engine) as session:
        rows = list(session.scalars(select(Message).order_by(col(Message.id))))
        write = renderer(settings(world, **more), channel)(session, rows, None, at("2022-11-10"))
        return {row.key: (row, write(row).payload) for row in rows}


def texts(payload: bytes) -> dict[str, str]:
    mail = message_from_bytes(payload, policy=default)
    assert isinstance(mail, EmailMessage)
    return {part.get_content_type(): part.get_content() for part in mail.walk() if not part.is_multipart()}


def test_every_mail_has_its_readers_own_link_and_no_calendar_part_has(world: World) -> None:
    world.round("2022-04-19")
    found = rendered(world)
    assert len(found) > 5

    for row, payload in found.values():
        parts = texts(payload)
        for kind in ("text/plain", "text/html"):
            [(token, _)] = set(LINK.findall(parts[kind]))
            link = read_link(SECRET.encode(), token)
            assert link is not None
            assert (link.cycle, link.person) == ("c", row.person_id)
        assert "/p/" not in parts.get("text/calendar", "")


def test_an_invitation_leads_to_its_meeting(world: World) -> None:
    world.round("2022-04-19")
    row, payload = next(each for key, each in rendered(world).items() if "dialogue/1/invite" in key)

    assert LINK.findall(texts(payload)["text/plain"])[0][1] == "/milestones/dialogue"
    assert row.person_id


def test_without_an_address_of_the_pages_nothing_is_named(world: World) -> None:
    world.round("2022-04-19")

    assert all(b"/p/" not in payload for _, payload in rendered(world, web_url=None).values())


def test_a_reminder_that_a_delegate_reads_as_well_has_no_link_in_it(world: World) -> None:
    world.act("2022-05-01", "b1", "delegate", to="ob")
    for day in ("2022-04-19", "2022-11-04"):
        world.round(day)

    copies = 0
    for row, payload in rendered(world).values():
        mail = message_from_bytes(payload, policy=default)
        copies += mail["Cc"] is not None
        assert (mail["Cc"] is None) == bool(LINK.search(texts(payload)["text/plain"])), row.key
    assert copies == 1


def test_a_card_has_the_link_only_where_nobody_else_reads_it(world: World) -> None:
    world.round("2022-04-19")
    address = SecretStr("https://example.org/workflow")

    cards = rendered(world, "teams", teams_urls={"b1": address, "*": address})

    with_link = {row.person_id for row, payload in cards.values() if WEB_URL.encode() in payload}
    assert with_link == {"b1"}
    own = next(payload for row, payload in cards.values() if row.person_id == "b1")
    [action] = json.loads(own)["attachments"][0]["content"]["actions"]
    assert (action["type"], bool(LINK.match(action["url"]))) == ("Action.OpenUrl", True)


def test_a_mail_that_goes_after_the_links_were_stopped_has_one_that_works(world: World) -> None:
    world.round("2022-04-19")
    stopped = at("2022-05-03")
    with writing(world.engine) as session:
        session.get_one(Membership, ("c", "b1")).links_since = stopped

    tokens = {
        LINK.findall(texts(payload)["text/plain"])[0][0]
        for row, payload in rendered(world).values()
        if row.person_id == "b1"
    }

    links = [read_link(SECRET.encode(), each) for each in tokens]
    assert all(link and link.works(stopped + LASTS - timedelta(minutes=1), stopped) for link in links)


def test_what_looks_into_mails_changes_nothing_and_finds_pages(world: World) -> None:
    for day in ("2022-04-19", "2022-05-13", "2022-09-23", "2022-11-04", "2022-11-10"):
        world.round(day)
    links = {match[0] for _, payload in rendered(world).values() for match in LINK.finditer(_all(payload))}
    before, clock = world.snapshot(), Clock()

    with client_of(create_app(settings(world), world.engine, clock)) as client:
        for link in sorted(links):
            token = LINK.findall(link)[0][0]
            made = read_link(SECRET.encode(), token)
            assert made is not None
            clock.moment = made.made_at + timedelta(hours=1)
            for method in ("GET", "HEAD"):
                path = link.removeprefix(WEB_URL)
                status = client.request(method, path).status_code
                assert status == 200 or path.endswith("/approval"), path

    assert len(links) > 10
    assert world.snapshot() == before


def test_what_is_handed_out_of_a_mail_has_no_link_that_works(world: World) -> None:
    world.round("2022-04-19")
    left_out = LeavingOut(known={})

    for row, payload in rendered(world).values():
        token = LINK.findall(_all(payload))[0][0]
        assert token not in left_out.text(_all(payload)), row.key


def _all(payload: bytes) -> str:
    return " ".join(texts(payload).values())
