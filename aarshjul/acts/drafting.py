"""What a cycle gives to a structured draft: its frame, the national goals, and what the first version begins with."""

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from aarshjul.acts.national import covering, national_of
from aarshjul.core.contract import Contract, Goal
from aarshjul.core.draft import Frame, own_goals, without_results
from aarshjul.core.national import NATIONAL
from models.contract import Contract as ContractRow
from models.contract_rows import load_contract
from models.cycle import Cycle
from models.draft import Draft
from models.national import NationalGoals as NationalRow

LONGEST_ID = 80
SUFFIX = "-contract"


def shared_set(session: Session, cycle: Cycle, draft: Draft | None) -> NationalRow | None:
    """The version of the national goals that a draft goes on with.

    It stays what the draft has until somebody takes up another; a draft that has none yet gets the newest that
    holds for its year.
    """
    if draft is not None and draft.national_set is not None:
        return session.get(NationalRow, (draft.national_set, draft.national_version))
    return covering(session, cycle.contract_year)


def shared_goals(row: NationalRow | None, cycle: Cycle) -> tuple[Goal, ...] | None:
    """The national goals with the levels of a cycle's house; None where there is no set."""
    return None if row is None else national_of(row).goals_for(cycle.holder)


def frame_of(cycle: Cycle, row: NationalRow | None) -> Frame:
    """What a cycle, and a version of the national goals, give to its draft."""
    return Frame(
        id=cycle.id[: LONGEST_ID - len(SUFFIX)] + SUFFIX,
        title=cycle.title,
        year=cycle.contract_year,
        holder=cycle.holder,
        council=cycle.council,
        shared=shared_goals(row, cycle),
    )


def offered_set(session: Session, cycle: Cycle, draft: Draft | None) -> NationalRow | None:
    """The newest national goals for the cycle's year, where a structured draft has others than those."""
    row = covering(session, cycle.contract_year)
    if draft is None or not draft.structured or row is None:
        return None
    has = shared_goals(shared_set(session, cycle, draft), cycle) if draft.national_set is not None else None
    return row if shared_goals(row, cycle) != has else None


def last_contract(session: Session, cycle: Cycle) -> Contract | None:
    """The latest contract of the two parties for a year before the cycle's own."""
    return _contract(session, cycle, col(ContractRow.year) < cycle.contract_year)


def contract_of(session: Session, cycle: Cycle, year: int) -> Contract | None:
    """The contract of the cycle's two parties for a year, with the latest results."""
    return _contract(session, cycle, col(ContractRow.year) == year)


def _contract(session: Session, cycle: Cycle, years: ColumnElement[bool]) -> Contract | None:
    """The latest contract of those years; of several for one, what came into force goes before what was brought in."""
    became = select(col(Cycle.became_id)).where(col(Cycle.became_id).is_not(None))
    newest = (
        col(ContractRow.year).desc(),
        col(ContractRow.id).in_(became).desc(),
        col(ContractRow.id).desc(),
    )
    parties = (col(ContractRow.holder) == cycle.holder, col(ContractRow.council) == cycle.council)
    query = select(col(ContractRow.id)).where(*parties, years).order_by(*newest)
    found = session.scalars(query.limit(1)).first()
    return None if found is None else load_contract(session, found)


def starting_goals(session: Session, cycle: Cycle) -> tuple[Goal, ...]:
    """What a cycle's first draft begins with: the regional goals of the last contract, without its results."""
    last = last_contract(session, cycle)
    if last is None:
        return ()
    shared = shared_goals(covering(session, cycle.contract_year), cycle)
    return tuple(
        without_results(goal) for goal in own_goals(last, shared) if shared is None or goal.level != NATIONAL
    )
