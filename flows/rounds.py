"""The round: each morning, at start-up and whenever somebody acts. Finds what is due, tells the year, delivers."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.runtime import flow_run
from sqlalchemy import Engine

from aarshjul.clock import now as present
from aarshjul.core.cycle import PHASES, Phase
from aarshjul.core.errors import Refused
from aarshjul.rounds.year import Year
from aarshjul.settings import Settings, load_settings
from flows.artifacts import show_round
from flows.delivery import deliver_all
from flows.runs import UNKEPT, task_of
from flows.steps import PrefectSteps
from flows.story import CHAPTERS, Steps
from models.engine import open_engine, upgrade
from notifications.forgetting import forget

MOST_PASSES = 50


class RoundStuck(Refused):
    """A round went over the same cycles again and again without an end."""


def _chapter(phase: Phase, title: str) -> Any:
    @flow(
        name=title,
        flow_run_name=title.lower() + ": {count} cycle(s)",
        validate_parameters=False,
        persist_result=False,
    )
    def chapter(count: int, steps: Any) -> None:  # noqa: ARG001 -- it stands in the name of the run
        CHAPTERS[phase](steps)

    return chapter


CHAPTER_FLOWS = {
    Phase.DATA_COLLECTION: _chapter(Phase.DATA_COLLECTION, "Data collection"),
    Phase.SCORING: _chapter(Phase.SCORING, "Scoring and recommendation"),
    Phase.DRAFTING: _chapter(Phase.DRAFTING, "Working-group drafting"),
    Phase.DIALOGUE: _chapter(Phase.DIALOGUE, "Dialogue meeting"),
    Phase.APPROVAL: _chapter(Phase.APPROVAL, "Approval"),
    Phase.IN_FORCE: _chapter(Phase.IN_FORCE, "In force"),
}


def annual_cycle(year: Year, steps: Steps, chapters: dict[Phase, Callable[..., Any]] | None = None) -> None:
    """The year as a story: a chapter for each phase in which some cycle has something due."""
    flows = chapters or CHAPTER_FLOWS
    for phase in PHASES:
        concerned = year.concerned(phase)
        if concerned:
            flows[phase](len(concerned), steps)
            year.close_chapter(phase)


@task_of("look", "look for what is due")
def look(year: Year) -> int:
    """Which cycles have something due, and what."""
    return year.look()


@task_of("settle", "say when to come back")
def settle(year: Year) -> int:
    """When each cycle is due next."""
    return year.settle()


def _name_of_a_round() -> str:
    """`round on 2022-11-18...` where the moment was given, else just `round`: the page shows when it ran."""
    on = flow_run.parameters.get("on")
    return f"round on {on}" if on else "round"


@flow(name="round", flow_run_name=_name_of_a_round, validate_parameters=False, **UNKEPT)
def round_flow(home: str, on: str | None = None) -> dict[str, int]:
    """One round: does all that is owed at a moment (`on`, ISO 8601 with zone; now where missing) and delivers it.

    Returns:
        How many cycles were looked at, messages written and messages delivered.
    """
    settings = load_settings(Path(home))
    engine = open_engine(settings.url)
    upgrade(engine)
    try:
        forget(engine, settings.home, present())
        return play_round(engine, settings, datetime.fromisoformat(on) if on else present())
    finally:
        engine.dispose()


@flow(name="round", flow_run_name="round on {day}", validate_parameters=False, **UNKEPT)
def played_round(day: str, engine: Any, settings: Any, now: Any) -> dict[str, int]:  # noqa: ARG001
    """A round of a played year, over an open database; `day` names its run."""
    return play_round(engine, settings, now)


def play_round(engine: Engine, settings: Settings, now: datetime) -> dict[str, int]:
    """The body of a round, within whichever flow runs it."""
    cycles, messages = set[str](), 0
    for _ in range(MOST_PASSES):
        year = Year(engine, now)
        if not look(year):
            break
        steps = PrefectSteps(year)
        annual_cycle(year, steps)
        settle(year)
        cycles |= {plan.cycle.id for plan in year.plans}
        messages += steps.messages
    else:
        raise RoundStuck(
            "the round does not come to an end: see which cycles stay due with `aarshjul status`"
        )
    delivered = deliver_all(engine, settings, now)
    show_round(engine, settings, now, messages, delivered)
    return {"cycles": len(cycles), "messages": messages, "delivered": delivered}
