"""What a link is worth: bound to a person and a cycle, ended, stopped, renewed; and that nobody learns anything by it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models.engine import reading
from models.login import LoginSession
from notifications.unsubscribing import make_token
from tests.builders import at
from tests.web.logged_in import Site
from tests.web.personal.own import Own
from tests.web.serving import SECRET

AGE = {"fresh": 0, "nearly": 44, "expired": 46}


@pytest.fixture
def own(logins: Site) -> Own:
    return Own(site=logins)


@pytest.mark.parametrize(
    ("link", "status"),
    [
        ("fresh", 200),
        ("nearly", 200),
        ("expired", 410),
        ("stopped", 410),
        ("left", 404),
        ("left and expired", 404),
        ("altered", 404),
        ("cut", 404),
        ("other cycle", 404),
        ("nobody", 404),
        ("unsubscribe", 404),
    ],
)
def test_what_a_link_leads_to(own: Own, link: str, status: int) -> None:
    made = own.site.clock() - timedelta(days=AGE.get(link, 0))
    token = own.token(made=made)
    if link == "stopped":
        assert own.post(token, "not-me").status_code == 200
    if link.startswith("left"):
        own.site.world.act("2022-05-01", "co", "leave", person="gone")
        token = own.token("gone", made=at("2022-02-01") if link.endswith("expired") else None)
    token = {
        "altered": token[:-1] + ("A" if token[-1] != "A" else "B"),
        "cut": token[:-1],
        "other cycle": own.token("b1", "nowhere"),
        "nobody": own.token("nobody"),
        "unsubscribe": make_token(SECRET.encode(), "c", "b1"),
    }.get(link, token)

    answers = [own.get(token), own.get(token, "not-me"), own.post(token, "answer", once="a")]

    assert answers[0].status_code == status
    assert answers[1].status_code == status
    assert answers[2].status_code == (409 if status == 200 else status)
    for each in answers:
        assert each.headers["referrer-policy"] == "no-referrer"
        assert each.headers["cache-control"] == "no-store"
        assert each.headers["x-robots-tag"] == "noindex"
        assert "set-cookie" not in each.headers


def test_a_link_is_no_login(own: Own) -> None:
    own.get(own.token("co"))

    with reading(own.site.world.engine) as session:
        assert session.scalar(select(func.count()).select_from(LoginSession)) == 0
    assert "Kontrakt" not in own.site.client.get("/cycles/c").text


def test_not_me_explains_and_only_its_button_stops_the_links(own: Own) -> None:
    token = own.token()
    page = own.get(token, "not-me")
    assert "Er du ikke Bestyrelsesmedlem?" in page.text
    assert own.get(token).status_code == 200

    answer = own.post(token, "not-me")

    [(to, new)] = own.new_links()
    assert "b1@example.org" in to
    assert new not in answer.text
    assert [own.get(each).status_code for each in (token, new)] == [410, 200]
    assert own.get(own.token("bc")).status_code == 200, "another one's link went with it"


def test_not_me_ends_the_link_and_not_the_new_one_when_the_clock_was_set_back(own: Own) -> None:
    token = own.token()
    own.site.clock.moment -= timedelta(hours=2)

    own.post(token, "not-me")

    [(_, new)] = own.new_links()
    assert [own.get(each).status_code for each in (token, new)] == [410, 200]


def test_an_ended_link_is_renewed_to_the_address_on_record_whoever_presses(own: Own) -> None:
    token = own.token(made=own.site.clock() - timedelta(days=60))
    own.site.world.act("2022-05-01", "co", "prefer", person="b1", email="new@example.org")

    answer = own.post(token, "renew")

    [(to, new)] = own.new_links()
    assert (answer.status_code, to) == (200, "Bestyrelsesmedlem <new@example.org>")
    assert "example.org" not in answer.text
    assert new not in answer.text
    assert own.get(new).status_code == 200


def test_what_is_no_link_or_of_who_left_renews_nothing(own: Own) -> None:
    own.site.world.act("2022-05-01", "co", "leave", person="gone")
    tokens = [own.token("gone"), own.token("nobody"), own.token("b1", "nowhere"), "x.y"]

    answers = [own.post(each, "renew") for each in tokens]

    assert [each.status_code for each in answers] == [404] * 4
    assert len({each.text for each in answers}) == 1
    assert own.new_links() == []


def test_five_new_links_an_hour_and_the_answer_is_the_same(own: Own) -> None:
    token = own.token(made=own.site.clock() - timedelta(days=60))

    answers = [own.post(token, "renew") for _ in range(7)]

    assert ({each.text for each in answers}, len(own.new_links())) == ({answers[0].text}, 5)
    own.site.clock.moment += timedelta(minutes=61)
    own.post(token, "renew")
    assert len(own.new_links()) == 1


def test_a_renewal_from_another_site_sends_nothing(own: Own) -> None:
    answer = own.site.post(f"/p/{own.token()}/renew", sec_fetch_site="cross-site")

    assert (answer.status_code, own.new_links()) == (403, [])


def test_a_network_that_tries_addresses_is_slowed_and_real_links_still_work(own: Own) -> None:
    found = [own.get(f"nothing{number}").status_code for number in range(61)]

    assert (found[:60], found[60]) == ([404] * 60, 429)
    assert own.get(own.token()).status_code == 200
