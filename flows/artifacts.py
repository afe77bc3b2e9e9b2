"""What a coordinator sees on the Prefect page: a table of where things stand, the scores, a link."""

import json
from datetime import datetime
from typing import Any

from prefect.client.schemas.actions import ArtifactCreate
from prefect.context import FlowRunContext, SyncClientContext
from sqlalchemy import Engine, func, select
from sqlmodel import col

from aarshjul.core.cycle import Phase
from aarshjul.core.duties import DutyKind
from aarshjul.rounds.year import Year
from aarshjul.settings import Settings
from models.contract import ScoringRun
from models.cycle import Cycle
from models.engine import reading
from models.message import Message

MOST_ROWS = 50


def show_round(engine: Engine, settings: Settings, now: datetime, messages: int, delivered: int) -> None:
    """The cycles that run, and what became of their messages; nothing where nothing was written."""
    if not messages and not delivered:
        return
    with reading(engine) as session:
        cycles = session.scalars(
            select(Cycle)
            .where(col(Cycle.state) == "active")
            .order_by(col(Cycle.next_due_on))
            .limit(MOST_ROWS)
        ).all()
        by_state = select(col(Message.state), func.count()).group_by(col(Message.state))
        states = {row[0]: row[1] for row in session.execute(by_state)}
    table: list[dict[str, Any]] = [
        {
            "cycle": cycle.title,
            "stage": cycle.stage,
            "round": cycle.round,
            "next due": str(cycle.next_due_on or "-"),
        }
        for cycle in cycles
    ]
    told = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
    _keep("table", "status", table, f"Where the cycles stand on {now:%Y-%m-%d}. Messages: {told}.")
    link = settings.web_url or (settings.home / "mail").absolute().as_uri()
    _keep("markdown", "sent", f"[What was sent]({link})", "Where to read what was sent.")


def _keep(kind: str, key: str, data: Any, description: str) -> None:
    """Keep an artifact of the present run; Prefect's own helpers open a client for each, which costs a round."""
    run = FlowRunContext.get()
    artifact = ArtifactCreate(
        type=kind,
        key=key,
        description=description,
        data=json.dumps(data, ensure_ascii=False) if kind == "table" else data,
        flow_run_id=run.flow_run.id if run is not None and run.flow_run is not None else None,
    )
    with SyncClientContext.get_or_create() as context:
        context.client.create_artifact(artifact)


def show_scores(year: Year, phase: Phase) -> None:
    """The scores that were frozen in a phase of this pass, a table each."""
    for plan in year.concerned(phase, frozenset({DutyKind.SCORE}))[:MOST_ROWS]:
        with reading(year.engine) as session:
            of_cycle = select(ScoringRun).where(col(ScoringRun.cycle_id) == plan.cycle.id)
            run = session.scalars(of_cycle.order_by(col(ScoringRun.id).desc())).first()
        if run is not None:
            _score_table(run)


def _score_table(run: ScoringRun) -> None:
    rows = [*run.scores["goals"], {"id": "total", **run.scores["total"], "explanation": ""}]
    table = [
        {
            "goal": row["id"],
            "attainment": f"{row['shown']} %"
            if row["shown"] is not None
            else f"{row['low']} to {row['high']} %",
            "how": row["explanation"],
        }
        for row in rows
    ]
    about = f"{run.kind.capitalize()} scores of {run.scores['contract']} for {run.cycle_id}"
    _keep("table", "scores", table, about)
