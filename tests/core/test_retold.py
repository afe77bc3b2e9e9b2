"""What a message must be for somebody who missed those before it: written out by hand."""

from collections.abc import Mapping
from typing import Any

import pytest

from aarshjul.core.cycle import Telling
from aarshjul.core.duties import DutyKind
from aarshjul.core.outgoing import Past, Retold, Waiting, retold
from tests.builders import at, d

A, B, C = (Telling(on=d(f"2022-11-{day}"), at="10:00") for day in (18, 21, 25))
NAMES: dict[str, Telling | None] = {"A": A, "B": B, "C": C, "-": None}
NOTHING: Mapping[str, Telling | None] = {}


def missed(words: str) -> list[Past]:
    """`update:A` is an update that never arrived, and told of a change from A."""
    return [
        Past(kind=DutyKind(kind), was=NAMES[was]) for kind, was in (word.split(":") for word in words.split())
    ]


def waiting(kind: str, was: Telling | None, rides: Mapping[str, Telling | None] = NOTHING) -> Waiting:
    facts: dict[str, Any] = {"in_calendar": kind in ("invite", "update")}
    return Waiting(
        id=9, key=f"c/meet/9/{kind}/-/ann", cycle="c", kind=DutyKind(kind), person="ann", milestone="meet",
        revision=9, owed_at=at("2022-11-14"), was=was, rides=rides, **facts,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("past", "message", "now", "wanted"),
    [
        # Nothing was missed.
        ("", "invite:-", "A", "invite:-"),
        ("", "update:A", "B", "update:A"),
        ("", "update:-", "B", "update:-"),
        ("", "update:A", "A", None),  # away and back, before it went
        ("", "cancel:A", "A", "cancel:A"),
        ("", "moved:A", "B", "moved:A"),
        ("", "moved:A", "A", None),
        # The invitation never arrived.
        ("invite:-", "update:A", "B", "invite:-"),
        ("invite:-", "update:A", "A", "invite:-"),
        ("invite:- update:A", "update:B", "C", "invite:-"),
        ("invite:-", "invite:-", "A", "invite:-"),
        ("invite:-", "cancel:A", "A", None),
        ("invite:- update:A", "cancel:B", "B", None),
        ("invite:- cancel:A", "invite:-", "A", "invite:-"),
        ("invite:-", "moved:A", "B", "moved:A"),
        # Something else never arrived: what was known is from before it.
        ("update:A", "update:B", "C", "update:A"),
        ("update:A", "update:B", "A", None),
        ("update:A update:B", "update:C", "C", "update:A"),
        ("update:A", "cancel:B", "B", "cancel:A"),
        ("moved:A", "moved:B", "C", "moved:A"),
        ("moved:A", "moved:B", "A", None),
        ("moved:A", "cancel:B", "B", "cancel:A"),
        # Taken off and put on again, and neither was heard of: the entry is there still.
        ("cancel:A", "invite:-", "A", None),
        ("cancel:A", "invite:-", "B", "update:A"),
        ("update:A cancel:B", "invite:-", "B", "update:A"),
        ("cancel:-", "invite:-", "A", "update:-"),
        # Reminders and news change nothing of what is known.
        ("remind:- reopened:A", "update:B", "C", "update:B"),
        ("remind:-", "invite:-", "A", "invite:-"),
        ("invite:-", "remind:-", "A", "remind:-"),
        ("update:A", "escalate:-", "A", "escalate:-"),
        ("update:A", "decided:-", "A", "decided:-"),
    ],
)
def test_a_message_is_news_to_whoever_gets_it(past: str, message: str, now: str, wanted: str | None) -> None:
    kind, was = message.split(":")
    told = NAMES[now]
    assert told is not None
    found = retold(missed(past), waiting(kind, NAMES[was]), {"meet": told})
    if wanted is None:
        assert found is None
    else:
        kind, was = wanted.split(":")
        assert found == Retold(kind=DutyKind(kind), was=NAMES[was])


NOW = {"meet": B, "papers": C, "sign": C}


def test_dates_that_moved_along_are_taken_over_from_what_never_arrived() -> None:
    past = [
        Past(kind=DutyKind.UPDATE, was=A, rides={"papers": A}),
        Past(kind=DutyKind.UPDATE, was=C, rides={"papers": B, "sign": B}),
    ]
    found = retold(past, waiting("update", C, {"sign": A}), NOW)
    assert found == Retold(kind=DutyKind.UPDATE, was=A, rides={"papers": A, "sign": B})


def test_what_moved_along_away_and_back_is_not_told() -> None:
    past = [Past(kind=DutyKind.MOVED, was=A, rides={"papers": C, "sign": A})]
    found = retold(past, waiting("moved", C, {"papers": A, "sign": A}), NOW)
    assert found == Retold(kind=DutyKind.MOVED, was=A, rides={"sign": A})


@pytest.mark.parametrize("kind", ["update", "moved"])
def test_a_message_that_is_no_news_itself_goes_for_what_moved_along(kind: str) -> None:
    past = [Past(kind=DutyKind(kind), was=B)]
    found = retold(past, waiting(kind, A, {"papers": A}), NOW)
    assert found == Retold(kind=DutyKind(kind), was=B, rides={"papers": A})


def test_a_milestone_that_is_gone_is_told_of_as_it_was_meant() -> None:
    found = retold([], waiting("update", A, {"gone": A}), {})
    assert found == Retold(kind=DutyKind.UPDATE, was=A, rides={"gone": A})
