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
    """One comment as it was made; `version` is the one that lay before the parties, None before the first."""

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


@dataclass(frozen=True, kw_only=True, slots=True)
class _Round:
    """The present round of a consultation: which deadlines wait for a word, of whom, and who has said what."""

    cycle: Cycle
    version: int | None
    waiting: tuple[Milestone, ...]
    roles: tuple[str, ...]
    asked: frozenset[str]
    spoke: Mapping[str, int]
    served: frozenset[str]
    stands: Mapping[str, Stand]
    known: Known
    now: datetime

    def members(self) -> list[Asked]:
        """Who is asked, and who has spoken unasked."""
        current = {person for person, stand in self.stands.items() if stand.version == self.version}
        named = self.asked | self.spoke.keys() | current
        return [
            self._asked(member)
            for member in self.cycle.members
            if not member.left and member.person in named and member.roles - {SUBSCRIBER}
        ]

    def _asked(self, member: Member) -> Asked:
        person, stand = member.person, self.stands.get(member.person)
        owed = self._owed(person)
        due = None if owed is None else owed.on or owed.last_on
        as_whom = tuple(role for role in self.roles if role in member.roles or role == person)
        return Asked(
            person=person,
            name=self.known.names.get(person, person),
            organisation=self.known.organisations.get(person),
            roles=as_whom or tuple(sorted(member.roles)),
            is_asked=person in self.asked,
            comments=self.spoke.get(person, 0),
            stand=stand,
            current=stand is not None and stand.version == self.version,
            served=person in self.served,
            owes=None if owed is None else owed.id,
            due=due,
            since=due if due is not None and due < self.cycle.today(self.now) else None,
            reminded=self.known.reminded.get(person),
        )

    def _owed(self, person: str) -> Milestone | None:
        """The earliest deadline at which their word is still wanted."""
        today = self.cycle.today(self.now)
        owed = [each for each in self.waiting if person in {m.person for m in owing(self.cycle, each, today)}]
        return min(owed, key=lambda each: each.on or each.last_on, default=None)


def of_round(deadlines: Iterable[Milestone], began: date | None) -> list[Milestone]:
    """The deadlines of the round that began on that day; those before it were the round's before."""
    return [each for each in deadlines if began is None or (each.on or each.last_on) >= began]


def is_late(deadlines: Iterable[Milestone], began: date | None, today: date) -> bool:
    """Whether the deadlines for comments of the present round have passed, and no other is to come."""
    standing = (each for each in deadlines if each.state is not State.CANCELLED)
    days = [each.on or each.last_on for each in of_round(standing, began)]
    return bool(days) and max(days) < today


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
    waiting = tuple(
        each for each in cycle.milestones if each.id in set(asking) and each.state is not State.CANCELLED
    )
    roles = tuple(dict.fromkeys(role for each in waiting for role in each.owed_by)) or (WORKING_GROUP,)
    present = _Round(
        cycle=cycle,
        version=version,
        waiting=waiting,
        roles=roles,
        asked=frozenset(each.person for each in cycle.people(roles)),
        spoke=_spoke(threads, number),
        served=frozenset(person for each in of_round(waiting, began) for person in each.done_by),
        stands=stands,
        known=known,
        now=now,
    )
    place = {goal: index for index, goal in enumerate(goals)}
    return Consultation(
        cycle=cycle.id,
        version=version,
        round=number,
        members=tuple(sorted(present.members(), key=_order)),
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


def _order(each: Asked) -> tuple[object, ...]:
    return (
        each.organisation is None,
        danish_order(each.organisation or ""),
        danish_order(each.name),
        each.person,
    )
