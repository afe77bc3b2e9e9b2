"""Who said what to the invitations of a cycle, meeting by meeting; plain values."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core import cycle as core
from models.deliveries import Reply
from models.loading import load_cycle
from models.milestone import Invitation, Milestone

REPLIES = ("accepted", "tentative", "declined", "needs-action")
"""In the order in which they are shown; the last one is no answer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seat:
    """One invitee; `told` says whether an invitation stands that they were sent."""

    person: str
    answer: Reply
    told: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Meeting:
    """A milestone that people are invited to, with everyone whom it invites now, by id."""

    milestone: str
    title: str
    on: date | None
    at: str | None
    place: str | None
    state: str
    tentative: bool
    seats: tuple[Seat, ...]

    def of(self, reply: str) -> list[Seat]:
        """Those who said so."""
        return [seat for seat in self.seats if seat.answer.reply == reply]

    def as_json(self) -> dict[str, Any]:
        """As `answers --json` has it."""
        return {
            "milestone": self.milestone,
            "title": self.title,
            "date": self.on.isoformat() if self.on else None,
            "at": self.at,
            "place": self.place,
            "state": self.state,
            "status": "tentative" if self.tentative else "confirmed",
            "counts": {reply: len(self.of(reply)) for reply in REPLIES},
            "answers": [
                {"person": seat.person, "invited": seat.told, **seat.answer.as_json()} for seat in self.seats
            ],
        }


def answers(session: Session, cycle_id: str, now: datetime) -> list[Meeting]:
    """The meetings of a cycle, and the decisions that people are invited to, by date."""
    view = load_cycle(session, cycle_id)
    today = view.today(now)
    titles = dict(
        session.execute(
            select(col(Milestone.slug), col(Milestone.title)).where(col(Milestone.cycle_id) == cycle_id)
        )
        .tuples()
        .all()
    )
    rows = _invitations(session, cycle_id)
    wanted = [each for each in view.milestones if each.invitees]
    return [
        Meeting(
            milestone=each.id,
            title=titles[each.id],
            on=each.on,
            at=each.at,
            place=each.place,
            state=str(each.state_on(today)),
            tentative=each.tentative,
            seats=tuple(
                _seat(member, rows.get((each.row, member.person))) for member in view.people(each.invitees)
            ),
        )
        for each in sorted(wanted, key=lambda each: each.on or each.last_on)
    ]


def _invitations(session: Session, cycle_id: str) -> dict[tuple[int, str], Invitation]:
    query = select(Invitation).join(Milestone, col(Milestone.id) == col(Invitation.milestone_id))
    rows = session.scalars(query.where(col(Milestone.cycle_id) == cycle_id))
    return {(row.milestone_id, row.person_id): row for row in rows}


def _seat(member: core.Member, row: Invitation | None) -> Seat:
    if row is None:
        return Seat(person=member.person, answer=Reply(reply=REPLIES[-1], at=None), told=False)
    said = Reply(reply=row.partstat, at=row.answered_at, by=row.answered_by, through=row.answered_through)
    return Seat(person=member.person, answer=said, told=row.told is not None)
