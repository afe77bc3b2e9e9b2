"""Messages by the API: read with their text, sent again, taken back; by coordinators of the cycle alone."""

import re

from sqlalchemy import select
from sqlmodel import col

from models.engine import writing
from models.message import Message
from tests.web.api.asking import TOP, Asking, conforms

BASE = "/cycles/c/messages"
MAIL = """From: aarshjul@example.org
To: b1@example.org
Subject: Dialogue meeting
Content-Type: text/plain; charset=utf-8

The council meets on 18 November. Answer at https://example.org/p/aaaa.bbbb and nowhere else.
"""


def sent(asking: Asking) -> tuple[str, int]:
    """A cycle in which one message has gone and others wait; the coordinator's token, and the number of that one."""
    asking.site.world.round("2022-04-20")
    with writing(asking.site.world.engine) as session:
        query = select(Message).where(col(Message.person_id) == "b1").order_by(col(Message.id))
        row = session.scalars(query).first()
        assert row is not None
        assert row.id is not None
        row.state, row.payload, row.address = "sent", MAIL.encode(), "b1@example.org"
        number = row.id
    return asking.token(), number


def test_one_message_is_read_with_its_text_and_without_its_readers_links(asking: Asking) -> None:
    token, number = sent(asking)
    found = asking.get(f"{BASE}/{number}", token)
    conforms(asking.site.client.get(f"{TOP}/openapi.json").json(), "/cycles/{cycle}/messages/{number}", found)
    assert "The council meets on 18 November." in found.json()["text"]
    assert not re.search(r"/(p|unsubscribe|login)/[^…\s]", found.json()["text"])
    for other in ("w1", "c1", "sub", "co2"):
        assert asking.get(f"{BASE}/{number}", asking.token(other)).status_code in (403, 404), other


def test_what_was_sent_goes_again_only_where_that_is_meant(asking: Asking) -> None:
    token, number = sent(asking)
    refused = asking.post(f"{BASE}/{number}/resend", token)
    assert (refused.status_code, "a second time" in refused.json()["detail"]) == (409, True)
    assert "`again: true`" in asking.post(f"{BASE}/{number}/resend", token).json()["detail"]
    wrong = asking.post(f"{BASE}/{number}/resend", token, {"again": "perhaps"})
    assert wrong.status_code == 422
    done = asking.post(f"{BASE}/{number}/resend", token, {"again": True})
    description = asking.site.client.get(f"{TOP}/openapi.json").json()
    conforms(description, "/cycles/{cycle}/messages/{number}/resend", done, "post")
    assert (done.status_code, done.json()["state"]) == (200, "uncertain")
    assert asking.get("/cycles/c/history", token, what="resent").json()["total"] == 1


def test_what_has_not_gone_is_taken_back_once(asking: Asking) -> None:
    token, gone = sent(asking)
    waiting = asking.get(BASE, token, state="waiting").json()["items"][0]["id"]
    done = asking.post(f"{BASE}/{waiting}/withdraw", token)
    assert (done.status_code, done.json()["state"]) == (200, "withdrawn"), done.text
    assert asking.post(f"{BASE}/{waiting}/withdraw", token).status_code == 409
    assert asking.post(f"{BASE}/{gone}/withdraw", token).status_code == 409


def test_only_a_coordinator_of_that_cycle_does_either(asking: Asking) -> None:
    token, number = sent(asking)
    for what in ("resend", "withdraw"):
        for person, status in (("w1", 403), ("c1", 403), ("sub", 403), ("co2", 404)):
            assert asking.post(f"{BASE}/{number}/{what}", asking.token(person)).status_code == status
        assert asking.post(f"{BASE}/{number}/{what}", asking.token("co", "read")).status_code == 403
        assert asking.post(f"{BASE}/999999/{what}", token).status_code == 404
        assert asking.post(f"/cycles/other/messages/{number}/{what}", token).status_code == 404
