"""What a crash or a power cut left behind in Prefect, put right before anything is served.

Only one process serves a home, and this runs before it does: so whatever is said to run does not. Left as it is,
a dead round would keep the one slot that rounds have, and each later one would be cancelled, for ever.
"""

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prefect.client.orchestration import PrefectClient

_AT_ONCE = 200  # Prefect hands out no more


async def clear_what_died(now: datetime) -> None:
    """Call dead runs crashed, drop runs that came due in the downtime (the first round does it all), free the slots."""
    from prefect.client.orchestration import get_client  # noqa: PLC0415 -- slow, and only here

    async with get_client() as client:
        await _bury(client)
        await _drop_late(client, now)
        await _free(client)


async def _bury(client: "PrefectClient") -> None:
    from prefect.client.schemas.filters import FlowRunFilter  # noqa: PLC0415
    from prefect.client.schemas.objects import StateType  # noqa: PLC0415
    from prefect.states import Crashed  # noqa: PLC0415

    begun = FlowRunFilter.model_validate(
        {"state": {"type": {"any_": [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]}}}
    )
    why = "The process that ran this ended without a word; what it left undone is done by the next round."
    while runs := await client.read_flow_runs(flow_run_filter=begun, limit=_AT_ONCE):
        for run in runs:
            await client.set_flow_run_state(run.id, Crashed(message=why), force=True)


async def _drop_late(client: "PrefectClient", now: datetime) -> None:
    from prefect.client.schemas.filters import FlowRunFilter  # noqa: PLC0415
    from prefect.client.schemas.objects import StateType  # noqa: PLC0415

    late: FlowRunFilter = FlowRunFilter.model_validate(
        {"state": {"type": {"any_": [StateType.SCHEDULED]}}, "expected_start_time": {"before_": now}}
    )
    while runs := await client.read_flow_runs(flow_run_filter=late, limit=_AT_ONCE):
        for run in runs:
            await client.delete_flow_run(run.id)


async def _free(client: "PrefectClient") -> None:
    from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate  # noqa: PLC0415

    for limit in await client.read_global_concurrency_limits(limit=_AT_ONCE):
        if limit.active_slots:
            await client.update_global_concurrency_limit(
                limit.name, GlobalConcurrencyLimitUpdate(active_slots=0)
            )
