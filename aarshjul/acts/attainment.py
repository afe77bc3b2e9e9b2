"""Acts on attainment: settle a finding, recommend, decide per goal."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from aarshjul.acts.acting import Acting, ActRefused
from aarshjul.acts.follow_ups import drop_follow_up, followed_up
from aarshjul.acts.following import notice
from aarshjul.acts.hashing import content_hash
from aarshjul.acts.presented import IN_CHARGE, goal_row, goal_rows, hint_of, presented, request_of
from aarshjul.core import cycle as core
from aarshjul.core.contract import Contract
from aarshjul.core.duties import DutyKind
from aarshjul.core.figures import percent, same_when_rounded
from aarshjul.core.findings import findings
from aarshjul.core.scoring import score
from aarshjul.files.act_forms import DecideAttainment, Recommend, ResolveFinding
from models.contract import FindingResolution, Goal, Judgement, ScoringRun
from models.milestone import Milestone


def resolve_finding(acting: Acting, form: ResolveFinding) -> None:
    """A difference is explained, by a person and with a reason; explained again, the new reason stands."""
    acting.needs(*IN_CHARGE)
    known = _known_findings(acting)
    if form.finding not in known:
        raise ActRefused(f"there is no finding {form.finding}; {hint_of(form.finding, known)}")
    query = select(FindingResolution).where(
        col(FindingResolution.cycle_id) == acting.cycle.id, col(FindingResolution.finding) == form.finding
    )
    row = acting.session.scalars(query).one_or_none()
    was = _answer(row) if row is not None else None
    row = row or FindingResolution(
        cycle_id=acting.cycle.id,
        finding=form.finding,
        reason=form.reason,
        person_id=acting.by,
        made_at=acting.now,
    )
    row.value = None if form.value is None else str(form.value)
    row.reason, row.person_id, row.made_at = form.reason, acting.by, acting.now
    acting.session.add(row)
    acting.happened(
        "finding-resolved", phase=core.Phase.SCORING, finding=form.finding, was=was, to=_answer(row)
    )


def _answer(row: FindingResolution) -> dict[str, Any]:
    """An answer to a finding as the history keeps it: by whom, which value, and what tells one reason from another."""
    return {"value": row.value, "reason": content_hash(row.reason), "by": row.person_id}


def _known_findings(acting: Acting) -> list[str]:
    """What the contract shows now, and what the last run showed."""
    contract = presented(acting)
    now = [each.id for each in findings(contract, score(contract), language="en", resolved={})]
    frozen = [each["id"] for run in _runs(acting)[-1:] for each in run.scores["findings"]]
    return list(dict.fromkeys([*now, *frozen]))


def _runs(acting: Acting) -> list[ScoringRun]:
    query = select(ScoringRun).where(col(ScoringRun.cycle_id) == acting.cycle.id).order_by(col(ScoringRun.id))
    return list(acting.session.scalars(query))


def recommend(acting: Acting, form: Recommend) -> None:
    """The house recommends an attainment for a goal, and says why where it is not the computed one."""
    acting.needs(*IN_CHARGE)
    contract = presented(acting)
    goal = goal_row(acting, form.goal)
    _check_attainment(contract, form.value)
    computed = score(contract).goals[goal.slug].exact
    if computed is not None and not same_when_rounded(computed, form.value) and form.reason is None:
        raise ActRefused(
            f"goal {goal.slug} is computed as {percent(computed, 'en')}: "
            f"say why {form.value:f} % is recommended (reason)"
        )
    runs, was = _runs(acting), goal.recommended
    goal.recommended = form.value
    _judge(acting, goal, "recommended", form.value, form.reason, None, runs[-1].id if runs else None)
    acting.happened(
        "recommended",
        phase=core.Phase.SCORING,
        goal=goal.slug,
        was=_said(was),
        to=_said(form.value),
        reason=content_hash(form.reason) if form.reason else None,
    )


def _said(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _check_attainment(contract: Contract, value: Decimal) -> None:
    """A per cent from nothing to the highest that the contract's caps allow."""
    rules = [leaf.rule for _, leaf in contract.leaves()]
    highest = max([Decimal(100), *(rule.cap for rule in rules if rule is not None and hasattr(rule, "cap"))])
    if not 0 <= value <= highest:
        raise ActRefused(f"{value} is no attainment: it is a per cent from 0 to {highest}")


def decide_attainment(acting: Acting, form: DecideAttainment) -> None:
    """The council decides the attainment of a goal, or of all as recommended, on the frozen scoring run."""
    if core.COUNCIL not in acting.roles and not (acting.is_coordinator and form.minutes):
        raise ActRefused(
            f"{acting.by} may not decide attainment: only a council member, or a coordinator with the minutes"
        )
    runs = [run for run in _runs(acting) if run.kind == "final"] or _runs(acting)
    if not runs:
        raise ActRefused("nothing is scored yet: attainment is decided on a scoring run")
    contract = presented(acting)
    chosen = list(goal_rows(acting).values()) if form.goal is None else [goal_row(acting, form.goal)]
    values = _values(chosen, form.value)
    if form.value is not None:
        _check_attainment(contract, form.value)
    was = {goal.slug: _said(goal.decided) for goal in chosen}
    for goal in chosen:
        goal.decided = values[goal.slug]
        _judge(acting, goal, "decided", values[goal.slug], form.reason, form.minutes, runs[-1].id)
    acting.session.flush()
    row = _close_attainment_decision(acting, runs[-1].id)
    acting.happened(
        "attainment-decided",
        milestone=row,
        phase=core.Phase.SCORING,
        goals=[goal.slug for goal in chosen],
        was=was,
        to={goal.slug: _said(goal.decided) for goal in chosen},
        recommended={goal.slug: _said(goal.recommended) for goal in chosen},
        reason=content_hash(form.reason) if form.reason else None,
        run=runs[-1].inputs_hash,
        recorded_by=acting.by if acting.is_coordinator and core.COUNCIL not in acting.roles else None,
    )
    _ask_no_more(acting, contract, {goal.slug for goal in chosen})


def _values(chosen: Iterable[Goal], stated: Decimal | None) -> dict[str, Decimal]:
    """What is decided for each goal: the value that is stated, else what the house recommends.

    Raises:
        ActRefused: where there is neither.
    """
    found = {goal.slug: stated if stated is not None else goal.recommended for goal in chosen}
    if lacking := [slug for slug, value in found.items() if value is None]:
        raise ActRefused(
            f"no recommendation for goal {', '.join(lacking)}: recommend first, or decide with a value"
        )
    return {slug: value for slug, value in found.items() if value is not None}


def _judge(
    acting: Acting,
    goal: Goal,
    kind: str,
    value: Decimal,
    reason: str | None,
    minutes: str | None,
    run: int | None,
) -> None:
    acting.session.add(
        Judgement(
            cycle_id=acting.cycle.id,
            goal_id=goal.id or 0,
            kind=kind,
            value=value,
            reason=reason,
            minutes=minutes,
            scoring_run_id=run,
            person_id=acting.by,
            made_at=acting.now,
        )
    )


def _ask_no_more(acting: Acting, contract: Contract, decided: set[str]) -> None:
    """What was asked for and had not come when the council decided is not waited for any more; who owed it is told."""
    open_ = {row.about for row in acting.milestones() if row.about and row.state == core.State.OPEN}
    for goal, leaf in contract.leaves():
        about = request_of(leaf.id)
        if goal.id in decided and about in open_:
            row = followed_up(acting, about)
            if row is not None:
                drop_follow_up(acting, row)
                acting.happened("request-dropped", milestone=row, indicator=leaf.id)


def _close_attainment_decision(acting: Acting, run: int | None) -> Milestone | None:
    """With the last goal decided, the council's decision of the scoring phase closes."""
    if any(goal.decided is None for goal in goal_rows(acting).values()):
        return None
    for row in acting.milestones():
        is_it = row.kind == core.Kind.DECISION and row.phase == core.Phase.SCORING
        if is_it and row.state == core.State.OPEN and core.COUNCIL in (row.owed_by or ()):
            row.state = core.State.DONE
            roles = tuple(row.for_roles)
            notice(acting, row, DutyKind.DECIDED, roles=roles, facts={"attainment": run})
            return row
    return None
