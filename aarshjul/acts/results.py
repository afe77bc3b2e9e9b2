"""Acts on results: ask for what is missing, record what came."""

from aarshjul.acts.acting import Acting, ActRefused
from aarshjul.acts.dates import close_when_done, complete
from aarshjul.acts.follow_ups import close_follow_up, follow_up, followed_up, move_follow_up
from aarshjul.acts.hashing import content_hash
from aarshjul.acts.presented import (
    IN_CHARGE,
    hint_of,
    indicator_row,
    may_give,
    measured,
    presented,
    request_for,
    request_of,
)
from aarshjul.core import cycle as core
from aarshjul.core.contract import Indicator as Measure
from aarshjul.core.rules import actual_problem
from aarshjul.files.act_forms import RecordResult
from aarshjul.files.process_forms import RequestData
from models.contract import Result
from models.contract_rows import actual_text
from models.evidence import DataRequest
from models.milestone import Milestone

_TITLES = {"da": "Resultat for {id}", "en": "Result of {id}"}


def record_result(acting: Acting, form: RecordResult) -> None:
    """What was achieved, with its source; the indicator keeps the latest."""
    contract = presented(acting)
    leaf = measured(contract, form.indicator)
    may_give(acting, leaf, "record")
    problem = actual_problem(leaf.rule, form.actual) if leaf.rule is not None else None
    if problem is not None:
        raise ActRefused(f"{leaf.id}: {problem}")
    row = indicator_row(acting, leaf.id)
    was = row.actual
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
    acting.happened(
        "result-recorded",
        phase=core.Phase.DATA_COLLECTION,
        indicator=leaf.id,
        was=was,
        to=row.actual,
        source=content_hash(form.source) if form.source else None,
        evidence=content_hash(form.evidence) if form.evidence else None,
    )
    asked = followed_up(acting, request_of(leaf.id))
    if asked is not None:
        close_follow_up(asked)
    close_results_deadlines(acting)


def close_results_deadlines(acting: Acting) -> None:
    """Who has all their results in owes none; with the last one the deadline closes."""
    if acting.cycle.contract_id is None:
        return
    contract = presented(acting)
    missing = [leaf for _, leaf in contract.leaves() if leaf.actual is None]
    owners = {leaf.owner for _, leaf in contract.leaves()}
    late = {leaf.owner for leaf in missing}
    for row in acting.milestones(done_when="results"):
        if row.state != core.State.OPEN:
            continue
        for member in acting.view.people(tuple(row.owed_by or ())):
            mine = {member.person, *member.roles}
            if not missing or (mine & owners and not mine & late):
                complete(acting, row, member.person)
        close_when_done(acting, row, all_of_it=not missing)
        if not missing:
            acting.happened("done", milestone=row)


def request_data(acting: Acting, form: RequestData) -> None:
    """An indicator's result is asked for by a day, of a person or a role; asked again, what is new in it stands."""
    acting.needs(*IN_CHARGE)
    leaf = measured(presented(acting), form.indicator)
    if form.due < acting.today:
        raise ActRefused(f"{leaf.id} cannot be due on {form.due}, which is past")
    _can_owe(acting, form.owner)
    row = request_for(acting, leaf.id)
    was = None if row is None else _asked(row)
    if row is None:
        row = DataRequest(
            cycle_id=acting.cycle.id,
            indicator=leaf.id,
            owner=form.owner,
            due=form.due,
            requested_by=acting.by,
            requested_at=acting.now,
        )
    row.owner, row.due = form.owner, form.due
    row.source = form.source if form.source is not None else row.source
    row.note = form.note if form.note is not None else row.note
    row.requested_by, row.requested_at = acting.by, acting.now
    to = _asked(row)
    milestone = followed_up(acting, request_of(leaf.id))
    if was == to and milestone is not None and milestone.state == core.State.OPEN:
        raise ActRefused(f"{leaf.id} is asked of {row.owner} by {row.due} already")
    if milestone is None:
        milestone = _deadline(acting, leaf, row)
    else:
        move_follow_up(acting, milestone, row.due, row.owner)
    acting.session.flush()
    row.milestone_id = milestone.id
    acting.session.add(row)
    acting.happened("data-requested", milestone=milestone, indicator=leaf.id, was=was, to=to)


def _asked(row: DataRequest) -> dict[str, str | None]:
    """What is asked as the history keeps it: of whom, by when, and what tells one text from another."""
    return {
        "owner": row.owner,
        "due": row.due.isoformat(),
        "source": content_hash(row.source) if row.source else None,
        "note": content_hash(row.note) if row.note else None,
    }


def _can_owe(acting: Acting, owner: str) -> None:
    """Refuse an owner who is neither a member nor a role that somebody has; who only subscribes owes nothing."""
    if owner != core.SUBSCRIBER and acting.view.people((owner,)):
        return
    present = [member for member in acting.view.members if not member.left]
    roles = {role for member in present for role in member.roles} - {core.SUBSCRIBER}
    known = [*sorted(roles), *(member.person for member in present)]
    raise ActRefused(
        f"{owner} is neither a member of {acting.cycle.id} nor a role in it; {hint_of(owner, known)}"
    )


def _deadline(acting: Acting, leaf: Measure, row: DataRequest) -> Milestone:
    title = _TITLES["da" if acting.cycle.language == "da" else "en"].format(id=leaf.id)
    return follow_up(
        acting,
        slug=f"data-{leaf.id}",
        title=f"{title}: {leaf.title}" if leaf.title else title,
        due=row.due,
        owner=row.owner,
        about=request_of(leaf.id),
        phase=core.Phase.DATA_COLLECTION,
    )
