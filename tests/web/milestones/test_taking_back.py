"""Buttons that take back: a press of one's own, and messages that have not gone."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from models.engine import reading, writing
from models.message import Message
from notifications.personal_links import make_link
from tests.web.logged_in import Site
from tests.web.milestones.pressing import AS_IT_IS, PAGE, row_of
from tests.web.serving import SECRET


def test_fortryd_takes_it_back_and_comes_back_to_the_page(logins: Site) -> None:
    logins.log_in()
    logins.post(f"{PAGE}/move", {**AS_IT_IS, "place": "Hobro", "once": "a"})
    assert 'name="press" value="a"' in logins.client.get(f"{PAGE}?done=move&undo=a").text

    answers = [logins.post("/cycles/c/undo", {"press": "a", "then": PAGE}) for _ in range(2)]

    assert [each.headers["location"] for each in answers] == [
        f"../..{PAGE}?done=undo",
        f"../..{PAGE}?done=already",
    ]
    assert row_of(logins, "dialogue").place == "Aalborg"


@pytest.mark.parametrize(
    "then",
    [
        "https://evil.example",
        "//evil.example",
        "/cycles/other",
        "/cycles/c/../other",
        "/cycles/c//x",
        "",
        "\\",
    ],
)
def test_after_taking_back_nobody_is_sent_elsewhere(logins: Site, then: str) -> None:
    logins.log_in()
    logins.post(f"{PAGE}/move", {**AS_IT_IS, "place": "Hobro", "once": "a"})

    assert (
        logins.post("/cycles/c/undo", {"press": "a", "then": then}).headers["location"]
        == "../../cycles/c?done=undo"
    )


def test_what_has_not_gone_can_be_withdrawn_while_it_waits(logins: Site) -> None:
    logins.world.round("2022-04-20")
    logins.log_in()
    logins.post(f"{PAGE}/move", {**AS_IT_IS, "to": "2022-11-22", "once": "a"})
    assert "withdraw" in logins.client.get(PAGE).text
    logins.world.round("2022-05-02")
    assert "withdraw" in logins.client.get(PAGE).text

    answer = logins.post("/cycles/c/withdraw", {"then": PAGE})

    assert answer.headers["location"].endswith("?done=withdraw")
    with reading(logins.world.engine) as session:
        rows = session.exec(select(Message).where(col(Message.revision) == 2)).all()
    assert rows
    assert {row.state for row in rows} == {"withdrawn"}
    assert "cycles/c/withdraw" not in logins.client.get(PAGE).text
    assert logins.post("/cycles/c/withdraw", {"then": PAGE}).status_code == 409


def test_once_the_time_is_over_nothing_is_offered_to_be_withdrawn(logins: Site) -> None:
    logins.world.round("2022-04-20")
    logins.log_in()
    logins.post(f"{PAGE}/move", {**AS_IT_IS, "to": "2022-11-22", "once": "a"})
    logins.world.round("2022-05-02")

    logins.clock.moment += timedelta(minutes=6)

    assert "cycles/c/withdraw" not in logins.client.get(PAGE).text


def test_a_member_cannot_withdraw(logins: Site) -> None:
    token = make_link(SECRET.encode(), "c", "b1", logins.clock())

    assert logins.post(f"/p/{token}/withdraw", {"then": "/"}).status_code == 403


def test_a_delivery_that_has_begun_goes_on(logins: Site) -> None:
    logins.world.round("2022-04-20")
    logins.log_in()
    logins.post(f"{PAGE}/move", {**AS_IT_IS, "to": "2022-11-22", "once": "a"})
    logins.world.round("2022-05-02")
    with writing(logins.world.engine) as session:
        for row in session.exec(select(Message).where(col(Message.revision) == 2)):
            row.state = "sending"

    assert logins.post("/cycles/c/withdraw", {"then": PAGE}).status_code == 409
