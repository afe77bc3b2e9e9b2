"""What a feed's address chooses, and how it may be asked for."""

import pytest
from sqlalchemy import func, select

from calendars.choice import Choice
from models.engine import reading
from models.subscription import PublishedFeed
from tests.web.serving import Feeds, built, without_date


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "REPORT"])
def test_other_methods_are_refused_whoever_asks(at_home: Feeds, method: str) -> None:
    answers = [at_home.get(secret, method=method) for secret in (at_home.subscribe(), "x")]
    assert [(answer.status_code, answer.headers["allow"]) for answer in answers] == [(405, "GET, HEAD")] * 2
    assert without_date(answers[0]) == without_date(answers[1])


@pytest.mark.parametrize(
    ("query", "choice", "language"),
    [
        ("", Choice(), None),
        ("?show=meetings", Choice(deadlines=False, decisions=False), None),
        ("?show=alarms,meetings", Choice(deadlines=False, decisions=False, alarms=True), None),
        ("?show=meetings&show=alarms&show=", Choice(deadlines=False, decisions=False, alarms=True), None),
        ("?lang=en", Choice(), "en"),
        ("?lang=en&show=meetings%2Cphases", Choice(deadlines=False, decisions=False, phases=True), "en"),
        ("?utm_source=x&lang=da", Choice(), "da"),
        ("?lang=", Choice(), None),
    ],
)
def test_the_address_chooses_what_it_holds(
    at_home: Feeds, query: str, choice: Choice, language: str | None
) -> None:
    assert at_home.get(at_home.subscribe(), query).content == built(at_home, choice, language)


def test_one_choice_written_in_two_ways_is_one(feeds: Feeds) -> None:
    secret = feeds.subscribe()
    one, other = feeds.get(secret, "?show=meetings,alarms"), feeds.get(secret, "?show=alarms&show=meetings")
    assert without_date(one) == without_date(other)
    with reading(feeds.world.engine) as session:
        assert session.scalar(select(func.count()).select_from(PublishedFeed)) == 1


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("?show=", "nothing in it"),
        ("?show=alarms", "nothing in it"),
        ("?show=meetngs", "meetngs"),
        ("?lang=de", "one of da, en"),
        ("?lang=da&lang=en", "one of da, en"),
        (f"?show={'x' * 2000}", "longer"),
        ("?" + "a=1&" * 100, "more than"),
    ],
)
def test_a_choice_that_cannot_be_is_told_to_those_who_have_the_secret(
    at_home: Feeds, query: str, word: str
) -> None:
    answer = at_home.get(at_home.subscribe(), query)
    assert answer.status_code == 400
    assert word in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_a_drafts_feed_is_empty(feeds: Feeds) -> None:
    from models.cycle import Cycle
    from models.engine import writing

    secret = feeds.subscribe()
    with writing(feeds.world.engine) as session:
        session.get_one(Cycle, "c").state = "draft"
    assert b"VEVENT" not in feeds.get(secret).content
