"""Feeds as calendar programs fetch them, over a real connection and both databases."""

import gzip
import itertools
import secrets
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.serving import Feeds, built, serving, without_date

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
        feeds.clock.moment += timedelta(seconds=1)
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


def test_no_answer_says_that_it_changed_later_than_it_is_now(feeds: Feeds) -> None:
    """RFC 9110, 8.8.2.1: neither after two changes within a second, nor where the clock was ahead and was put right."""
    secret = feeds.subscribe()
    since = feeds.get(secret).headers["last-modified"]
    for to in ("2022-08-26", "2022-08-29", "2022-08-30"):
        feeds.move("2022-04-21", to)
        for tag in ("", feeds.get(secret).headers["etag"]):
            answer = feeds.get(secret, if_none_match=tag, if_modified_since=since)
            assert answer.status_code == (304 if tag else 200)
            assert parsedate_to_datetime(answer.headers["last-modified"]) <= feeds.clock()
    now = feeds.clock.moment
    feeds.clock.moment = now + timedelta(days=400)
    feeds.move("2022-04-22", "2022-08-31")
    seen = feeds.get(secret).headers["etag"]
    feeds.clock.moment = now
    for tag in ("", seen):
        answer = feeds.get(secret, if_none_match=tag)
        assert parsedate_to_datetime(answer.headers["last-modified"]) <= now
    feeds.move("2022-04-23", "2022-09-01")
    assert feeds.get(secret, if_modified_since=answer.headers["last-modified"]).status_code == 200


def test_what_has_not_changed_costs_one_statement_and_no_building(
    feeds: Feeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = feeds.subscribe()
    tag = feeds.get(secret).headers["etag"]
    asked: list[int] = []
    from aarshjul.web.subscribers.lookups import Lookups

    look = Lookups.find

    async def counted(self: Lookups, *words: str) -> object:
        asked.append(1)
        return await look(self, *words)

    monkeypatch.setattr(Lookups, "find", counted)
    monkeypatch.setattr("aarshjul.web.subscribers.feeds.publish", None)
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
            patched.setattr("aarshjul.web.subscribers.feeds.publish", None)
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
    from aarshjul.web.subscribers.lookups import Lookups
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
