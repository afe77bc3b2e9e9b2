"""What runs by itself in an installation that is up: a round each morning, at start-up and on demand; mail out and in.

A process of its own (Prefect's runner), started by `serving` beside a server that already answers.
"""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from aarshjul import clock
from aarshjul.core.errors import Refused
from aarshjul.settings import load_settings
from aarshjul.wake import ROUND_WANTED
from flows.child import Child, leave_with_parent, say_and_be_quiet
from flows.recovery import clear_what_died
from flows.server import RunningServer
from flows.settings import prefect_home

MORNING = "0 7 * * *"
# Every five minutes, but not on the hour: at seven the round itself delivers, digests as one.
DELIVER_AT, COLLECT_AT = "2-59/5 * * * *", "4-59/5 * * * *"
ZONE = "Europe/Copenhagen"
ROUND = "round/each-morning"  # flow and deployment, as the Prefect page shows them
READY = "serving"


class RunnerDidNotStart(Refused):
    """The process that runs rounds and deliveries did not start; the end of its log says why."""


@contextmanager
def serving(home: Path, server: RunningServer) -> Iterator[Child]:
    """Rounds and deliveries on their schedules, in a child process, until the block is left; a first round at once.

    Raises:
        RunnerDidNotStart: where the child died before it served.
    """
    child = Child(
        ["-m", "flows.deployments", str(home.absolute())],
        environment=server.environment,
        log=prefect_home(home) / "runner.log",
        folder=prefect_home(home),
    )
    try:
        if child.first_line() != READY:
            raise RunnerDidNotStart(
                f"the runner stopped at once; its log, {child.log}, ends:\n{child.last_words()}"
            )
        yield child
    finally:
        child.stop()


def deployments(home: Path) -> list[Any]:
    """The round, the delivery and, where a mailbox is set, the reading of answers, with their schedules.

    They are `RunnerDeployment`s for an absolute home. Of each one run at a time: what comes while one runs is
    cancelled, as a round goes again by itself where it is wanted, and all do what there is to do however late
    they come.
    """
    from prefect.events import DeploymentEventTrigger  # noqa: PLC0415
    from prefect.schedules import Cron  # noqa: PLC0415

    from flows.answers import collect_answers  # noqa: PLC0415
    from flows.delivery import deliver  # noqa: PLC0415
    from flows.rounds import round_flow  # noqa: PLC0415

    common = _one_at_a_time(home)
    wanted = DeploymentEventTrigger(
        name="a round is wanted", expect={ROUND_WANTED}, parameters={"home": str(home)}
    )
    registered = [
        round_flow.to_deployment(
            ROUND.rpartition("/")[2],
            schedule=Cron(MORNING, timezone=ZONE),
            triggers=[wanted],
            description="Does what is owed today, and delivers it.",
            **common,
        ),
        deliver.to_deployment(
            "each-few-minutes",
            schedule=Cron(DELIVER_AT, timezone=ZONE),
            description="Delivers what still waits.",
            **common,
        ),
    ]
    if load_settings(home).imap_host is not None:
        answers = collect_answers.to_deployment(
            "each-few-minutes",
            schedule=Cron(COLLECT_AT, timezone=ZONE),
            description="Reads what people answered by mail.",
            **common,
        )
        registered.append(answers)
    return registered


def _one_at_a_time(home: Path) -> dict[str, Any]:
    """What all deployments of a home have in common."""
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy  # noqa: PLC0415
    from prefect.types.entrypoint import EntrypointType  # noqa: PLC0415

    return {
        "parameters": {"home": str(home)},
        "concurrency_limit": ConcurrencyLimitConfig(
            limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
        ),
        "entrypoint_type": EntrypointType.MODULE_PATH,  # a file's would put `flows/` itself on the search path
    }


def serve_all(home: Path) -> None:
    """Register them, ask for a first round, say so, and run what comes until told to leave."""
    asyncio.run(_serve(deployments(home)))


async def _serve(registered: list[Any]) -> None:
    from prefect.deployments.flow_runs import arun_deployment  # noqa: PLC0415
    from prefect.runner import Runner  # noqa: PLC0415

    loop, whole = asyncio.get_running_loop(), asyncio.current_task()
    assert whole is not None  # noqa: S101 -- for the type checker
    leave_with_parent(lambda: loop.call_soon_threadsafe(whole.cancel))
    runner = Runner(name="aarshjul", pause_on_shutdown=False, limit=None)
    with suppress(asyncio.CancelledError):
        await clear_what_died(clock.now())
        for deployment in registered:
            await runner.aadd_deployment(deployment)
        await arun_deployment(ROUND, timeout=0, as_subflow=False, tags=["start-up"])
        say_and_be_quiet(READY)
        await runner.start()


if __name__ == "__main__":
    serve_all(Path(sys.argv[1]))
