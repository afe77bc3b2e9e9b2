"""A cycle's milestones as far as real meetings concern them."""

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core.cycle import Kind, Phase, State
from aarshjul.core.meeting_plan import Planned
from models.json_values import lists_of
from models.milestone import Milestone
from models.rules_json import rule_from_json


def load_planned(session: Session, cycle_id: str) -> list[Planned]:
    """The milestones of a cycle, in the order of its file."""
    query = select(Milestone).where(col(Milestone.cycle_id) == cycle_id).order_by(col(Milestone.position))
    return [_planned(row) for row in session.scalars(query)]


def _planned(row: Milestone) -> Planned:
    lists = lists_of(row.kind, row.for_roles, row.owed_by, row.remind, row.actions)
    return Planned(
        id=row.slug,
        title=row.title,
        kind=Kind(row.kind),
        phase=Phase(row.phase),
        on=row.on,
        last_on=row.last_on,
        at=row.at,
        ends=row.ends,
        place=row.place,
        tentative=row.tentative,
        open=row.state == State.OPEN,
        for_=lists.for_,
        owed_by=lists.owed_by,
        rule=rule_from_json(row.rule),
        anchored=row.anchored,
        meeting=row.meeting_id,
    )
