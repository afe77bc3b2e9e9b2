"""Contracts beside each other: those of one house by year, those of one year by region."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core.contract import Contract
from aarshjul.core.languages import Language
from aarshjul.core.rules import FULL
from aarshjul.core.scoring import Score, Scores, score
from aarshjul.papers.results_words import WORDS as PAPER_WORDS
from aarshjul.web.scores.bars import Bar, bar
from aarshjul.web.scores.loading import best_of, contract_of
from models.contract import ScoringRun
from models.contract_rows import load_contract
from models.cycle import Cycle


@dataclass(frozen=True, kw_only=True, slots=True)
class Beside:
    """A contract that may be seen; `frozen` where it is what was published, and not what stands now."""

    contract: Contract
    scores: Scores
    best: Scores
    frozen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A score in its column; `bar` is None where the contract has no such goal."""

    head: str
    said: str
    title: str = ""
    bar: Bar | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CompareRow:
    """The total, or one goal, in every contract."""

    id: str
    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """A table: a column for each contract, the first row the total."""

    id: str
    title: str
    heads: tuple[tuple[str, bool], ...]
    rows: tuple[CompareRow, ...]


def to_be_seen(session: Session, own: Iterable[str]) -> list[Beside]:
    """The contracts that these cycles present, and those of all others whose scores are published; each once."""
    mine = set(own)
    found: dict[str, Beside] = {}
    query = select(Cycle).where(col(Cycle.contract_id).is_not(None)).order_by(col(Cycle.contract_year))
    for cycle in session.scalars(query.where(col(Cycle.id).in_(mine))):
        contract = load_contract(session, cycle.contract_id or "")
        if contract is not None:
            found[contract.id] = _beside(contract, frozen=False)
    runs = select(ScoringRun).join(Cycle, col(Cycle.published_run) == col(ScoringRun.id))
    for run in session.scalars(runs.where(col(Cycle.id).not_in(mine)).order_by(col(ScoringRun.id))):
        contract = contract_of(run)
        if contract.id not in found or found[contract.id].frozen:
            found[contract.id] = _beside(contract, frozen=True)
    return list(found.values())


def _beside(contract: Contract, *, frozen: bool) -> Beside:
    return Beside(contract=contract, scores=score(contract), best=best_of(contract), frozen=frozen)


def by_year(base: Contract, seen: Sequence[Beside]) -> list[Beside]:
    """Those of the same house, the earliest first."""
    same = [each for each in seen if each.contract.holder.casefold() == base.holder.casefold()]
    return sorted(same, key=lambda each: (each.contract.year, each.contract.id))


def by_region(base: Contract, seen: Sequence[Beside]) -> list[Beside]:
    """Those of the same year, this one first."""
    same = [each for each in seen if each.contract.year == base.year]
    return sorted(
        same, key=lambda each: (each.contract.id != base.id, each.contract.holder, each.contract.id)
    )


def comparison(
    name: str, title: str, columns: Sequence[Beside], heads: Sequence[str], total: str, language: Language
) -> Comparison:
    """The table; goals that have the same id stand in one row, in the order in which they first appear."""
    frame = max([FULL, *(_most(each) for each in columns)])
    ids = dict.fromkeys(goal.id for each in columns for goal in each.contract.goals)
    titles: dict[str, str] = {}
    for each in columns:
        titles |= {goal.id: goal.title for goal in each.contract.goals if goal.id not in titles}

    def cell(beside: Beside, head: str, goal: str | None) -> Cell:
        own = beside.scores.total if goal is None else beside.scores.goals.get(goal)
        if own is None:
            return Cell(head=head, said="")
        most = (beside.best.total if goal is None else beside.best.goals[goal]).high
        here = next((each.title for each in beside.contract.goals if each.id == goal), "")
        other = here if goal is not None and here != titles[goal] else ""
        return Cell(head=head, said=_said(own, language), title=other, bar=bar(own, most, frame))

    def row(goal: str | None, shown: str) -> CompareRow:
        cells = tuple(cell(each, head, goal) for each, head in zip(columns, heads, strict=True))
        return CompareRow(id=goal or "", title=shown, cells=cells)

    return Comparison(
        id=name,
        title=title,
        heads=tuple((head, each.frozen) for head, each in zip(heads, columns, strict=True)),
        rows=(row(None, total), *(row(goal, titles[goal]) for goal in ids)),
    )


def _most(beside: Beside) -> Fraction:
    return max(each.high for each in (beside.best.total, *beside.best.goals.values()))


def _said(own: Score, language: Language) -> str:
    return PAPER_WORDS[language].score(own)
