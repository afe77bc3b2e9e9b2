"""What a played year leaves beside its messages: calendars, scores, the story."""

import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select
from sqlmodel import col

from calendars.cycle_feed import cycle_feed, roles_of
from models.contract import ScoringRun
from models.cycle import Cycle
from models.engine import reading
from models.history import HistoryEntry
from models.milestone import Milestone


def leave_all(engine: Engine, home: Path, cycle_id: str) -> list[dict[str, Any]]:
    """Write calendars, scores and the story of a cycle into a home; returns the story."""
    leave_calendars(engine, home / "calendars", cycle_id)
    leave_scores(engine, home / "scores", cycle_id)
    lines = story(engine, cycle_id)
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    write_whole(home / "story.jsonl", text.encode())
    return lines


def leave_calendars(engine: Engine, folder: Path, cycle_id: str) -> None:
    """A feed for each role, and one of all milestones."""
    with reading(engine) as session:
        for role in roles_of(session, cycle_id):
            write_whole(folder / f"{role}.ics", cycle_feed(session, cycle_id, role))
        write_whole(folder / "all.ics", cycle_feed(session, cycle_id, None))


def leave_scores(engine: Engine, folder: Path, cycle_id: str) -> None:
    """Every scoring run as `score --json` prints it, with when, where and of which kind it was."""
    with reading(engine) as session:
        query = (
            select(ScoringRun, col(Milestone.slug), col(Cycle.timezone))
            .join(Milestone, col(Milestone.id) == col(ScoringRun.milestone_id))
            .join(Cycle, col(Cycle.id) == col(ScoringRun.cycle_id))
            .where(col(ScoringRun.cycle_id) == cycle_id)
            .order_by(col(ScoringRun.scored_at), col(Milestone.position))
        )
        for number, (run, milestone, zone) in enumerate(session.execute(query).all(), start=1):
            at = run.scored_at.astimezone(ZoneInfo(zone)).isoformat()
            document = {"at": at, "milestone": milestone, "kind": run.kind, **run.scores}
            text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
            write_whole(folder / f"{number:05}.json", text.encode())


def story(engine: Engine, cycle_id: str) -> list[dict[str, Any]]:
    """What happened in a cycle, in order, a mapping a line."""
    with reading(engine) as session:
        zone = ZoneInfo(session.get_one(Cycle, cycle_id).timezone)
        query = (
            select(HistoryEntry)
            .where(col(HistoryEntry.cycle_id) == cycle_id)
            .order_by(col(HistoryEntry.number))
        )
        return [
            {
                "date": entry.happened_at.astimezone(zone).date().isoformat(),
                "phase": entry.phase,
                "milestone": entry.milestone,
                "what": entry.what,
                "type": entry.type,
                "who": entry.who,
                "count": entry.count,
                "detail": _detail(entry),
            }
            for entry in session.scalars(query)
        ]


_DETAILS = {
    "decided": "{outcome}",
    "draft-submitted": "version {version}",
    "national-goals-taken": "version {version}",
    "moved": "to {to}",
    "answered": "{reply}",
    "result-recorded": "{indicator} = {to}",
    "recommended": "goal {goal}: {to} %",
    "signed": "{body}",
    "data-requested": "{indicator}",
    "responded": "{to}",
    "comment-settled": "comment {number}: {to}",
    "task-settled": "task {number}: {to}",
    "voted": "{to}",
    "condition-settled": "{to}",
}


def _detail(entry: HistoryEntry) -> str | None:
    """What the bare name of an event leaves open: which outcome, which version, how much."""
    facts = entry.facts
    if entry.what == "score" and "run" in facts:
        known = facts["shown"] is not None
        return f"{facts['run']}: {facts['shown']} %" if known else "{run}: {low} to {high} %".format(**facts)
    form = _DETAILS.get(entry.what) if entry.type == "act" else None
    return form.format(**facts) if form else None


def write_whole(path: Path, data: bytes) -> None:
    """Write a file by rename, so that nobody ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    part.replace(path)
