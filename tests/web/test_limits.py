"""How often a network may ask: counted in time, whichever way the clock is moved, and never without an end."""

from datetime import timedelta

import pytest

from aarshjul.web.limits import Limit
from tests.builders import at

NOON = at("2022-11-18")
HOUR = timedelta(hours=1)


def test_so_many_and_no_more_until_the_first_is_long_ago() -> None:
    limit = Limit(2, HOUR)
    assert [limit.allows("a", NOON + minutes * HOUR / 60) for minutes in (0, 30, 59)] == [True, True, False]
    assert limit.allows("b", NOON)
    assert limit.allows("a", NOON + HOUR)
    assert not limit.allows("a", NOON + HOUR)


@pytest.mark.parametrize("back", [timedelta(minutes=1), timedelta(hours=2), timedelta(days=400)])
def test_a_clock_that_is_set_back_shuts_nobody_out(back: timedelta) -> None:
    limit = Limit(1, HOUR)
    assert limit.allows("a", NOON)
    assert limit.allows("a", NOON - back)
    assert not limit.allows("a", NOON - back)


def test_what_was_refused_is_not_counted() -> None:
    limit = Limit(1, HOUR)
    assert [limit.allows("a", NOON + minutes * HOUR / 60) for minutes in (0, 50, 61)] == [True, False, True]


def test_a_flood_of_networks_forgets_those_that_were_quiet_longest() -> None:
    limit = Limit(1, HOUR)
    assert all(limit.allows(str(number), NOON) for number in range(10_001))
    assert limit.allows("0", NOON)
    assert not limit.allows("10000", NOON)
