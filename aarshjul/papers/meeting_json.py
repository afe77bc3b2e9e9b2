"""What agendas and minutes have in common as JSON."""

from datetime import tzinfo
from typing import Any

from aarshjul.core.consultation import Stand
from aarshjul.core.roll import Roll
from aarshjul.papers.dossier import Dossier
from models.approval import Condition
from models.dialogue import Task
from models.draft import Decision


def head_json(dossier: Dossier, roll: Roll) -> dict[str, Any]:
    """The meeting with everyone of it as `attendance --json` has them, and the version of the draft."""
    draft = dossier.draft
    return {
        **roll.as_json(),
        "draft": None
        if draft is None
        else {
            "version": draft.version,
            "round": draft.round,
            "hash": draft.hash,
            "structured": draft.structured,
            "submitted_at": draft.submitted_at.isoformat(),
            "submitted_by": draft.submitted_by,
        },
    }


def stand_json(dossier: Dossier, person: str, stand: Stand) -> dict[str, Any]:
    """Where somebody stands, and whether that is on the present version."""
    return {
        "person": person,
        "position": stand.position,
        "version": stand.version,
        "current": dossier.draft is not None and stand.version == dossier.draft.version,
        "remarks": stand.remarks,
    }


def task_json(task: Task) -> dict[str, Any]:
    """A change that a meeting wanted."""
    return {
        "task": task.number,
        "area": task.area,
        "goal": task.goal,
        "text": task.text,
        "state": task.state,
        "reason": task.reason,
        "version": task.draft_version,
    }


def decision_json(dossier: Dossier, decision: Decision) -> dict[str, Any]:
    """A decision with the text that it is about, and whether it stands."""
    return decision_values(decision, dossier.zone)


def decision_values(decision: Decision, zone: tzinfo) -> dict[str, Any]:
    """The same, where there is no meeting; `zone` says on which day it was."""
    on = decision.decided_on or decision.decided_at.astimezone(zone).date()
    return {
        "body": decision.body,
        "outcome": decision.outcome,
        "on": on.isoformat(),
        "version": decision.draft_version,
        "hash": decision.draft_hash,
        "round": decision.round,
        "reason": decision.reason,
        "minutes": decision.minutes,
        "by": decision.decided_by,
        "recorded_by": decision.recorded_by,
        "stands": decision.void_at is None,
    }


def condition_json(condition: Condition) -> dict[str, Any]:
    """A condition of an approval."""
    return {
        "condition": condition.number,
        "text": condition.text,
        "owner": condition.owner,
        "due": condition.due.isoformat() if condition.due else None,
        "state": condition.state,
        "reason": condition.reason,
    }
