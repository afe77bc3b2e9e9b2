"""Whatever a server answers is a receipt: bounded, printable, and never a rest of more than a day."""

from datetime import UTC, datetime, timedelta

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from notifications.channel import Outcome
from notifications.http_answers import answered, rest_of, unanswered

NOON = datetime(2022, 6, 1, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
# What headers look like when they go wrong, beside any text at all.
NEARLY_DATES = st.lists(
    st.sampled_from(
        ["Wed,", "01", "Jun", "2022", "99999", "12:00:00", "25:61", "GMT", "+9999", "-0000", ",", "0"]
    )
).map(" ".join)


@given(st.text(max_size=40) | NEARLY_DATES | st.integers().map(str) | st.none())
@settings(max_examples=300, deadline=None)
def test_any_retry_after_is_a_rest_of_a_day_at_most_or_none(header: str | None) -> None:
    rest = rest_of(header, NOON)
    assert rest is None or timedelta(0) < rest <= DAY


@given(st.integers(min_value=100, max_value=999), st.text(max_size=2000))
@settings(max_examples=200, deadline=None)
def test_any_answer_is_one_printable_line(code: int, said: str) -> None:
    receipt = answered(code, said, None, NOON)
    assert receipt.text.isprintable()
    assert len(receipt.text) < 600
    assert receipt.code == code
    assert (receipt.outcome is Outcome.SENT) == (200 <= code < 300)


@pytest.mark.parametrize("code", [200, 302, 400, 404, 502, 504])
def test_only_what_is_tried_again_has_a_rest(code: int) -> None:
    assert answered(code, "", "60", NOON).retry_after is None


@pytest.mark.parametrize(
    ("problem", "outcome"),
    [
        (requests.ConnectTimeout, "temporary"),
        (requests.ReadTimeout, "uncertain"),
        (requests.exceptions.SSLError, "temporary"),
        (requests.exceptions.ProxyError, "temporary"),
        (requests.ConnectionError, "uncertain"),
        (requests.exceptions.ChunkedEncodingError, "uncertain"),
        (requests.exceptions.InvalidURL, "permanent"),
        (requests.RequestException, "uncertain"),
    ],
)
def test_failure_without_an_answer_never_shows_the_address(
    problem: type[requests.RequestException], outcome: str
) -> None:
    receipt = unanswered(problem("https://localhost/?sig=SECRET"))
    assert (receipt.code, receipt.outcome) == (None, outcome)
    assert "SECRET" not in receipt.text
