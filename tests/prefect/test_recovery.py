import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from flows.recovery import clear_what_died
from flows.server import RunningServer

pytestmark = pytest.mark.prefect

NOW = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)


async def _a_crash_and_what_becomes_of_it() -> tuple[dict[str, str], dict[str, int]]:
    from prefect import flow
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.actions import GlobalConcurrencyLimitCreate
    from prefect.client.schemas.objects import State
    from prefect.states import Completed, Pending, Running, Scheduled

    @flow(name="left behind")
    def left() -> None: ...

    states: dict[str, State] = {
        "ran": Running(),
        "was about to run": Pending(),
        "was done": Completed(),
        "came due in the downtime": Scheduled(scheduled_time=NOW - timedelta(hours=3)),
        "is to come": Scheduled(scheduled_time=NOW + timedelta(hours=3)),
    }
    async with get_client() as client:
        ids: dict[str, UUID] = {
            name: (await client.create_flow_run(left, name=name, state=state)).id
            for name, state in states.items()
        }
        await client.create_global_concurrency_limit(
            GlobalConcurrencyLimitCreate(name="deployment:dead", limit=1, active_slots=1)
        )
        await clear_what_died(NOW)
        found = {run.id: run.state_name for run in await client.read_flow_runs(limit=200)}
        slots = {each.name: each.active_slots for each in await client.read_global_concurrency_limits()}
    return {name: found[id_] or "" for name, id_ in ids.items() if id_ in found}, slots


def test_after_a_crash_the_dead_are_named_and_nothing_holds_a_slot(server: RunningServer) -> None:
    states, slots = asyncio.run(_a_crash_and_what_becomes_of_it())
    assert states == {
        "ran": "Crashed",
        "was about to run": "Crashed",
        "was done": "Completed",
        "is to come": "Scheduled",
    }
    assert slots == {"deployment:dead": 0}
