"""The subscriber's page, opened as people and scanners open it."""

import re
from base64 import b64encode
from datetime import date
from hashlib import sha256
from urllib.parse import parse_qs, unquote, urlsplit

import icalendar
import pytest
from sqlalchemy import select
from sqlmodel import col

from models.cycle import Cycle
from models.engine import writing
from models.milestone import Milestone
from tests.web.outline import Outline
from tests.web.serving import WEB_URL, Feeds, serving


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
    head = answer.text.partition("</head>")[0]
    assert (head.count("<title>"), tags.count("h1"), tags.count("main")) == (1, 1, 1)
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
