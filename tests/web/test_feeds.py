"""Feeds as calendar programs fetch them, over a real connection and both databases."""

import gzip
import itertools
import secrets
import threading

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from calendars.choice import Choice
from calendars.subscription_feed import feed_for
from models.engine import reading
from models.subscription import PublishedFeed, Subscription
from tests.web.serving import Feeds, serving

PRIVATE = {
    "cache-control": "private, no-cache",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
    "vary": "accept-encoding",
}
NO_SECRETS = [
    "x",
    "A" * 43,
    "A" * 42,
    "A" * 44,
    "a" * 3000,
    "æøå",
    "%00",
    "%0a",
    "..%2f",
    "' OR 1=1 --",
    "%ff%fe",
    "-",
    "",
]


def built(feeds: Feeds, choice: Choice | None = None, language: str | None = None, number: int = 1) -> bytes:
    with reading(feeds.world.engine) as session:
        row = session.get_one(Subscription, number)
        return feed_for(session, row, choice or Choice(), language, feeds.settings.web_url)


def without_date(response: httpx.Response) -> tuple[int, dict[str, str], bytes]:
    named = {name: value for name, value in response.headers.items() if name != "date"}
    return response.status_code, named, response.content


def test_a_feed_is_its_bytes_with_headers_for_its_reader_alone(feeds: Feeds) -> None:
    secret = feeds.subscribe()
    answer = feeds.get(secret)
    assert (answer.status_code, answer.content) == (200, built(feeds))
    assert b"BEGIN:VEVENT" in answer.content
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-disposition"] == 'inline; filename="aarshjul.ics"'
    assert PRIVATE.items() <= dict(answer.headers).items()
    assert answer.headers["etag"].startswith('"')
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert secret not in str(answer.headers)


def test_head_says_what_get_says(feeds: Feeds) -> None:
    secret = feeds.subscribe()
    for encoding in ("identity", "gzip"):
        get = feeds.client.get(f"/calendars/{secret}.ics", headers={"accept-encoding": encoding})
        head = feeds.get(secret, method="HEAD", accept_encoding=encoding)
        assert without_date(head)[:2] == without_date(get)[:2]
        assert head.content == b""
    missing, there = feeds.get("x", method="HEAD"), feeds.get("x")
    assert without_date(missing)[:2] == without_date(there)[:2]


def test_compressed_is_the_same_under_a_tag_of_its_own(feeds: Feeds) -> None:
    secret = feeds.subscribe()
    plain = feeds.get(secret)
    with feeds.client.stream(
        "GET", f"/calendars/{secret}.ics", headers={"accept-encoding": "gzip"}
    ) as packed:
        raw = b"".join(packed.iter_raw())
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw) == plain.content
    assert len(raw) == int(packed.headers["content-length"]) < len(plain.content)
    assert packed.headers["etag"] != plain.headers["etag"]
    assert "content-encoding" not in plain.headers
    assert feeds.get(secret, accept_encoding="gzip;q=0").headers["etag"] == plain.headers["etag"]
    # A strong tag names bytes: that of the other encoding is not what would be sent.
    assert feeds.get(secret, if_none_match=packed.headers["etag"]).status_code == 200


def test_what_is_had_already_is_not_sent_again(feeds: Feeds) -> None:
    secret = feeds.subscribe()
    first = feeds.get(secret)
    tag, since = first.headers["etag"], first.headers["last-modified"]
    for headers in ({"if_none_match": tag}, {"if_none_match": f'"x", W/{tag}'}, {"if_modified_since": since}):
        again = feeds.get(secret, **headers)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert PRIVATE.items() <= dict(again.headers).items()
        assert "content-type" not in again.headers
    assert feeds.get(secret, method="HEAD", if_none_match=tag).status_code == 304
    assert feeds.get(secret, if_none_match='"x"', if_modified_since=since).status_code == 200


def test_ranges_are_passed_over(feeds: Feeds) -> None:
    secret = feeds.subscribe()
    whole = feeds.get(secret)
    part = feeds.get(secret, range="bytes=0-9", if_range=whole.headers["etag"])
    assert (part.status_code, part.content) == (200, whole.content)


def test_the_tag_changes_exactly_when_the_bytes_do(feeds: Feeds) -> None:
    secret = feeds.subscribe()
    seen: list[tuple[str, bytes, str]] = []

    def look() -> None:
        answer = feeds.get(secret)
        assert answer.content == built(feeds)
        seen.append((answer.headers["etag"], answer.content, answer.headers["last-modified"]))

    look()
    feeds.world.act("2022-04-20", "w1", "comment", text="Godt.")  # in no calendar
    look()
    assert seen[1] == seen[0]
    feeds.move("2022-04-21", "2022-08-26")
    look()
    feeds.world.act("2022-04-22", "co", "cancel", milestone="start", reason="Syg")
    look()
    feeds.world.round("2022-04-25")
    look()
    assert len({tag for tag, _, _ in seen}) == len({data for _, data, _ in seen}) == 3
    for (tag, data, since), (later_tag, later_data, later_since) in itertools.pairwise(seen):
        assert (tag == later_tag) is (data == later_data)
        assert (since == later_since) is (data == later_data)


def test_two_changes_within_a_second_are_both_seen_by_date(feeds: Feeds) -> None:
    secret = feeds.subscribe()
    since = feeds.get(secret).headers["last-modified"]
    for to in ("2022-08-26", "2022-08-29"):
        feeds.move("2022-04-21", to)
        answer = feeds.get(secret, if_modified_since=since)
        assert answer.status_code == 200
        since = answer.headers["last-modified"]


def test_what_has_not_changed_costs_one_statement_and_no_building(
    feeds: Feeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = feeds.subscribe()
    tag = feeds.get(secret).headers["etag"]
    asked: list[int] = []
    from aarshjul.web import lookups

    look = lookups.Lookups.find

    async def counted(self: lookups.Lookups, *words: str) -> object:
        asked.append(1)
        return await look(self, *words)

    monkeypatch.setattr(lookups.Lookups, "find", counted)
    monkeypatch.setattr("aarshjul.web.feeds.publish", None)
    assert feeds.get(secret, if_none_match=tag).status_code == 304
    assert feeds.get(secret).status_code == 200
    assert len(asked) == 2


def test_started_again_it_says_the_same_and_builds_nothing_for_a_304(
    feeds: Feeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = feeds.subscribe()
    first = feeds.get(secret)
    feeds.clock.moment = feeds.clock.moment.replace(year=2023)
    with serving(feeds.world, feeds.clock) as again:
        with monkeypatch.context() as patched:
            patched.setattr("aarshjul.web.feeds.publish", None)
            assert again.get(secret, if_none_match=first.headers["etag"]).status_code == 304
        second = again.get(secret)
        assert without_date(second) == without_date(first)
        feeds.move("2022-04-21", "2022-08-26")
        one, other = feeds.get(secret), again.get(secret)  # two servers on one database
        assert without_date(one) == without_date(other)
        assert one.headers["etag"] != first.headers["etag"]


def test_every_address_that_opens_nothing_gets_the_same_answer(feeds: Feeds) -> None:
    old, gone = feeds.subscribe(), feeds.subscribe(language="en")
    feeds.revoke(2)
    new = feeds.renew(1)
    none = [*NO_SECRETS, old, gone, new[:-1], new + "A", new.swapcase()]
    answers = [feeds.get(each, query) for each in none for query in ("", "?show=nonsense&lang=xx")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({str(without_date(answer)) for answer in answers}) == 1
    assert feeds.get(new).status_code == 200
    paths = [each for each in none if each != ""] + [f"{old}/x.ics", f"{new}/x.ics", f"{gone}/renew", "a/b/c"]
    pages = [feeds.page(each) for each in paths]
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1


def test_unknown_malformed_and_revoked_ask_the_same_statement(feeds: Feeds) -> None:
    from aarshjul.web.lookups import Lookups
    from tests.web.serving import statements

    known, gone = feeds.subscribe(), feeds.subscribe()
    feeds.revoke(2)
    lookups = Lookups(feeds.world.engine, None)
    said = []
    for secret in (known, gone, secrets.token_urlsafe(32), "malformed", "x" * 10**5, ""):
        with statements(feeds.world.engine) as asked:
            assert (lookups.find_now(secret, "*/*") is not None) is (secret == known)
        said.append([each for each in asked if not each.startswith("BEGIN")])
    assert all(each == said[0] for each in said)
    assert len(said[0]) == 1


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.binary(max_size=60))
def test_any_bytes_as_a_secret_are_answered(at_home: Feeds, token: bytes) -> None:
    quoted = "".join(f"%{byte:02x}" for byte in token)
    for path in (f"/calendars/{quoted}.ics", f"/calendars/{quoted}"):
        assert at_home.client.get(path).status_code == 404


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


@pytest.fixture
def many(feeds: Feeds) -> list[str]:
    return [feeds.subscribe(shows="meetings") for _ in range(3)]


def _at_once(work: list[threading.Thread]) -> None:
    for thread in work:
        thread.start()
    for thread in work:
        thread.join(60)
    assert not any(thread.is_alive() for thread in work)


def test_many_at_once_get_the_same_while_somebody_acts(feeds: Feeds, many: list[str]) -> None:
    seen: list[tuple[int, str | None]] = []
    base = str(feeds.client.base_url)

    def ask(secret: str) -> None:
        with httpx.Client(base_url=base, timeout=30, trust_env=False) as client:
            for _ in range(6):
                answer = client.get(f"/calendars/{secret}.ics", headers={"accept-encoding": "identity"})
                seen.append((answer.status_code, answer.headers.get("etag")))

    def act() -> None:
        for day in (26, 29, 30):
            feeds.move("2022-04-21", f"2022-08-{day}")

    _at_once(
        [threading.Thread(target=ask, args=(each,)) for each in many * 2] + [threading.Thread(target=act)]
    )
    assert {status for status, _ in seen} == {200}
    assert len({tag for _, tag in seen}) <= 4
    assert len({feeds.get(each).headers["etag"] for each in many}) == 1
    assert feeds.get(many[0]).content == built(feeds, Choice(deadlines=False, decisions=False))


def test_renewed_under_load_the_old_address_is_dead_at_once(feeds: Feeds) -> None:
    secret = feeds.subscribe()
    stop = threading.Event()
    seen: list[int] = []
    base = str(feeds.client.base_url)

    def ask() -> None:
        with httpx.Client(base_url=base, timeout=30, trust_env=False) as client:
            while not stop.is_set():
                seen.append(client.get(f"/calendars/{secret}.ics").status_code)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        assert feeds.get(secret).status_code == 200
        new = feeds.renew()
        assert feeds.get(secret).status_code == 404
        assert feeds.get(new).status_code == 200
    finally:
        stop.set()
        for thread in threads:
            thread.join(30)
    assert set(seen) <= {200, 404}
