"""Proposals for any milestones and any meetings, and for very many of them."""

from datetime import date, timedelta
from time import process_time

from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.core.anchoring import WINDOW, working_distance
from aarshjul.core.date_rules import BeforeRule
from aarshjul.core.meeting_cautions import about_plan
from aarshjul.core.meeting_plan import Planned
from aarshjul.core.real_meeting import RealMeeting
from tests.builders import d, days
from tests.core.plans import TODAY, codes, council, plan, planned

FIRST = d("2026-04-01")


OFFSETS = st.integers(0, 330)


HELD = st.tuples(OFFSETS, st.sampled_from(["KKR", "Bestyrelsen"]), st.sampled_from([None, "09:00", "10:00"]))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(OFFSETS, st.sampled_from(["board", "council"])), min_size=1, max_size=8),
    st.lists(HELD, max_size=14),
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
