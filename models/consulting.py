"""The consultation of a cycle from the record, as plain values."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core import cycle as core
from aarshjul.core.consultation import Consultation, Known, Remark, Stand, Thread, consultation
from models.consultation import Comment
from models.consultations import comments_of, positions_of, round_began
from models.cycle import Cycle, Membership
from models.draft_text import present_goals
from models.loading import load_cycle
from models.message import Message
from models.milestone import Milestone
from models.person import Organisation, Person

ARRIVED = ("sent", "merged")


def load_consultation(
    session: Session, cycle: Cycle, now: datetime, view: core.Cycle | None = None
) -> Consultation:
    """Who has answered and who has not, what was said, and where each stands.

    `view` is the cycle as the rules read it, where the caller has it already.
    """
    names, organisations = people_of(session, cycle.id)
    contract, began = present_goals(session, cycle), round_began(session, cycle)
    query = select(col(Milestone.slug)).where(
        col(Milestone.cycle_id) == cycle.id,
        col(Milestone.done_when) == "comment",
        col(Milestone.state) != core.State.CANCELLED,
    )
    asking = list(session.scalars(query))
    return consultation(
        view if view is not None else load_cycle(session, cycle.id),
        asking=asking,
        version=cycle.draft_version,
        number=cycle.round,
        threads=threads_of(comments_of(session, cycle.id), names),
        stands=stands_of(session, cycle.id, names),
        known=Known(names=names, organisations=organisations, reminded=_reminded(session, cycle, asking)),
        now=now,
        began=began,
        goals=[goal.id for goal in contract.goals] if contract is not None else [],
    )


def people_of(session: Session, cycle_id: str) -> tuple[dict[str, str], dict[str, str]]:
    """The names and the organisations of everybody who takes or took part, by id."""
    query = (
        select(col(Person.id), col(Person.name), col(Organisation.name))
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .outerjoin(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .where(col(Membership.cycle_id) == cycle_id)
    )
    rows = session.execute(query).tuples().all()
    names = {person: name for person, name, _ in rows}
    return names, {person: organisation for person, _, organisation in rows if organisation}


def threads_of(comments: Iterable[Comment], names: Mapping[str, str]) -> list[Thread]:
    """Comments as threads, by the number of the first."""
    firsts, replies = [], defaultdict(list)
    for row in comments:
        if row.reply_to is None:
            firsts.append(row)
        else:
            replies[row.reply_to].append(_remark(row, names))
    return [
        Thread(
            first=_remark(row, names),
            round=row.round,
            goal=row.goal,
            indicator=row.indicator,
            state=row.state,
            reason=row.reason,
            settled_by=None if row.settled_by is None else names.get(row.settled_by, row.settled_by),
            settled_at=row.settled_at,
            replies=tuple(replies[row.number]),
        )
        for row in firsts
    ]


def _remark(row: Comment, names: Mapping[str, str]) -> Remark:
    return Remark(
        number=row.number,
        person=row.person_id,
        name=names.get(row.person_id, row.person_id),
        text=row.text,
        made_at=row.made_at,
        version=row.draft_version,
        late=row.late,
    )


def stands_of(session: Session, cycle_id: str, names: Mapping[str, str]) -> dict[str, Stand]:
    """By person, the position on the latest version that they spoke of."""
    return {
        row.person_id: Stand(
            position=row.position,
            version=row.draft_version,
            remarks=row.remarks,
            on=row.given_at,
            by=None if row.given_by == row.person_id else names.get(row.given_by, row.given_by),
        )
        for row in positions_of(session, cycle_id)
    }


def _reminded(session: Session, cycle: Cycle, asking: Iterable[str]) -> dict[str, date]:
    """The day on which each was last reminded of a comment, by a mail of its own or in the morning's one."""
    begins = tuple(f"{cycle.id}/{slug}/" for slug in asking)
    query = select(
        col(Message.person_id), col(Message.key), col(Message.facts), col(Message.settled_at)
    ).where(
        col(Message.cycle_id) == cycle.id,
        col(Message.kind).in_(("remind", "digest")),
        col(Message.state).in_(ARRIVED),
    )
    found: dict[str, date] = {}
    for person, key, facts, at in session.execute(query).tuples():
        serves = (key, *(facts or {}).get("also", ()))
        if at is not None and any(each.startswith(begins) for each in serves):
            day = at.astimezone(ZoneInfo(cycle.timezone)).date()
            found[person] = max(day, found.get(person, day))
    return found
