"""Wheels from the record, and from a cycle file that needs none."""

from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core.cycle import Kind, Phase, State
from aarshjul.core.deadlines import resolve
from aarshjul.core.working_days import Quiet, WorkingDays
from aarshjul.files.cycle_form import CycleForm
from aarshjul.wheel.errors import CannotDraw
from aarshjul.wheel.wheel import Wheel, WheelMilestone
from models.cycle import Cycle
from models.milestone import Milestone


def wheel_of(session: Session, cycle_id: str) -> Wheel:
    """The wheel of a cycle as it stands in the record.

    Raises:
        CannotDraw: where there is no such cycle.
    """
    cycle = session.get(Cycle, cycle_id)
    if cycle is None:
        raise CannotDraw(f"there is no cycle {cycle_id[:80]} here")
    of_the_plan = (col(Milestone.cycle_id) == cycle_id, col(Milestone.about).is_(None))
    query = select(Milestone).where(*of_the_plan).order_by(col(Milestone.position))
    return Wheel(
        id=cycle.id,
        title=cycle.title,
        holder=cycle.holder,
        council=cycle.council,
        language=cycle.language,
        zone=ZoneInfo(cycle.timezone),
        running=cycle.state != "draft",
        closed=cycle.state == "closed",
        milestones=tuple(_of_row(row) for row in session.scalars(query)),
    )


def wheel_of_form(form: CycleForm) -> Wheel:
    """The wheel of a cycle file: a plan, with the dates that its rules give.

    Raises:
        Invalid: where dates by rule hang on each other in a circle.
    """
    quiet = tuple(Quiet(first=each.from_, last=each.to) for each in form.quiet)
    days = WorkingDays(days_off=frozenset(form.days_off), quiet=quiet)
    rules = {milestone.id: milestone.on for milestone in form.milestones}
    dates = resolve(rules, contract_year=form.contract_year, days=days)
    return Wheel(
        id=form.id,
        title=form.title,
        holder=form.holder,
        council=form.council,
        language=form.language,
        zone=ZoneInfo(form.timezone),
        running=False,
        milestones=tuple(
            WheelMilestone(
                id=each.id,
                title=each.title,
                phase=Phase(each.phase),
                kind=Kind(each.kind),
                on=dates[each.id],
                last_on=dates[each.id],
                at=each.at,
                ends=each.ends,
                place=each.place,
                tentative=each.status == "tentative",
            )
            for each in form.milestones
        ),
    )


def _of_row(row: Milestone) -> WheelMilestone:
    return WheelMilestone(
        id=row.slug,
        title=row.title,
        phase=Phase(row.phase),
        kind=Kind(row.kind),
        on=row.on,
        last_on=row.last_on,
        at=row.at,
        ends=row.ends,
        place=row.place,
        tentative=row.tentative,
        state=State(row.state),
    )
