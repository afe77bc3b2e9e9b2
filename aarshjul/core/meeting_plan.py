"""Milestones and the real meetings proposed for them, as values."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from aarshjul.core.cycle import Kind, Phase
from aarshjul.core.date_rules import DateRule
from aarshjul.core.real_meeting import RealMeeting


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """A milestone as far as real meetings concern it.

    `rule` is the rule or fixed date that its file gave it, `anchored` says that it was moved by itself and
    follows no other, `meeting` the id of the real meeting that it is tied to.
    """

    id: str
    title: str
    kind: Kind
    phase: Phase
    on: date | None
    last_on: date
    at: str | None = None
    ends: str | None = None
    place: str | None = None
    tentative: bool = False
    open: bool = True
    for_: tuple[str, ...] = ()
    owed_by: tuple[str, ...] = ()
    rule: date | DateRule
    anchored: bool = False
    meeting: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Follow:
    """A milestone that moves along with another."""

    milestone: Planned
    to: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """A milestone could be tied to a meeting; `follows` is what moves along, where its day changes."""

    milestone: Planned
    meeting: RealMeeting
    follows: tuple[Follow, ...] = ()


class Why(StrEnum):
    """Why a milestone of a body keeps the date that it has."""

    NO_CALENDAR = "no-calendar"
    NONE_NEAR = "none-near"
    NO_ROOM = "no-room"  # there are meetings, but each would turn the order round
    PAST = "past"


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A milestone that no meeting is proposed for; `on` is its day once the others have moved."""

    milestone: Planned
    on: date | None
    role: str
    why: Why


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What could be tied to what, what keeps its date, and how many are tied as they should be."""

    proposals: tuple[Proposal, ...]
    kept: tuple[Kept, ...]
    settled: tuple[Planned, ...]
    milestones: tuple[Planned, ...]

    def after(self) -> tuple[Planned, ...]:
        """All milestones as they would be once every proposal is followed."""
        found = {each.id: each for each in self.milestones}
        for proposal in self.proposals:
            for follow in proposal.follows:
                found[follow.milestone.id] = replace(follow.milestone, on=follow.to, last_on=follow.to)
            found[proposal.milestone.id] = tied(proposal.milestone, proposal.meeting)
        return tuple(found.values())


def tied(milestone: Planned, meeting: RealMeeting) -> Planned:
    """A milestone as it is once it is tied to a meeting."""
    return replace(
        milestone,
        meeting=meeting.id,
        anchored=True,
        on=meeting.on,
        last_on=meeting.on,
        at=meeting.at,
        ends=meeting.ends,
        place=meeting.place if meeting.place is not None else milestone.place,
        tentative=meeting.status == "tentative",
    )
