"""A cycle as the rules see it: phases, milestones and people, with what has happened to them so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from aarshjul.core.quiet_days import NEVER_QUIET, QuietDays
from aarshjul.core.working_days import WorkingDays


class Phase(StrEnum):
    """The phases of a cycle, in their order."""

    DATA_COLLECTION = "data-collection"
    SCORING = "scoring"
    DRAFTING = "drafting"
    DIALOGUE = "dialogue"
    APPROVAL = "approval"
    IN_FORCE = "in-force"


class Kind(StrEnum):
    """What a milestone is: something to hand in, to attend, or to decide."""

    DEADLINE = "deadline"
    MEETING = "meeting"
    DECISION = "decision"


class State(StrEnum):
    """Where a milestone stands; `overdue` is never stored, it is an open one whose day has passed."""

    OPEN = "open"
    DONE = "done"
    OVERDUE = "overdue"
    CANCELLED = "cancelled"


class Action(StrEnum):
    """What the system itself does at a milestone."""

    INVITE = "invite"
    REMIND = "remind"
    SCORE = "score"
    PUBLISH = "publish"


PHASES = tuple(Phase)
COORDINATOR, HOLDER, BOARD, COUNCIL = "coordinator", "holder", "board", "council"
WORKING_GROUP, SUBSCRIBER = "working-group", "subscriber"
BODIES = (BOARD, COUNCIL)
CHAIRS = {
    BOARD: frozenset({"board-chair", "board-deputy-chair"}),
    COUNCIL: frozenset({"council-chair", "council-deputy-chair"}),
}
BOUND_ROLES = frozenset({COORDINATOR}).union(*CHAIRS.values())
"""What these get belongs to the role: whoever holds it cannot opt out of it."""
_BODY_OF_CHAIR = {role: body for body, roles in CHAIRS.items() for role in roles}


def effective_roles(roles: tuple[str, ...] | list[str]) -> frozenset[str]:
    """The roles that a person has, a chair being a member of the body as well."""
    return frozenset(roles) | {_BODY_OF_CHAIR[role] for role in roles if role in _BODY_OF_CHAIR}


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling:
    """The date, time and place of a milestone as somebody was told it: equal means nothing new to tell."""

    on: date | None
    at: str | None = None
    ends: str | None = None
    place: str | None = None
    status: str = "confirmed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Invited:
    """What one person knows of a meeting: `told` is None once it was cancelled for that person.

    `asked` is False for somebody who answered before the invitation went out; `withdrawn` counts how often it was
    cancelled for them.
    """

    told: Telling | None
    told_on: date
    answered: bool = False
    asked: bool = True
    withdrawn: int = 0


@dataclass(kw_only=True, slots=True)
class Member:
    """A person's part in a cycle.

    `channels` carry messages to them; with `digest` the reminders of a morning come as one; on `quiet` days
    what can wait does. `delegate` acts for them between two dates; `deputy`, the standing one, wherever they do not.
    """

    person: str
    roles: frozenset[str]
    channels: tuple[str, ...] = ("email",)
    digest: bool = False
    left: bool = False
    delegate: str | None = None
    delegate_from: date | None = None
    delegate_until: date | None = None
    deputy: str | None = None
    subscribed: bool = True
    quiet: QuietDays = NEVER_QUIET

    @property
    def wants_news(self) -> bool:
        """Whether they hear of scores and decisions, too: all who have not opted out, or whose role bars it."""
        return self.subscribed or not BOUND_ROLES.isdisjoint(self.roles)

    def delegate_on(self, day: date) -> str | None:
        """Who acts for this person on that day; both ends count, an open end has no limit."""
        if self.delegate is None:
            return None
        if self.delegate_from is not None and day < self.delegate_from:
            return None
        if self.delegate_until is not None and day > self.delegate_until:
            return None
        return self.delegate

    def stand_in_on(self, day: date) -> str | None:
        """Who may act for this person on that day, where they do not: a delegate, else the deputy, and nobody for these."""
        return self.delegate_on(day) or self.deputy


@dataclass(kw_only=True, slots=True)
class Milestone:
    """One date of the year with everything that the rules need to know about it.

    `on` is None while a re-opened decision waits for a new date, and `last_on` the last one it had.
    `told_on` is the day on which those who are not invited were told of the present revision. `row` is the
    record's own key, which no rule reads. `meeting` names the real meeting that carries it; `about` what made a
    deadline that the cycle's plan has not. Where milestones have
    one calendar entry together, `shares` has all of them with their cycles, itself too, in the order of who speaks.
    """

    id: str
    row: int = 0
    phase: Phase
    kind: Kind
    on: date | None
    last_on: date
    at: str | None = None
    ends: str | None = None
    place: str | None = None
    tentative: bool = False
    state: State = State.OPEN
    revision: int = 1
    revised_on: date | None = None
    told_on: date | None = None
    for_: tuple[str, ...] = ()
    owed_by: tuple[str, ...] = ()
    remind: tuple[int, ...] = ()
    actions: frozenset[Action] = frozenset()
    even_on_days_off: bool = False
    scored_on: date | None = None
    published_on: date | None = None
    done_by: frozenset[str] = frozenset()
    decided_by: frozenset[str] = frozenset()
    invited: Mapping[str, Invited] = field(default_factory=dict)
    meeting: str | None = None
    about: str | None = None
    shares: "tuple[tuple[Cycle, Milestone], ...]" = field(default=(), repr=False, compare=False)

    @property
    def telling(self) -> Telling:
        """What people should know of this milestone now."""
        status = (
            "cancelled" if self.state is State.CANCELLED else "tentative" if self.tentative else "confirmed"
        )
        return Telling(on=self.on, at=self.at, ends=self.ends, place=self.place, status=status)

    @property
    def sequence(self) -> int:
        """The SEQUENCE of its calendar entry: its own revision less one, or that of the latest which shares it."""
        return max((each.revision for _, each in self.shares), default=self.revision) - 1

    @property
    def invitees(self) -> tuple[str, ...]:
        """The roles that get an invitation: all whom a meeting concerns, those who owe a decision."""
        if Action.INVITE not in self.actions:
            return ()
        return self.owed_by if self.kind is Kind.DECISION else tuple(dict.fromkeys(self.for_ + self.owed_by))

    def state_on(self, today: date) -> State:
        """The state as people see it on a day."""
        if self.state is State.OPEN and self.on is not None and self.on < today:
            return State.OVERDUE
        return self.state


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """Something that happened and that people must be told once: a move, a decision, a return, a re-opening.

    `was` is what the milestone's date was before; `root` the milestone whose move took this one along;
    `number` tells notices of one kind about one revision apart; `facts` what the words need and no rule reads.
    """

    id: int
    kind: str
    milestone: str
    revision: int
    root: str | None = None
    was: Telling | None = None
    roles: tuple[str, ...] = ()
    except_roles: tuple[str, ...] = ()
    number: int | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(kw_only=True)
class Cycle:
    """A cycle with all that has happened in it, as `owed` reads it; `tied` are others with which it shares meetings."""

    id: str
    active: bool
    closed: bool = False
    zone: ZoneInfo
    days: WorkingDays
    members: tuple[Member, ...]
    milestones: tuple[Milestone, ...]
    notices: tuple[Notice, ...] = ()
    publishable: bool = False
    tied: frozenset[str] = frozenset()

    @cached_property
    def by_role(self) -> dict[str, list[Member]]:
        """The present members of each role, in their order."""
        index: dict[str, list[Member]] = {}
        for member in self.members:
            if not member.left:
                for role in member.roles:
                    index.setdefault(role, []).append(member)
        return index

    @cached_property
    def by_person(self) -> dict[str, Member]:
        """Everybody who takes part or did, by their id."""
        return {member.person: member for member in self.members}

    @cached_property
    def delegating(self) -> tuple[Member, ...]:
        """The present members who have named somebody to act for them, now or at some time."""
        return tuple(member for member in self.members if member.delegate is not None and not member.left)

    @cached_property
    def by_id(self) -> dict[str, Milestone]:
        """The milestones by their id."""
        return {milestone.id: milestone for milestone in self.milestones}

    def people(self, roles: tuple[str, ...]) -> list[Member]:
        """The present members who have any of these roles, or are named by their id, each once, by id."""
        found = {
            member.person: member for role in roles for member in self.by_role.get(role) or self._named(role)
        }
        return [found[person] for person in sorted(found)]

    def _named(self, person: str) -> "list[Member]":
        """A present member by id: an indicator's owner, or who sees to a condition, can be one person."""
        member = self.by_person.get(person)
        return [] if member is None or member.left else [member]

    def today(self, now: datetime) -> date:
        """The day on which the people of this cycle live at that moment."""
        return _day_in(self.zone, now)


@lru_cache(maxsize=64)
def _day_in(zone: ZoneInfo, now: datetime) -> date:
    return now.astimezone(zone).date()


def phase_of(milestones: tuple[Milestone, ...] | list[Milestone]) -> Phase:
    """The phase of the plan's earliest open (or overdue) milestone, whoever follows up what; the last once none is."""
    still_open = [m for m in milestones if m.state is State.OPEN and m.about is None]
    if not still_open:
        return Phase.IN_FORCE
    first = min(still_open, key=lambda m: (m.on or m.last_on, PHASES.index(m.phase)))
    return first.phase


def moment(day: date, clock: str, zone: ZoneInfo) -> datetime:
    """The instant of a wall-clock time `HH:MM` on a day; a time that summer time skips is the one after the gap."""
    hour, minute = clock.split(":")
    local = datetime.combine(day, time(int(hour), int(minute)), tzinfo=zone)
    return local.astimezone(ZoneInfo("UTC"))
