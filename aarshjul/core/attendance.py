"""Who comes to a meeting, and who was there: everyone in one group, and how many seats of a body were taken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from aarshjul.core.danish_order import danish_order


class Reply(StrEnum):
    """What somebody said to an invitation."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"
    NONE = "needs-action"


class Group(StrEnum):
    """Where somebody stands: by their answer, and once it is on record who was present, by that.

    The order is that in which they are shown.
    """

    PRESENT = "present"
    STAND_IN = "stand-in"  # present for an absent member, at a meeting that does not concern them
    GUEST = "guest"  # present at a meeting that does not concern them, and in nobody's place
    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    APOLOGIES = "apologies"  # declined (afbud)
    REPRESENTED = "represented"  # absent, and whom they named to act for them was there
    ABSENT = "absent"  # without apologies
    NO_ANSWER = "no-answer"
    NOT_INVITED = "not-invited"  # belongs there, but no invitation went out, or none stands any more


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Body:
    """People who meet: those with a role, in what the role is part of (`board` of one house, or of another)."""

    role: str
    of: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody whom a meeting concerns or who was there, each once, however many cycles bring them.

    Attributes:
        bodies: as whom they belong there; empty for one who was merely present.
        invited: an invitation of ours stands, or others invited them.
        by: the name of who answered in their place; `through` the way, where it was not the program
            (`mail`, `secretary`), `answered_at` the moment.
        stand_ins: the ids of who acted for them on the day.
        recorded: it is on record who of their cycle was present.
    """

    id: str
    name: str
    organisation: str | None = None
    bodies: frozenset[Body] = frozenset()
    invited: bool = True
    reply: Reply = Reply.NONE
    by: str | None = None
    through: str | None = None
    answered_at: datetime | None = None
    stand_ins: frozenset[str] = frozenset()
    recorded: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be.

        Raises:
            ValueError: for an answer by somebody where there is none, or somebody standing in for themselves.
        """
        if self.reply is Reply.NONE and (self.by or self.through or self.answered_at):
            raise ValueError(f"{self.id} has no answer that somebody else could have given")
        if self.id in self.stand_ins:
            raise ValueError(f"{self.id} cannot stand in for themselves")

    @property
    def belongs(self) -> bool:
        """Whether the meeting concerns them, or they were asked to come."""
        return self.invited or bool(self.bodies)

    @property
    def order(self) -> tuple[object, ...]:
        """By organisation, then name, as Danish sorts; those without an organisation come last."""
        return (
            self.organisation is None,
            danish_order(self.organisation or ""),
            danish_order(self.name),
            self.id,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Seat:
    """A person in their group, with those whom they were there for, or who was there for them."""

    person: Person
    group: Group
    stands_for: tuple[Person, ...] = ()
    stood_for_by: tuple[Person, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """How many of a body's members were there, and for how many of the absent somebody else was.

    Somebody takes one seat: a stand-in who is a member of the body, or stands in for two, is not counted again.
    """

    body: Body
    members: int
    present: int
    represented: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Attendance:
    """Everyone of a meeting, in order. `counts` has the bodies of which it is on record who was present."""

    seats: tuple[Seat, ...]
    counts: tuple[Count, ...]

    @property
    def recorded(self) -> bool:
        """Whether it is on record who was present."""
        return any(seat.person.recorded for seat in self.seats)

    def of(self, *groups: Group) -> tuple[Seat, ...]:
        """Those in any of these groups."""
        return tuple(seat for seat in self.seats if seat.group in groups)

    def as_answered(self) -> "Attendance":
        """Everyone by what they had answered, whatever is on record of the meeting itself."""
        return attendance(replace(seat.person, recorded=False, stand_ins=frozenset()) for seat in self.seats)


def attendance(people: Iterable[Person], present: frozenset[str] = frozenset()) -> Attendance:
    """Everyone whom a meeting concerns or who was there, in one group each.

    Args:
        people: each once; all who were present are among them.
        present: the ids of those who were there.

    Raises:
        ValueError: where somebody stands there twice, or was present and is not known.
    """
    ordered = sorted(people, key=lambda each: each.order)
    known = {each.id: each for each in ordered}
    if len(known) < len(ordered):
        raise ValueError("somebody is on the list of people twice")
    if missing := sorted(present - known.keys()):
        raise ValueError(f"{missing[0]} was present and is not on the list of people")
    seats = tuple(_seat(each, known, present) for each in ordered)
    bodies = sorted({body for each in ordered if each.recorded for body in each.bodies})
    return Attendance(seats=seats, counts=tuple(_count(body, seats) for body in bodies))


def _seat(person: Person, known: Mapping[str, Person], present: frozenset[str]) -> Seat:
    was_there = person.id in present
    stands_for = [
        each
        for each in known.values()
        if was_there and person.id in each.stand_ins and _absent(each, present)
    ]
    stood_for_by = [known[each] for each in person.stand_ins if each in present and _absent(person, present)]
    return Seat(
        person=person,
        group=_group(person, was_there=was_there, stands_for=bool(stands_for), stood_for=bool(stood_for_by)),
        stands_for=tuple(stands_for),
        stood_for_by=tuple(sorted(stood_for_by, key=lambda each: each.order)),
    )


def _absent(person: Person, present: frozenset[str]) -> bool:
    """Whether somebody who belongs there is known not to have come."""
    return person.recorded and person.belongs and person.id not in present


def _group(person: Person, *, was_there: bool, stands_for: bool, stood_for: bool) -> Group:
    if was_there and person.belongs:
        return Group.PRESENT
    if was_there:
        return Group.STAND_IN if stands_for else Group.GUEST
    return Group.REPRESENTED if stood_for else _away(person)


def _away(person: Person) -> Group:
    """The group of somebody who was not there, or of whom it is not on record."""
    if person.reply is Reply.DECLINED:
        return Group.APOLOGIES
    knew = person.invited or person.reply is not Reply.NONE
    if not knew:
        return Group.NOT_INVITED
    if person.recorded:
        return Group.ABSENT
    return Group.NO_ANSWER if person.reply is Reply.NONE else Group(person.reply.value)


_THERE = (Group.PRESENT, Group.STAND_IN, Group.GUEST)


def _count(body: Body, seats: tuple[Seat, ...]) -> Count:
    members = [seat for seat in seats if body in seat.person.bodies]
    have_seats = {seat.person.id for seat in members}
    represented = 0
    for seat in members:
        free = [each.id for each in seat.stood_for_by if each.id not in have_seats]
        if free:
            have_seats.add(free[0])
            represented += 1
    there = sum(seat.group in _THERE for seat in members)
    return Count(body=body, members=len(members), present=there, represented=represented)
