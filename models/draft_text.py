"""The version of a draft that lies before the parties, and the contract in a version, where it is one."""

from sqlmodel import Session

from aarshjul.core.contract import Contract
from aarshjul.files.contract_file import contract_from_text
from models.contract_rows import load_contract
from models.cycle import Cycle
from models.draft import Draft


def contract_in_draft(draft: Draft) -> Contract | None:
    """The contract that a version is; None where it is prose."""
    return contract_from_text(draft.text, f"version {draft.version}") if draft.structured else None


def present_draft(session: Session, cycle: Cycle) -> Draft | None:
    """The version that lies before the parties, or None before the first."""
    return session.get(Draft, (cycle.id, cycle.draft_version)) if cycle.draft_version else None


def present_goals(session: Session, cycle: Cycle) -> Contract | None:
    """The goals that people speak of now: those of the present version, else of the contract that the cycle begins with."""
    draft = present_draft(session, cycle)
    if draft is not None and draft.structured:
        return contract_in_draft(draft)
    return load_contract(session, cycle.contract_id) if cycle.contract_id else None
