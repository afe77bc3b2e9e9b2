"""A new address for a calendar, and the end of one: what the two buttons of its page do, and whose wish they take."""

import threading
from urllib.parse import urljoin

import pytest
from sqlalchemy import select
from sqlmodel import col

from models.engine import reading, writing
from models.subscription import Subscription
from tests.web.outline import Outline
from tests.web.serving import WEB_URL, Feeds, serving

OURS = {"Sec-Fetch-Site": "same-origin"}


YES = {"confirm": "yes"}


def hashes(feeds: Feeds) -> list[tuple[str, bool]]:
    with reading(feeds.world.engine) as session:
        rows = session.scalars(select(Subscription).order_by(col(Subscription.id)))
        return [(row.secret_hash, row.revoked_at is not None) for row in rows]


def press(
    feeds: Feeds, secret: str, deed: str, data: dict[str, str] = YES, headers: dict[str, str] = OURS
) -> tuple[int, str]:
    answer = feeds.client.post(f"/calendars/{secret}/{deed}", data=data, headers=headers)
    assert answer.headers["cache-control"] == "no-store"
    return answer.status_code, answer.headers.get("location", answer.text)


def test_looking_changes_nothing_whatever_is_asked(feeds: Feeds) -> None:
    secret = feeds.subscribe(scope="person", person_id="co")
    before = hashes(feeds)
    for path in (secret, f"{secret}?renewed=1", f"{secret}/renew?confirm=yes", f"{secret}/stop"):
        for method in ("GET", "HEAD"):
            feeds.client.request(method, f"/calendars/{path}")
    assert hashes(feeds) == before


def test_a_new_address_closes_the_old_one_and_leads_to_its_page(feeds: Feeds) -> None:
    secret = feeds.subscribe(scope="person", person_id="co")
    status, where = press(feeds, secret, "renew?lang=en")
    assert status == 303
    assert where.startswith("../")
    new = where.removeprefix("../").partition("?")[0]
    assert feeds.get(secret).status_code == feeds.page(secret).status_code == 404
    assert feeds.get(new).status_code == 200
    shown = feeds.page(where.removeprefix("../")).text
    assert "The old one no longer works" in shown
    assert f"{new}.ics" in shown
    assert press(feeds, secret, "renew")[0] == 404


def test_a_stopped_calendar_is_gone_for_good(feeds: Feeds) -> None:
    secret = feeds.subscribe(scope="person", person_id="co")
    status, text = press(feeds, secret, "stop")
    assert (status, "Kalenderen er stoppet" in text) == (200, True)
    assert feeds.get(secret).status_code == feeds.page(secret).status_code == 404
    assert press(feeds, secret, "stop")[0] == press(feeds, secret, "renew")[0] == 404


@pytest.mark.parametrize("deed", ["renew", "stop"])
@pytest.mark.parametrize(
    ("headers", "data", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, YES, 403),
        ({"Sec-Fetch-Site": "same-site"}, YES, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": WEB_URL}, YES, 403),
        ({"Origin": "https://evil.example.org"}, YES, 403),
        ({"Origin": "null"}, YES, 403),
        ({"Origin": "http://wheel.example.org"}, YES, 403),
        ({"Accept": "*/*"}, YES, 403),
        ({"Origin": "https://["}, YES, 403),
        ({"Origin": "https://[x]"}, YES, 403),
        ({"Origin": f"{WEB_URL}.evil.example.org"}, YES, 403),
        ({"Origin": f"{WEB_URL}/"}, YES, 403),
        ({"Origin": f"{WEB_URL}@evil.example.org"}, YES, 403),
        ({"Sec-Fetch-Site": "same-origin"}, {}, 400),
        ({"Sec-Fetch-Site": "same-origin"}, {"confirm": "no"}, 400),
        ({"Sec-Fetch-Site": "same-origin"}, {"confirm": "yes", "x": "y" * 5000}, 400),
    ],
)
def test_what_is_not_our_own_confirmed_button_changes_nothing(
    at_home: Feeds, deed: str, headers: dict[str, str], data: dict[str, str], status: int
) -> None:
    secret = at_home.subscribe(scope="person", person_id="co")
    before = hashes(at_home)
    assert press(at_home, secret, deed, data, headers)[0] == status
    assert hashes(at_home) == before


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "none"}, {"Origin": WEB_URL}])
def test_older_browsers_say_it_otherwise(at_home: Feeds, headers: dict[str, str]) -> None:
    secret = at_home.subscribe(scope="person", person_id="co")
    assert press(at_home, secret, "renew", headers=headers)[0] == 303


@pytest.mark.parametrize("host", ["[::::]", "[::1]", "wheel.example.org:80"])
def test_any_host_that_is_named_is_compared_as_it_is_written(at_home: Feeds, host: str) -> None:
    secret = at_home.subscribe(scope="person", person_id="co")
    with serving(at_home.world, at_home.clock, web_url=None) as site:
        assert press(site, secret, "renew", headers={"Host": host, "Origin": "http://x"})[0] == 403
        assert press(site, secret, "renew", headers={"Host": host, "Origin": f"http://{host}"})[0] == 303


def test_the_page_that_asks_to_confirm_leads_where_the_first_one_did(at_home: Feeds) -> None:
    secret = at_home.subscribe(scope="person", person_id="b1")
    address = f"{WEB_URL}/below/calendars/{secret}?lang=en"

    def leads_to(text: str, page: str) -> list[str]:
        outline = Outline(text)
        named = [each["href"] or "" for each in outline.of("a")] + [
            each["action"] or "" for each in outline.of("form")
        ]
        return [urljoin(page, each) for each in named]

    first = leads_to(at_home.page(f"{secret}?lang=en").text, address)
    for deed in ("renew", "stop"):
        status, text = press(at_home, secret, f"{deed}?lang=en", data={})
        below = f"{WEB_URL}/below/calendars/{secret}/{deed}?lang=en"
        assert (status, leads_to(text, below)) == (400, first)
    own = [
        each for each in first if f"/{secret}" in each and each.startswith("https") and "outlook" not in each
    ]
    assert len(own) > 5
    assert all(each.startswith(f"{WEB_URL}/below/calendars/{secret}") for each in own if "google" not in each)


def test_a_browser_names_the_origin_of_the_two_buttons(at_home: Feeds) -> None:
    """Under `no-referrer` it says `null`, and without https nothing else tells where a form was."""
    own, shared = at_home.subscribe(scope="person", person_id="co"), at_home.subscribe()
    metas = [Outline(at_home.page(secret).text).of("meta") for secret in (own, shared)]
    said = [[each["content"] for each in found if each.get("name") == "referrer"] for found in metas]
    assert said == [["same-origin"], []]


def test_a_feed_that_many_share_is_not_one_readers_to_close(feeds: Feeds) -> None:
    secret = feeds.subscribe()
    assert "<form class" not in feeds.page(secret).text
    for deed in ("renew", "stop", "other"):
        assert press(feeds, secret, deed)[0] == 404
    assert feeds.get(secret).status_code == 200
    own = feeds.subscribe(scope="person", person_id="co")
    assert press(feeds, own, "other")[0] == 404


def test_two_who_renew_at_once_get_one_new_address(feeds: Feeds) -> None:
    secret = feeds.subscribe(scope="person", person_id="co")
    answers: list[tuple[int, str]] = []
    threads = [
        threading.Thread(target=lambda: answers.append(press(feeds, secret, "renew"))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(status for status, _ in answers) == [303, 404, 404, 404]
    [where] = [where for status, where in answers if status == 303]
    assert feeds.page(where.removeprefix("../")).status_code == 200


def test_a_refused_wish_waits_for_nobody_who_writes(at_home: Feeds) -> None:
    secret = at_home.subscribe(scope="person", person_id="co")
    with writing(at_home.world.engine) as session:
        session.connection()  # a transaction takes the lock with its first statement
        assert press(at_home, "x", "renew")[0] == 404
        assert press(at_home, secret, "renew", headers={"Sec-Fetch-Site": "cross-site"})[0] == 403
