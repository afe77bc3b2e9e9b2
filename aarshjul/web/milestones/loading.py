"""A milestone with everything that its page shows and its forms offer, from the record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select
from sqlmodel import Session, col

from aarshjul.acts.meetings import telling_of
from aarshjul.acts.milestone_offers import offered
from aarshjul.core import cycle as core
from aarshjul.core.attendance import Reply
from aarshjul.core.owing import owing
from aarshjul.core.roll import Roll
from aarshjul.core.whose_meeting import meets
from aarshjul.web.doing.form import Option
from aarshjul.web.doing.seat import Seat
from aarshjul.web.milestones.onward import onward
from aarshjul.web.milestones.words import WORDS
from models.attendance import load_roll
from models.cycle import Cycle
from models.documents import Listed, listed
from models.engine import reading
from models.loading import load_cycle
from models.meeting import Meeting
from models.milestone import Milestone
from models.person import Person
from notifications.dates import clock, day_in_words

MOST_MEETINGS = 100
"""So many real meetings are offered, those nearest to the milestone's date."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Loaded:
    """A milestone for its page.

    Attributes:
        row: the cycle that it is of.
        roll: when, where, and everyone of it.
        milestone: as the rules see it.
        offers: the acts that would be done for who looks, at this moment.
        owing: who still owes something there: their ids and names.
        invited: the members who could have been present, and of them those who said that they come.
        meetings: the real ones that it could be tied to.
        documents: those of this milestone.
        onward: where that is done which it waits for, below the cycle's path; nowhere where it is done here.
        names: of people, by their ids.
    """

    row: Cycle
    roll: Roll
    milestone: core.Milestone
    offers: frozenset[str]
    owing: tuple[Option, ...]
    invited: tuple[Option, ...]
    coming: tuple[str, ...]
    meetings: tuple[Option, ...]
    documents: tuple[Listed, ...]
    names: dict[str, str]
    papers: bool
    onward: tuple[str, ...]


def load(engine: Engine, seat: Seat, slug: str, now: datetime) -> Loaded | None:
    """The milestone; None where the cycle has none of that name."""
    with reading(engine) as session:
        row = session.get_one(Cycle, seat.cycle)
        roll = load_roll(session, seat.cycle, slug, row.played_until or now)
        if roll is None:
            return None
        view = load_cycle(session, seat.cycle)
        milestone = view.by_id[slug]
        names = _names(session, view)
        late = owing(view, milestone, view.today(now)) if milestone.kind is not core.Kind.MEETING else []
        people = [each.person for each in roll.attendance.seats if _takes_part(view, each.person.id)]
        found: dict[str, Any] = {
            "row": row,
            "roll": roll,
            "milestone": milestone,
            "owing": tuple(Option(value=each.person, label=names[each.person]) for each in late),
            "invited": tuple(Option(value=each.id, label=each.name) for each in people),
            "coming": tuple(each.id for each in people if each.reply is Reply.ACCEPTED),
            "documents": tuple(each for each in listed(session, seat.cycle) if each.milestone == slug),
            "names": names,
            "onward": onward(session.get_one(Milestone, milestone.row)),
            "papers": roll.state != "cancelled" and meets(milestone),
        }
        meetings = _meetings(session, view, milestone, now, seat.language)
        first = next((each.value for each in meetings if each.value != milestone.meeting), None)
        offers = offered(session, view, seat.person, slug, now, first)
    if milestone.meeting is not None:
        meetings = (Option(value="none", label=WORDS[seat.language]["no_meeting"]), *meetings)
    return Loaded(**found, meetings=meetings, offers=offers)


def _takes_part(view: core.Cycle, person: str) -> bool:
    member = view.by_person.get(person)
    return member is not None and not member.left


def _names(session: Session, view: core.Cycle) -> dict[str, str]:
    query = select(col(Person.id), col(Person.name)).where(col(Person.id).in_(view.by_person))
    return dict(session.execute(query).tuples().all())


def _meetings(
    session: Session, view: core.Cycle, milestone: core.Milestone, now: datetime, language: str
) -> tuple[Option, ...]:
    """Real meetings to come, in the order of their days, on the cycle's clocks."""
    if milestone.kind is core.Kind.DEADLINE or milestone.state is not core.State.OPEN:
        return ()
    today, near = view.today(now), milestone.on or milestone.last_on
    rows = session.scalars(
        select(Meeting).where(col(Meeting.status) != "cancelled", col(Meeting.on) >= today)
    ).all()
    nearest = sorted(rows, key=lambda each: (abs((each.on - near).days), each.id))[:MOST_MEETINGS]
    in_order = sorted(nearest, key=lambda each: (each.on, each.at or "", each.id))
    return tuple(Option(value=each.id, label=_meeting(each, view.zone, language)) for each in in_order)


def _meeting(row: Meeting, zone: ZoneInfo, language: str) -> str:
    told = telling_of(row, zone)
    at = f" {clock(told.at, language)}" if told.at else ""
    return f"{day_in_words(told.on or row.on, language)}{at}: {row.title} ({row.body})"
