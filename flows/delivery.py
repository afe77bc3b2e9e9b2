"""Delivery: the outbox is emptied, a batch a task."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from prefect import flow
from sqlalchemy import Engine

from aarshjul.clock import now as present
from aarshjul.settings import Settings, load_settings
from flows.runs import UNKEPT, task_of
from models.engine import open_engine, reading, upgrade
from notifications.channels import way_of
from notifications.claiming import due_by_channel
from notifications.outbox import Delivered, deliver_batch


@task_of("deliver-batch", "{channel}", "delivery")
def deliver_channel_batch(engine: Engine, settings: Settings, channel: str, now: datetime) -> Delivered:
    """One batch of one channel."""
    give_up_after = timedelta(days=settings.give_up_after_days)
    return deliver_batch(engine, channel, way_of(settings, channel), now, give_up_after)


@flow(
    name="deliver",
    flow_run_name="deliver: {count} message(s)",
    validate_parameters=False,
    **UNKEPT,
)
def deliver_messages(count: int, engine: Any, settings: Any, now: Any) -> int:  # noqa: ARG001 -- names the run
    """Empty the outbox of every channel; one whose other side is down is left for the next time.

    Raises:
        Exception: what one channel failed with, once the others have had their turn.
    """
    handled, problems = 0, list[Exception]()
    for channel in sorted(due(engine, now)):
        try:
            handled += _empty(engine, settings, channel, now)
        except Exception as problem:  # noqa: BLE001 -- raised below: a wrong address for Teams must not stop the mail
            problems.append(problem)
    for other in problems[1:]:
        problems[0].add_note(f"another channel failed as well: {other}")
    if problems:
        raise problems[0]
    return handled


def _empty(engine: Engine, settings: Settings, channel: str, now: datetime) -> int:
    handled, go_on = 0, True
    while go_on and channel in due(engine, now):
        batch = deliver_channel_batch(engine, settings, channel, now)
        handled, go_on = handled + batch.count, batch.go_on
    return handled


def due(engine: Engine, now: datetime) -> dict[str, int]:
    """How many messages may go now, by channel."""
    with reading(engine) as session:
        return due_by_channel(session, now)


def deliver_all(engine: Engine, settings: Settings, now: datetime) -> int:
    """Deliver what waits, as a flow of its own; nothing waiting costs no flow."""
    count = sum(due(engine, now).values())
    return deliver_messages(count, engine, settings, now) if count else 0


@flow(name="deliver", flow_run_name="deliver what waits", **UNKEPT)
def deliver(home: str, on: str | None = None) -> int:
    """Deliver what waits in a home's outbox; runs every few minutes so that nothing waits for the next morning."""
    settings = load_settings(Path(home))
    engine = open_engine(settings.url)
    upgrade(engine)
    count = deliver_all(engine, settings, datetime.fromisoformat(on) if on else present())
    engine.dispose()
    return count
