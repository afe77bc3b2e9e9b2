"""The consultation of the working group: who was asked and has answered, where each stands, and what was said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from aarshjul.core.cycle import SUBSCRIBER, WORKING_GROUP, Cycle, Member, Milestone, State
from aarshjul.core.danish_order import danish_order
from aarshjul.core.owing import owing

POSITIONS = ("agrees", "agrees-with-remarks", "objects")
OBJECTS = "objects"
STATES = ("open", "accepted", "declined")


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """One comment as it was made: `about` a goal, `indicator` in it, or the whole draft; `version` is None before any."""

    number: int
    person: str
    name: str
    text: str
    made_at: datetime
    version: int | None
    late: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Thread:
    """A first comment with its replies, in order; it alone is open, accepted or declined."""

    first: Remark
    round: int
    goal: str | None = None
    indicator: str | None = None
    state: str = "open"
    reason: str | None = None
    settled_by: str | None = None
    settled_at: datetime | None = None
    replies: tuple[Remark, ...] = ()

    @property
    def number(self) -> int:
        """By which it is settled and replied to."""
        return self.first.number


@dataclass(frozen=True, kw_only=True, slots=True)
class Stand:
    """Where a member stands on one version; `by` is the name of who said it for them, where somebody did."""

    position: str
    version: int
    remarks: str | None
    on: datetime
    by: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A member who is asked, or who answered unasked.

    Attributes:
        comments: how many they made in this round, replies too.
        stand: the latest; `current` where it is on the version that lies before the parties now.
        served: a deadline of this round has their word, whoever gave it.
        owes: the deadline that still waits for their word, and `due` its date.
        reminded: the day of the last reminder of it.
    """

    person: str
    name: str
    organisation: str | None
    roles: tuple[str, ...]
    is_asked: bool
    comments: int = 0
    stand: Stand | None = None
    current: bool = False
    served: bool = False
    owes: str | None = None
    due: date | None = None
    since: date | None = None
    reminded: date | None = None

    @property
    def has_answered(self) -> bool:
        """Whether they have said anything that counts in this round and on this version."""
        return self.owes is None and (self.comments > 0 or self.current or self.served)


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What the record has beside the cycle: names, organisations and the days of reminders by person."""

    names: Mapping[str, str]
    organisations: Mapping[str, str] = field(default_factory=dict)
    reminded: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Consultation:
    """Everybody who is asked, by organisation and name, and all threads, by goal and number."""

    cycle: str
    version: int | None
    round: int
    members: tuple[Asked, ...]
    threads: tuple[Thread, ...]

    def in_round(self) -> tuple[Thread, ...]:
        """The threads of the present round; those of earlier ones stay with theirs."""
        return tuple(thread for thread in self.threads if thread.round == self.round)

    def counts(self) -> dict[str, int]:
        """How many members were asked, have answered and stand where; how many threads are in which state."""
        asked = [each for each in self.members if each.is_asked]
        stands = [each.stand.position for each in self.members if each.stand is not None and each.current]
        states = [thread.state for thread in self.in_round()]
        return {
            "asked": len(asked),
            "answered": sum(each.has_answered for each in asked),
            **{position: stands.count(position) for position in POSITIONS},
            **{state: states.count(state) for state in STATES},
            "late": sum(thread.first.late for thread in self.in_round()),
        }

    def earlier(self) -> dict[str, int]:
        """What was said before and counts no more: positions on earlier versions, threads of earlier rounds."""
        stands = [each.stand.position for each in self.members if each.stand is not None and not each.current]
        states = [thread.state for thread in self.threads if thread.round != self.round]
        return {
            **{position: stands.count(position) for position in POSITIONS},
            **{state: states.count(state) for state in STATES},
        }


def consultation(
    cycle: Cycle,
    *,
    asking: Iterable[str],
    version: int | None,
    number: int,
    threads: Sequence[Thread],
    stands: Mapping[str, Stand],
    known: Known,
    now: datetime,
    began: date | None = None,
    goals: Sequence[str] = (),
) -> Consultation:
    """Who has answered and who has not, as of a moment.

    Args:
        cycle: the cycle with its people.
        asking: the ids of the milestones that wait for comments.
        version: the present one.
        number: of the present round.
        threads: all that was said.
        stands: by person, the latest.
        known: names and reminders.
        now: the moment, aware.
        began: the day on which the present round did, where it is not the first.
        goals: the ids of the draft's goals, in their order.
    """
    waiting = [
        each for each in cycle.milestones if each.id in set(asking) and each.state is not State.CANCELLED
    ]
    roles = tuple(dict.fromkeys(role for each in waiting for role in each.owed_by)) or (WORKING_GROUP,)
    asked = {each.person for each in cycle.people(roles)}
    spoke = _spoke(threads, number)
    answered = spoke.keys() | {person for person, stand in stands.items() if stand.version == version}
    served = {
        person
        for each in waiting
        if began is None or (each.on or each.last_on) >= began
        for person in each.done_by
    }
    members = [
        _asked(cycle, member, roles, waiting, asked, spoke, stands, version, known, now, served)
        for member in cycle.members
        if not member.left and member.person in asked | answered and member.roles - {SUBSCRIBER}
    ]
    place = {goal: index for index, goal in enumerate(goals)}
    return Consultation(
        cycle=cycle.id,
        version=version,
        round=number,
        members=tuple(sorted(members, key=_order)),
        threads=tuple(sorted(threads, key=lambda each: (_place(place, each.goal), each.number))),
    )


def _spoke(threads: Sequence[Thread], number: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for thread in threads:
        for remark in (thread.first, *thread.replies) if thread.round == number else ():
            found[remark.person] = found.get(remark.person, 0) + 1
    return found


def _place(place: Mapping[str, int], goal: str | None) -> tuple[int, str]:
    """The whole draft first, then its goals in their order, then goals that it has no more."""
    return (-1, "") if goal is None else (place.get(goal, len(place)), goal if goal not in place else "")


def _asked(
    cycle: Cycle,
    member: Member,
    roles: tuple[str, ...],
    waiting: Sequence[Milestone],
    asked: set[str],
    spoke: Mapping[str, int],
    stands: Mapping[str, Stand],
    version: int | None,
    known: Known,
    now: datetime,
    served: set[str],
) -> Asked:
    person, stand = member.person, stands.get(member.person)
    owed = _owed(cycle, waiting, person, now)
    due = None if owed is None else owed.on or owed.last_on
    as_whom = tuple(role for role in roles if role in member.roles or role == person)
    return Asked(
        person=person,
        name=known.names.get(person, person),
        organisation=known.organisations.get(person),
        roles=as_whom or tuple(sorted(member.roles)),
        is_asked=person in asked,
        comments=spoke.get(person, 0),
        stand=stand,
        current=stand is not None and stand.version == version,
        served=person in served,
        owes=None if owed is None else owed.id,
        due=due,
        since=due if due is not None and due < cycle.today(now) else None,
        reminded=known.reminded.get(person),
    )


def _owed(cycle: Cycle, waiting: Sequence[Milestone], person: str, now: datetime) -> Milestone | None:
    """The earliest deadline at which their word is still wanted."""
    owed = [each for each in waiting if person in {m.person for m in owing(cycle, each, cycle.today(now))}]
    return min(owed, key=lambda each: each.on or each.last_on, default=None)


def _order(each: Asked) -> tuple[object, ...]:
    return (
        each.organisation is None,
        danish_order(each.organisation or ""),
        danish_order(each.name),
        each.person,
    )
