"""Delivery: the outbox is emptied, a batch a task."""

from datetime import datetime
from pathlib import Path
from typing import Any

from prefect import flow
from sqlalchemy import Engine, func, select
from sqlmodel import col

from aarshjul.clock import now as present
from aarshjul.settings import Settings, load_settings
from flows.runs import UNKEPT, task_of
from models.engine import open_engine, reading, upgrade
from models.message import TO_GO, Message
from notifications.channels import channels_of
from notifications.outbox import deliver_batch


@task_of("deliver-batch", "{channel}", "delivery")
def deliver_channel_batch(engine: Engine, settings: Settings, channel: str, now: datetime) -> int:
    """One batch of one channel."""
    carrier, render = channels_of(settings)[channel]
    return deliver_batch(engine, channel, carrier, render, now)


@flow(
    name="deliver",
    flow_run_name="deliver: {count} message(s)",
    validate_parameters=False,
    **UNKEPT,
)
def deliver_messages(count: int, engine: Any, settings: Any, now: Any) -> int:  # noqa: ARG001 -- names the run
    """Empty the outbox of every channel."""
    handled = 0
    for channel in ("email", "teams"):
        while batch := _next_batch(engine, settings, channel, now):
            handled += batch
    return handled


def _next_batch(engine: Engine, settings: Settings, channel: str, now: datetime) -> int:
    return deliver_channel_batch(engine, settings, channel, now) if waiting(engine, channel) else 0


def waiting(engine: Engine, channel: str | None = None) -> int:
    """How many messages have still to go."""
    query = select(func.count()).select_from(Message).where(col(Message.state).in_(TO_GO))
    if channel is not None:
        query = query.where(col(Message.channel) == channel)
    with reading(engine) as session:
        return session.scalar(query) or 0


def deliver_all(engine: Engine, settings: Settings, now: datetime) -> int:
    """Deliver what waits, as a flow of its own; nothing waiting costs no flow."""
    count = waiting(engine)
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
