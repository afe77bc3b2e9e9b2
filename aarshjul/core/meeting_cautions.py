"""What a coordinator should look at before milestones are tied to meetings: each with a code and its words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import combinations

from aarshjul.core.cycle import BOARD, COUNCIL, Kind, Phase
from aarshjul.core.meeting_plan import Plan, Planned
from aarshjul.core.real_meeting import RealMeeting
from aarshjul.core.working_days import WorkingDays


class Code(StrEnum):
    """The kinds of cautions, by which a coordinator names one."""

    WEEKDAY = "weekday"  # in the source: the name of the day is not that date's
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    QUIET = "quiet"
    TWO_MEETINGS = "two-meetings"
    TWO_MILESTONES = "two-milestones"
    ONE_MEETING = "one-meeting"
    ORDER = "order"
    DEADLINE_PAST = "deadline-past"
    COUNCIL_BEFORE_BOARD = "council-before-board"
    CANCELLED = "meeting-cancelled"
    PAST = "meeting-past"


ERRORS = frozenset({Code.COUNCIL_BEFORE_BOARD})
"""What is against a rule, and not only unusual: nothing is tied in spite of it unless somebody says so."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Caution:
    """Something to look at: about a milestone, a meeting or both; `facts` fill the words."""

    code: Code
    milestone: str | None = None
    meeting: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        """Whether it is against a rule."""
        return self.code in ERRORS


def about_meetings(meetings: Iterable[RealMeeting], days: WorkingDays) -> list[Caution]:
    """What stands out in a body's calendar: days off, quiet days, and two meetings of one body on a day."""
    coming = [meeting for meeting in meetings if meeting.status != "cancelled"]
    found = [caution for meeting in coming for caution in _about_day(meeting.on, days, meeting=meeting.id)]
    by_day: dict[tuple[str, date], list[RealMeeting]] = {}
    for meeting in coming:
        by_day.setdefault((meeting.body, meeting.on), []).append(meeting)
    for (body, on), together in by_day.items():
        if len(together) > 1:
            ids = ", ".join(each.id or each.title for each in together)
            facts = {"on": on.isoformat(), "body": body, "others": ids}
            found.append(Caution(code=Code.TWO_MEETINGS, meeting=together[0].id, facts=facts))
    return found


def about_plan(
    plan: Plan, *, known: Mapping[str, RealMeeting], days: WorkingDays, today: date
) -> tuple[Caution, ...]:
    """What stands out in a plan, as all would be once it is followed; errors first."""
    after = [each for each in plan.after() if each.open]
    found = [*_about_proposals(plan, days, today), *_about_ties(plan, known, today)]
    found += _about_chosen_days(plan, known)
    found += [*_about_pairs(plan, after), *_about_order(plan, after), *_about_approvals(after)]
    unique = list(
        {(each.code, each.milestone, each.meeting, *each.facts.items()): each for each in found}.values()
    )
    return tuple(sorted(unique, key=lambda each: not each.is_error))


def _about_day(
    on: date, days: WorkingDays, *, milestone: str | None = None, meeting: str | None = None
) -> Iterator[Caution]:
    facts = {"on": on.isoformat(), "weekday": str(on.weekday())}
    if on.weekday() >= 5:
        yield Caution(code=Code.WEEKEND, milestone=milestone, meeting=meeting, facts=facts)
    elif not days.is_working(on):
        yield Caution(code=Code.HOLIDAY, milestone=milestone, meeting=meeting, facts=facts)
    if days.is_quiet(on):
        yield Caution(code=Code.QUIET, milestone=milestone, meeting=meeting, facts=facts)


def _about_proposals(plan: Plan, days: WorkingDays, today: date) -> Iterator[Caution]:
    for proposal in plan.proposals:
        name, meeting = proposal.milestone.id, proposal.meeting
        yield from _about_day(meeting.on, days, milestone=name, meeting=meeting.id)
        for follow in proposal.follows:
            if follow.to < today:
                facts = {"on": follow.to.isoformat(), "root": name}
                yield Caution(code=Code.DEADLINE_PAST, milestone=follow.milestone.id, facts=facts)


def _about_ties(plan: Plan, known: Mapping[str, RealMeeting], today: date) -> Iterator[Caution]:
    """Meetings that carry something and were called off at their source, or were put on a day that is past."""
    for milestone in plan.milestones:
        meeting = known.get(milestone.meeting or "")
        if meeting is None or not milestone.open:
            continue
        facts = {"on": meeting.on.isoformat()}
        if meeting.status == "cancelled":
            yield Caution(code=Code.CANCELLED, milestone=milestone.id, meeting=meeting.id, facts=facts)
        elif meeting.on < today and meeting.on != milestone.on:
            yield Caution(code=Code.PAST, milestone=milestone.id, meeting=meeting.id, facts=facts)


def _about_chosen_days(plan: Plan, known: Mapping[str, RealMeeting]) -> Iterator[Caution]:
    """A body that meets twice on the day of a proposed meeting: either could be meant."""
    by_day: dict[tuple[str, date], list[RealMeeting]] = {}
    for meeting in known.values():
        if meeting.status != "cancelled":
            by_day.setdefault((meeting.body, meeting.on), []).append(meeting)
    for proposal in plan.proposals:
        chosen = proposal.meeting
        others = [each.id for each in by_day.get((chosen.body, chosen.on), ()) if each.id != chosen.id]
        if others:
            facts = {
                "on": chosen.on.isoformat(),
                "body": chosen.body,
                "others": ", ".join([chosen.id, *sorted(others)]),
            }
            yield Caution(
                code=Code.TWO_MEETINGS, milestone=proposal.milestone.id, meeting=chosen.id, facts=facts
            )


def _about_pairs(plan: Plan, after: Sequence[Planned]) -> Iterator[Caution]:
    """Two milestones on one day whose times overlap, or that share a meeting though they had different days."""
    moved = {each.milestone.id for each in plan.proposals}
    before = {each.id: each.on for each in plan.milestones}
    by_day: dict[date, list[Planned]] = {}
    for milestone in after:
        if milestone.kind is not Kind.DEADLINE and milestone.on is not None:
            by_day.setdefault(milestone.on, []).append(milestone)
    for on, together in by_day.items():
        for one, other in combinations(together[:20], 2):
            if not {one.id, other.id} & moved:
                continue
            shared = one.meeting is not None and one.meeting == other.meeting
            if shared and before[one.id] == before[other.id]:
                continue
            if shared or _overlap(one, other):
                code = Code.ONE_MEETING if shared else Code.TWO_MILESTONES
                facts = {"on": on.isoformat(), "other": other.id}
                yield Caution(
                    code=code, milestone=one.id, meeting=one.meeting if shared else None, facts=facts
                )


def _overlap(one: Planned, other: Planned) -> bool:
    if one.at is None or other.at is None:
        return True
    first, second = sorted((one, other), key=lambda each: each.at or "")
    return (first.ends or first.at or "") > (second.at or "") or first.at == second.at


def _about_order(plan: Plan, after: Sequence[Planned]) -> Iterator[Caution]:
    """A milestone that would be before what it came after; each pair once, the one that moves first."""
    before = {each.id: each.on for each in plan.milestones}
    now = {each.id: each.on for each in after}
    for proposal in plan.proposals:
        name = proposal.milestone.id
        was, to = before[name], proposal.meeting.on
        turned = [
            other
            for other, day in now.items()
            if was is not None
            and day is not None
            and (known := before[other]) is not None
            and other != name
            and ((known < was and day > to) or (known > was and day < to))
        ]
        if turned:
            more = f" (+{len(turned) - 5})" if len(turned) > 5 else ""
            facts = {"on": to.isoformat(), "others": ", ".join(turned[:5]) + more}
            yield Caution(code=Code.ORDER, milestone=name, meeting=proposal.meeting.id, facts=facts)


def _about_approvals(after: Sequence[Planned]) -> Iterator[Caution]:
    """The council decides what the board has approved: its meeting cannot be the earlier one."""
    for board, council in zip(_approvals(after, BOARD), _approvals(after, COUNCIL), strict=False):
        if board.id != council.id and _is_before(council, board):
            facts = {"on": str(council.on), "board": board.id, "board_on": str(board.on)}
            facts |= {"at": council.at or "", "board_at": board.at or ""}
            yield Caution(
                code=Code.COUNCIL_BEFORE_BOARD, milestone=council.id, meeting=council.meeting, facts=facts
            )


def _approvals(after: Sequence[Planned], body: str) -> list[Planned]:
    """The decisions of the approval phase that a body owes, in the order in which it will take them."""
    found = [
        each
        for each in after
        if each.kind is Kind.DECISION and each.phase is Phase.APPROVAL and body in each.owed_by and each.on
    ]
    return sorted(found, key=lambda each: (each.on or each.last_on, each.at or ""))


def _is_before(council: Planned, board: Planned) -> bool:
    if council.on is None or board.on is None or council.on != board.on:
        return council.on is not None and board.on is not None and council.on < board.on
    if council.meeting is not None and council.meeting == board.meeting:
        return False
    return council.at is not None and board.at is not None and council.at <= board.at
