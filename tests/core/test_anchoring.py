"""Which meeting is proposed for which milestone, what follows, and what a coordinator is told to look at."""

from dataclasses import replace
from datetime import date, timedelta
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.core.anchoring import WINDOW, propose, whose, working_distance
from aarshjul.core.cycle import Kind, Phase
from aarshjul.core.date_rules import BeforeRule
from aarshjul.core.meeting_cautions import Caution, Code, about_meetings, about_plan
from aarshjul.core.meeting_plan import Plan, Planned, Why
from aarshjul.core.meeting_words import LANGUAGES, words_of, words_of_kept
from aarshjul.core.real_meeting import RealMeeting, meeting_id
from aarshjul.core.working_days import WorkingDays
from tests.builders import d, days

TODAY = "2026-03-02"


def council(on: str, at: str | None = "10:00", **facts: Any) -> RealMeeting:
    facts.setdefault("id", f"kkr-{on}{f'-{at}' if at != '10:00' else ''}")
    return RealMeeting(body="KKR", title="KKR-møde", on=d(on), at=at, **facts)


def board(on: str, at: str | None = "09:00", **facts: Any) -> RealMeeting:
    facts.setdefault("id", f"board-{on}")
    return RealMeeting(body="Bestyrelsen", title="Bestyrelsesmøde", on=d(on), at=at, **facts)


def planned(
    name: str, on: str, owed_by: str = "council", kind: Kind = Kind.DECISION, **facts: Any
) -> Planned:
    facts.setdefault("rule", d(on))
    facts.setdefault("phase", Phase.APPROVAL)
    facts.setdefault("title", name)
    return Planned(id=name, on=d(on), last_on=d(on), kind=kind, owed_by=(owed_by,), **facts)


def plan(
    milestones: list[Planned],
    *meetings: RealMeeting,
    today: str = TODAY,
    calendar: WorkingDays | None = None,
    **options: Any,
) -> Plan:
    of = {
        "council": [m for m in meetings if m.body == "KKR"],
        "board": [m for m in meetings if m.body != "KKR"],
    }
    known = {m.id: m for m in meetings}
    return propose(milestones, calendars=of, known=known, days=calendar or days(), today=d(today), **options)


def cautions(
    found: Plan, *meetings: RealMeeting, today: str = TODAY, calendar: WorkingDays | None = None
) -> list[Caution]:
    known = {m.id: m for m in meetings}
    return list(about_plan(found, known=known, days=calendar or days(), today=d(today)))


def codes(found: Plan, *meetings: RealMeeting, **options: Any) -> set[str]:
    return {str(each.code) for each in cautions(found, *meetings, **options)}


def chosen(found: Plan) -> dict[str, str]:
    return {each.milestone.id: each.meeting.id for each in found.proposals}


def test_the_nearest_meeting_in_working_days_is_proposed_the_later_of_two_as_near() -> None:
    meetings = [council("2026-06-15"), council("2026-06-22"), council("2026-06-30")]
    assert chosen(plan([planned("june", "2026-06-26")], *meetings)) == {"june": "kkr-2026-06-30"}
    assert chosen(plan([planned("june", "2026-06-18")], *meetings)) == {"june": "kkr-2026-06-22"}
    assert chosen(plan([planned("june", "2026-06-19")], *meetings)) == {"june": "kkr-2026-06-22"}


def test_what_hangs_on_it_follows_with_old_and_new_days() -> None:
    papers = planned(
        "papers", "2026-06-12", "holder", Kind.DEADLINE, rule=BeforeRule(before="june", working_days=10)
    )
    (proposal,) = plan([planned("june", "2026-06-26"), papers], council("2026-06-19")).proposals
    assert [(each.milestone.on, each.to) for each in proposal.follows] == [(d("2026-06-12"), d("2026-06-05"))]


def test_what_is_anchored_done_or_has_a_meeting_of_its_own_does_not_follow() -> None:
    rule = BeforeRule(before="june", working_days=10)
    anchored = planned("papers", "2026-06-12", "holder", Kind.DEADLINE, rule=rule, anchored=True)
    done = planned("drafts", "2026-06-12", "holder", Kind.DEADLINE, rule=rule, open=False)
    own = planned("board", "2026-06-12", "board", rule=rule)
    found = plan(
        [planned("june", "2026-06-26"), anchored, done, own], council("2026-06-19"), board("2026-06-03")
    )
    assert all(not each.follows for each in found.proposals)
    assert chosen(found) == {"june": "kkr-2026-06-19", "board": "board-2026-06-03"}


@pytest.mark.parametrize(
    ("facts", "carried"),
    [
        ({"kind": Kind.DEADLINE}, False),
        ({"kind": Kind.MEETING}, True),
        ({"owed_by": ("holder",), "for_": ("council",)}, True),
        ({"owed_by": ("working-group",), "for_": ("council",), "kind": Kind.MEETING}, False),
        ({"owed_by": ("holder",), "for_": ("holder",)}, False),
        ({"open": False}, False),
    ],
)
def test_only_meetings_and_decisions_of_the_body_are_proposed_for(
    facts: dict[str, Any], carried: bool
) -> None:
    milestone = replace(planned("june", "2026-06-26"), **facts)
    assert bool(plan([milestone], council("2026-06-19")).proposals) is carried


def test_a_milestone_of_both_bodies_goes_to_the_councils_calendar_else_to_the_boards() -> None:
    both = replace(planned("dialogue", "2026-11-18", kind=Kind.MEETING), owed_by=("board", "council"))
    assert chosen(plan([both], council("2026-11-27"), board("2026-11-19"))) == {"dialogue": "kkr-2026-11-27"}
    assert chosen(plan([both], board("2026-11-19"))) == {"dialogue": "board-2026-11-19"}


def test_order_is_kept_even_where_a_nearer_meeting_would_turn_it_round() -> None:
    milestones = [planned("first", "2026-06-10"), planned("second", "2026-06-12")]
    found = plan(milestones, council("2026-06-11"), council("2026-06-30"))
    assert chosen(found) == {"first": "kkr-2026-06-11", "second": "kkr-2026-06-30"}
    alone = plan(milestones, council("2026-06-10"))
    assert chosen(alone) == {"first": "kkr-2026-06-10"}
    assert [(each.milestone.id, each.why) for each in alone.kept] == [("second", Why.NO_ROOM)]


APPROVALS = [
    planned(
        "board-approval", "2027-02-12", "board", rule=BeforeRule(before="council-approval", working_days=0)
    ),
    planned("council-approval", "2027-02-12"),
]


def test_the_board_goes_before_the_council_and_near_its_new_day() -> None:
    found = plan(
        APPROVALS, council("2027-02-05"), board("2027-02-12"), board("2027-02-04"), board("2027-01-29")
    )
    assert chosen(found) == {"board-approval": "board-2027-02-04", "council-approval": "kkr-2027-02-05"}
    assert not codes(found)


def test_a_board_without_a_calendar_follows_the_council_and_that_is_said() -> None:
    found = plan(APPROVALS, council("2027-02-05"))
    (kept,) = found.kept
    assert (kept.milestone.id, kept.on, kept.why) == ("board-approval", d("2027-02-05"), Why.NO_CALENDAR)
    assert words_of_kept(kept, "en") == "no meetings of the board are here: keeps its date 2027-02-05"
    assert words_of_kept(kept, "da") == "Bestyrelsens møder er ikke læst ind: beholder sin dato 2027-02-05"


def test_the_council_before_its_board_is_an_error() -> None:
    meetings = [council("2027-02-05"), board("2027-02-12", id="b")]
    tied = [replace(APPROVALS[0], meeting="b", anchored=True, at="09:00"), APPROVALS[1]]
    found = plan(tied, *meetings)
    (first, *_) = cautions(found, *meetings)
    assert (first.code, first.is_error) == (Code.COUNCIL_BEFORE_BOARD, True)
    assert words_of(first, "en") == (
        "the council would approve (council-approval, 2027-02-05 10:00) before the board "
        "(board-approval, 2027-02-12 09:00)"
    )


@pytest.mark.parametrize(
    ("board_at", "council_at", "wrong"),
    [("09:00", "10:00", False), ("10:00", "10:00", True), ("11:00", "10:00", True), (None, "10:00", False)],
)
def test_on_one_day_the_times_say_who_is_first(board_at: str | None, council_at: str, wrong: bool) -> None:
    meetings = [council("2027-02-05", council_at, id="c"), board("2027-02-05", board_at, id="b")]
    tied = [
        replace(APPROVALS[0], meeting="b", anchored=True),
        replace(APPROVALS[1], meeting="c", anchored=True),
    ]
    assert ("council-before-board" in codes(plan(tied, *meetings), *meetings)) is wrong


def test_tied_and_unchanged_is_nothing_to_do_and_moved_proposes_the_new_day() -> None:
    meeting = council("2026-06-19", ends="12:00")
    tied = planned("june", "2026-06-19", at="10:00", ends="12:00", anchored=True, meeting=meeting.id)
    assert plan([tied], meeting).settled == (tied,)
    for now in (
        replace(meeting, on=d("2026-06-24")),
        replace(meeting, at="11:00"),
        replace(meeting, place="Her"),
    ):
        (proposal,) = plan([tied], now).proposals
        assert proposal.meeting == now


def test_a_cancelled_meeting_is_told_and_another_one_proposed() -> None:
    meetings = [council("2026-06-19", status="cancelled"), council("2026-06-26")]
    tied = planned("june", "2026-06-19", anchored=True, meeting="kkr-2026-06-19")
    found = plan([tied], *meetings)
    assert chosen(found) == {"june": "kkr-2026-06-26"}
    assert codes(found, *meetings) == {"meeting-cancelled"}
    alone = plan([tied], meetings[0])
    assert [each.why for each in alone.kept] == [Why.NONE_NEAR]


def test_past_days_are_left_alone() -> None:
    overdue = planned("june", "2026-02-27")
    (kept,) = plan([overdue], council("2026-03-06")).kept
    assert kept.why is Why.PAST
    assert not plan([planned("june", "2026-03-04")], council("2026-02-27")).proposals
    meeting = council("2026-02-27")
    tied = planned("june", "2026-03-20", anchored=True, meeting=meeting.id)
    found = plan([tied], meeting)
    assert codes(found, meeting) == {"meeting-past"}
    assert not found.proposals


def test_a_decision_that_waits_for_a_date_gets_the_next_meeting() -> None:
    waiting = replace(planned("june", "2026-02-13"), on=None)
    assert chosen(plan([waiting], council("2026-02-13"), council("2026-03-13"))) == {"june": "kkr-2026-03-13"}


def test_six_weeks_of_working_days_are_the_furthest() -> None:
    calendar = days()
    inside, outside = calendar.add(d("2026-06-26"), WINDOW), calendar.add(d("2026-06-26"), WINDOW + 1)
    assert plan([planned("june", "2026-06-26")], council(inside.isoformat())).proposals
    (kept,) = plan([planned("june", "2026-06-26", tentative=True)], council(outside.isoformat())).kept
    assert (
        words_of_kept(kept, "en") == "no meeting of the council is near: keeps its tentative date 2026-06-26"
    )


def test_a_meeting_can_be_asked_for_one_milestone_alone() -> None:
    found = plan(APPROVALS, council("2027-02-05"), board("2027-02-04"), only=frozenset({"council-approval"}))
    assert chosen(found) == {"council-approval": "kkr-2027-02-05"}
    assert {each.milestone.id for each in found.proposals[0].follows} == {"board-approval"}


@pytest.mark.parametrize(
    ("on", "code"),
    [
        ("2026-06-20", "weekend"),
        ("2026-05-25", "holiday"),
        ("2026-05-26", "holiday"),
        ("2026-06-23", "quiet"),
    ],
)
def test_meetings_on_days_on_which_nobody_meets(on: str, code: str) -> None:
    calendar = days("2026-05-26", quiet=[("2026-06-22", "2026-06-24")])
    found = plan([planned("june", on)], council(on), calendar=calendar)
    assert codes(found, council(on), calendar=calendar) == {code}
    assert [each.code for each in about_meetings([council(on)], calendar)] == [Code(code)]


def test_two_meetings_of_a_body_on_a_day() -> None:
    meetings = [council("2026-06-19"), council("2026-06-19", "14:00")]
    found = plan([planned("june", "2026-06-19")], *meetings)
    assert codes(found, *meetings) == {"two-meetings"}
    assert [each.code for each in about_meetings(meetings, days())] == [Code.TWO_MEETINGS]
    assert not about_meetings([meetings[0], replace(meetings[1], status="cancelled")], days())
    assert not about_meetings([meetings[0], replace(meetings[1], body="Bestyrelsen")], days())


def test_two_milestones_that_fall_together_and_a_deadline_that_is_past() -> None:
    group = planned("group", "2026-06-19", "working-group", Kind.MEETING, at="09:00", ends="11:00")
    meeting = council("2026-06-19")
    found = plan([planned("june", "2026-06-26"), group], meeting)
    assert codes(found, meeting) == {"two-milestones"}
    papers = planned(
        "papers", "2026-03-13", "holder", Kind.DEADLINE, rule=BeforeRule(before="march", working_days=10)
    )
    near = council("2026-03-06")
    found = plan([planned("march", "2026-03-27"), papers], near)
    assert "deadline-past" in codes(found, near)


def test_a_milestone_that_changes_places_with_a_deadline_that_stays() -> None:
    deadline = planned("comments", "2026-06-22", "holder", Kind.DEADLINE)
    found = plan([deadline, planned("june", "2026-06-26")], council("2026-06-19"))
    assert codes(found, council("2026-06-19")) == {"order"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", Code)
def test_every_caution_has_words(code: Code, language: str) -> None:
    names = ("on", "body", "others", "other", "root", "at", "board", "board_on", "board_at")
    facts = {name: name for name in names} | {"weekday": "4", "said": "2"}
    said = words_of(Caution(code=code, milestone="m", meeting="k", facts=facts), language)
    assert "{" not in said


def test_bodies_are_known_by_the_names_of_council_and_holder() -> None:
    names = ["KKR Nordjylland", "Bestyrelsen for Erhvervshus Nordjylland", "KKR Syddanmark"]
    assert whose(names, council="kkr  nordjylland", holder="Erhvervshus Nordjylland") == {
        "council": ("KKR Nordjylland",),
        "board": ("Bestyrelsen for Erhvervshus Nordjylland",),
    }


def test_ids_of_meetings_are_short_and_taken_once() -> None:
    taken: set[str] = set()
    for body in ("KKR Nordjylland", "KKR Nordjylland", "Rådet på Læsø", "委員会", "x" * 300):
        name = meeting_id(body, d("2027-02-12"), taken)
        assert len(name) <= 80
        taken.add(name)
    assert {
        "kkr-nordjylland-2027-02-12",
        "kkr-nordjylland-2027-02-12-2",
        "raadet-paa-laesoe-2027-02-12",
    } <= taken
    assert "meeting-2027-02-12" in taken


FIRST = d("2026-04-01")
OFFSETS = st.integers(0, 330)


HELD = st.tuples(OFFSETS, st.sampled_from(["KKR", "Bestyrelsen"]), st.sampled_from([None, "09:00", "10:00"]))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(OFFSETS, st.sampled_from(["board", "council"])), min_size=1, max_size=8),
    st.lists(
        st.tuples(
            OFFSETS, st.sampled_from(["KKR", "Bestyrelsen"]), st.sampled_from([None, "09:00", "10:00"])
        ),
        max_size=14,
    ),
    st.booleans(),
)
def test_no_proposal_breaks_the_order_without_saying_so(
    wanted: list[tuple[int, str]], held: list[tuple[int, str, str | None]], hangs: bool
) -> None:
    milestones = [
        planned(f"m{number}", (FIRST + timedelta(days=offset)).isoformat(), role)
        for number, (offset, role) in enumerate(wanted)
    ]
    if hangs:
        milestones.append(
            planned(
                "last",
                milestones[0].last_on.isoformat(),
                "board",
                rule=BeforeRule(before="m0", working_days=0),
            )
        )
    meetings = [
        RealMeeting(id=f"k{number}", body=body, title="x", on=FIRST + timedelta(days=offset), at=at)
        for number, (offset, body, at) in enumerate(held)
    ]
    found = plan(milestones, *meetings)
    after = {each.id: each for each in found.after()}
    said = codes(found, *meetings)
    for proposal in found.proposals:
        assert working_distance(proposal.meeting.on, proposal.milestone.on or FIRST, days()) <= 2 * WINDOW
    boards = sorted((each.on or FIRST, each.at or "") for each in after.values() if "board" in each.owed_by)
    councils = sorted(
        (each.on or FIRST, each.at or "") for each in after.values() if "council" in each.owed_by
    )
    backwards = any(one[0] < other[0] for one, other in zip(councils, boards, strict=False))
    assert not backwards or "council-before-board" in said
    for one in milestones:
        for other in milestones:
            turned = (one.on or FIRST) < (other.on or FIRST) and _on(after, one) > _on(after, other)
            assert not turned or "order" in said or one.id == "last" or other.id == "last"


def _on(after: dict[str, Planned], milestone: Planned) -> date:
    return after[milestone.id].on or FIRST


def test_a_thousand_milestones_are_proposed_for_in_moments() -> None:
    milestones = [
        planned(f"m{number}", (FIRST + timedelta(days=3 * number)).isoformat(), rule=d("2026-04-01"))
        for number in range(1000)
    ]
    meetings = [council((FIRST + timedelta(days=3 * number + 1)).isoformat()) for number in range(1000)]
    began = process_time()
    found = plan(milestones, *meetings)
    about_plan(found, known={m.id: m for m in meetings}, days=days(), today=d(TODAY))
    assert len(found.proposals) > 900
    assert process_time() - began < 10
