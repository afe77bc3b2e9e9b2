"""Nothing overlaps, crosses or leaves the picture, for whatever year."""

from datetime import date
from itertools import combinations, pairwise
from math import hypot

import pytest
from hypothesis import given, settings

from aarshjul.wheel.beside import placed_wheel
from aarshjul.wheel.drawing import wheel_svg
from aarshjul.wheel.placing import LANE, MARK, Placed, Placing
from aarshjul.wheel.ring import Place, span_of
from aarshjul.wheel.wheel import Wheel, days_of
from aarshjul.wheel.words import DANISH
from tests.wheel.pictures import Box, items, root_of, view
from tests.wheel.pictures import box_of as box_of_text
from tests.wheel.wheels import any_wheel, milestone, wheel

TODAY = date(2022, 10, 3)


def placing_of(drawn: Wheel) -> Placing:
    return placed_wheel(drawn, DANISH, span_of(days_of(drawn.milestones)), TODAY)


def box_of(placed: Placed) -> Box:
    label = placed.label
    return Box(placed.left, placed.top, placed.left + label.width, placed.top + label.height)


def crosses(one: tuple[Place, Place], other: tuple[Place, Place]) -> bool:
    """Whether two pieces of lines cross so that it could be seen: by more than a quarter of a unit."""

    def off(a: Place, b: Place, c: Place) -> float:
        length = hypot(b[0] - a[0], b[1] - a[1]) or 1.0
        return ((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])) / length

    (a, b), (c, d) = one, other
    first, second = (off(a, b, c), off(a, b, d)), (off(c, d, a), off(c, d, b))
    is_far = min(abs(each) for each in (*first, *second)) > 0.25
    return is_far and first[0] * first[1] < 0 and second[0] * second[1] < 0


def distance(piece: tuple[Place, Place], to: Place) -> float:
    """From a piece of a line to a place."""
    (x1, y1), (x2, y2) = piece
    length = (x2 - x1) ** 2 + (y2 - y1) ** 2
    share = 0.0 if length == 0 else ((to[0] - x1) * (x2 - x1) + (to[1] - y1) * (y2 - y1)) / length
    share = min(max(share, 0.0), 1.0)
    return hypot(x1 + share * (x2 - x1) - to[0], y1 + share * (y2 - y1) - to[1])


@settings(max_examples=30, deadline=None)
@given(any_wheel())
def test_no_two_labels_overlap_and_none_leaves_its_column(drawn: Wheel) -> None:
    placing = placing_of(drawn)
    boxes = [box_of(placed) for placed in placing.placed]
    for one, other in combinations(boxes, 2):
        assert not one.meets(other)
    for box in boxes:
        assert max(abs(box.left), abs(box.right)) <= placing.half_width + 0.01
        assert max(abs(box.top), abs(box.bottom)) <= placing.half_height + 0.01


@settings(max_examples=30, deadline=None)
@given(any_wheel())
def test_labels_keep_clear_of_the_ring_and_of_all_marks(drawn: Wheel) -> None:
    placing = placing_of(drawn)
    for placed in placing.placed:
        assert min(abs(placed.left), abs(placed.left + placed.label.width)) > placing.ring + LANE + MARK


@settings(max_examples=30, deadline=None)
@given(any_wheel())
def test_marks_stand_in_the_order_of_their_dates_and_apart(drawn: Wheel) -> None:
    placed = placing_of(drawn).placed
    dates = [each.label.milestone.on for each in placed]
    assert dates == sorted(day for day in dates if day is not None)
    assert [each.angle for each in placed] == sorted(each.angle for each in placed)
    for one, other in combinations(placed, 2):
        assert hypot(one.mark[0] - other.mark[0], one.mark[1] - other.mark[1]) >= 2 * MARK


@settings(max_examples=25, deadline=None)
@given(any_wheel(most=30))
def test_lines_cross_neither_each_other_nor_the_ring_nor_another_mark(drawn: Wheel) -> None:
    placing = placing_of(drawn)
    lines = [list(pairwise(each.leader)) for each in placing.placed]
    ties = [list(pairwise(each.tie)) for each in placing.placed]
    for group in (lines, ties):
        for one, two in combinations(group, 2):
            assert not any(crosses(a, b) for a in one for b in two)
    for number, placed in enumerate(placing.placed):
        assert all(distance(piece, (0, 0)) > placing.ring for piece in lines[number])
        for other in placing.placed:
            if other is not placed:
                assert all(distance(piece, other.mark) > MARK for piece in (*lines[number], *ties[number]))


@settings(max_examples=25, deadline=None)
@given(any_wheel())
def test_a_leader_ends_at_its_own_label(drawn: Wheel) -> None:
    for placed in placing_of(drawn).placed:
        box, (x, y) = box_of(placed), placed.leader[-1]
        assert box.top < y < box.bottom
        edge = box.left if placed.on_the_right else box.right
        assert 0 < abs(edge - x) < 10
        assert placed.leader[0] == placed.mark == placed.tie[-1]


@pytest.mark.parametrize("narrow", [False, True])
@settings(max_examples=15, deadline=None)
@given(any_wheel())
def test_texts_of_the_picture_stay_in_it_and_apart(narrow: bool, drawn: Wheel) -> None:
    root = root_of(wheel_svg(drawn, language="da", today=TODAY, narrow=narrow))
    edges, found = view(root), items(root)
    boxes = [box_of_text(each) for item in found for each in item.texts] if narrow else [i.box for i in found]
    assert len(found) == len(drawn.milestones)
    assert all(edges.left < box.left and box.right < edges.right for box in boxes)
    assert all(edges.top < box.top and box.bottom < edges.bottom for box in boxes)
    assert not any(one.meets(other) for one, other in combinations(boxes, 2))


def test_a_mark_that_has_room_stands_at_its_day() -> None:
    placed = placing_of(wheel(milestone("a", "2022-06-20"), milestone("b", "2022-09-01"))).placed
    assert all(each.angle == pytest.approx(each.day) for each in placed)


def test_a_thousand_milestones_find_room() -> None:
    days = [f"2022-{number % 8 + 5:02}-{number % 28 + 1:02}" for number in range(1000)]
    placing = placing_of(wheel(*(milestone(f"m{number}", day) for number, day in enumerate(days))))
    assert len(placing.placed) == 1000
    ordered = sorted((box_of(each) for each in placing.placed), key=lambda box: (box.left > 0, box.top))
    assert not any(one.meets(other) for one, other in pairwise(ordered))
