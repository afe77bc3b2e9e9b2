"""What of a backlog still goes, by hand; and that whatever the backlog, nobody loses what they were to know."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.core.cycle import Telling
from aarshjul.core.duties import DutyKind
from aarshjul.core.outgoing import ABOUT_THE_DATE, ASKS, FOLDABLE, OUTDATED_NEWS, Waiting, fold, latest
from tests.builders import at, d

MONDAY = at("2022-11-14")
ALWAYS_IN_CALENDAR = frozenset({DutyKind.INVITE, DutyKind.UPDATE})
KEPT = [DutyKind.DIGEST, DutyKind.WELCOME, DutyKind.UNDELIVERED, DutyKind.RECEIVED, DutyKind.PROPOSED]
BEFORE = Telling(on=d("2022-11-18"))


def message(number: int, kind: str, about: str | None = "meet", person: str = "ann", **facts: Any) -> Waiting:
    """A message of the day after Monday that its number says; `facts` are the others."""
    facts.setdefault("in_calendar", DutyKind(kind) in ALWAYS_IN_CALENDAR)
    facts.setdefault("cycle", "c")
    return Waiting(
        id=number,
        key=f"{facts['cycle']}/{about or '-'}/{number}/{kind}/-/{person}",
        kind=DutyKind(kind),
        person=person,
        milestone=about,
        revision=facts.pop("revision", 1),
        owed_at=facts.pop("owed_at", MONDAY + timedelta(days=number)),
        **facts,
    )


def backlog(kinds: str) -> list[Waiting]:
    """Messages to one person about one meeting, in their order.

    A word is a kind; `+` after it says that it is for the calendar, `!` that it may have arrived, `&x` that it
    tells of `x` as well.
    """
    found = []
    for number, word in enumerate(kinds.split(), 1):
        kind, _, ride = word.partition("&")
        name = kind.rstrip("+!")
        made = message(number, name, touched="!" in kind, rides={ride: None} if ride else {})
        found.append(replace(made, in_calendar=True) if "+" in kind else made)
    return found


@pytest.mark.parametrize(
    ("kinds", "replaced"),
    [
        ("remind", {}),
        ("remind remind remind", {1: 3, 2: 3}),
        ("remind escalate", {1: 2}),
        # What says that the date changed gives it as well; an overdue one is news.
        ("moved remind", {2: 1}),
        ("remind moved remind", {1: 2, 3: 2}),
        ("moved! remind", {}),
        ("moved escalate", {1: 2}),
        ("remind moved cancel", {1: 3, 2: 3}),
        ("moved reopened moved", {1: 3, 2: 3}),
        ("invite update update", {1: 3, 2: 3}),
        ("invite update cancel+", {1: 3, 2: 3}),
        ("cancel+ invite", {1: 2}),
        # The entry must arrive: reminders of any age make way for it.
        ("invite remind remind escalate", {2: 1, 3: 1, 4: 1}),
        ("remind update remind", {1: 2, 3: 2}),
        ("invite remind update remind", {1: 3, 2: 3, 4: 3}),
        # What is no reminder and came after the entry is news of its own.
        ("invite reopened", {}),
        ("invite moved remind", {3: 1}),
        ("reopened update", {1: 2}),
        ("moved invite", {1: 2}),
        # What may have arrived goes again as it is, and has said nothing of what came later.
        ("remind! remind", {}),
        ("remind remind!", {1: 2}),
        ("invite! remind", {}),
        ("invite! update remind", {3: 2}),
        ("invite update! remind remind", {1: 2, 3: 4}),
        ("remind invite! remind", {1: 2}),
        # What tells of other dates as well outlives reminders of its own.
        ("moved&papers remind", {2: 1}),
        ("moved&papers moved remind", {1: 2, 3: 2}),
        ("update&papers update", {1: 2}),
        ("update&papers cancel+", {1: 2}),
        ("reopened&council update", {}),
        ("reopened&council reopened&council", {1: 2}),
        # Of news the latest of its kind, but every decision; and neither replaces dates.
        ("score score", {1: 2}),
        ("returned returned score", {1: 2}),
        ("decided decided", {}),
        ("score update decided remind returned", {4: 2}),
        *((f"{kind} {kind}", {}) for kind in KEPT),
    ],
)
def test_of_a_backlog_the_latest_goes(kinds: str, replaced: dict[int, int]) -> None:
    assert latest(backlog(kinds)) == replaced


def test_other_milestones_people_and_cycles_are_other_matters() -> None:
    waiting = [
        message(1, "remind"),
        message(2, "remind", "papers"),
        message(3, "remind", person="bo"),
        message(4, "remind", cycle="d"),
        message(5, "digest", None),
        message(6, "digest", None),
    ]
    assert latest(waiting) == {}


def test_of_one_round_the_later_revision_is_the_latest() -> None:
    waiting = [message(2, "moved", owed_at=MONDAY), message(1, "moved", owed_at=MONDAY, revision=2)]
    assert latest(waiting) == {2: 1}


def test_a_ride_may_be_told_by_another_message() -> None:
    waiting = [message(1, "reopened", rides={"council": None}), message(2, "moved")]
    assert latest(waiting) == {}
    assert latest([*waiting, message(3, "update", "council")]) == {1: 2}
    assert latest([message(0, "update", "council"), *waiting]) == {}  # that one is older


def test_what_may_have_arrived_stands_in_for_nothing_later_even_by_way_of_another() -> None:
    moved = message(1, "moved", rides={"papers": None})
    cancelled = message(2, "cancel", in_calendar=False, touched=True)
    assert latest([moved, cancelled, message(3, "escalate")]) == {1: 2}


KINDS = st.sampled_from(sorted(ABOUT_THE_DATE | {DutyKind.DECIDED, DutyKind.DIGEST} | OUTDATED_NEWS))


@st.composite
def backlogs(draw: st.DrawFn) -> list[Waiting]:
    found = []
    for number in range(draw(st.integers(0, 14))):
        kind = draw(KINDS)
        about = None if kind is DutyKind.DIGEST else draw(st.sampled_from(["meet", "papers", "sign"]))
        others = st.frozensets(st.sampled_from(["meet", "papers", "sign"]), max_size=2)
        carries = kind in (DutyKind.UPDATE, DutyKind.MOVED, DutyKind.REOPENED)
        found.append(
            message(
                number,
                str(kind),
                about,
                draw(st.sampled_from(["ann", "bo"])),
                cycle=draw(st.sampled_from(["c", "d"])),
                in_calendar=kind in ALWAYS_IN_CALENDAR or (kind is DutyKind.CANCEL and draw(st.booleans())),
                touched=draw(st.integers(0, 4)) == 0,
                owed_at=MONDAY + timedelta(days=draw(st.integers(0, 5))),
                revision=draw(st.integers(1, 3)),
                rides=dict.fromkeys(sorted(draw(others) - {about})) if carries else {},
            )
        )
    return draw(st.permutations(found))


def matter(each: Waiting) -> tuple[str, str, str | None]:
    return each.cycle, each.person, each.milestone


def dates(waiting: Iterable[Waiting]) -> list[Waiting]:
    return sorted((each for each in waiting if each.kind in ABOUT_THE_DATE), key=lambda each: each.order)


@settings(max_examples=300, deadline=None)
@given(waiting=backlogs())
def test_whatever_the_backlog_nobody_loses_what_they_were_to_know(waiting: list[Waiting]) -> None:
    replaced = latest(waiting)
    by_id = {each.id: each for each in waiting}
    stays = [each for each in waiting if each.id not in replaced]
    left = {each.id for each in stays}
    assert set(replaced.values()) <= left
    assert all(each.touched <= (each.id in left) for each in waiting)
    for old, new in replaced.items():
        assert (by_id[old].cycle, by_id[old].person) == (by_id[new].cycle, by_id[new].person)
        assert by_id[old].milestone == by_id[new].milestone
        is_later = by_id[old].order < by_id[new].order
        assert is_later or (by_id[old].kind in ASKS and not by_id[new].touched)
    for newest in {matter(each): each for each in dates(waiting)}.values():
        about = [each for each in dates(stays) if matter(each) == matter(newest)]
        assert newest in about or (newest.kind in ASKS and any(e.kind not in ASKS for e in about))
    for newest in {matter(each): each for each in dates(waiting) if each.in_calendar}.values():
        assert newest.id in left


@settings(max_examples=300, deadline=None)
@given(waiting=backlogs())
def test_every_date_that_was_to_be_told_is_told_by_something_that_stays(waiting: list[Waiting]) -> None:
    """A message hands its rides on to one about the same milestone that tells a date, see `retold`."""
    replaced = latest(waiting)
    told: dict[tuple[str, str], set[str | None]] = {}
    for each in dates(waiting):
        hands_on = each.id in replaced and each.kind in (DutyKind.UPDATE, DutyKind.MOVED)
        if each.id not in replaced or hands_on:
            told.setdefault(matter(each)[:2], set()).update({each.milestone, *each.rides})
    for each in dates(waiting):
        assert {each.milestone, *each.rides} <= told[each.cycle, each.person]


@settings(max_examples=200, deadline=None)
@given(waiting=backlogs(), data=st.data())
def test_what_goes_does_not_hang_on_the_order_of_looking_or_on_looking_again(
    waiting: list[Waiting], data: st.DataObject
) -> None:
    replaced = latest(waiting)
    assert latest(data.draw(st.permutations(waiting))) == replaced
    assert latest([each for each in waiting if each.id not in replaced]) == {}


# --- together -----------------------------------------------------------------------------------------------------


def folds(*waiting: Waiting, wants: Iterable[str] = ("ann",), urgent: Iterable[int] = ()) -> Any:
    return fold(waiting, frozenset(wants), frozenset(urgent))


@pytest.mark.parametrize("kind", DutyKind)
def test_only_what_is_for_no_calendar_and_about_the_year_is_folded(kind: DutyKind) -> None:
    pair = (message(1, str(kind)), message(2, "remind", "papers"))
    wanted = {("c", "ann"): [1, 2]} if kind in FOLDABLE else {}
    assert folds(*pair) == wanted
    assert folds(replace(pair[0], in_calendar=True), pair[1]) == {}


def test_a_digest_is_of_two_or_more_for_who_wants_one_in_the_order_in_which_they_came_up() -> None:
    pair = (message(2, "remind"), message(1, "decided", "papers"))
    assert folds(*pair) == {("c", "ann"): [1, 2]}
    assert folds(*pair, wants=()) == {}
    assert folds(pair[0]) == {}
    assert folds(pair[0], message(3, "remind", person="bo")) == {}
    assert folds(pair[0], message(3, "remind", cycle="d")) == {}


def test_what_is_urgent_or_may_have_arrived_goes_by_itself() -> None:
    three = [message(number, "moved", f"m{number}") for number in (1, 2, 3)]
    assert folds(*three, urgent=(2,)) == {("c", "ann"): [1, 3]}
    assert folds(three[0], replace(three[1], touched=True), three[2]) == {("c", "ann"): [1, 3]}
    assert folds(*three, urgent=(1, 2)) == {}
