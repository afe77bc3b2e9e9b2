"""Acts on the cycle itself and on who takes part: activate, close, join, leave."""

from sqlalchemy import func, select
from sqlmodel import col

from aarshjul.acts.acting import Acting, ActRefused
from aarshjul.acts.dates import call_off
from aarshjul.acts.deputies import deputy_for
from aarshjul.acts.people import store_person
from aarshjul.acts.results import close_results_deadlines
from aarshjul.core import cycle as core
from aarshjul.core.owing import is_over, owing
from aarshjul.core.stages import ENDED, Step
from aarshjul.files.act_forms import Activate, Close, Leave
from aarshjul.files.join_form import Join
from aarshjul.files.people_forms import PersonForm
from models.conditions import open_conditions
from models.cycle import Membership
from models.loading import load_cycle
from models.person import Person


def activate(acting: Acting, _form: Activate) -> None:
    """The silent draft of a cycle begins to run."""
    acting.needs(core.COORDINATOR)
    if acting.cycle.state != "draft":
        raise ActRefused(f"{acting.cycle.id} is {acting.cycle.state} already")
    acting.step(Step.ACTIVATE)
    acting.cycle.state = "active"
    acting.cycle.activated_at = acting.now
    acting.happened("activated")
    close_results_deadlines(acting)


def close(acting: Acting, form: Close) -> None:
    """The cycle ends; meetings still to come are called off. Before the contract is in force it wants a reason."""
    acting.needs(core.COORDINATOR)
    if acting.cycle.stage not in ENDED and not form.reason:
        raise ActRefused(f"{acting.cycle.id} is not in force: closing it now wants a reason")
    left = open_conditions(acting.session, acting.cycle.id)
    if left and not form.reason:
        named = ", ".join(f"{each.number} ({each.owner}, due {each.due or 'any day'})" for each in left)
        raise ActRefused(f"conditions are open: {named}: settle them, or close with a reason")
    for row in acting.milestones():
        milestone = acting.view.by_id[row.slug]
        is_meeting = milestone.kind is core.Kind.MEETING or core.Action.INVITE in milestone.actions
        is_to_come = milestone.on is not None and not is_over(acting.view, milestone, acting.now)
        if is_meeting and not row.invited_elsewhere and milestone.state is core.State.OPEN and is_to_come:
            call_off(acting, row, form.reason)
    acting.cycle.state = "closed"
    acting.happened("closed")


def join(acting: Acting, form: Join) -> None:
    """Somebody takes part from now on, or takes part in other roles."""
    acting.needs(core.COORDINATOR)
    name, person = form.person_id, form.as_person()
    if isinstance(person, PersonForm):
        store_person(acting.session, person)
    elif acting.session.get(Person, name) is None:
        raise ActRefused(f"{name} is not known yet: give name, email, organisation and roles as well")
    roles = list(person.roles if isinstance(person, PersonForm) else form.roles or ())
    deputy = person.deputy if isinstance(person, PersonForm) else form.deputy
    row = acting.session.get(Membership, (acting.cycle.id, name))
    if row is None:
        if not roles:
            raise ActRefused(f"{name} needs at least one role to join")
        row = Membership(
            cycle_id=acting.cycle.id, person_id=name, position=_next_position(acting), joined_at=acting.now
        )
        acting.session.add(row)
    elif row.left_at is None and (not roles or roles == row.roles):
        raise ActRefused(f"{name} takes part already")
    row.left_at = None
    row.roles = roles or row.roles
    if deputy is not None:
        acting.session.flush()
        row.deputy_id = deputy_for(acting, name, deputy)
    acting.happened("joined", person=name, roles=row.roles, deputy=row.deputy_id)


def _next_position(acting: Acting) -> int:
    query = select(func.max(col(Membership.position))).where(col(Membership.cycle_id) == acting.cycle.id)
    return (acting.session.scalar(query) or 0) + 1


def leave(acting: Acting, form: Leave) -> None:
    """Somebody takes part no more: meetings to come are taken out of the calendar, then nothing is sent."""
    acting.needs(core.COORDINATOR)
    row = acting.member(form.person)
    if core.COORDINATOR in row.roles and len(acting.view.people((core.COORDINATOR,))) == 1:
        raise ActRefused(f"{form.person} is the only coordinator: let another one join first")
    row.left_at = acting.now
    acting.happened("left", person=form.person)
    acting.session.flush()
    _close_what_only_they_owed(acting)


def _close_what_only_they_owed(acting: Acting) -> None:
    """A deadline closes when all who are left have done their part."""
    view = load_cycle(acting.session, acting.cycle.id)
    for row in acting.milestones():
        milestone = view.by_id[row.slug]
        is_deadline = milestone.kind is core.Kind.DEADLINE and milestone.state is core.State.OPEN
        if is_deadline and milestone.done_by and not owing(view, milestone, acting.today):
            row.state, row.on = core.State.DONE, row.on or row.last_on
            acting.happened("done", milestone=row)
