"""A meeting that carries several points: what its invitation says of them to one person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core import cycle as core
from aarshjul.core.duties import DutyKind
from aarshjul.core.sharing import points
from aarshjul.core.tellings import ENTRY, POINT_OFF
from calendars.item import CalendarItem
from models.cycle import Cycle
from models.meeting import Meeting
from models.message import Message
from models.milestone import Milestone

ASKS = frozenset({DutyKind.INVITE, DutyKind.UPDATE})
Views = Mapping[str, core.Cycle]


@dataclass(frozen=True, kw_only=True, slots=True)
class Titles:
    """The titles of meetings by their ids, and of the milestones that they carry, with their cycles', by their keys."""

    meetings: Mapping[str, str] = field(default_factory=dict)
    points: Mapping[int, str] = field(default_factory=dict)


def titles_for(session: Session, messages: Sequence[Message], views: Views) -> Titles:
    """What the invitations among these messages need; nothing where no milestone shares its entry."""
    about = [views[message.cycle_id].by_id.get(message.milestone or "") for message in messages]
    shared = {each.row: each for each in about if each is not None and each.shares}
    if not shared:
        return Titles()
    meetings = select(col(Meeting.id), col(Meeting.title)).where(
        col(Meeting.id).in_({each.meeting for each in shared.values()})
    )
    rows = {other.row for each in shared.values() for _, other in each.shares}
    carried = (
        select(col(Milestone.id), col(Milestone.title), col(Cycle.title))
        .join(Cycle, col(Cycle.id) == col(Milestone.cycle_id))
        .where(col(Milestone.id).in_(rows))
    )
    return Titles(
        meetings={row[0]: row[1] for row in session.execute(meetings)},
        points={row[0]: f"{row[2]}: {row[1]}" for row in session.execute(carried)},
    )


def points_of(titles: Titles, milestone: core.Milestone, person: str) -> tuple[str, ...]:
    """What the meeting carries for somebody, `cycle: milestone` each; nothing where it has an entry of its own."""
    return tuple(
        titles.points[each.row] for _, each in points(milestone, person) if each.row in titles.points
    )


def is_point_off(message: Message) -> bool:
    """Whether it tells, in words alone, who stays invited to a meeting that one point of it is called off."""
    return message.kind == DutyKind.CANCEL and message.offset == str(POINT_OFF)


def taken_back(message: Message) -> dict[str, Any] | None:
    """The entry that a cancellation takes back, where its milestone has another one by now."""
    return (message.facts or {}).get(ENTRY) if message.kind == DutyKind.CANCEL else None


def as_it_stands(milestone: core.Milestone, person: str, kind: DutyKind) -> core.Milestone:
    """The milestone that tells when the meeting is: another one that shares its entry, once this one was called off."""
    if not milestone.shares or kind not in ASKS:
        return milestone
    found = [each for _, each in points(milestone, person)]
    return milestone if not found or milestone in found else found[0]


def asks_for_an_answer(milestone: core.Milestone, person: str) -> bool:
    """Whether somebody owes an answer to an entry: to a meeting, on its own or among the points of a real one."""
    carried = [each for _, each in points(milestone, person)] or [milestone]
    return any(each.kind is core.Kind.MEETING for each in carried)


def of_the_meeting(
    item: CalendarItem, titles: Titles, milestone: core.Milestone, person: str
) -> CalendarItem:
    """The entry as that of the real meeting, where it carries other points for this person: its title, and what they are.

    Where this is their only point it is the entry, as in feeds and in the words of the mail.
    """
    carried = [each for _, each in points(milestone, person)]
    if not carried or carried == [milestone]:
        return item
    title = titles.meetings.get(milestone.meeting or "", item.title)
    return replace(item, title=title, description="\n".join(points_of(titles, milestone, person)))
