"""Where a cycle's results stand, from the record."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core.contract import Contract, Indicator
from aarshjul.core.cycle import State
from aarshjul.core.findings import findings
from aarshjul.core.languages import Language
from aarshjul.core.ranges import Reach, reaches
from aarshjul.core.scoring import Score, score
from aarshjul.papers.errors import PaperError
from aarshjul.papers.results import (
    Asked,
    Closed,
    FindingLine,
    Given,
    GoalLine,
    Judged,
    ResultLine,
    Results,
    Stand,
)
from models.contract import FindingResolution, Goal, Judgement, Result
from models.contract import Indicator as IndicatorRow
from models.contract_rows import actual_text, load_contract
from models.cycle import Cycle, Membership
from models.evidence import DataRequest, Document
from models.milestone import Milestone
from models.person import Person


@dataclass(frozen=True, kw_only=True, slots=True)
class _Record:
    """What the record has beside the contract, by indicator or by goal; days are those of the cycle's people."""

    zone: ZoneInfo
    requests: Mapping[str, tuple[DataRequest, Milestone | None]]
    given: Mapping[str, Result]
    came: Mapping[str, Sequence[datetime]]
    documents: Mapping[str, tuple[int, ...]]
    judged: Mapping[tuple[str, str], Judgement]

    def day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()


def results_of(
    session: Session,
    cycle_id: str,
    now: datetime,
    *,
    language: Language | None = None,
    contract: Contract | None = None,
) -> Results:
    """The results of the contract that a cycle presents, as they stand at a moment.

    `contract` is that one, where the caller has it already.

    Raises:
        PaperError: where there is no such cycle, or it presents no contract.
    """
    cycle = session.get(Cycle, cycle_id)
    if contract is None and cycle is not None and cycle.contract_id:
        contract = load_contract(session, cycle.contract_id)
    if cycle is None or contract is None:
        raise PaperError(f"{cycle_id[:80]} presents no contract (scores: in its file): it has no results")
    zone = ZoneInfo(cycle.timezone)
    today = now.astimezone(zone).date()
    words: Language = language or ("da" if cycle.language == "da" else "en")
    scores, record = score(contract), _record(session, cycle, zone)
    reach = {each.indicator: each for each in reaches(contract, scores)}
    return Results(
        cycle=cycle.id,
        contract=contract.id,
        title=contract.title,
        holder=contract.holder,
        council=contract.council,
        language=words,
        on=today,
        total=scores.total,
        decided=_decided_total(contract),
        lines=tuple(_line(goal.id, leaf, record, reach, today) for goal, leaf in contract.leaves()),
        goals=tuple(
            GoalLine(
                id=goal.id,
                title=goal.title,
                computed=scores.goals[goal.id],
                reported=goal.reported,
                recommended=_judged(record, goal.id, "recommended", goal.recommended),
                decided=_judged(record, goal.id, "decided", goal.decided),
            )
            for goal in contract.goals
        ),
        findings=_findings(session, cycle.id, contract, record, words),
        names=_names(session, cycle.id),
    )


def _record(session: Session, cycle: Cycle, zone: ZoneInfo) -> _Record:
    asked = select(DataRequest, Milestone).outerjoin(
        Milestone, col(Milestone.id) == col(DataRequest.milestone_id)
    )
    requests = {
        row.indicator: (row, milestone)
        for row, milestone in session.execute(asked.where(col(DataRequest.cycle_id) == cycle.id))
    }
    came = (
        select(Result, col(IndicatorRow.slug))
        .join(IndicatorRow, col(IndicatorRow.id) == col(Result.indicator_id))
        .where(col(Result.cycle_id) == cycle.id)
        .order_by(col(Result.id))
    )
    said = (
        select(Judgement, col(Goal.slug))
        .join(Goal, col(Goal.id) == col(Judgement.goal_id))
        .where(col(Judgement.cycle_id) == cycle.id)
        .order_by(col(Judgement.id))
    )
    given, moments = {}, defaultdict[str, list[datetime]](list)
    for row, slug in session.execute(came):
        given[slug] = row
        moments[slug].append(row.recorded_at)
    return _Record(
        zone=zone,
        requests=requests,
        given=given,
        came=moments,
        documents=_documents(session, cycle.id),
        judged={(slug, row.kind): row for row, slug in session.execute(said)},
    )


def _documents(session: Session, cycle_id: str) -> dict[str, tuple[int, ...]]:
    query = select(col(Document.indicator), col(Document.number)).where(
        col(Document.cycle_id) == cycle_id, col(Document.indicator).is_not(None)
    )
    found: dict[str, tuple[int, ...]] = defaultdict(tuple)
    for indicator, number in session.execute(query.order_by(col(Document.number))):
        found[indicator] += (number,)
    return found


def _names(session: Session, cycle_id: str) -> dict[str, str]:
    query = (
        select(col(Person.id), col(Person.name))
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(col(Membership.cycle_id) == cycle_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _line(goal: str, leaf: Indicator, record: _Record, reach: Mapping[str, Reach], today: date) -> ResultLine:
    row, milestone = record.requests.get(leaf.id, (None, None))
    due = (milestone.on if milestone is not None else None) or (row.due if row is not None else None)
    stand = _stand(leaf, milestone, due, today)
    return ResultLine(
        indicator=leaf.id,
        title=leaf.title,
        goal=goal,
        unit=leaf.unit,
        stand=stand,
        days_late=_days_late(leaf, record, stand, due, today),
        asked=None
        if row is None or due is None
        else Asked(
            owner=row.owner, due=due, since=record.day(row.requested_at), source=row.source, note=row.note
        ),
        given=_given(leaf, record),
        documents=record.documents.get(leaf.id, ()),
        reach=reach.get(leaf.id),
    )


def _stand(leaf: Indicator, milestone: Milestone | None, due: date | None, today: date) -> Stand:
    """Asked again for a result that is there, it is waited for; without a deadline that is open, nobody waits."""
    if milestone is not None and milestone.state == State.OPEN:
        return Stand.LATE if due is not None and due < today else Stand.WAITING
    if leaf.actual is not None:
        return Stand.RECEIVED
    if milestone is not None and milestone.state == State.CANCELLED:
        return Stand.DROPPED
    return Stand.MISSING


def _days_late(leaf: Indicator, record: _Record, stand: Stand, due: date | None, today: date) -> int:
    """Until today of a late one; of one that is there until it first came, as a correction is not late."""
    row, milestone = record.requests.get(leaf.id, (None, None))
    if due is None or row is None or milestone is None or milestone.state == State.CANCELLED:
        return 0
    if stand is Stand.LATE:
        return (today - due).days
    came = [at for at in record.came.get(leaf.id, ()) if at >= row.requested_at]
    return max(0, (record.day(came[0]) - due).days) if stand is Stand.RECEIVED and came else 0


def _given(leaf: Indicator, record: _Record) -> Given | None:
    actual = actual_text(leaf.actual)
    if actual is None:
        return None
    row = record.given.get(leaf.id)
    return Given(
        actual=actual,
        source=leaf.source,
        evidence=leaf.evidence,
        by=row.recorded_by if row is not None else None,
        on=record.day(row.recorded_at) if row is not None else None,
    )


def _judged(record: _Record, goal: str, kind: str, value: Any) -> Judged | None:
    """What stands on the goal, with who said it and why where that was said here and not in the contract's file."""
    if value is None:
        return None
    row = record.judged.get((goal, kind))
    if row is None or row.value != value:
        return Judged(value=value)
    return Judged(
        value=value, reason=row.reason, minutes=row.minutes, by=row.person_id, on=record.day(row.made_at)
    )


def _decided_total(contract: Contract) -> Score | None:
    """The mean of what the council decided, by the goals' weights; None until it has decided every goal."""
    weights = [Fraction(goal.weight) for goal in contract.goals]
    values = [None if goal.decided is None else Fraction(goal.decided) for goal in contract.goals]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    mean = sum((value * weight for value, weight in zip(known, weights, strict=True)), Fraction(0)) / sum(
        weights, Fraction(0)
    )
    return Score(exact=mean, low=mean, high=mean)


def _findings(
    session: Session, cycle_id: str, contract: Contract, record: _Record, language: Language
) -> tuple[FindingLine, ...]:
    """All that are found now, and those that somebody has closed, whether or not they are still found."""
    query = select(FindingResolution).where(col(FindingResolution.cycle_id) == cycle_id)
    answers = {
        row.finding: Closed(by=row.person_id, on=record.day(row.made_at), reason=row.reason, value=row.value)
        for row in session.scalars(query.order_by(col(FindingResolution.id)))
    }
    now = findings(contract, score(contract), language=language)
    found = [
        FindingLine(id=each.id, goal=each.goal, message=each.message, closed=answers.pop(each.id, None))
        for each in now
    ]
    gone = [
        FindingLine(id=name, goal=_goal_in(name), message="", closed=closed)
        for name, closed in answers.items()
    ]
    return (*found, *gone)


def _goal_in(finding: str) -> str:
    """The goal that a finding's id names: `code:goal` or `code:goal/indicator`."""
    return finding.partition(":")[2].partition("/")[0]
