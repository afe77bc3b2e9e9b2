"""What falls when a draft goes back or is edited: approvals, signatures; and which decisions are open again."""

from sqlalchemy import delete, select, update
from sqlmodel import col

from aarshjul.acts.acting import Acting
from aarshjul.acts.dates import begins
from aarshjul.acts.following import lose_date, notice
from aarshjul.acts.lapsing import lapse_with_approvals
from aarshjul.core import cycle as core
from aarshjul.core.duties import DutyKind
from aarshjul.core.stages import APPROVALS
from models.draft import Decision, Signature
from models.milestone import Completion, Milestone

TOLD_OF_A_FALL = (core.HOLDER, core.WORKING_GROUP)


def void_approvals(acting: Acting) -> frozenset[str]:
    """Take away the standing approvals with their conditions, and signatures; returns the bodies whose approval fell."""
    standing = select(Decision).where(
        col(Decision.cycle_id) == acting.cycle.id,
        col(Decision.void_at).is_(None),
        col(Decision.outcome).in_(APPROVALS),
    )
    fallen = frozenset(decision.body for decision in acting.session.scalars(standing))
    acting.session.execute(
        update(Decision)
        .where(
            col(Decision.cycle_id) == acting.cycle.id,
            col(Decision.void_at).is_(None),
            col(Decision.outcome).in_(APPROVALS),
        )
        .values(void_at=acting.now)
    )
    # Signatures stood under the text that fell; the history keeps that they were.
    acting.session.execute(delete(Signature).where(col(Signature.cycle_id) == acting.cycle.id))
    lapse_with_approvals(acting)
    deadlines = [row.id for row in acting.milestones() if is_signature_deadline(row)]
    acting.session.execute(delete(Completion).where(col(Completion.milestone_id).in_(deadlines)))
    return fallen


def reopen_fallen(acting: Acting, fallen: frozenset[str]) -> None:
    """After an edit: the decisions that fell are open again, and those affected are told."""
    fell = [
        row for row in approvals(acting) if row.state == core.State.DONE and set(row.owed_by or ()) & fallen
    ]
    roles = tuple(dict.fromkeys((*TOLD_OF_A_FALL, *sorted(fallen))))
    for row in fell[:1] or approvals(acting)[:1]:
        # One that stays open keeps its revision: the version tells several edits apart.
        version = acting.cycle.draft_version
        number = None if row in fell else version
        notice(acting, row, DutyKind.REOPENED, roles=roles, facts={"draft": version}, number=number)
    for row in fell:
        reopen(acting, row)
        acting.happened("reopened", milestone=row)


def reopen(acting: Acting, row: Milestone) -> None:
    """A decision is open again; without a date where its own is past, else as a new revision of the same date."""
    row.state = core.State.OPEN
    beginning = begins(row, acting.view)
    if beginning is None or beginning <= acting.now or (row.at is None and row.on == acting.today):
        lose_date(acting, row)
        row.revised_at, row.told_on = acting.now, None
    else:
        acting.revise(row, "reopen")


def approvals(acting: Acting) -> list[Milestone]:
    """The decisions about the draft, by date."""
    return [
        row
        for row in acting.milestones()
        if row.kind == core.Kind.DECISION and row.phase == core.Phase.APPROVAL
    ]


def is_signature_deadline(row: Milestone) -> bool:
    """Whether what is owed is the chairs' signatures."""
    chairs = frozenset().union(*core.CHAIRS.values())
    owed_by = set(row.owed_by or ())
    return row.kind == core.Kind.DEADLINE and row.done_when is None and bool(owed_by) and owed_by <= chairs
