"""The text of a draft's version as a contract, where it is one."""

from sqlmodel import Session

from aarshjul.core.contract import Contract
from aarshjul.files.contract_file import contract_from_text
from models.contract_rows import load_contract
from models.cycle import Cycle
from models.draft import Draft


def contract_of(draft: Draft) -> Contract | None:
    """What a structured version holds; None of prose."""
    return contract_from_text(draft.text, f"version {draft.version}") if draft.structured else None


def present_draft(session: Session, cycle: Cycle) -> Draft | None:
    """The version that lies before the parties now."""
    return session.get(Draft, (cycle.id, cycle.draft_version)) if cycle.draft_version else None


def present_goals(session: Session, cycle: Cycle) -> Contract | None:
    """The goals that people speak of now: those of the present version, else of the contract that the cycle begins with."""
    draft = present_draft(session, cycle)
    if draft is not None and draft.structured:
        return contract_of(draft)
    return load_contract(session, cycle.contract_id) if cycle.contract_id else None
