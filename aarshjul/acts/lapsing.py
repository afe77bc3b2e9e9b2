"""What lapses with an approval: its conditions, and the deadlines that follow them up."""

from sqlalchemy import select
from sqlmodel import col

from aarshjul.acts.acting import Acting
from aarshjul.acts.follow_ups import drop_follow_up
from aarshjul.core import cycle as core
from models.conditions import open_conditions
from models.message import Message
from models.milestone import Milestone


def lapse_with_approvals(acting: Acting) -> None:
    """Conditions of approvals that stand no more lapse: nobody sees to them, and who was told of one hears so."""
    for row in open_conditions(acting.session, acting.cycle.id):
        row.state, row.settled_by, row.settled_at = "lapsed", acting.by, acting.now
        milestone = acting.session.get(Milestone, row.milestone_id) if row.milestone_id else None
        if milestone is not None:
            _drop(acting, milestone)
        acting.happened(
            "condition-lapsed", phase=core.Phase.IN_FORCE, condition=row.number, was="open", to="lapsed"
        )


def _drop(acting: Acting, milestone: Milestone) -> None:
    """Who was never told of a deadline is not told that it is none."""
    query = select(col(Message.id)).where(
        col(Message.cycle_id) == acting.cycle.id, col(Message.milestone) == milestone.slug
    )
    if acting.session.scalars(query.limit(1)).first() is not None:
        drop_follow_up(acting, milestone)
    elif milestone.state == core.State.OPEN:
        milestone.state = core.State.CANCELLED
        acting.revise(milestone, "lapse")
