"""The story's steps as Prefect tasks: one task a step and phase, over the whole set of cycles."""

from functools import partial
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.tasks import Task
from sqlalchemy.exc import OperationalError

from aarshjul.core.cycle import Phase
from aarshjul.core.duties import DutyKind
from aarshjul.rounds.year import ESCALATES, INVITES, PUBLISHES, REMINDS, SCORES, TELLS, Year


def database_was_busy(_task: object, _run: object, state: Any) -> bool:
    """Whether a failure is worth another try: a locked or lost database, never a mistake of ours."""
    try:
        state.result()
    except OperationalError:
        return True
    except Exception:  # noqa: BLE001 -- whatever else it was, it is not for us to try again
        return False
    return False


settings: dict[str, Any] = {
    "retries": 3,
    "retry_delay_seconds": [1, 5, 20],
    "retry_condition_fn": database_was_busy,
    "cache_policy": NO_CACHE,
    "persist_result": False,
}
task_of = partial(task, **settings)


def _step(name: str, kinds: frozenset[DutyKind]) -> Task[[Year, Phase], int]:
    @task_of(name=name, task_run_name=name + " ({phase})", tags=["aarshjul", name])
    def step(year: Year, phase: Phase) -> int:
        return year.carry_out(phase, kinds)

    return step


TELL = _step("tell", TELLS)
INVITE = _step("invite", INVITES)
SCORE = _step("score", SCORES)
REMIND = _step("remind", REMINDS)
ESCALATE = _step("escalate", ESCALATES)
PUBLISH = _step("publish", PUBLISHES)


class PrefectSteps:
    """The steps of one pass; a step with nothing to do costs no task."""

    def __init__(self, year: Year) -> None:
        self.year = year
        self.messages = 0

    def any_due(self, phase: Phase) -> bool:
        """Whether the phase has anything to do in this pass."""
        return bool(self.year.concerned(phase))

    def tell(self, phase: Phase) -> None:
        """Moves, decisions, returns, re-openings."""
        self._do(TELL, phase, TELLS)

    def invite(self, phase: Phase) -> None:
        """Invitations, updates, cancellations."""
        self._do(INVITE, phase, INVITES)

    def score(self, phase: Phase) -> None:
        """Scoring runs with their reports."""
        self._do(SCORE, phase, SCORES)

    def remind(self, phase: Phase) -> None:
        """Reminders."""
        self._do(REMIND, phase, REMINDS)

    def escalate(self, phase: Phase) -> None:
        """What was missed."""
        self._do(ESCALATE, phase, ESCALATES)

    def publish(self, phase: Phase) -> None:
        """What becomes visible."""
        self._do(PUBLISH, phase, PUBLISHES)

    def _do(self, step: Task[[Year, Phase], int], phase: Phase, kinds: frozenset[DutyKind]) -> None:
        if self.year.concerned(phase, kinds):
            self.messages += step(self.year, phase)
