"""A contract's scores as `score --json` prints them and as a scoring run keeps them."""

from collections.abc import Sequence
from typing import Any

from aarshjul.core.contract import Contract, Goal
from aarshjul.core.explain import explain_goal
from aarshjul.core.figures import four_decimals
from aarshjul.core.findings import Finding
from aarshjul.core.languages import Language
from aarshjul.core.scoring import Score, Scores


def as_json(
    contract: Contract, scores: Scores, findings: Sequence[Finding], *, language: Language = "en"
) -> dict[str, Any]:
    """The scores as plain values: figures are strings with four decimals, `shown` is a whole number."""
    return {
        "contract": contract.id,
        "total": figures(scores.total),
        "goals": [_goal(goal, scores.goals[goal.id], language) for goal in contract.goals],
        "findings": [
            {"id": each.id, "code": each.code, "goal": each.goal, "message": each.message}
            for each in findings
        ],
    }


def _goal(goal: Goal, score: Score, language: Language) -> dict[str, Any]:
    explanation = explain_goal(goal, score, language)
    return {"id": goal.id, **figures(score), "same_as": goal.same_as, "explanation": explanation}


def figures(score: Score) -> dict[str, Any]:
    """The per cents of one score, as every command writes them."""
    low = four_decimals(score.low)
    return {
        "exact": None if score.exact is None else low,
        "shown": score.shown,
        "low": low,
        "high": low if score.exact is not None else four_decimals(score.high),
        "provisional": score.provisional,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {"id": finding.id, "code": finding.code, "goal": finding.goal, "message": finding.message}
