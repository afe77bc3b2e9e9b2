"""A draft as plain values: what it says, the file to go on working on, and what is to be looked at in it."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from aarshjul.acts.checking import Offer, check, offer
from aarshjul.acts.drafting import shared_goals, shared_set, starting_goals
from aarshjul.core.draft import own_goals
from aarshjul.core.findings import Finding
from aarshjul.core.languages import Language
from aarshjul.files.draft_file import dump_draft
from models.contract_rows import contract_json
from models.cycle import Cycle
from models.draft import Draft
from models.draft_text import contract_in_draft


def draft_file(session: Session, cycle: Cycle, draft: Draft | None) -> str:
    """The draft file of a version, with `based_on` filled in; before the first, where it starts; prose as it is."""
    if draft is None:
        return dump_draft(starting_goals(session, cycle))
    contract = contract_in_draft(draft)
    if contract is None:
        return draft.text
    row = shared_set(session, cycle, draft) if draft.national_set is not None else None
    own = own_goals(contract, shared_goals(row, cycle))
    return dump_draft(own, contract=contract, based_on=draft.version)


def draft_json(session: Session, cycle: Cycle, draft: Draft | None) -> dict[str, Any]:
    """As `draft show --json` has it."""
    if draft is None:
        return {"cycle": cycle.id, "version": None, "draft_file": draft_file(session, cycle, None)}
    contract = contract_in_draft(draft)
    return {
        "cycle": cycle.id,
        "version": draft.version,
        "hash": draft.hash,
        "round": draft.round,
        "submitted_by": draft.submitted_by,
        "submitted_at": draft.submitted_at.isoformat(),
        "message": draft.message,
        "based_on": draft.based_on,
        "structured": draft.structured,
        "national": None if draft.national_set is None else f"{draft.national_set}/{draft.national_version}",
        "contract": None if contract is None else contract_json(contract),
        "text": draft.text,
    }


def version_check_json(
    session: Session, cycle: Cycle, draft: Draft | None, language: Language
) -> dict[str, Any]:
    """What is to be looked at in a version of the record, as `draft check --json` has it."""
    contract = contract_in_draft(draft) if draft is not None else None
    findings = None if contract is None else check(session, cycle, contract, language)
    version = draft.version if draft is not None else None
    return check_json(findings, cycle=cycle.id, version=version, offered=offer(session, cycle, draft))


def check_json(
    findings: Sequence[Finding] | None,
    *,
    cycle: str | None = None,
    version: int | None = None,
    offered: Offer | None = None,
) -> dict[str, Any]:
    """Findings and newer national goals, as `draft check --json` has them; of prose there are no findings."""
    return {
        "cycle": cycle,
        "version": version,
        "structured": findings is not None,
        "findings": [
            {
                "id": each.id,
                "code": each.code,
                "goal": each.goal,
                "indicator": each.indicator,
                "message": each.message,
            }
            for each in findings or ()
        ],
        "national_goals_offered": None
        if offered is None
        else {
            "set": offered.set,
            "version": offered.version,
            "differences": {goal: list(fields) for goal, fields in offered.differences},
        },
    }
