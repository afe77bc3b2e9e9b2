"""How our flows and tasks run: what they try again, and that Prefect keeps none of their results."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from prefect import task
from prefect.cache_policies import NO_CACHE
from sqlalchemy.exc import OperationalError

UNKEPT: dict[str, Any] = {"persist_result": False, "result_storage": Path("unused")}
"""What a flow returns stands in our own database; naming a storage, even unused, saves asking the server for one."""


def database_was_busy(_task: object, _run: object, state: Any) -> bool:
    """Whether a failure is worth another try: a locked or lost database, never a mistake of ours."""
    try:
        state.result()
    except OperationalError:
        return True
    except Exception:  # noqa: BLE001 -- whatever else it was, it is not for us to try again
        return False
    return False


Step = TypeVar("Step", bound=Callable[..., Any])


def task_of(name: str, run_name: str, *tags: str) -> Callable[[Step], Step]:
    """A Prefect task with the settings of all of ours: tried again where the database was busy, nothing kept."""
    decorator = task(
        name=name,
        task_run_name=run_name,
        tags=["aarshjul", *tags],
        retries=3,
        retry_delay_seconds=[1, 5, 20],
        retry_condition_fn=database_was_busy,
        cache_policy=NO_CACHE,
        persist_result=False,
    )
    return cast(Callable[[Step], Step], decorator)
