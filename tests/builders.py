"""Short ways to say a cycle in a test: values for the core, and a small cycle file for the record."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from aarshjul.core.cycle import (
    Action,
    Cycle,
    Invited,
    Kind,
    Member,
    Milestone,
    Notice,
    Phase,
    Telling,
    moment,
)
from aarshjul.core.duties import Duty
from aarshjul.core.owed import due
from aarshjul.core.working_days import Quiet, WorkingDays

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
REMIND, INVITE = frozenset({Action.REMIND}), frozenset({Action.INVITE})
BOTH = REMIND | INVITE


def d(text: str) -> date:
    """A date from its ISO form."""
    return date.fromisoformat(text)


def at(day: str, clock: str = "07:00") -> datetime:
    """A moment in Copenhagen; a round comes at 07:00."""
    return moment(d(day), clock, COPENHAGEN)


def days(*off: str, quiet: Iterable[tuple[str, str]] = ()) -> WorkingDays:
    """A calendar with days off and quiet periods of its own."""
    periods = tuple(Quiet(first=d(first), last=d(last)) for first, last in quiet)
    return WorkingDays(days_off=frozenset(d(day) for day in off), quiet=periods)


def member(person: str, *roles: str, **facts: Any) -> Member:
    """A person who takes part."""
    return Member(person=person, roles=frozenset(roles), **facts)


def milestone(name: str, on: str | None, kind: Kind = Kind.DEADLINE, **facts: Any) -> Milestone:
    """A milestone; reminders where there are offsets, an invitation for a meeting."""
    found = frozenset({Action.REMIND}) if facts.get("remind") else frozenset()
    if kind is Kind.MEETING:
        found |= INVITE
    facts.setdefault("actions", found)
    facts.setdefault("phase", Phase.DRAFTING)
    known = d(on) if on else d("2022-01-03")
    return Milestone(id=name, kind=kind, on=d(on) if on else None, last_on=known, **facts)


def told(thing: Milestone, on: str, *people: str, answered: Iterable[str] = ()) -> dict[str, Invited]:
    """Those people know what a milestone is now, since a day."""
    return {
        person: Invited(told=thing.telling, told_on=d(on), answered=person in set(answered))
        for person in people
    }


def knows(on: str | None, since: str, **facts: Any) -> Invited:
    """What one person knows of a meeting."""
    told_before = Telling(on=d(on), **facts) if on else None
    return Invited(told=told_before, told_on=d(since))


def cycle(*milestones: Milestone, members: Iterable[Member] = (), **facts: Any) -> Cycle:
    """An active cycle called `c`."""
    facts.setdefault("days", WorkingDays())
    facts.setdefault("active", True)
    return Cycle(id="c", zone=COPENHAGEN, members=tuple(members), milestones=milestones, **facts)


def notice(kind: str, about: str, revision: int = 2, number: int = 1, **facts: Any) -> Notice:
    """Something to be told once."""
    return Notice(id=number, kind=kind, milestone=about, revision=revision, **facts)


def lines(duty: Duty) -> tuple[Duty, ...]:
    """A message's own duty and those that ride along."""
    return duty, *duty.also


def keys(of: Cycle, day: str, clock: str = "07:00") -> list[str]:
    """What is due at a moment, without the cycle's name: `milestone/revision/kind/offset/person`."""
    return sorted(duty.key.removeprefix("c/") for duty in due(of, at(day, clock)))
