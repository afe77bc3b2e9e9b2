"""The year as a picture: everything is on it, no two names meet, and today is where it is."""

import re
from datetime import date, timedelta
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.core.cycle import PHASES, Kind, State
from aarshjul.core.cycle_words import PHASES as NAMES
from aarshjul.web.board.timeline import NARROW, WIDE, Dated, Shape, Timeline, timeline
from aarshjul.web.board.timeline_svg import timeline_svg

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2026, 12, 31))


@st.composite
def plans(draw: st.DrawFn) -> list[Dated]:
    count = draw(st.integers(1, 25))
    titles = st.text(min_size=1, max_size=70)
    return [
        Dated(
            id=f"m{number}",
            title=draw(titles),
            phase=draw(st.sampled_from(PHASES)),
            kind=draw(st.sampled_from(list(Kind))),
            state=draw(st.sampled_from(list(State))),
            on=draw(DAYS),
            follows=draw(st.sampled_from([None, *(f"m{each}" for each in range(count) if each != number)])),
        )
        for number in range(count)
    ]


def drawn(plan: list[Dated], today: date, shape: Shape) -> Timeline:
    found = timeline(plan, today, shape)
    assert found is not None
    return found


@settings(max_examples=60, deadline=None)
@given(plan=plans(), today=DAYS, shape=st.sampled_from([WIDE, NARROW]))
def test_all_are_there_and_nothing_meets_or_leaves_the_picture(
    plan: list[Dated], today: date, shape: Shape
) -> None:
    found = drawn(plan, today, shape)

    assert sorted(mark.of.id for mark in found.marks) == sorted(each.id for each in plan)
    for one, other in combinations(found.marks, 2):
        apart = one.right < other.left or other.right < one.left
        assert apart or abs(one.y - other.y) >= shape.line - 0.01, (one, other)
    for mark in found.marks:
        assert mark.begins >= -0.01
        assert mark.ends <= shape.width + 0.01
        assert mark.x - 9 >= 0
        assert mark.x + 9 <= shape.width
        band = next(each for each in found.bands if each.phase is mark.of.phase)
        assert band.top < mark.y < band.top + band.height
        assert band.x <= mark.x <= band.x + band.width
    for above, below in zip(found.bands, found.bands[1:], strict=False):
        assert above.top + above.height < below.top
    assert max(band.top + band.height for band in found.bands) < found.height


@settings(max_examples=60, deadline=None)
@given(plan=plans(), today=DAYS)
def test_today_is_on_it_where_it_is_near_and_in_the_order_of_the_dates(
    plan: list[Dated], today: date
) -> None:
    found = drawn(plan, today, WIDE)
    first, last = min(each.on for each in plan), max(each.on for each in plan)

    if first - timedelta(days=92) <= today <= last + timedelta(days=92):
        assert found.today is not None
        assert 0 <= found.today <= WIDE.width
        for mark in found.marks:
            assert (mark.x < found.today) == (mark.of.on < today) or mark.of.on == today
    else:
        assert found.today is None


@settings(max_examples=40, deadline=None)
@given(plan=plans(), today=DAYS, language=st.sampled_from(["da", "en"]))
def test_picture_is_well_formed_and_leads_to_each_by_a_name(
    plan: list[Dated], today: date, language: str
) -> None:
    text = timeline_svg(
        drawn(plan, today, NARROW),
        name="<&>",
        language=language,
        phases=NAMES[language],
        today="I dag",
        said={each.id: f"said {each.id} <b>" for each in plan},
        leads=lambda slug: f"../{slug}?a=1&b=2",
    )

    if re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", text):
        pytest.fail("a control character")
    tree = ET.fromstring(text)  # noqa: S314 -- our own
    links = {each.get("href"): each.get("aria-label") for each in tree.iter() if each.tag.endswith("a")}
    assert links == {f"../{each.id}?a=1&b=2": f"said {each.id} <b>" for each in plan}
    assert not any("style" in each.attrib for each in tree.iter())


@pytest.mark.parametrize("shape", [WIDE, NARROW])
def test_a_thousand_milestones_of_one_day_each_have_their_line(shape: Shape) -> None:
    plan = [
        Dated(
            id=f"m{number:04}",
            title=f"Møde {number}",
            phase=PHASES[2],
            kind=Kind.MEETING,
            state=State.OPEN,
            on=date(2022, 5, 1),
        )
        for number in range(1000)
    ]
    found = drawn(plan, date(2022, 5, 1), shape)
    assert len({mark.y for mark in found.marks}) == 1000


def test_nothing_is_drawn_of_nothing_and_the_ends_of_time_are_dates_as_well() -> None:
    assert timeline([], date(2022, 5, 1), WIDE) is None
    for day in (date.min, date.max):
        one = Dated(
            id="m", title="x", phase=PHASES[0], kind=Kind.DEADLINE, state=State.DONE, on=day, follows="gone"
        )
        assert drawn([one], day, WIDE).today is not None
        assert drawn([one], day, WIDE).ties == []
