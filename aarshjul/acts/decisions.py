"""The bodies' act: decide about the draft, and what follows from what they decided."""

from datetime import date

from sqlalchemy import func, select
from sqlmodel import col

from aarshjul.acts.acting import Acting, ActRefused
from aarshjul.acts.conditions import conditions_in, set_conditions
from aarshjul.acts.dates import call_off
from aarshjul.acts.deciding import (
    check_order,
    decided_day,
    refuse_open_tasks,
    refuse_second,
    who_decides,
)
from aarshjul.acts.falling import (
    TOLD_OF_A_FALL,
    approvals,
    is_signature_deadline,
    reopen,
    void_approvals,
)
from aarshjul.acts.following import ask_anew, last_told, lose_date, notice, take_along
from aarshjul.acts.hashing import content_hash
from aarshjul.acts.lapsing import lapse_with_approvals
from aarshjul.acts.sharing import part
from aarshjul.core import cycle as core
from aarshjul.core.duties import DutyKind
from aarshjul.core.stages import APPROVALS, Outcome, decision_step
from aarshjul.files.act_forms import Decide
from models.draft import Decision, Draft
from models.milestone import Milestone
from models.votes import tally


def decide(acting: Acting, form: Decide) -> None:
    """A body decides about the current draft: approves, returns, postpones or rejects it."""
    body, outcome, was = form.body, Outcome(form.outcome), acting.cycle.stage
    recorded_by, draft, day = check_decide(acting, form)
    conditions = conditions_in(acting, form, day)
    row = _open_decision(acting, body)
    if row is not None and row.on is None:
        # It was taken on another day than any that was announced: that day is its date now.
        row.on = row.last_on = day
        acting.revise(row, "decide")
        if outcome in APPROVALS:
            take_along(acting, row, day)
    decision = _written(acting, form, draft, row, recorded_by, day)
    _note(acting, decision, draft, row, was)
    set_conditions(acting, decision, conditions)
    _follow_up(acting, row, decision, outcome)


def check_decide(acting: Acting, form: Decide) -> tuple[str | None, Draft, date]:
    """Who records it, where it is not the body's own, which version it is about and on which day; takes the next stage.

    Raises:
        ActRefused: where the body cannot decide so now, or not through who acts.
    """
    recorded_by = who_decides(acting, form)
    draft = current_draft(acting)
    day = decided_day(acting, form, draft)
    refuse_second(acting, form, draft, day)
    acting.step(decision_step(form.body, Outcome(form.outcome)))
    check_order(acting, form, draft, day)
    refuse_open_tasks(acting, form)
    return recorded_by, draft, day


def _note(acting: Acting, decision: Decision, draft: Draft, row: Milestone | None, was: str) -> None:
    """In the history: what took the draft from which stage to which, with the votes as they were."""
    acting.happened(
        "decided",
        milestone=row,
        phase=core.Phase.APPROVAL,
        body=decision.body,
        outcome=decision.outcome,
        draft=decision.draft_hash,
        decision=decision.id,
        recorded_by=decision.recorded_by,
        on=str(decision.decided_on),
        reason=content_hash(decision.reason) if decision.reason else None,
        minutes=content_hash(decision.minutes) if decision.minutes else None,
        votes=tally(acting.session, draft, decision.body, decision.round) or None,
        was=was,
        to=acting.cycle.stage,
    )


def _written(
    acting: Acting, form: Decide, draft: Draft, row: Milestone | None, recorded_by: str | None, day: date
) -> Decision:
    """The decision in the record, bound to the exact version that it is about."""
    decision = Decision(
        cycle_id=acting.cycle.id,
        milestone_id=row.id if row else None,
        milestone_revision=row.revision if row else None,
        body=form.body,
        outcome=form.outcome,
        reason=form.reason,
        minutes=form.minutes,
        draft_version=draft.version,
        draft_hash=draft.hash,
        round=acting.cycle.round,
        decided_by=acting.by,
        recorded_by=recorded_by,
        decided_at=acting.now,
        decided_on=day,
    )
    acting.session.add(decision)
    acting.session.flush()
    return decision


def current_draft(acting: Acting) -> Draft:
    """The version that lies before the parties."""
    draft = acting.session.get(Draft, (acting.cycle.id, acting.cycle.draft_version or 0))
    if draft is None:
        raise ActRefused("there is no draft yet: submit one first")
    return draft


def _open_decision(acting: Acting, body: str) -> Milestone | None:
    """The earliest open decision of the approval phase that the body owes and has not taken."""
    for row in acting.milestones():
        taken = acting.view.by_id[row.slug].decided_by
        if (
            row.kind == core.Kind.DECISION
            and row.phase == core.Phase.APPROVAL
            and row.state == core.State.OPEN
            and body in (row.owed_by or ())
            and body not in taken
        ):
            return row
    return None


def _follow_up(acting: Acting, row: Milestone | None, decision: Decision, outcome: Outcome) -> None:
    if outcome is Outcome.RETURNED:
        _return(acting, row, decision)
        return
    if row is not None and row.for_roles:
        number = _number(acting, decision)
        facts = {"decision": decision.id}
        notice(acting, row, DutyKind.DECIDED, facts=facts, roles=tuple(row.for_roles), number=number)
    if outcome in APPROVALS and row is not None:
        _close_if_decided(acting, row, decision.body)
    elif outcome is Outcome.POSTPONED and row is not None:
        _postpone(acting, row, decision.body)
    elif outcome is Outcome.REJECTED:
        _reject(acting, row)


def _number(acting: Acting, decision: Decision) -> int | None:
    """Which decision about the same revision of a milestone this is, from the second on (two bodies can owe one)."""
    query = select(func.count()).where(
        col(Decision.milestone_id) == decision.milestone_id,
        col(Decision.milestone_revision) == decision.milestone_revision,
    )
    count = acting.session.scalar(query) or 0
    return count if count > 1 else None


def _reject(acting: Acting, row: Milestone | None) -> None:
    """A rejection is final: other decisions are called off, and nobody owes a text or a signature any more."""
    lapse_with_approvals(acting)
    if row is not None:
        row.state = core.State.DONE
    for other in acting.milestones():
        if other.state != core.State.OPEN:
            continue
        if other.kind == core.Kind.DECISION and other.phase == core.Phase.APPROVAL:
            call_off(acting, other, None)
        elif other.done_when in ("draft", "comment") or is_signature_deadline(other):
            other.state, other.on = core.State.CANCELLED, other.on or other.last_on
            acting.revise(other, "reject")


def _close_if_decided(acting: Acting, row: Milestone, body: str) -> None:
    bodies = set(row.owed_by or ()) & set(core.BODIES)
    if bodies <= acting.view.by_id[row.slug].decided_by | {body}:
        row.state = core.State.DONE


def _return(acting: Acting, row: Milestone | None, decision: Decision) -> None:
    """The draft goes back: a new round; approvals fall, and with the body's own decision they are open again."""
    fallen = void_approvals(acting)
    decision.void_at = acting.now
    acting.cycle.round += 1
    told = tuple(dict.fromkeys((*TOLD_OF_A_FALL, *sorted(fallen))))
    facts = {"decision": decision.id}
    told_at = row or next(iter(approvals(acting)), None)
    if told_at is not None:
        notice(acting, told_at, DutyKind.RETURNED, facts=facts, roles=told)
    if row is not None:
        others = tuple(role for role in row.for_roles if role not in told)
        if others:
            number = _number(acting, decision)
            notice(acting, row, DutyKind.DECIDED, facts=facts, roles=others, except_roles=told, number=number)
        reopen(acting, row)
    for other in approvals(acting):
        if other is not row and other.state == core.State.DONE and set(other.owed_by or ()) & fallen:
            reopen(acting, other)


def _postpone(acting: Acting, row: Milestone, body: str) -> None:
    """The decision moves to the body's next meeting that is known; to none yet where none is."""
    was = last_told(row)
    if row.meeting_id is not None:  # the meeting is not moved, only this point of it
        part(acting, row)
    after = max(row.on or acting.today, acting.today)
    for other in acting.milestones():
        is_theirs = body in other.for_roles or body in (other.owed_by or ())
        to_come = other.state == core.State.OPEN and other.on is not None and other.on > after
        if other.kind == core.Kind.MEETING and is_theirs and to_come:
            row.on = row.last_on = other.on or row.last_on
            row.at, row.ends, row.place = other.at, other.ends, other.place
            break
    else:
        lose_date(acting, row)
    row.anchored = True
    acting.revise(row, "postpone")
    notice(acting, row, DutyKind.MOVED, was=was, root=row.slug, except_roles=tuple(row.for_roles))
    if row.on is not None:
        ask_anew(acting, row)
        take_along(acting, row, row.on)
