"""What somebody may see of the contract that a cycle presents: as it stands, or for subscribers as it was published."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.acts.presented import IN_CHARGE, gives
from aarshjul.core.contract import Contract, Indicator
from aarshjul.core.cycle import COORDINATOR, COUNCIL, effective_roles
from aarshjul.core.languages import Language
from aarshjul.core.rules import FULL
from aarshjul.core.scoring import Scores, score
from aarshjul.core.what_if import with_actuals
from aarshjul.papers.results import GoalLine, ResultLine, Results
from aarshjul.papers.results_loading import results_of
from aarshjul.web.doing.seat import Seat
from models.contract import ScoringRun
from models.contract_rows import contract_from_json, load_contract
from models.cycle import Cycle, Membership
from models.documents import Listed, listed


@dataclass(frozen=True, kw_only=True)
class Scored:
    """A contract with its scores, and what may be done about it by who looks.

    Attributes:
        best: the scores as if all results were missing: how far each goal can count is their high end.
        public: whether it is what was published, frozen, and not what stands now.
        alive: whether the cycle takes acts.
        documents: by indicator, what proves its result.
        present: who takes part, with their roles.
    """

    seat: Seat
    contract: Contract
    scores: Scores
    best: Scores
    results: Results
    language: Language
    public: bool = False
    alive: bool = True
    documents: Mapping[str, tuple[Listed, ...]]
    present: Mapping[str, frozenset[str]]

    @cached_property
    def frame(self) -> Fraction:
        """Where the frame of all its bars ends: 100 per cent, or the highest cap."""
        caps = [Fraction(leaf.rule.cap) for _, leaf in self.contract.leaves() if leaf.rule is not None]
        return max(FULL, *caps)

    @cached_property
    def lines(self) -> dict[str, ResultLine]:
        """What is known of each indicator's result."""
        return {line.indicator: line for line in self.results.lines}

    @property
    def in_charge(self) -> bool:
        """Whether who looks asks for results, recommends and settles findings."""
        return self.alive and not self.public and bool(self.seat.roles & set(IN_CHARGE))

    @property
    def decides(self) -> bool:
        """Whether who looks decides attainment, or records what was decided."""
        return self.alive and not self.public and bool(self.seat.roles & {COUNCIL, COORDINATOR})

    @property
    def records_decisions(self) -> bool:
        """Whether a decision of theirs is one that minutes tell of."""
        return COUNCIL not in self.seat.roles

    def gives(self, leaf: Indicator) -> bool:
        """Whether a result is theirs to give."""
        line = self.lines.get(leaf.id)
        asked = line.asked.owner if line is not None and line.asked is not None else None
        return self.alive and not self.public and gives(self.seat.person, self.seat.roles, leaf.owner, asked)


def scored(session: Session, seat: Seat, now: datetime) -> Scored | None:
    """What the seat may see of it; None where there is nothing, or nothing for them."""
    cycle = session.get_one(Cycle, seat.cycle)
    language: Language = "en" if seat.language == "en" else "da"
    if not seat.sees_drafts:
        return _published(session, seat, cycle, language)
    contract = load_contract(session, cycle.contract_id) if cycle.contract_id else None
    if contract is None:
        return None
    moment = cycle.played_until or now
    documents: dict[str, tuple[Listed, ...]] = defaultdict(tuple)
    for each in listed(session, cycle.id):
        if each.indicator is not None:
            documents[each.indicator] += (each,)
    return Scored(
        seat=seat,
        contract=contract,
        scores=score(contract),
        best=best_of(contract),
        results=results_of(session, cycle.id, moment, language=language, contract=contract),
        language=language,
        alive=cycle.state == "active",
        documents=documents,
        present=_present(session, cycle.id),
    )


def _present(session: Session, cycle: str) -> dict[str, frozenset[str]]:
    query = select(Membership).where(col(Membership.cycle_id) == cycle, col(Membership.left_at).is_(None))
    return {row.person_id: effective_roles(row.roles) for row in session.scalars(query)}


def best_of(contract: Contract) -> Scores:
    """The scores as if nothing were known; the high ends are the most that can be."""
    return score(with_actuals(contract, dict.fromkeys(leaf.id for _, leaf in contract.leaves())))


def published_run(session: Session, cycle: Cycle) -> ScoringRun | None:
    """The scoring run that everybody may see, once it was published."""
    return session.get(ScoringRun, cycle.published_run) if cycle.published_run is not None else None


def contract_of(run: ScoringRun) -> Contract:
    """The contract as it was when it was scored."""
    return contract_from_json(json.loads(run.inputs))


def _published(session: Session, seat: Seat, cycle: Cycle, language: Language) -> Scored | None:
    run = published_run(session, cycle)
    if run is None:
        return None
    contract = contract_of(run)
    return Scored(
        seat=seat,
        contract=contract,
        scores=score(contract),
        best=best_of(contract),
        results=_frozen(contract, cycle, run.scored_at.astimezone(ZoneInfo(cycle.timezone)).date(), language),
        language=language,
        public=True,
        documents={},
        present={},
    )


def _frozen(contract: Contract, cycle: Cycle, on: date, language: Language) -> Results:
    """Scores are published, and no judgements of them, findings or sources."""
    scores = score(contract)
    return Results(
        cycle=cycle.id,
        contract=contract.id,
        title=contract.title,
        holder=contract.holder,
        council=contract.council,
        language=language,
        on=on,
        total=scores.total,
        decided=None,
        lines=(),
        goals=tuple(
            GoalLine(id=goal.id, title=goal.title, computed=scores.goals[goal.id]) for goal in contract.goals
        ),
        findings=(),
        names={},
    )
