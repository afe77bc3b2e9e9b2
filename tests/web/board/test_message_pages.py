"""One message: what was said, what the server answered, and what is done about it."""

import pytest
from sqlmodel import col, select

from models.engine import reading, writing
from models.history import HistoryEntry
from models.message import Attempt, Message
from notifications.personal_links import make_link
from tests.builders import at
from tests.web.logged_in import Site
from tests.web.serving import SECRET

MAIL = "Subject: =?utf-8?q?M=C3=B8de?=\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{}\r\n"


def message(site: Site, state: str = "failed", text: str = "<b>Kom</b>") -> int:
    """A message of the first round, as if it had come to this."""
    site.world.round("2022-04-20")
    with writing(site.world.engine) as session:
        query = select(Message).where(Message.person_id == "b1").order_by(col(Message.id))
        row = session.exec(query).first()
        assert row is not None
        assert row.id is not None
        row.state, row.payload, row.address = state, MAIL.format(text).encode(), "b1@example.org"
        row.attempts = 0 if state == "waiting" else 1
        if state != "waiting":
            session.add(
                Attempt(
                    message_id=row.id,
                    attempted_at=at("2022-04-20"),
                    outcome="permanent",
                    code=550,
                    text="no <user>",
                )
            )
        return row.id


def state_of(site: Site, number: int) -> str:
    with reading(site.world.engine) as session:
        return session.get_one(Message, number).state


def history(site: Site) -> list[str]:
    with reading(site.world.engine) as session:
        return [row.what for row in session.exec(select(HistoryEntry)) if row.what in ("resent", "withdrew")]


def test_it_is_shown_as_text_with_every_answer_of_the_server(logins: Site) -> None:
    number = message(logins)
    logins.log_in()
    page = logins.client.get(f"/cycles/c/messages/{number}").text
    assert "&lt;b&gt;Kom&lt;/b&gt;" in page
    assert "Møde" in page
    assert "550 no &lt;user&gt;" in page
    assert "Kunne ikke leveres" in page


def test_links_that_are_the_readers_alone_are_left_out(logins: Site) -> None:
    token = make_link(SECRET.encode(), "c", "b1", at("2022-04-20"))
    number = message(
        logins,
        text=f"https://w.example.org/p/{token}/milestones/x og https://w.example.org/calendars/abc.ics "
        f"samt https://w.example.org/unsubscribe/{token}?x",
    )
    logins.log_in()
    page = logins.client.get(f"/cycles/c/messages/{number}").text
    assert token not in page
    assert "abc.ics" not in page
    assert "https://w.example.org/p/…/milestones/x" in page


def test_a_failed_one_is_sent_again_once_however_often_it_is_pressed(logins: Site) -> None:
    number = message(logins)
    logins.log_in()
    answers = [logins.post(f"/cycles/c/messages/{number}/resend", {"once": "a"}) for _ in range(2)]
    assert [each.headers["location"].rpartition("done=")[2] for each in answers] == ["resend", "already"]
    assert state_of(logins, number) == "waiting"
    assert history(logins) == ["resent"]


def test_what_was_sent_goes_again_only_where_that_is_meant(logins: Site) -> None:
    number = message(logins, "sent")
    logins.log_in()
    assert 'name="again" value="yes"' in logins.client.get(f"/cycles/c/messages/{number}").text
    refused = logins.post(f"/cycles/c/messages/{number}/resend", {"once": "a"})
    assert refused.status_code == 409
    assert 'role="alert"' in refused.text
    answer = logins.post(f"/cycles/c/messages/{number}/resend", {"once": "a", "again": "yes"})
    assert (answer.status_code, state_of(logins, number)) == (303, "uncertain")


def test_what_has_not_gone_is_taken_back(logins: Site) -> None:
    number = message(logins, "waiting")
    logins.log_in()
    assert logins.post(f"/cycles/c/messages/{number}/withdraw", {"once": "a"}).status_code == 303
    assert state_of(logins, number) == "withdrawn"
    assert history(logins) == ["withdrew"]


@pytest.mark.parametrize("state", ["sent", "merged", "sending"])
def test_what_went_cannot_be_taken_back(logins: Site, state: str) -> None:
    number = message(logins, state)
    logins.log_in()
    assert logins.post(f"/cycles/c/messages/{number}/withdraw", {"once": "a"}).status_code == 409
    assert (state_of(logins, number), history(logins)) == (state, [])


def test_another_cycles_message_is_not_here(logins: Site) -> None:
    number = message(logins)
    logins.log_in("co2")
    for path in (f"/cycles/c/messages/{number}", f"/cycles/other/messages/{number}"):
        assert logins.client.get(path).status_code == 404
        assert logins.post(f"{path}/resend", {"once": "a"}).status_code == 404
    assert state_of(logins, number) == "failed"


def test_the_ledger_is_narrowed_and_paged(logins: Site) -> None:
    message(logins)
    for day in ("2022-05-13", "2022-08-18", "2022-09-23", "2022-11-04", "2022-11-11"):
        logins.world.round(day)
    logins.log_in()
    first = logins.client.get("/cycles/c/messages").text
    older = logins.client.get("/cycles/c/messages?after=25").text
    assert "1-25 af " in first
    assert "after=25" in first
    assert "26-" in older
    narrowed = logins.client.get("/cycles/c/messages?state=failed&person=b1&kind=").text
    assert "1-1 af 1" in narrowed
    assert "Der er ingen, der passer." in logins.client.get("/cycles/c/messages?state=failed&person=bc").text
