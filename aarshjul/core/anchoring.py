"""Which real meeting could carry which milestone: proposals for a coordinator, never a decision.

Of the milestones that a body meets for (meetings and decisions that it owes, or that concern it), each gets the
nearest meeting of that body's own calendar, nearest in working days, so that all of them keep their order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from aarshjul.core.cycle import BOARD, COUNCIL, WORKING_GROUP, Kind
from aarshjul.core.deadlines import anchor_of, followers
from aarshjul.core.meeting_order import Slot, in_order
from aarshjul.core.meeting_plan import Follow, Kept, Plan, Planned, Proposal, Why, tied
from aarshjul.core.real_meeting import RealMeeting
from aarshjul.core.working_days import DAY, WorkingDays

WINDOW = 30
"""How many working days away, six weeks, a meeting may be: bodies that meet every other month are never further."""
MOST_CANDIDATES = 12
_CARRIED = (Kind.MEETING, Kind.DECISION)


def whose(bodies: Sequence[str], *, council: str, holder: str) -> dict[str, tuple[str, ...]]:
    """The role of each body by its name: the council by its own, the board by the holder's in it."""
    found: dict[str, tuple[str, ...]] = {}
    for body in bodies:
        if _same(body) == _same(council):
            found[COUNCIL] = (*found.get(COUNCIL, ()), body)
        elif _same(holder) in _same(body):
            found[BOARD] = (*found.get(BOARD, ()), body)
    return found


def _same(name: str) -> str:
    return " ".join(name.casefold().split())


def role_of(milestone: Planned, calendars: Mapping[str, Sequence[RealMeeting]]) -> str | None:
    """The role whose meetings can carry a milestone: of those who owe it, else of those whom it concerns.

    The council goes before the board, and who has a calendar before who has none. What the working group owes is a
    meeting of its own, whomever it concerns.
    """
    if milestone.kind not in _CARRIED:
        return None
    order = list(dict.fromkeys((COUNCIL, BOARD, *calendars)))
    found = [role for role in order if role in milestone.owed_by]
    if not found and WORKING_GROUP not in milestone.owed_by:
        found = [role for role in order if role in milestone.for_]
    return next((role for role in found if calendars.get(role)), found[0] if found else None)


def propose(
    milestones: Sequence[Planned],
    *,
    calendars: Mapping[str, Sequence[RealMeeting]],
    known: Mapping[str, RealMeeting],
    days: WorkingDays,
    today: date,
    only: frozenset[str] | None = None,
) -> Plan:
    """The meetings that could carry a cycle's milestones.

    Args:
        milestones: all of the cycle, in the order of its file.
        calendars: the meetings of each role's bodies, on the cycle's clocks.
        known: every meeting that a milestone may be tied to already, by id, on the cycle's clocks.
        days: the cycle's working days.
        today: the cycle's day; what is past is left as it is.
        only: the milestones to propose for; None for all.
    """
    return _Proposing(tuple(milestones), calendars, known, days, today, only).plan()


class _Proposing:
    def __init__(
        self,
        milestones: tuple[Planned, ...],
        calendars: Mapping[str, Sequence[RealMeeting]],
        known: Mapping[str, RealMeeting],
        days: WorkingDays,
        today: date,
        only: frozenset[str] | None,
    ) -> None:
        self.milestones, self.calendars, self.known = milestones, calendars, known
        self.days, self.today, self.only = days, today, only
        self.by_id = {m.id: m for m in milestones}
        self.rules = {m.id: m.rule for m in milestones}
        self.hung_on = {anchor_of(rule) for rule in self.rules.values()}
        self.fast = frozenset(m.id for m in milestones if m.anchored or not m.open)

    def plan(self) -> Plan:
        roles = {m.id: role for m in self.milestones if m.open and (role := role_of(m, self.calendars))}
        carried = [m for m in self.milestones if m.id in roles or (m.open and m.meeting in self.known)]
        chosen: dict[str, RealMeeting | None] = {}
        dates = {m.id: m.on or max(m.last_on, self.today) for m in self.milestones}
        levels = self._levels(carried)
        for level in sorted(set(levels.values())):
            slots = [self._slot(m, roles, dates, chosen) for m in carried if levels[m.id] <= level]
            chosen |= in_order(sorted(slots, key=lambda slot: slot.place), none=2 * WINDOW)
            dates |= self._shifted(chosen)
        return self._told(roles, carried, chosen)

    def _levels(self, carried: list[Planned]) -> dict[str, int]:
        """How many milestones with meetings of their own each one hangs on: those are settled before it."""
        names = {m.id for m in carried}
        found = {}
        for milestone in carried:
            level, at, seen = 0, milestone, {milestone.id}
            while not at.anchored and (above := anchor_of(at.rule)) in self.by_id and above not in seen:
                at = self.by_id[above or ""]
                seen.add(at.id)
                level += at.id in names
            found[milestone.id] = level
        return found

    def _slot(
        self,
        milestone: Planned,
        roles: Mapping[str, str],
        dates: Mapping[str, date],
        chosen: Mapping[str, RealMeeting | None],
    ) -> Slot:
        wanted = dates[milestone.id]
        if milestone.id in chosen:
            meeting = chosen[milestone.id]
            options: list[tuple[int, RealMeeting]] = [(0, meeting)] if meeting is not None else []
            return Slot(id=milestone.id, wanted=wanted, at=milestone.at, options=options, fixed=True)
        fixed, meeting = self._stays(milestone)
        if fixed:
            options = [(0, meeting)] if meeting is not None else []
        else:
            options = self._near(self.calendars.get(roles.get(milestone.id, ""), ()), wanted)
        return Slot(id=milestone.id, wanted=wanted, at=milestone.at, options=options, fixed=fixed)

    def _stays(self, milestone: Planned) -> tuple[bool, RealMeeting | None]:
        """Whether a milestone is not to be asked about, and the meeting that it is tied to and may stay with."""
        meeting = self.known.get(milestone.meeting or "")
        left_out = self.only is not None and milestone.id not in self.only
        if meeting is not None and (left_out or meeting.status != "cancelled"):
            gone_by = meeting.on < self.today or left_out
            return True, None if gone_by else meeting
        return left_out or (milestone.on is not None and milestone.on < self.today), None

    def _near(self, meetings: Sequence[RealMeeting], wanted: date) -> list[tuple[int, RealMeeting]]:
        """The meetings in reach with their distance in working days; of two as far away, the later goes first."""
        far = 2 * WINDOW
        found = []
        for meeting in meetings:
            in_reach = abs((meeting.on - wanted).days) <= far and meeting.on >= self.today
            if in_reach and meeting.status != "cancelled":
                distance = working_distance(wanted, meeting.on, self.days)
                if distance <= WINDOW:
                    found.append((distance, meeting))
        found.sort(key=lambda each: (each[0], each[1].on < wanted, each[1].on, each[1].at or "", each[1].id))
        return found[:MOST_CANDIDATES]

    def _shifted(self, chosen: Mapping[str, RealMeeting | None]) -> dict[str, date]:
        """The dates of what hangs on a milestone that has found its meeting."""
        settled = {name: meeting.on for name, meeting in chosen.items() if meeting is not None}
        found: dict[str, date] = {}
        for name, day in settled.items():
            found |= self._following(name, day, stays=frozenset(settled))
        return found | settled

    def _following(self, name: str, to: date, stays: frozenset[str]) -> dict[str, date]:
        if name not in self.hung_on:
            return {}
        return followers(name, to, rules=self.rules, stays=stays | self.fast, days=self.days)

    def _told(
        self, roles: Mapping[str, str], carried: list[Planned], chosen: Mapping[str, RealMeeting | None]
    ) -> Plan:
        moving: dict[str, tuple[Planned, RealMeeting]] = {}
        waiting, settled = [], []
        for milestone in carried:
            meeting = chosen[milestone.id]
            if meeting is not None and tied(milestone, meeting) != replace(milestone, last_on=meeting.on):
                moving[milestone.id] = (milestone, meeting)
            elif meeting is not None or self._is_tied(milestone):
                settled.append(milestone)
            elif self.only is None or milestone.id in self.only:
                waiting.append(milestone)
        proposals = [self._proposal(m, meeting, frozenset(moving)) for m, meeting in moving.values()]
        proposals.sort(key=lambda each: (each.meeting.on, each.meeting.at or "", each.milestone.id))
        follows = {follow.milestone.id: follow.to for each in proposals for follow in each.follows}
        return Plan(
            proposals=tuple(proposals),
            kept=tuple(self._kept(m, roles.get(m.id, ""), follows.get(m.id, m.on)) for m in waiting),
            settled=tuple(settled),
            milestones=self.milestones,
        )

    def _is_tied(self, milestone: Planned) -> bool:
        meeting = self.known.get(milestone.meeting or "")
        return meeting is not None and meeting.status != "cancelled"

    def _proposal(self, milestone: Planned, meeting: RealMeeting, moving: frozenset[str]) -> Proposal:
        if milestone.on == meeting.on:
            return Proposal(milestone=milestone, meeting=meeting)
        by_id = self.by_id
        new = self._following(milestone.id, meeting.on, stays=moving)
        follows = [
            Follow(milestone=by_id[name], to=day) for name, day in new.items() if by_id[name].on != day
        ]
        follows.sort(key=lambda each: (each.to, each.milestone.id))
        return Proposal(milestone=milestone, meeting=meeting, follows=tuple(follows))

    def _kept(self, milestone: Planned, role: str, on: date | None) -> Kept:
        wanted = on or max(milestone.last_on, self.today)
        if milestone.on is not None and milestone.on < self.today:
            why = Why.PAST
        elif not self.calendars.get(role):
            why = Why.NO_CALENDAR
        else:
            why = Why.NO_ROOM if self._near(self.calendars[role], wanted) else Why.NONE_NEAR
        return Kept(milestone=milestone, on=on, role=role, why=why)


def working_distance(one: date, other: date, days: WorkingDays) -> int:
    """How many working days lie between two days, the later one counted."""
    first, last = min(one, other), max(one, other)
    return sum(days.is_working(first + step * DAY) for step in range(1, (last - first).days + 1))
