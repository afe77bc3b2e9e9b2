"""Which time a wheel spans, and how the phases lie in it."""

from datetime import date
from math import pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aarshjul.core.cycle import Phase, State
from aarshjul.wheel.phases import phase_arcs
from aarshjul.wheel.ring import span_of
from aarshjul.wheel.wheel import WheelMilestone
from tests.wheel.wheels import milestone


@pytest.mark.parametrize(
    ("first", "last", "start", "unit", "count"),
    [
        ("2022-05-20", "2023-02-24", "2022-05-01", 1, 12),
        ("2022-05-31", "2022-05-31", "2022-05-01", 1, 12),
        ("2022-05-01", "2023-04-30", "2022-05-01", 1, 12),
        ("2022-05-01", "2023-05-01", "2022-05-01", 1, 13),
        ("2022-05-01", "2023-12-01", "2022-05-01", 1, 20),
        ("2022-12-01", "2026-11-30", "2022-12-01", 1, 48),
        ("2022-12-01", "2026-12-01", "2022-01-01", 12, 5),
        ("2022-06-01", "2061-01-01", "2022-01-01", 12, 40),
        ("2022-06-01", "2062-01-01", "2022-01-01", 120, 5),
        ("1900-01-01", "2200-12-31", "1900-01-01", 120, 31),
    ],
)
def test_span_of_a_year(first: str, last: str, start: str, unit: int, count: int) -> None:
    span = span_of([date.fromisoformat(last), date.fromisoformat(first)])
    assert (span.first.isoformat(), span.unit, span.count) == (start, unit, count)
    assert len(span.parts) == count
    assert span.parts[0].begin == 0
    assert span.parts[-1].end == pytest.approx(2 * pi)


@given(st.lists(st.dates(date(1900, 1, 1), date(2200, 12, 31)), min_size=2, max_size=9))
def test_forward_in_time_is_clockwise_and_one_turn_holds_all(days: list[date]) -> None:
    span = span_of(days)
    days.sort()
    angles = [span.angle(day) for day in days]
    assert angles == sorted(angles)
    assert all(0 < angle < 2 * pi for angle in angles)
    assert len(set(angles)) == len(set(days))
    assert all(span.holds(day) for day in days)


def test_a_day_lies_in_its_month() -> None:
    span = span_of([date(2022, 5, 1)])
    assert span.angle(date(2022, 5, 1), share=0) == 0
    assert span.angle(date(2022, 8, 1), share=0) == pytest.approx(pi / 2)
    assert span.angle(date(2023, 2, 28), share=1) == pytest.approx(2 * pi * 10 / 12)
    assert not span.holds(date(2022, 4, 30))
    assert not span.holds(date(2023, 5, 1))


def test_years_begin_where_they_do() -> None:
    years = span_of([date(2022, 5, 1)]).years
    assert [year.first.year for year in years] == [2022, 2023]
    assert years[0].end == years[1].begin == pytest.approx(2 * pi * 8 / 12)


def arcs(*milestones: WheelMilestone) -> list[tuple[str, str, str, int]]:
    span = span_of([each.on or each.last_on for each in milestones])
    found = phase_arcs(milestones, span)
    assert all(0 <= arc.begin < arc.end <= 2 * pi + 1e-9 for arc in found)
    return [(arc.phase.value, str(arc.first), str(arc.last), arc.row) for arc in found]


def test_a_phase_begins_the_day_after_the_one_before_and_the_first_with_the_wheel() -> None:
    assert arcs(
        milestone("a", "2022-05-20", phase=Phase.SCORING),
        milestone("b", "2022-08-25", phase=Phase.DRAFTING),
        milestone("c", "2022-09-30", phase=Phase.DRAFTING),
        milestone("d", "2023-02-10", phase=Phase.APPROVAL),
    ) == [
        ("scoring", "2022-05-01", "2022-05-20", 0),
        ("drafting", "2022-05-21", "2022-09-30", 0),
        ("approval", "2022-10-01", "2023-02-10", 0),
    ]


def test_phases_that_overlap_lie_in_rows() -> None:
    assert arcs(
        milestone("a", "2022-09-30", phase=Phase.DRAFTING),
        milestone("b", "2022-08-01", phase=Phase.DIALOGUE),
        milestone("c", "2022-08-20", phase=Phase.DIALOGUE),
        milestone("d", "2022-08-10", phase=Phase.APPROVAL),
        milestone("e", "2022-12-10", phase=Phase.IN_FORCE),
    ) == [
        ("drafting", "2022-09-30", "2022-09-30", 0),
        ("dialogue", "2022-08-01", "2022-08-20", 1),
        ("approval", "2022-08-10", "2022-08-10", 2),
        ("in-force", "2022-10-01", "2022-12-10", 0),
    ]


def test_what_is_cancelled_takes_no_time_unless_all_is() -> None:
    gone = milestone("a", "2022-12-01", phase=Phase.DIALOGUE, state=State.CANCELLED)
    kept = milestone("b", "2022-10-01", phase=Phase.DRAFTING)
    assert arcs(kept, gone) == [("drafting", "2022-10-01", "2022-10-01", 0)]
    assert arcs(gone) == [("dialogue", "2022-12-01", "2022-12-01", 0)]


def test_what_waits_for_a_date_counts_where_it_last_was() -> None:
    waiting = milestone("b", None, phase=Phase.APPROVAL, last_on=date(2022, 12, 9))
    assert arcs(milestone("a", "2022-10-05", phase=Phase.DRAFTING), waiting)[1] == (
        *("approval", "2022-10-06", "2022-12-09"),
        0,
    )
