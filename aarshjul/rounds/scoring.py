"""A scoring run: the contract's inputs, scores and explanation, frozen as they are at a milestone."""

import hashlib
import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session, col

from aarshjul.core import contract as core_contract
from aarshjul.core import cycle as core
from aarshjul.core.findings import findings
from aarshjul.core.languages import LANGUAGES, Language
from aarshjul.core.score_json import as_json
from aarshjul.core.scoring import RULES_VERSION, score
from models.contract import FindingResolution, ScoringRun
from models.contract_rows import contract_json, load_contract
from models.cycle import Cycle
from models.loading import CYCLE, MILESTONE

PROVISIONAL, FINAL = "provisional", "final"


def freeze(session: Session, of: core.Cycle, milestone: core.Milestone, now: datetime) -> dict[str, Any]:
    """Score the contract that a cycle presents and keep all of it; returns what the history notes."""
    cycle = session.get_one(Cycle, of.id)
    contract = load_contract(session, cycle.contract_id or "")
    if contract is None:
        return {}
    resolved = resolved_findings(session, of.id)
    document = scored(contract, resolved, cycle.language)
    complete = not document["total"]["provisional"]
    kind = FINAL if complete and milestone.phase is not core.Phase.DATA_COLLECTION else PROVISIONAL
    inputs = json.dumps(contract_json(contract), ensure_ascii=False, sort_keys=True)
    inputs_hash = hashlib.sha256(inputs.encode()).hexdigest()
    session.add(
        ScoringRun(
            cycle_id=of.id,
            milestone_id=milestone.row,
            revision=milestone.revision,
            kind=kind,
            scored_at=now,
            rules_version=RULES_VERSION,
            inputs=inputs,
            inputs_hash=inputs_hash,
            scores=document,
            findings={language: _sentences(contract, resolved, language) for language in LANGUAGES},
        )
    )
    day = max(milestone.on or of.today(now), of.today(now))
    session.execute(update(MILESTONE).where(MILESTONE.c.id == milestone.row).values(scored_on=day))
    session.flush()
    total = document["total"]
    return {
        "run": kind,
        "inputs": inputs_hash,
        "shown": total["shown"],
        "low": total["low"],
        "high": total["high"],
    }


def scored(contract: core_contract.Contract, resolved: dict[str, str], language: str) -> dict[str, Any]:
    """What `score --json` prints of a contract, in a cycle's language, less the findings that were answered."""
    scores = score(contract)
    words: Language = "da" if language == "da" else "en"
    return as_json(
        contract, scores, findings(contract, scores, language=words, resolved=resolved), language=words
    )


def _sentences(contract: core_contract.Contract, resolved: dict[str, str], language: Language) -> list[str]:
    """The findings as a letter tells them: the goal, the indicator, what is wrong."""
    goal = {"da": "Mål", "en": "Goal"}[language]
    return [
        f"{goal} {each.goal}{f' ({each.indicator})' if each.indicator else ''}: {each.message}"
        for each in findings(contract, score(contract), language=language, resolved=resolved)
    ]


def resolved_findings(session: Session, cycle_id: str) -> dict[str, str]:
    """The findings that somebody has answered, with the reason given."""
    query = select(FindingResolution).where(col(FindingResolution.cycle_id) == cycle_id)
    return {row.finding: row.reason for row in session.scalars(query)}


def publish(session: Session, cycle_id: str, milestone: core.Milestone, today: date) -> dict[str, Any]:
    """Final scores and the approved text become visible to subscribers."""
    cycle = session.get_one(Cycle, cycle_id)
    query = select(col(ScoringRun.id)).where(
        col(ScoringRun.cycle_id) == cycle_id, col(ScoringRun.kind) == FINAL
    )
    last = max((run for run in session.scalars(query) if run is not None), default=None)
    approved = cycle.stage in ("council-approved", "in-force")
    values = {
        "published_run": last,
        "published_draft": cycle.draft_version if approved else cycle.published_draft,
    }
    session.execute(update(CYCLE).where(CYCLE.c.id == cycle_id).values(values))
    session.execute(update(MILESTONE).where(MILESTONE.c.id == milestone.row).values(published_on=today))
    return {"draft": values["published_draft"], "run": last}
