"""The versions of a draft as `draft versions --json` has them."""

from typing import Any

from aarshjul.papers.versions import VersionLine
from models.draft import Decision, Draft


def version_json(draft: Draft) -> dict[str, Any]:
    """What names a version."""
    return {
        "version": draft.version,
        "round": draft.round,
        "hash": draft.hash,
        "structured": draft.structured,
    }


def line_json(line: VersionLine) -> dict[str, Any]:
    """A version with who made it, what is new, what was decided about it and who signed it."""
    return {
        **version_json(line.draft),
        "submitted_by": line.draft.submitted_by,
        "submitted_at": line.draft.submitted_at.isoformat(),
        "message": line.draft.message,
        "based_on": line.draft.based_on,
        "decisions": [
            {"body": row.body, "outcome": row.outcome, "on": day_of(row), "stands": row.void_at is None}
            for row in line.decisions
        ],
        "signatures": [
            {"body": row.body, "by": row.person_id, "at": row.signed_at.isoformat()}
            for row in line.signatures
        ],
    }


def day_of(row: Decision) -> str:
    """The day of a decision."""
    return (row.decided_on or row.decided_at.date()).isoformat()
