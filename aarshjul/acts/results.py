"""Acts on results and attainment: record a result, resolve a finding, recommend, decide per goal."""

from decimal import Decimal

from sqlalchemy import select
from sqlmodel import col

from aarshjul.acts.acting import Acting, ActRefused
from aarshjul.acts.dates import close_when_done, complete
from aarshjul.acts.following import notice
from aarshjul.core import contract as core_contract
from aarshjul.core import cycle as core
from aarshjul.core.duties import DutyKind
from aarshjul.core.findings import findings
from aarshjul.core.rules import actual_problem
from aarshjul.core.scoring import score
from aarshjul.files.act_forms import DecideAttainment, Recommend, RecordResult, ResolveFinding
from models.contract import FindingResolution, Goal, Indicator, Judgement, Result, ScoringRun
from models.contract_rows import actual_text, load_contract
from models.milestone import Milestone


def record_result(acting: Acting, form: RecordResult) -> None:
    """What was achieved, with its source; the indicator keeps the latest."""
    contract = _contract(acting)
    leaf = next((leaf for _, leaf in contract.leaves() if leaf.id == form.indicator), None)
    if leaf is None or leaf.rule is None:
        raise ActRefused(f"{contract.id} has no indicator {form.indicator} that takes a result")
    mine = leaf.owner is not None and leaf.owner in {acting.by, *acting.roles}
    if not mine and not acting.roles & {core.COORDINATOR, core.HOLDER}:
        raise ActRefused(
            f"{acting.by} may not record {leaf.id}: it is for a coordinator, the holder or its owner"
            + (f" ({leaf.owner})" if leaf.owner else "")
        )
    problem = actual_problem(leaf.rule, form.actual)
    if problem is not None:
        raise ActRefused(f"{leaf.id}: {problem}")
    row = _indicator(acting, leaf.id)
    row.actual = actual_text(form.actual)
    row.source = form.source if form.source is not None else row.source
    row.evidence = form.evidence if form.evidence is not None else row.evidence
    acting.session.add(
        Result(
            cycle_id=acting.cycle.id,
            indicator_id=row.id or 0,
            actual=row.actual or "",
            source=form.source,
            evidence=form.evidence,
            recorded_by=acting.by,
            recorded_at=acting.now,
        )
    )
    acting.session.flush()
    acting.happened("result-recorded", phase=core.Phase.DATA_COLLECTION, indicator=leaf.id, actual=row.actual)
    close_results_deadlines(acting)


def _contract(acting: Acting) -> core_contract.Contract:
    contract = load_contract(acting.session, acting.cycle.contract_id) if acting.cycle.contract_id else None
    if contract is None:
        raise ActRefused(f"{acting.cycle.id} presents no contract (scores: in its file)")
    return contract


def _indicator(acting: Acting, slug: str) -> Indicator:
    query = select(Indicator).where(
        col(Indicator.contract_id) == acting.cycle.contract_id, col(Indicator.slug) == slug
    )
    return acting.session.scalars(query).one()


def close_results_deadlines(acting: Acting) -> None:
    """Who has all their results in owes none; with the last one the deadline closes."""
    if acting.cycle.contract_id is None:
        return
    contract = _contract(acting)
    missing = [leaf for _, leaf in contract.leaves() if leaf.actual is None]
    owners = {leaf.owner for _, leaf in contract.leaves()}
    late = {leaf.owner for leaf in missing}
    for row in acting.milestones():
        if row.done_when != "results" or row.state != core.State.OPEN:
            continue
        for member in acting.view.people(tuple(row.owed_by or ())):
            mine = {member.person, *member.roles}
            if not missing or (mine & owners and not mine & late):
                complete(acting, row, member.person)
        close_when_done(acting, row, all_of_it=not missing)
        if not missing:
            acting.happened("done", milestone=row)


def resolve_finding(acting: Acting, form: ResolveFinding) -> None:
    """A difference is explained, by a person and with a reason."""
    acting.needs(core.COORDINATOR, core.HOLDER)
    known = _known_findings(acting)
    if form.finding not in known:
        raise ActRefused(
            f"there is no finding {form.finding}" + (f"; there are {', '.join(known)}" if known else "")
        )
    query = select(FindingResolution).where(
        col(FindingResolution.cycle_id) == acting.cycle.id, col(FindingResolution.finding) == form.finding
    )
    row = acting.session.scalars(query).one_or_none() or FindingResolution(
        cycle_id=acting.cycle.id,
        finding=form.finding,
        reason=form.reason,
        person_id=acting.by,
        made_at=acting.now,
    )
    row.value = None if form.value is None else str(form.value)
    row.reason, row.person_id, row.made_at = form.reason, acting.by, acting.now
    acting.session.add(row)
    acting.happened("finding-resolved", phase=core.Phase.SCORING, finding=form.finding)


def _known_findings(acting: Acting) -> list[str]:
    """What the contract shows now, and what the last run showed."""
    contract = _contract(acting)
    now = [each.id for each in findings(contract, score(contract), language="en", resolved={})]
    frozen = [each["id"] for run in _runs(acting)[-1:] for each in run.scores["findings"]]
    return list(dict.fromkeys([*now, *frozen]))


def _runs(acting: Acting) -> list[ScoringRun]:
    query = select(ScoringRun).where(col(ScoringRun.cycle_id) == acting.cycle.id).order_by(col(ScoringRun.id))
    return list(acting.session.scalars(query))


def recommend(acting: Acting, form: Recommend) -> None:
    """The house recommends an attainment for a goal."""
    acting.needs(core.COORDINATOR, core.HOLDER)
    goal = _goals(acting).get(form.goal)
    if goal is None:
        raise ActRefused(f"there is no goal {form.goal} in {acting.cycle.contract_id}")
    _check_attainment(acting, form.value)
    runs = _runs(acting)
    goal.recommended = form.value
    _judge(acting, goal, "recommended", form.value, form.reason, None, runs[-1].id if runs else None)
    acting.happened("recommended", phase=core.Phase.SCORING, goal=goal.slug, value=str(form.value))


def _check_attainment(acting: Acting, value: Decimal) -> None:
    """A per cent from nothing to the highest that the contract's caps allow."""
    rules = [leaf.rule for _, leaf in _contract(acting).leaves()]
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
    goals = _goals(acting)
    if form.goal is not None and form.goal not in goals:
        raise ActRefused(f"there is no goal {form.goal} in {acting.cycle.contract_id}")
    chosen = goals.values() if form.goal is None else [goals[form.goal]]
    values = {goal.slug: form.value if form.value is not None else goal.recommended for goal in chosen}
    lacking = [slug for slug, value in values.items() if value is None]
    if lacking:
        raise ActRefused(
            f"no recommendation for goal {', '.join(lacking)}: recommend first, or decide with a value"
        )
    if form.value is not None:
        _check_attainment(acting, form.value)
    for goal in chosen:
        value = values[goal.slug] or Decimal(0)
        goal.decided = value
        _judge(acting, goal, "decided", value, form.reason, form.minutes, runs[-1].id)
    acting.session.flush()
    row = _close_attainment_decision(acting, goals, runs[-1].id)
    acting.happened(
        "attainment-decided",
        milestone=row,
        phase=core.Phase.SCORING,
        goals=[goal.slug for goal in chosen],
        run=runs[-1].inputs_hash,
        recorded_by=acting.by if acting.is_coordinator and core.COUNCIL not in acting.roles else None,
    )


def _goals(acting: Acting) -> dict[str, Goal]:
    _contract(acting)
    query = select(Goal).where(col(Goal.contract_id) == acting.cycle.contract_id).order_by(col(Goal.position))
    return {goal.slug: goal for goal in acting.session.scalars(query)}


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


def _close_attainment_decision(acting: Acting, goals: dict[str, Goal], run: int | None) -> Milestone | None:
    """With the last goal decided, the council's decision of the scoring phase closes."""
    if any(goal.decided is None for goal in goals.values()):
        return None
    for row in acting.milestones():
        is_it = row.kind == core.Kind.DECISION and row.phase == core.Phase.SCORING
        if is_it and row.state == core.State.OPEN and core.COUNCIL in (row.owed_by or ()):
            row.state = core.State.DONE
            roles = tuple(row.for_roles)
            notice(acting, row, DutyKind.DECIDED, roles=roles, facts={"attainment": run})
            return row
    return None
