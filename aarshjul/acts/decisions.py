"""Acts of the two bodies: decide, sign, put in force; and what falls when a draft goes back or is edited."""

from collections.abc import Mapping

from sqlalchemy import delete, select, update
from sqlmodel import col

from aarshjul.acts.acting import Acting, ActRefused
from aarshjul.acts.dates import call_off, close_when_done, complete, end_of
from aarshjul.core import cycle as core
from aarshjul.core.duties import DutyKind
from aarshjul.core.stages import APPROVALS, Outcome, Stage, Step, decision_step
from aarshjul.files.act_forms import Decide, PutInForce, Sign
from models.draft import Decision, Draft, Signature
from models.loading import milestone_value, told_json
from models.milestone import Milestone, Notice

_TELL_ON_RETURN = (core.HOLDER, core.WORKING_GROUP)


def decide(acting: Acting, form: Decide) -> None:
    """A body decides about the current draft: approves, returns, postpones or rejects it."""
    recorded_by = _who_decides(acting, form)
    draft = current_draft(acting)
    body, outcome = form.body, Outcome(form.outcome)
    acting.step(decision_step(body, outcome))
    row = _open_decision(acting, body)
    if row is not None and row.on is None:
        # It was taken on another day than any that was announced: that day is its date now.
        row.on = row.last_on = acting.today
        acting.revise(row, "decide")
    decision = Decision(
        cycle_id=acting.cycle.id,
        milestone_id=row.id if row else None,
        milestone_revision=row.revision if row else None,
        body=body,
        outcome=outcome,
        reason=form.reason,
        minutes=form.minutes,
        draft_version=draft.version,
        draft_hash=draft.hash,
        round=acting.cycle.round,
        decided_by=acting.by,
        recorded_by=recorded_by,
        decided_at=acting.now,
    )
    acting.session.add(decision)
    acting.session.flush()
    acting.happened(
        "decided",
        milestone=row,
        phase=core.Phase.APPROVAL,
        body=body,
        outcome=outcome,
        draft=draft.hash,
        decision=decision.id,
        recorded_by=recorded_by,
    )
    _follow_up(acting, row, decision, outcome)


def _who_decides(acting: Acting, form: Decide) -> str | None:
    """None where a member decides (or the delegate of one); the coordinator's id where it was recorded."""
    for person in ({acting.by} | acting.stands_in_for) if acting.by else ():
        if any(m.person == person and form.body in m.roles for m in acting.view.members):
            return None
    if acting.is_coordinator:
        if not form.minutes:
            raise ActRefused(f"a coordinator records what the {form.body} decided with its minutes (minutes)")
        return acting.by
    raise ActRefused(
        f"{acting.by} may not decide for the {form.body}: only its members, their delegates, "
        "or a coordinator with the minutes"
    )


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
    facts = {"decision": decision.id}
    if outcome is Outcome.RETURNED:
        _return(acting, row, decision)
        return
    if row is not None:
        notice(acting, row, DutyKind.DECIDED, facts=facts, roles=tuple(row.for_roles))
    if outcome in APPROVALS and row is not None:
        _close_if_decided(acting, row, decision.body)
    elif outcome is Outcome.POSTPONED and row is not None:
        _postpone(acting, row, decision.body)
    elif outcome is Outcome.REJECTED:
        if row is not None:
            row.state = core.State.DONE
        for other in _decisions(acting):
            if other.state == core.State.OPEN:
                call_off(acting, other, None)


def _close_if_decided(acting: Acting, row: Milestone, body: str) -> None:
    bodies = set(row.owed_by or ()) & set(core.BODIES)
    if bodies <= acting.view.by_id[row.slug].decided_by | {body}:
        row.state = core.State.DONE


def _return(acting: Acting, row: Milestone | None, decision: Decision) -> None:
    """The draft goes back: a new round; approvals fall, and with the body's own decision they are open again."""
    fallen = void_approvals(acting)
    decision.void_at = acting.now
    acting.cycle.round += 1
    told = tuple(dict.fromkeys((*_TELL_ON_RETURN, *fallen, decision.body)))
    facts = {"decision": decision.id}
    told_at = row or next(iter(_decisions(acting)), None)
    if told_at is not None:
        notice(acting, told_at, DutyKind.RETURNED, facts=facts, roles=told)
    if row is not None:
        others = tuple(role for role in row.for_roles if role not in told)
        if others:
            notice(acting, row, DutyKind.DECIDED, facts=facts, roles=others, except_roles=told)
        reopen(acting, row)
    for other in _decisions(acting):
        if other is not row and other.state == core.State.DONE and set(other.owed_by or ()) & fallen:
            reopen(acting, other)


def void_approvals(acting: Acting) -> frozenset[str]:
    """Take away the standing approvals and signatures; returns the bodies whose approval fell."""
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
    signatures = delete(Signature).where(col(Signature.cycle_id) == acting.cycle.id)
    acting.session.execute(
        signatures
    )  # they stood under the text that fell; the history keeps that they were
    return fallen


def reopen_fallen(acting: Acting, fallen: frozenset[str]) -> None:
    """After an edit: the decisions that fell are open again, and those affected are told."""
    fell = [
        row for row in _decisions(acting) if row.state == core.State.DONE and set(row.owed_by or ()) & fallen
    ]
    roles = tuple(dict.fromkeys((*_TELL_ON_RETURN, *sorted(fallen))))
    for row in fell[:1] or _decisions(acting)[:1]:
        notice(acting, row, DutyKind.REOPENED, roles=roles, facts={"draft": acting.cycle.draft_version})
    for row in fell:
        reopen(acting, row)
        acting.happened("reopened", milestone=row)


def reopen(acting: Acting, row: Milestone) -> None:
    """A decision is open again; without a date where its own is past, else as a new revision of the same date."""
    row.state = core.State.OPEN
    end = end_of(row, acting.view)
    used_up = (
        end is None or row.on is None or (row.on <= acting.today and (row.at is None or end <= acting.now))
    )
    if used_up:
        row.on = None
        row.revised_at, row.told_on = acting.now, None
    else:
        acting.revise(row, "reopen")


def _postpone(acting: Acting, row: Milestone, body: str) -> None:
    """The decision moves to the body's next meeting that is known; to none yet where none is."""
    was = milestone_value(row).telling
    after = max(row.on or acting.today, acting.today)
    for other in acting.milestones():
        is_theirs = body in other.for_roles or body in (other.owed_by or ())
        to_come = other.state == core.State.OPEN and other.on is not None and other.on > after
        if other.kind == core.Kind.MEETING and is_theirs and to_come:
            row.on = other.on
            row.last_on = other.on or row.last_on
            row.at, row.ends, row.place = other.at, other.ends, other.place
            break
    else:
        row.on = None
    row.anchored = True
    acting.revise(row, "postpone")
    notice(acting, row, DutyKind.MOVED, was=was, root=row.slug, except_roles=tuple(row.for_roles))


def notice(
    acting: Acting,
    row: Milestone,
    kind: DutyKind,
    *,
    roles: tuple[str, ...] = (),
    except_roles: tuple[str, ...] = (),
    facts: Mapping[str, object] | None = None,
    was: core.Telling | None = None,
    root: str | None = None,
) -> None:
    """Something that people must be told once, in the next round."""
    acting.session.add(
        Notice(
            cycle_id=acting.cycle.id,
            milestone_id=row.id or 0,
            kind=kind,
            revision=row.revision,
            roles=list(roles),
            except_roles=list(except_roles),
            facts=dict(facts or {}),
            was=told_json(was) if was else None,
            root=root,
        )
    )


def _decisions(acting: Acting) -> list[Milestone]:
    return [
        row
        for row in acting.milestones()
        if row.kind == core.Kind.DECISION and row.phase == core.Phase.APPROVAL
    ]


def sign(acting: Acting, form: Sign) -> None:
    """A chair, or deputy chair, confirms the approved text; with the second signature it is in force."""
    roles = {role for m in acting.view.members if m.person == acting.by and not m.left for role in m.roles}
    if not roles & core.CHAIRS[form.body]:
        raise ActRefused(f"{acting.by} may not sign for the {form.body}: only its chair or deputy chair")
    draft_hash = current_draft(acting).hash if acting.cycle.draft_version else ""
    query = select(col(Signature.body)).where(
        col(Signature.cycle_id) == acting.cycle.id, col(Signature.draft_hash) == draft_hash
    )
    signed = set(acting.session.scalars(query))
    acting.step(Step.SIGN, both_signed=signed | {form.body} == set(core.BODIES))
    if form.body in signed:
        raise ActRefused(f"the {form.body} has signed already")
    acting.session.add(
        Signature(
            cycle_id=acting.cycle.id,
            body=form.body,
            person_id=acting.by,
            draft_hash=draft_hash,
            signed_at=acting.now,
        )
    )
    acting.happened("signed", phase=core.Phase.APPROVAL, body=form.body, draft=draft_hash)
    _signature_deadlines(acting, {acting.by})
    if acting.cycle.stage == Stage.IN_FORCE:
        acting.happened("came-into-force", phase=core.Phase.IN_FORCE, draft=draft_hash)


def _signature_deadlines(acting: Acting, people: set[str] | None) -> None:
    """Who has signed owes no signature any more, nor does anybody once the contract is in force."""
    chairs = frozenset().union(*core.CHAIRS.values())
    for row in acting.milestones():
        owed_by = set(row.owed_by or ())
        is_one = row.kind == core.Kind.DEADLINE and row.done_when is None and owed_by and owed_by <= chairs
        if is_one and row.state == core.State.OPEN:
            owe = {member.person for member in acting.view.people(tuple(owed_by))}
            for person in owe if people is None else owe & people:
                complete(acting, row, person)
            close_when_done(acting, row, all_of_it=acting.cycle.stage == Stage.IN_FORCE)


def put_in_force(acting: Acting, _form: PutInForce) -> None:
    """The coordinator puts an approved contract in force without electronic signatures."""
    acting.needs(core.COORDINATOR)
    acting.step(Step.PUT_IN_FORCE)
    _signature_deadlines(acting, None)
    acting.happened("put-in-force", phase=core.Phase.IN_FORCE, draft=current_draft(acting).hash)
