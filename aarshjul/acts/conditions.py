"""Conditions of an approval: set with it, followed up by a deadline, and met or waived."""

from datetime import date

from sqlalchemy import select
from sqlmodel import col

from aarshjul.acts.acting import Acting, ActRefused
from aarshjul.acts.follow_ups import close_follow_up, follow_up
from aarshjul.acts.hashing import content_hash
from aarshjul.core import cycle as core
from aarshjul.core.stages import Outcome
from aarshjul.files.act_forms import Decide
from aarshjul.files.problems import did_you_mean
from aarshjul.files.process_forms import ConditionForm, SettleCondition
from models.approval import Condition
from models.conditions import next_condition, open_conditions
from models.cycle import Cycle
from models.draft import Decision
from models.milestone import Milestone

REMIND = (-7, -1, 1)
LONGEST_TITLE = 100
CONDITION = {"da": "Betingelse", "en": "Condition"}


def conditions_in(acting: Acting, form: Decide, on: date) -> tuple[ConditionForm, ...]:
    """The conditions of a decision taken on a day; where it names none, its reason is one, for the house to see to.

    Raises:
        ActRefused: where somebody unknown should see to one, or it is due before it was set.
    """
    if form.outcome != Outcome.APPROVED_WITH_CONDITIONS:
        return ()
    if not form.conditions and form.reason:
        return (ConditionForm(text=form.reason, owner=core.HOLDER),)
    for each in form.conditions:
        if not acting.view.people((each.owner,)):
            known = sorted({member.person for member in acting.view.members if not member.left})
            hint = did_you_mean(each.owner, [*acting.view.by_role, *known])
            raise ActRefused(f"nobody here is {each.owner}, who should see to a condition; {hint}")
        if each.due is not None and each.due < on:
            raise ActRefused(f"a condition is due on {each.due}, before the decision of {on} that sets it")
    return form.conditions


def set_conditions(acting: Acting, decision: Decision, forms: tuple[ConditionForm, ...]) -> None:
    """Write a decision's conditions down; what has a date becomes a deadline of whoever sees to it."""
    for form in forms:
        number = next_condition(acting.session, acting.cycle.id)
        row = Condition(
            cycle_id=acting.cycle.id,
            number=number,
            decision_id=decision.id or 0,
            text=form.text,
            owner=form.owner,
            due=form.due,
        )
        if form.due is not None:
            row.milestone_id = _deadline(acting, number, form, form.due).id
        acting.session.add(row)
        acting.session.flush()
        acting.happened(
            "condition-set",
            phase=core.Phase.IN_FORCE,
            condition=number,
            decision=decision.id,
            owner=form.owner,
            due=str(form.due) if form.due else None,
            text=content_hash(form.text),
        )


def _deadline(acting: Acting, number: int, form: ConditionForm, due: date) -> Milestone:
    return follow_up(
        acting,
        slug=f"condition-{number}",
        title=_title(acting.cycle, number, form.text),
        due=due,
        owner=form.owner,
        about=f"condition:{number}",
        phase=core.Phase.IN_FORCE,
        remind=REMIND,
    )


def _title(cycle: Cycle, number: int, text: str) -> str:
    """The condition on one line without its full stop, as sentences go on after it; cut after a whole word."""
    whole = " ".join(text.split())
    line = whole.rstrip(".") or whole
    if len(line) > LONGEST_TITLE:
        line = f"{line[:LONGEST_TITLE].rpartition(' ')[0] or line[:LONGEST_TITLE]} …"
    return f"{CONDITION[cycle.language]} {number}: {line}"


def settle_condition(acting: Acting, form: SettleCondition) -> None:
    """A condition is met, as its owner, the house or the secretariat says; or waived by the body that set it."""
    row = _known(acting, form.condition)
    decision = acting.session.get_one(Decision, row.decision_id)
    if row.state != "open":
        raise ActRefused(f"condition {row.number} is {row.state} already")
    if form.outcome == "met":
        may_meet(acting, row)
    else:
        may_waive(acting, decision.body)
    row.state, row.reason = form.outcome, form.reason
    row.settled_by, row.settled_at = acting.by, acting.now
    milestone = acting.session.get(Milestone, row.milestone_id) if row.milestone_id else None
    if milestone is not None:
        close_follow_up(milestone)
    acting.happened(
        "condition-settled",
        milestone=milestone,
        phase=core.Phase.IN_FORCE,
        condition=row.number,
        was="open",
        to=form.outcome,
        reason=content_hash(form.reason) if form.reason else None,
    )


def _known(acting: Acting, number: int) -> Condition:
    query = select(Condition).where(
        col(Condition.cycle_id) == acting.cycle.id, col(Condition.number) == number
    )
    row = acting.session.scalars(query).one_or_none()
    if row is None:
        have = ", ".join(str(each.number) for each in open_conditions(acting.session, acting.cycle.id))
        raise ActRefused(f"there is no condition {number} in {acting.cycle.id}; open are {have or 'none'}")
    return row


def may_meet(acting: Acting, row: Condition) -> None:
    """Refuse it to whoever may not say that a condition is met."""
    owners = {member.person for member in acting.view.people((row.owner,))}
    if acting.roles & {core.COORDINATOR, core.HOLDER} or owners & ({acting.by} | acting.stands_in_for):
        return
    raise ActRefused(
        f"{acting.by} may not say that condition {row.number} is met: {row.owner}, the holder and a coordinator may"
    )


def may_waive(acting: Acting, body: str) -> None:
    """Refuse it to whoever may not waive a condition that a body set."""
    members = {member.person for member in acting.view.people((body,))}
    if acting.is_coordinator or members & ({acting.by} | acting.stands_in_for):
        return
    raise ActRefused(
        f"{acting.by} may not waive a condition of the {body}: only its members, who stands in for one, "
        "or a coordinator whose reason names the minutes"
    )
