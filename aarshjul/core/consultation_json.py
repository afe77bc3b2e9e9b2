"""A consultation as `consultation --json` has it."""

from typing import Any

from aarshjul.core.consultation import Asked, Consultation, Remark, Thread


def consultation_json(found: Consultation) -> dict[str, Any]:
    """Members, threads and counts; dates as in ISO 8601."""
    return {
        "cycle": found.cycle,
        "version": found.version,
        "round": found.round,
        "counts": found.counts(),
        "earlier": found.earlier(),
        "members": [_member(each) for each in found.members],
        "threads": [thread_json(each) for each in found.threads],
    }


def _member(each: Asked) -> dict[str, Any]:
    stand = each.stand
    return {
        "person": each.person,
        "name": each.name,
        "organisation": each.organisation,
        "roles": list(each.roles),
        "asked": each.is_asked,
        "answered": each.has_answered,
        "comments": each.comments,
        "position": None
        if stand is None
        else {
            "position": stand.position,
            "version": stand.version,
            "current": each.current,
            "remarks": stand.remarks,
            "at": stand.on.isoformat(),
            "by": stand.by,
        },
        "owes": each.owes,
        "due": each.due.isoformat() if each.due else None,
        "overdue_since": each.since.isoformat() if each.since else None,
        "reminded": each.reminded.isoformat() if each.reminded else None,
    }


def thread_json(thread: Thread) -> dict[str, Any]:
    """A thread with what became of it."""
    return {
        **_remark(thread.first),
        "round": thread.round,
        "goal": thread.goal,
        "indicator": thread.indicator,
        "state": thread.state,
        "reason": thread.reason,
        "settled_by": thread.settled_by,
        "settled_at": thread.settled_at.isoformat() if thread.settled_at else None,
        "replies": [_remark(each) for each in thread.replies],
    }


def _remark(each: Remark) -> dict[str, Any]:
    return {
        "number": each.number,
        "person": each.person,
        "name": each.name,
        "text": each.text,
        "at": each.made_at.isoformat(),
        "version": each.version,
        "late": each.late,
    }
