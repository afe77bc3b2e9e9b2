"""Who was taken off a meeting: told each time, under a key of its own; and a meeting that lost its date."""

from dataclasses import replace

import pytest

from aarshjul.core.cycle import Invited, Kind, Milestone
from tests.builders import cycle, d, keys, knows, member, milestone

MEETING = milestone("m", "2022-11-18", Kind.MEETING, for_=("council",))
COUNCIL = member("c1", "council")


def withdrawn(times: int, told: bool) -> Milestone:
    """The meeting, of which somebody was taken off so many times."""
    known = Invited(told=MEETING.telling if told else None, told_on=d("2022-10-03"), withdrawn=times)
    return replace(MEETING, invited={"c1": known})


@pytest.mark.parametrize(
    ("times", "key"), [(0, "m/1/cancel/-/c1"), (1, "m/1/cancel/1/c1"), (2, "m/1/cancel/2/c1")]
)
def test_who_leaves_again_is_told_again(times: int, key: str) -> None:
    gone = member("c1", "council", left=True)
    assert keys(cycle(withdrawn(times, told=True), members=[gone]), "2022-10-04") == [key]


@pytest.mark.parametrize(("times", "key"), [(1, "m/1/update/1/c1"), (2, "m/1/update/2/c1")])
def test_who_comes_back_again_is_asked_again(times: int, key: str) -> None:
    assert keys(cycle(withdrawn(times, told=False), members=[COUNCIL]), "2022-10-04") == [key]


def test_a_change_is_told_under_its_revision_alone() -> None:
    known = Invited(told=replace(MEETING.telling, at="09:00"), told_on=d("2022-10-03"), withdrawn=2)
    assert keys(cycle(replace(MEETING, invited={"c1": known}), members=[COUNCIL]), "2022-10-04") == [
        "m/1/update/-/c1"
    ]


@pytest.mark.parametrize(
    ("told", "due"),
    [("2022-11-18", ["m/1/cancel/-/c1"]), ("2022-10-03", [])],
    ids=["to come", "past"],
)
def test_a_meeting_without_a_date_is_taken_back_where_the_old_one_is_to_come(
    told: str, due: list[str]
) -> None:
    lost = milestone("m", None, Kind.MEETING, for_=("council",), invited={"c1": knows(told, "2022-09-01")})
    assert keys(cycle(lost, members=[COUNCIL]), "2022-10-04") == due
    nobody = milestone("m", None, Kind.MEETING, for_=("council",))
    assert keys(cycle(nobody, members=[COUNCIL]), "2022-10-04") == []
