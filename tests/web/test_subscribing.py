"""The subscriber's page, opened as people and scanners open it, and its two buttons."""

import re
import threading
from base64 import b64encode
from datetime import date
from hashlib import sha256
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

import icalendar
import pytest
from sqlalchemy import select
from sqlmodel import col

from models.cycle import Cycle
from models.engine import reading, writing
from models.milestone import Milestone
from models.subscription import Subscription
from tests.web.serving import WEB_URL, Feeds, serving
from tests.web.test_unsubscribe import Outline

OURS = {"Sec-Fetch-Site": "same-origin"}
YES = {"confirm": "yes"}


def hashes(feeds: Feeds) -> list[tuple[str, bool]]:
    with reading(feeds.world.engine) as session:
        rows = session.scalars(select(Subscription).order_by(col(Subscription.id)))
        return [(row.secret_hash, row.revoked_at is not None) for row in rows]


def test_the_links_carry_the_absolute_address_behind_a_proxy(at_home: Feeds) -> None:
    secret = at_home.subscribe()
    page = at_home.page(f"{secret}?show=meetings,alarms")
    address = f"{WEB_URL}/calendars/{secret}.ics?show=meetings,alarms"
    [field] = [each for each in Outline(page.text).of("input") if each.get("id") == "address"]
    assert field["value"] == address
    found = [attributes["href"] or "" for attributes in Outline(page.text).of("a")]
    webcal = address.replace("https://", "webcal://")
    assert webcal in found
    assert [parse_qs(urlsplit(each).query)["cid"] for each in found if "google" in each] == [[webcal]]
    outlook = [urlsplit(each) for each in found if "outlook" in each]
    assert [each.netloc for each in outlook] == ["outlook.office.com", "outlook.live.com"]
    for each in outlook:
        assert each.path == "/calendar/0/addfromweb"
        assert parse_qs(each.query) == {"url": [address], "name": ["Kontrakt 2023"]}
    for attributes in Outline(page.text).of("a"):
        if (attributes["href"] or "").startswith("https"):
            assert "noreferrer" in (attributes["rel"] or "")
    assert page.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("headers", "base"),
    [
        ({"Host": "wheel.example.org"}, "http://wheel.example.org"),
        ({"Host": "wheel.example.org", "X-Forwarded-Proto": "https"}, "https://wheel.example.org"),
        ({"Host": "[::1]:8000"}, "http://[::1]:8000"),
        ({"Host": '"><script>'}, "http://127.0.0.1:8000"),
    ],
)
def test_without_a_set_address_the_requests_own_is_named(
    at_home: Feeds, headers: dict[str, str], base: str
) -> None:
    secret = at_home.subscribe()
    with serving(at_home.world, at_home.clock, web_url=None) as site:
        text = site.page(secret, headers=headers).text
    assert f'value="{base}/calendars/{secret}.ics"' in text
    assert Outline(text).of("script") == []


def test_the_page_shows_what_comes_and_how_sure_it_is(feeds: Feeds) -> None:
    secret = feeds.subscribe()
    feeds.world.act("2022-04-21", "co", "cancel", milestone="start", reason="Syg")
    text = feeds.page(secret).text
    assert "Torsdag den 25. august 2022" in text
    assert "Aflyst" in text
    assert "13.00" in text
    english = feeds.page(f"{secret}?lang=en&show=meetings").text
    assert ("Thursday 25 August 2022" in english, "Cancelled" in english) == (True, True)
    assert ("Resultater" in text, "Resultater" in english) == (True, False)
    feeds.clock.moment = feeds.clock.moment.replace(year=2030)
    assert "Der er ingen datoer" in feeds.page(secret).text


def test_one_date_is_a_file_and_no_subscription(feeds: Feeds) -> None:
    secret = feeds.subscribe()
    names = [each["href"] or "" for each in Outline(feeds.page(secret).text).of("a") if "download" in each]
    assert len(names) > 3
    seen = set()
    for name in names:
        answer = feeds.page(name)
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''c.")
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8; method=PUBLISH"
        calendar = icalendar.Calendar.from_ical(answer.content)
        assert calendar["METHOD"] == "PUBLISH"
        [event] = calendar.walk("VEVENT")
        assert unquote(name).endswith(f"{event['UID']}.ics")
        seen.add(event["UID"])
    assert len(seen) == len(names)
    assert "følger ikke med" in feeds.page(secret).text


def test_a_date_that_the_feed_does_not_show_is_not_to_be_had_by_it(feeds: Feeds) -> None:
    whole = feeds.subscribe()
    [name] = [
        each["href"] or ""
        for each in Outline(feeds.page(f"{whole}?show=meetings").text).of("a")
        if "start" in (each["href"] or "")
    ]
    public = feeds.subscribe(scope="public")
    assert feeds.page(name).status_code == 200
    assert feeds.page(name.replace(whole, public)).status_code == 404


def test_looking_changes_nothing_whatever_is_asked(feeds: Feeds) -> None:
    secret = feeds.subscribe(scope="person", person_id="co")
    before = hashes(feeds)
    for path in (secret, f"{secret}?renewed=1", f"{secret}/renew?confirm=yes", f"{secret}/stop"):
        for method in ("GET", "HEAD"):
            feeds.client.request(method, f"/calendars/{path}")
    assert hashes(feeds) == before


def press(
    feeds: Feeds, secret: str, deed: str, data: dict[str, str] = YES, headers: dict[str, str] = OURS
) -> tuple[int, str]:
    answer = feeds.client.post(f"/calendars/{secret}/{deed}", data=data, headers=headers)
    assert answer.headers["cache-control"] == "no-store"
    return answer.status_code, answer.headers.get("location", answer.text)


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


def test_a_choice_that_cannot_be_is_said_on_the_page(at_home: Feeds) -> None:
    secret = at_home.subscribe()
    page = at_home.page(f"{secret}?show=&lang=en")
    assert (page.status_code, "cannot be used" in page.text) == (400, True)
    assert at_home.page(f"{secret}?lang=xx").status_code == 400


@pytest.mark.parametrize("query", ["", "?lang=en"])
def test_the_page_can_be_read_by_everybody_and_runs_and_fetches_nothing(at_home: Feeds, query: str) -> None:
    answer = at_home.page(at_home.subscribe(scope="person", person_id="co") + query)
    outline = Outline(answer.text)
    tags = [tag for tag, _ in outline.found]
    assert (tags.count("title") - tags.count("svg"), tags.count("h1"), tags.count("main")) == (1, 1, 1)
    assert not {"script", "img", "link", "iframe", "object"} & set(tags)
    assert all("style" not in attributes for _, attributes in outline.found)
    labels = {each.get("for") for each in outline.of("label")}
    assert "address" in labels
    assert outline.of("html")[0]["lang"] == answer.headers["content-language"] == ("en" if query else "da")
    [style] = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = answer.headers["content-security-policy"]
    assert f"style-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_titles_and_places_cannot_break_out_of_the_page(at_home: Feeds) -> None:
    with writing(at_home.world.engine) as session:
        session.get_one(Cycle, "c").title = '"><b>{name.__class__}'
        row = session.scalars(select(Milestone).where(col(Milestone.slug) == "start")).one()
        row.title, row.place = "<script>{x}</script>", '"><i onload=x>'
    text = at_home.page(at_home.subscribe()).text
    outline = Outline(text)
    assert outline.of("script") == outline.of("b") == outline.of("i") == []
    assert "{name.__class__}" in text


def test_the_day_is_that_of_the_readers_in_another_zone(at_home: Feeds) -> None:
    with writing(at_home.world.engine) as session:
        session.get_one(Cycle, "c").timezone = "Europe/London"
        row = session.scalars(select(Milestone).where(col(Milestone.slug) == "start")).one()
        row.on, row.at, row.ends = date(2022, 8, 25), "23:30", None
    text = at_home.page(at_home.subscribe() + "?lang=en").text
    assert "Thursday 25 August 2022" in text
    assert "23:30 (Europe/London)" in text


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
