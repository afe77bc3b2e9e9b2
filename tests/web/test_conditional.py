"""What request headers ask for, against tables written by hand and a second, slower reading of the rules."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.web.conditional import Conditions, http_date

TAG = b'"abc"'
NOON = datetime(2022, 11, 18, 12, tzinfo=UTC)
TAGS = st.lists(st.sampled_from(["abc", "abd", "", "a,b", "abc-gzip"]), min_size=1, max_size=4)


def asked(**headers: str) -> Conditions:
    return Conditions.of(
        [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    )


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        ("", False),
        ("gzip", True),
        ("GZIP", True),
        ("x-gzip", True),
        ("deflate, gzip;q=1.0, *;q=0.5", True),
        ("br, gzip", True),
        ("gzip;q=0", False),
        ("gzip;q=0.000", False),
        ("gzip; q=0.001", True),
        ("*", True),
        ("*;q=0", False),
        ("gzip;q=0, *", False),
        ("identity", False),
        ("identity, gzip;q=0.5", False),
        ("identity;q=0.5, gzip", True),
        ("identity;q=0", False),
        ("gzip;q=nonsense", False),
        ("gzip;q=2", False),
        ("gzip;q=-1", False),
        ("gzip;level=9", True),
        ("gzipped", False),
        (",,;q,;=", False),
    ],
)
def test_compression_is_sent_to_those_who_take_it(header: str, takes: bool) -> None:
    assert asked(accept_encoding=header).takes_gzip is takes


@pytest.mark.parametrize(
    ("header", "has"),
    [
        ('"abc"', True),
        ('W/"abc"', True),
        (" * ", True),
        ('"x", "abc"', True),
        ('"x","y"', False),
        ('"x,"abc"', False),
        ("abc", False),
        ("", False),
        ('"abc', False),
        ('"ABC"', False),
        ('w/"abc"', True),  # what is not W/ is passed over, as the tag behind it is ours
        ('"*"', False),
    ],
)
def test_tags_are_compared_weakly_one_by_one(header: str, has: bool) -> None:
    assert asked(if_none_match=header).has(TAG, NOON) is has


@settings(max_examples=60)
@given(TAGS, st.booleans(), st.sampled_from([",", ", ", " ,\t"]))
def test_any_list_of_tags(tags: list[str], weak: bool, between: str) -> None:
    header = between.join(f'{"W/" if weak else ""}"{tag}"' for tag in tags)
    assert asked(if_none_match=header).has(TAG, NOON) is ("abc" in tags)


@settings(max_examples=60)
@given(st.integers(-(10**6), 10**6))
def test_a_date_at_or_after_the_change_is_enough(seconds: int) -> None:
    since = http_date(NOON + timedelta(seconds=seconds)).decode()
    assert asked(if_modified_since=since).has(TAG, NOON) is (seconds >= 0)


@pytest.mark.parametrize(
    "since", ["", "yesterday", "Fri, 99 Nov 2022 12:00:00 GMT", "2022-11-18T12:00:00Z", "\xff", "0" * 5000]
)
def test_what_is_no_date_is_passed_over(since: str) -> None:
    assert not Conditions(modified_since=since.encode("latin-1")).has(TAG, NOON)


def test_a_tag_decides_alone_and_two_dates_are_none() -> None:
    late = http_date(NOON + timedelta(days=1)).decode()
    assert not asked(if_none_match='"other"', if_modified_since=late).has(TAG, NOON)
    twice = Conditions.of([(b"if-modified-since", late.encode())] * 2)
    assert not twice.has(TAG, NOON)
    assert Conditions.of([(b"if-none-match", b'"x"'), (b"if-none-match", TAG)]).has(TAG, NOON)


@settings(max_examples=80)
@given(st.binary(max_size=60), st.binary(max_size=60), st.binary(max_size=60))
def test_any_bytes_are_answered(encoding: bytes, tags: bytes, since: bytes) -> None:
    found = Conditions(accept_encoding=encoding, none_match=tags, modified_since=since)
    assert isinstance(found.takes_gzip, bool)
    assert isinstance(found.has(TAG, NOON), bool)
