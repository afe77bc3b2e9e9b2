"""Checking a cycle's draft: against the last results, against who takes part, against the newest national goals."""

from dataclasses import dataclass

from sqlmodel import Session

from aarshjul.acts.drafting import frame_of, last_contract, offered_set, shared_goals, shared_set
from aarshjul.core.contract import Contract
from aarshjul.core.draft import Frame
from aarshjul.core.draft_findings import Surroundings, draft_findings, measured
from aarshjul.core.findings import Finding
from aarshjul.core.languages import Language
from aarshjul.files.shared_goals import differing
from models.contract_rows import load_contract
from models.cycle import Cycle
from models.draft import Draft
from models.draft_text import contract_in_draft
from models.loading import load_cycle
from models.national import NationalGoals


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """National goals that are newer than a draft's.

    `differences` are the goals' ids, each with the fields that differ.
    """

    set: str
    version: int
    differences: tuple[tuple[str, tuple[str, ...]], ...]


def surroundings(session: Session, cycle: Cycle, language: Language) -> Surroundings:
    """What a draft of the cycle is checked against: the last actual of each indicator, and who takes part."""
    presented = load_contract(session, cycle.contract_id) if cycle.contract_id is not None else None
    known = sorted(
        (each for each in (presented, last_contract(session, cycle)) if each is not None),
        key=lambda each: each.year,
    )
    before = {name: actual for contract in known for name, actual in measured(contract).items()}
    view = load_cycle(session, cycle.id)
    present = [member for member in view.members if not member.left]
    owners = {member.person for member in present}.union(*(member.roles for member in present))
    return Surroundings(before=before, owners=owners, language=language)


def check(session: Session, cycle: Cycle, contract: Contract, language: Language) -> tuple[Finding, ...]:
    """The findings about a draft of this cycle, worst first."""
    return draft_findings(contract, surroundings(session, cycle, language))


def frame_for_next(session: Session, cycle: Cycle, draft: Draft | None) -> Frame:
    """What the version after this one is made in."""
    return frame_of(cycle, shared_set(session, cycle, draft))


def offer(session: Session, cycle: Cycle, draft: Draft | None) -> Offer | None:
    """The newer national goals that the draft could take up; None where it has the newest, or has no goals."""
    row = offered_set(session, cycle, draft)
    contract = contract_in_draft(draft) if draft is not None else None
    if row is None or contract is None:
        return None
    return Offer(set=row.id, version=row.version, differences=_differences(cycle, row, contract))


def _differences(
    cycle: Cycle, row: NationalGoals, contract: Contract
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    has = {goal.id: goal for goal in contract.goals}
    found = []
    for goal in shared_goals(row, cycle) or ():
        what = differing(has[goal.id], goal) if goal.id in has else ["new"]
        if what:
            found.append((goal.id, tuple(what)))
    return tuple(found)
